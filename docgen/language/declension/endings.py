"""What the ending of a surname shows: the gender, or that it is an ordinary noun as well."""

from __future__ import annotations

from docgen.language.declension.morphology import Reading, nominatives, split_hyphens

VOWELS = frozenset("аеёиоуыэюя")
MASCULINE = ("ов", "ев", "ёв", "ин", "ын")
FEMININE = ("ова", "ева", "ёва", "ина", "ына")
_ADJECTIVAL_MASCULINE = ("ский", "цкий", "ской", "цкой", "ый")
_ADJECTIVAL_FEMININE = ("ская", "цкая", "чная", "тная", "дная", "жная", "шная")


def surname_gender(surname: str) -> str | None:
    """m or f where the ending of the surname leaves no doubt, else None."""
    shown = {_part_gender(part) for part in split_hyphens(surname)[::2]} - {None}
    return shown.pop() if len(shown) == 1 else None


def common_noun(part: str) -> Reading | None:
    """The reading of the surname as an ordinary noun of the dictionary."""
    nouns = [
        reading
        for reading in nominatives(part)
        if reading.is_noun and reading.known and reading.number == "sing"
        if not reading.is_name and not reading.traits & {"Geox", "Orgn", "Fixd", "Abbr"}
    ]
    return max(nouns, key=lambda noun: (noun.is_animate, noun.score), default=None)


def listed_surname(part: str, gender: str) -> Reading | None:
    """The reading as a surname that the dictionary lists for `gender` (masc or femn)."""
    for reading in nominatives(part):
        if reading.known and "Surn" in reading.traits and reading.gender == gender:
            return None if "Fixd" in reading.traits else reading
    return None


def is_short(part: str) -> bool:
    """Whether the surname has one syllable."""
    return sum(letter in VOWELS for letter in part) == 1


def _part_gender(part: str) -> str | None:
    if part.endswith(_ADJECTIVAL_FEMININE) or _is_plain_adjective(part, "femn"):
        return "f"
    if part.endswith(_ADJECTIVAL_MASCULINE) or _is_plain_adjective(part, "masc"):
        return "m"
    if part.endswith(FEMININE):
        return "f" if _is_clear(part, FEMININE, "femn", "masc") else None
    if part.endswith(MASCULINE):
        return "m" if _is_clear(part, MASCULINE, "masc", "femn") else None
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
    return "Surn" in reading.traits and not is_short(reading.word)


def _is_clear(part: str, endings: tuple[str, ...], gender: str, other: str) -> bool:
    """Whether the ending is a surname's own: not «Калина», «Рубин», «Цин», «Сова», «Дарвин»."""
    listed = listed_surname(part, gender) is not None
    noun = common_noun(part)
    if noun is not None:
        return noun.gender == "femn" == gender and noun.is_animate and listed
    if any("Surn" in reading.traits and reading.gender == other for reading in nominatives(part)):
        return False
    ending = next(ending for ending in endings if part.endswith(ending))
    if any(letter in VOWELS for letter in part.removesuffix(ending)):
        return True
    return listed and ending[0] not in "иы"
