"""Regions, districts and cities in any case.

«Республика X» declines only «Республика»; «… – Югра», «… – Кузбасс» and «город Москва»
decline both halves.
"""

from __future__ import annotations

from collections.abc import Sequence

from docgen.language.declension.groups import (
    Group,
    decline_groups,
    find_group,
    find_groups,
    is_unmistakable,
)
from docgen.language.declension.morphology import Case, Reading
from docgen.language.declension.phrases import Word, split_words

_REPUBLIC = "республика"
_INDECLINABLE = frozenset({"саха"})
_SETTLEMENTS = frozenset({"город", "город-герой", "г", "гор"})


def decline_territory(text: str, case: Case) -> str:
    """The territory in `case`."""
    words = split_words(text)
    if words and words[0].lower in _INDECLINABLE:
        return text
    if words and words[0].lower == _REPUBLIC:
        first = find_group(words, 0, _names_place)
        return decline_groups(text, words, [first] if first else [], case)
    groups = find_groups(words, 0, _names_place, _next_name)
    return decline_groups(text, words, groups, case)


def _names_place(reading: Reading) -> bool:
    return "Geox" in reading.traits or not (reading.is_animate or reading.is_name)


def _next_name(words: Sequence[Word], group: Group, first: Group | None) -> Group | None:
    """A second name after a dash or in a bracket, or the name of a city after «город»."""
    word = words[group.start]
    if word.quoted:
        return None
    if word.follows_dash or word.opens_bracket:
        return group if is_unmistakable(words[group.end - 1]) else None
    is_city = words[0].lower in _SETTLEMENTS
    return group if is_city and word.text[0].isupper() else None
