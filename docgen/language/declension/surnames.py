"""Surnames in any case, for a man and for a woman.

Rules stand where the name dictionary is wrong; the reference is Gramota's guide to surnames.
"""

from __future__ import annotations

from functools import lru_cache

from docgen.language.declension.endings import (
    FEMININE,
    MASCULINE,
    VOWELS,
    common_noun,
    is_short,
    listed_surname,
)
from docgen.language.declension.morphology import (
    Case,
    Reading,
    inflect,
    inflect_name,
    nominatives,
    split_hyphens,
)

_FIXED_BEFORE_HYPHEN = frozenset(
    {
        "абу",
        "аль",
        "баба",
        "бей",
        "бек",
        "бен",
        "бонч",
        "ван",
        "дан",
        "де",
        "дер",
        "ди",
        "дос",
        "ибн",
        "кара",
        "ла",
        "ле",
        "мак",
        "сан",
        "сен",
        "сент",
        "тер",
        "тян",
        "фон",
        "эль",
    }
)
_FIXED = frozenset({"дюма", "золя", "петипа", "тома"})
_FIXED_ENDINGS = ("о", "е", "э", "и", "ы", "у", "ю", "аа", "иа", "оа", "уа", "эа", "ых")
_GERMAN_IKH = ("рих", "лих", "них", "цих", "фих", "бих", "мих")
_STRESSED_ICH = ("мич", "ьич", "лукич", "никич")
_DIMINUTIVE = ("онок", "ёнок", "енок")
_MISLISTED = ("ец", "ний", "ной")  # the dictionary's «швецем» and «чепурним» are not Russian
_HISSING = ("жа", "ша", "ча", "ща", "ца")
_ENDINGS: dict[Case, str] = {
    "genitive": "а",
    "dative": "у",
    "accusative": "а",
    "instrumental": "ом",
    "prepositional": "е",
}
_SOFT_ENDINGS: dict[Case, str] = {
    "genitive": "я",
    "dative": "ю",
    "accusative": "я",
    "instrumental": "ем",
    "prepositional": "е",
}


@lru_cache(maxsize=16384)
def decline_surname(surname: str, gender: str, case: Case) -> str:
    """The lower-case surname in `case` for a man (m) or a woman (f)."""
    if case == "nominative":
        return surname
    pieces = split_hyphens(surname)
    if len(pieces) == 1:
        return _decline_part(surname, gender, case)
    listed = _like_listed(surname) if gender == "m" else None
    if listed is not None:
        return inflect(listed, case, animate=True)
    last = len(pieces) - 1
    for index in range(0, len(pieces), 2):
        if index == last or not _stays_before(pieces[index], pieces[last]):
            pieces[index] = _decline_part(pieces[index], gender, case)
    return "".join(pieces)


def _stays_before(part: str, last: str) -> bool:
    """Whether the first half of «Кара-Мурза» or «Ахмед-Заде» keeps its form."""
    russian = part.endswith((*MASCULINE, *FEMININE))
    return part in _FIXED_BEFORE_HYPHEN or (last == "заде" and not russian)


def _decline_part(part: str, gender: str, case: Case) -> str:
    if _is_indeclinable(part):
        return part
    if gender == "f":
        return _decline_feminine(part, case)
    return _decline_masculine(part, case)


def _is_indeclinable(part: str) -> bool:
    if not part or part in _FIXED or part.endswith(_FIXED_ENDINGS):
        return True
    return part.endswith("их") and not part.endswith(_GERMAN_IKH)


def _decline_feminine(part: str, case: Case) -> str:
    if part[-1] not in "ая":
        return part
    if _has_feminine_ending(part):
        return inflect_name(part, "surname", "f", case)
    return _decline_masculine(part, case)


def _has_feminine_ending(part: str) -> bool:
    """«Ильина», «Белая», unlike «Калина» and «Шенгелая», which men bear as well."""
    if part.endswith(FEMININE):
        return common_noun(part) is None or listed_surname(part, "femn") is not None
    return part.endswith(("ая", "яя")) and listed_surname(part, "masc") is None


def _decline_masculine(part: str, case: Case) -> str:
    noun = _like_noun(part) or _like_listed(part)
    if noun is not None:
        return inflect(noun, case, animate=True)
    if part.endswith("ец") and _drops_vowel(part):
        return _without_fleeting_vowel(part, case)
    if part.endswith(_DIMINUTIVE) and not is_short(part):
        return f"{part[:-2]}к{_ENDINGS[case]}"
    if part.endswith("ий") and not _is_adjectival(part):
        return _like_genius(part, case)
    if part.endswith("й") and (is_short(part) or part.endswith("яй")):
        return part[:-1] + _SOFT_ENDINGS[case]
    if part.endswith(_GERMAN_IKH):
        return part + _ENDINGS[case]
    if case == "instrumental":
        return _instrumental(part)
    return inflect_name(part, "surname", "m", case)


def _instrumental(part: str) -> str:
    if part.endswith(_STRESSED_ICH) or (part.endswith("н") and is_short(part)):
        return part + "ом"
    if part.endswith(_HISSING):
        return part[:-1] + "ей"
    return inflect_name(part, "surname", "m", "instrumental")


def _like_listed(surname: str) -> Reading | None:
    """The man's surname as the dictionary lists it, where its word can be trusted."""
    return None if surname.endswith(_MISLISTED) else listed_surname(surname, "masc")


def _like_noun(part: str) -> Reading | None:
    """The common noun that the surname declines like: «Заяц», «Орёл», «Ткач», «Груша».

    A short word keeps its vowel as a surname: «Сон» gives «Сона», but «Лев» gives «Льва».
    """
    noun = common_noun(part)
    if noun is not None and part.endswith(_HISSING):
        return noun
    if noun is None or noun.gender != "masc" or part[-1] in VOWELS:
        return None
    if part.endswith(MASCULINE) and part != "лев":
        return None
    keeps_stem = inflect(noun, "genitive", animate=True).startswith(part.rstrip("ьй"))
    return noun if keeps_stem or not is_short(part) or part == "лев" else None


def _is_adjectival(part: str) -> bool:
    return part.endswith(("кий", "гий", "хий", "ний", "жий", "ший", "щий")) or any(
        reading.known and reading.is_adjective for reading in nominatives(part)
    )


def _drops_vowel(part: str) -> bool:
    """«Коробец» gives «Коробца»; «Швец» and a cluster like «Кузнец» keep the vowel."""
    stem = part[:-2]
    return (
        any(letter in VOWELS for letter in stem)
        and len(stem) > 1
        and (stem[-1] in VOWELS or stem[-2] in VOWELS)
    )


def _without_fleeting_vowel(part: str, case: Case) -> str:
    stem = part[:-2]
    link = "й" if stem[-1] in VOWELS else "ь" if stem[-1] == "л" else ""
    stressed_like_kravets = case == "instrumental" and not link
    ending = "ом" if stressed_like_kravets else "ем" if case == "instrumental" else _ENDINGS[case]
    return f"{stem}{link}ц{ending}"


def _like_genius(part: str, case: Case) -> str:
    ending = "и" if case == "prepositional" else _SOFT_ENDINGS[case]
    return part[:-1] + ending
