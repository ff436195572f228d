"""Which canonical column each heading of a table names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from docgen.importers.synonyms import HEADINGS, SECOND, STEMS
from docgen.models import Column, Layout, Profile

_NOT_LETTERS = re.compile(r"[^0-9a-zа-я№]")
_OWN, _KNOWN, _LISTED, _SECOND, _LIKELY = 1.0, 0.95, 0.9, 0.85, 0.6
_END = re.compile("оконч|заверш|конец")
_LATIN_N = re.compile(r"^n(?=п|$)")


def bare(heading: str) -> str:
    """The heading by its letters alone: «Сроки реали-зации» is «срокиреализации»."""
    letters = _NOT_LETTERS.sub("", heading.lower().replace("ё", "е"))
    return _LATIN_N.sub("№", letters)


@dataclass(frozen=True, slots=True)
class Match:
    """The key a heading stands for, None for none known, and how sure that is.

    `foreign` is a heading that is known, but has no column in the region's own tables.
    """

    key: str | None
    confidence: float
    foreign: bool = False


class Headings:
    """The headings of all regions' profiles, then those in general use, then telling words.

    `own` is the profile of the region at hand, when it is known.
    """

    def __init__(self, profiles: Iterable[Profile], own: Profile | None = None) -> None:
        self._known: dict[str, dict[str, float]] = {}
        for key, headings in HEADINGS.items():
            for heading in headings:
                self._learn(heading, key, _LISTED)
        for key, headings in SECOND.items():
            for heading in headings:
                self._learn(heading, key, _SECOND)
        for profile in profiles:
            self._learn_profile(profile, _KNOWN)
        if own is not None:
            self._learn_profile(own, _OWN)

    def _learn_profile(self, profile: Profile, confidence: float) -> None:
        for layout in profile.layouts.values():
            for column in layout.columns:
                for heading in (column.heading, *column.synonyms):
                    self._learn(heading, column.key, confidence)

    def _learn(self, heading: str, key: str, confidence: float) -> None:
        keys = self._known.setdefault(bare(heading), {})
        keys[key] = max(confidence, keys.get(key, 0.0))

    def knows(self, heading: str) -> bool:
        """Whether the whole heading is known."""
        return bare(heading) in self._known

    def candidates(self, heading: str) -> Mapping[str, float]:
        """What the heading may stand for, each with how likely that is."""
        letters = bare(heading)
        if not letters:
            return {}
        if letters in self._known:
            return self._known[letters]
        found = {key: _LIKELY for stem, key in reversed(STEMS) if stem in letters}
        first = next((key for stem, key in STEMS if stem in letters), None)
        return found if first is None else found | {first: _LIKELY + 0.1}

    def match(self, headings: Sequence[str]) -> list[Match]:
        """One match a heading; no key is given twice, but for a period's beginning and end.

        A heading that may stand for one key only is served before one that has a choice.
        """
        options = [self.candidates(heading) for heading in headings]
        order = sorted(range(len(headings)), key=lambda index: _eagerness(options[index], index))
        matches = [Match(None, 0.0)] * len(headings)
        taken: set[str] = set()
        for index in order:
            free = {key: sure for key, sure in options[index].items() if key not in taken}
            if free:
                key = max(free, key=lambda each: free[each])
                taken.add(key)
                matches[index] = Match(key, free[key])
            elif "deadline" in options[index] and _END.search(bare(headings[index])):
                matches[index] = Match("deadline", _LIKELY)
        return matches


def _eagerness(options: Mapping[str, float], index: int) -> tuple[int, float, int]:
    whole = [sure for sure in options.values() if sure >= _LISTED]
    return (len(whole) if whole else 100 + len(options), -max(options.values(), default=0), index)


def likeness(headings: Sequence[str], layout: Layout) -> float:
    """How much of a table's headings and of a layout's columns are the same, from 0 to 1."""
    printed = {bare(heading) for heading in headings}
    shared = sum(_column_likeness(column, printed) for column in layout.columns)
    return shared / max(len(layout.columns), len(headings), 1)


def _column_likeness(column: Column, printed: set[str]) -> float:
    if bare(column.heading) in printed:
        return 1.0
    return 0.7 if any(bare(synonym) in printed for synonym in column.synonyms) else 0.0
