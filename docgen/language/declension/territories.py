"""Regions, districts and cities in any case.

«Республика X» declines only «Республика»; «… – Югра», «… – Кузбасс» and «город Москва»
decline both halves; of a village, only an agreeing adjective does («в селе Красном»).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from docgen.language.declension.groups import (
    Group,
    decline_groups,
    find_group,
    find_groups,
    is_unmistakable,
)
from docgen.language.declension.morphology import Case, Reading, nominatives
from docgen.language.declension.phrases import Word, split_words

_REPUBLIC = "республика"
_INDECLINABLE = frozenset({"саха"})
_CITIES = frozenset({"город", "город-герой", "г", "гор"})
_VILLAGES = frozenset({"деревня", "посёлок", "поселок", "село", "слобода", "станица", "хутор"})

_FIXED_NAMES = ("ово", "ево", "ёво", "ино", "ыно")


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
    if words[0].lower in _VILLAGES:
        return _village_name(word, group, first)
    return group if words[0].lower in _CITIES and word.text[0].isupper() else None


def _village_name(word: Word, group: Group, first: Group | None) -> Group | None:
    is_adjective = any(reading.is_adjective for reading in nominatives(word.text))
    if not is_adjective or word.lower.endswith(_FIXED_NAMES) or word.text.islower():
        return None
    agrees = first is not None and group.agrees_with(first)
    return replace(group, animate=False) if agrees else None
