"""Surnames: their forms for a man and for a woman, and the gender their ending shows.

Rules stand where the name dictionary is wrong; the reference is Gramota's guide to surnames.
"""

from __future__ import annotations

from functools import lru_cache

from docgen.language.morphology import (
    Case,
    Reading,
    inflect,
    inflect_name,
    nominatives,
    split_hyphens,
)

_VOWELS = frozenset("аеёиоуыэюя")
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
        "фон",
        "эль",
    }
)
_FIXED = frozenset(
    {"дюма", "золя", "гюго", "петипа", "тома", "заде", "оглы", "кызы", "шах", "бек", "бей"}
)
_FIXED_ENDINGS = ("о", "е", "э", "и", "ы", "у", "ю", "аа", "иа", "оа", "уа", "эа", "ых")
_GERMAN_IKH = ("рих", "лих", "них", "цих", "фих", "бих", "мих")
_STRESSED_ICH = ("мич", "ьич", "лукич", "никич")
_MASCULINE = ("ов", "ев", "ёв", "ин", "ын")
_FEMININE = ("ова", "ева", "ёва", "ина", "ына")
_ADJECTIVAL_MASCULINE = ("ский", "цкий", "ской", "цкой", "ый")
_ADJECTIVAL_FEMININE = ("ская", "цкая", "чная", "тная", "дная", "жная", "шная")
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
    last = len(pieces) - 1
    for index in range(0, len(pieces), 2):
        if index == last or pieces[index] not in _FIXED_BEFORE_HYPHEN:
            pieces[index] = _decline_part(pieces[index], gender, case)
    return "".join(pieces)


def surname_gender(surname: str) -> str | None:
    """m or f where the ending of the surname leaves no doubt, else None."""
    shown = {_part_gender(part) for part in split_hyphens(surname)[::2]} - {None}
    return shown.pop() if len(shown) == 1 else None


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
    noun = _like_noun(part)
    if noun is not None:
        return inflect(noun, case, animate=True)
    if part.endswith(_FEMININE) and _common_noun(part) is not None and not _is_listed(part, "femn"):
        return inflect_name(part, "surname", "m", case)
    return inflect_name(part, "surname", "f", case)


def _decline_masculine(part: str, case: Case) -> str:
    noun = _like_noun(part)
    if noun is not None:
        return inflect(noun, case, animate=True)
    if part.endswith("ец") and _drops_vowel(part):
        return _without_fleeting_vowel(part, case)
    if part.endswith("ий") and not _is_adjectival(part):
        return _like_genius(part, case)
    if case == "instrumental" and (part.endswith(_STRESSED_ICH) or _is_short(part)):
        return part + "ом"
    return inflect_name(part, "surname", "m", case)


def _like_noun(part: str) -> Reading | None:
    """The common noun that the surname declines like: «Заяц», «Орёл», «Ткач», «Груша».

    A short word keeps its vowel as a surname: «Сон» gives «Сона», but «Лев» gives «Льва».
    """
    noun = _common_noun(part)
    if noun is not None and part.endswith(_HISSING):
        return noun
    if noun is None or noun.gender != "masc" or part[-1] in _VOWELS:
        return None
    if part.endswith(_MASCULINE) and part != "лев":
        return None
    keeps_stem = inflect(noun, "genitive", animate=True).startswith(part.rstrip("ьй"))
    return noun if keeps_stem or not _is_short(part, "") or part == "лев" else None


def _common_noun(part: str) -> Reading | None:
    """The reading of the surname as an ordinary noun of the dictionary."""
    nouns = [
        reading
        for reading in nominatives(part)
        if reading.is_noun and reading.known and reading.number == "sing"
        if not reading.is_name and not reading.traits & {"Geox", "Orgn", "Fixd", "Abbr"}
    ]
    return max(nouns, key=lambda noun: (noun.is_animate, noun.score), default=None)


def _is_listed(part: str, gender: str) -> bool:
    """Whether the dictionary lists the word as a surname of that gender."""
    return any(
        reading.known and "Surn" in reading.traits and reading.gender == gender
        for reading in nominatives(part)
    )


def _is_adjectival(part: str) -> bool:
    return part.endswith(("кий", "гий", "хий", "ний", "жий", "ший", "щий")) or any(
        reading.known and reading.is_adjective for reading in nominatives(part)
    )


def _is_short(part: str, ending: str = "н") -> bool:
    return part.endswith(ending) and sum(letter in _VOWELS for letter in part) == 1


def _drops_vowel(part: str) -> bool:
    """«Коробец» gives «Коробца»; «Швец» and a cluster like «Кузнец» keep the vowel."""
    stem = part[:-2]
    return (
        any(letter in _VOWELS for letter in stem)
        and len(stem) > 1
        and (stem[-1] in _VOWELS or stem[-2] in _VOWELS)
    )


def _without_fleeting_vowel(part: str, case: Case) -> str:
    stem = part[:-2]
    link = "й" if stem[-1] in _VOWELS else "ь" if stem[-1] == "л" else ""
    stressed_like_kravets = case == "instrumental" and not link
    ending = "ом" if stressed_like_kravets else "ем" if case == "instrumental" else _ENDINGS[case]
    return f"{stem}{link}ц{ending}"


def _like_genius(part: str, case: Case) -> str:
    ending = "и" if case == "prepositional" else _SOFT_ENDINGS[case]
    return part[:-1] + ending


def _part_gender(part: str) -> str | None:
    if part.endswith(_ADJECTIVAL_FEMININE) or _is_plain_adjective(part, "femn"):
        return "f"
    if part.endswith(_ADJECTIVAL_MASCULINE) or _is_plain_adjective(part, "masc"):
        return "m"
    if part.endswith(_FEMININE):
        return "f" if _is_clear(part, _FEMININE, "femn") else None
    if part.endswith(_MASCULINE):
        return "m" if _is_clear(part, _MASCULINE, "masc") else None
    return None


def _is_plain_adjective(part: str, gender: str) -> bool:
    """«Толстой», «Белая»: a dictionary adjective that is no common noun («Цой», «герой»)."""
    readings = [reading for reading in nominatives(part) if reading.known]
    return part.endswith(("ой", "ий", "ая", "яя")) and any(
        reading.gender == gender
        and (reading.is_adjective or (part.endswith("ой") and _is_long_surname(reading)))
        for reading in readings
    )


def _is_long_surname(reading: Reading) -> bool:
    return "Surn" in reading.traits and not _is_short(reading.word, "")


def _is_clear(part: str, endings: tuple[str, ...], gender: str) -> bool:
    """Whether the ending is a surname's own: not «Калина», «Рубин», «Цин», «Сова»."""
    noun = _common_noun(part)
    if noun is not None:
        return noun.gender == "femn" == gender and noun.is_animate and _is_listed(part, gender)
    ending = next(ending for ending in endings if part.endswith(ending))
    if any(letter in _VOWELS for letter in part.removesuffix(ending)):
        return True
    return ending[0] not in "иы" and _is_listed(part, gender)
