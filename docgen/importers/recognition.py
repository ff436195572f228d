"""Which region an order is of, told by its letterhead, its words and its tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from docgen.importers.headings import likeness
from docgen.models import Profile

_WORD = re.compile(r"[а-яё]{3,}")
_STEM = 6
_LETTERHEAD, _NAME, _TABLES, _CITY = 0.4, 0.35, 0.15, 0.1
_LEAST = 0.3
_COMMON = frozenset(
    word[:_STEM]
    for word in (
        *("министерство", "департамент", "комитет", "управление", "администрация", "отдел"),
        *("образование", "наука", "молодежной", "политики", "просвещения", "культуры", "спорта"),
        *("область", "края", "край", "республика", "района", "район", "города", "город"),
        *("округа", "округ", "автономный", "городского", "муниципального", "государственное"),
        *("муниципальное", "казенное", "казённое", "бюджетное", "автономное", "учреждение"),
        *("дополнительного", "профессионального", "высшего", "образовательное", "институт"),
        *("развития", "академия", "центр", "региональный", "областной", "россии", "федерации"),
        *("российской", "социального", "науки"),
    )
)
"""Words that stand in any letterhead, by their beginnings: they tell no region."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What of a document speaks for a region: texts as printed, headings a table."""

    letterhead: Sequence[str]
    texts: Sequence[str]
    tables: Sequence[Sequence[str]]
    city: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The region's code, empty for none of those known, and how sure that is."""

    code: str
    confidence: float


def recognise(evidence: Evidence, profiles: Mapping[str, Profile]) -> Verdict:
    """The region that most speaks for; none where too little does."""
    scores = {code: _score(evidence, profile) for code, profile in profiles.items()}
    if not scores:
        return Verdict("", 0.0)
    code = max(sorted(scores), key=lambda each: scores[each])
    if scores[code] < _LEAST:
        return Verdict("", 0.0)
    others = max((score for other, score in scores.items() if other != code), default=0.0)
    sure = min(scores[code], 0.5 + scores[code] - others)
    return Verdict(code, round(min(sure, 0.99), 2))


def _score(evidence: Evidence, profile: Profile) -> float:
    own = _telling(profile.letterhead.lines)
    printed = _telling(evidence.letterhead)
    shared = len(own & printed) / max(len(own | printed), 1)
    named = _named(_telling([*evidence.texts, *evidence.letterhead]), profile)
    if not named and not shared:
        return 0.0
    return (
        _LETTERHEAD * shared
        + _NAME * named
        + _TABLES * _tables(evidence.tables, profile)
        + _CITY * bool(profile.city and profile.city == evidence.city)
    )


def _named(printed: set[str], profile: Profile) -> float:
    """How much of the region's or the issuer's own name is printed, whichever is more."""
    names = (_telling([profile.name]), _telling([profile.issuer.name]))
    return max(len(name & printed) / len(name) if name else 0.0 for name in names)


def _tables(tables: Sequence[Sequence[str]], profile: Profile) -> float:
    scores = [likeness(table, layout) for table in tables for layout in profile.layouts.values()]
    return max(scores, default=0.0)


def _telling(texts: Iterable[str]) -> set[str]:
    return _stems(texts) - _COMMON


def _stems(texts: Iterable[str]) -> set[str]:
    """The beginnings of the words, so that cases do not matter."""
    return {word[:_STEM] for text in texts for word in _WORD.findall(text.lower())}
