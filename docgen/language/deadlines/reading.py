"""Deadlines of roadmaps: a printed text and the project's years in, the normal form out.

The reader walks over the tokens once. At each place it tries the rules of the calendar, of
repetition and of terms counted from an event; what none of them reads stays in `condition`, word
for word. See docs/deadlines.md for the table of what is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from docgen.language.deadlines.prepositions import calendar
from docgen.language.deadlines.recurrence import combined, recurrence
from docgen.language.deadlines.relative import relative
from docgen.language.deadlines.timing import (
    Deadline,
    DeadlineKind,
    Interval,
    Precision,
    Recurrence,
    Relative,
)
from docgen.language.deadlines.tokens import WORDLIKE, Token, tokenize
from docgen.language.deadlines.trimming import trimmed
from docgen.language.deadlines.units import FIRST_YEAR, LAST_YEAR, PRECISIONS, Span
from docgen.language.deadlines.vocabulary import NOMINATIVE, Kind
from docgen.language.deadlines.years import resolve, sharing_year, year_from_project

__all__ = ["Deadline", "Interval", "Reading", "Recurrence", "Relative", "parse_deadline", "read"]

LONGEST_READ: Final = 200
"""Words and signs that are read; a longer text is prose, and its rest goes into the condition."""

_GOVERNING: Final = frozenset(
    ("от", "на", "за", "после", "перед", "кроме", "около", "об", "о", "из", "под", "итогам",
     "итоги", "результатам", "приказом")
)  # fmt: skip
_CALENDAR_STARTS: Final = frozenset(
    {Kind.NUMBER, Kind.ROMAN, Kind.ORDINAL, Kind.MONTH, Kind.SEASON, Kind.EDGE, Kind.DOT,
     Kind.OPENER, Kind.WORD, Kind.SCHOOL}
)  # fmt: skip
_RELATIVE_STARTS: Final = frozenset({Kind.OPENER, Kind.NUMBER, Kind.CARDINAL})
_PERIOD_NOUNS: Final = frozenset({Kind.QUARTER, Kind.HALF})
_RANGE_START: Final = [Kind.NUMBER, Kind.DOT, Kind.DASH]
_LABELS: Final = ("срок", "сроки", "дата", "даты", "период")
_LABELLED: Final = (
    "исполнения",
    "реализации",
    "выполнения",
    "проведения",
    "представления",
    "сдачи",
)
_LEADING: Final = frozenset({Kind.QUOTE, Kind.OPEN, Kind.MARK})
_TRAILING: Final = frozenset({Kind.QUOTE, Kind.CLOSE, Kind.MARK, Kind.DOT})


@dataclass(frozen=True, slots=True)
class Reading:
    """A deadline with the places of the source that the grammar understood."""

    deadline: Deadline
    understood: tuple[tuple[int, int], ...]


def parse_deadline(text: str, years: tuple[int, int]) -> Deadline:
    """What the text says, for a project of these first and last years. Never raises."""
    return read(text, years).deadline


def read(text: str, years: tuple[int, int]) -> Reading:
    """The deadline and which pieces of the text it was read from."""
    first, last = sorted(min(max(year, FIRST_YEAR), LAST_YEAR) for year in years)
    return _Reader(text, (first, last)).run()


@dataclass(slots=True)
class _Reader:
    """One walk over one text."""

    text: str
    years: tuple[int, int]
    tokens: list[Token] = field(init=False)
    known: list[bool] = field(init=False)
    spans: list[Span] = field(default_factory=list)
    calendar_places: list[tuple[int, int]] = field(default_factory=list)
    recurrence: Recurrence | None = None
    relative: Relative | None = None
    relative_place: tuple[int, int] = (0, 0)

    def __post_init__(self) -> None:
        self.tokens = tokenize(self.text, LONGEST_READ)
        self.known = [False] * len(self.tokens)

    def run(self) -> Reading:
        at = self._learn(0, _past_label(self.tokens))
        while self.tokens[at].kind is not Kind.END:
            at = self._step(at)
        self.spans = sharing_year(self.spans)
        intervals = resolve(self.spans, self.years)
        if intervals is None:
            self._forget(self.calendar_places)
            self.spans, intervals = [], []
        if intervals and self.relative:
            self._forget([self.relative_place])
            self.relative = None
        self._join()
        return Reading(self._deadline(tuple(intervals)), self._understood())

    def _step(self, at: int) -> int:
        """Read what stands at this place, or leave the token unread; the next place to look at."""
        kind = self.tokens[at].kind
        if kind in _RELATIVE_STARTS and self.relative is None:
            counted = relative(self.tokens, at, self.text)
            if counted is not None:
                self.relative, end = counted
                self.relative_place = (at, end)
                return self._learn(at, end)
        if kind in _CALENDAR_STARTS:
            found = calendar(self.tokens, at)
            if found is not None:
                return self._take_calendar(at, *found)
        repeated = recurrence(self.tokens, at)
        return self._take_recurrence(at, *repeated) if repeated else at + 1

    def _take_calendar(self, at: int, spans: tuple[Span, ...], end: int) -> int:
        if not spans or self._belongs_to_another_noun(at, end):
            return end
        self.spans.extend(spans)
        self.calendar_places.append((at, end))
        return self._learn(at, end)

    def _take_recurrence(self, at: int, found: Recurrence | None, end: int) -> int:
        both = combined(self.recurrence, found) if found else None
        if both is None:
            return end
        self.recurrence = both
        return self._learn(at, end)

    def _learn(self, at: int, end: int) -> int:
        self.known[at:end] = [True] * (end - at)
        return end

    def _forget(self, places: list[tuple[int, int]]) -> None:
        for at, end in places:
            self.known[at:end] = [False] * (end - at)

    def _belongs_to_another_noun(self, at: int, end: int) -> bool:
        """Whether the date names a document or a plan: «приказ от 25.02.2022 № 66»."""
        if self.tokens[end].text == "№" or self._closes_unread_range(at):
            return True
        before = self.tokens[at - 1] if at else None
        if before is None or before.kind not in WORDLIKE or self.known[at - 1]:
            return False
        if before.kind is Kind.AND and self._known_before(at - 1):
            return False
        return before.text in _GOVERNING or self._is_weak(at, end)

    def _closes_unread_range(self, at: int) -> bool:
        """Whether «02. – » stands before, the start of a range nobody can read."""
        if at < len(_RANGE_START) or self.known[at - len(_RANGE_START)]:
            return False
        kinds = [token.kind for token in self.tokens[at - len(_RANGE_START) : at]]
        return kinds == _RANGE_START

    def _is_weak(self, at: int, end: int) -> bool:
        """Whether right after an unread word this could be that word's genitive."""
        first = self.tokens[at]
        if first.kind in (Kind.MONTH, Kind.SEASON):
            return first.text not in NOMINATIVE
        if first.kind is Kind.OPENER:
            return False
        kinds = [token.kind for token in self.tokens[at:end]]
        nouns = [t.text for t in self.tokens[at:end] if t.kind in _PERIOD_NOUNS]
        if nouns:
            return nouns[0] not in NOMINATIVE
        in_digits = (Kind.NUMBER, Kind.DOT) in pairwise(kinds)  # but not the full stop of «г.»
        return Kind.MONTH not in kinds and not in_digits

    def _join(self) -> None:
        """Take «и», «но» and «а также» next to something read, and the like, for mere joints."""
        for at, token in enumerate(self.tokens[:-1]):
            if self._numbers_member(at):
                self.known[at : at + 2] = [True, True]
            width = 2 if token.text == "а" and self.tokens[at + 1].text == "также" else 1
            before, after = self._known_before(at), self._known_after(at + width)
            if (
                ((width == 2 or token.text in ("и", "но")) and (before or after))
                or (token.text in ("далее", "затем") and before and after)
                or (token.text == "включительно" and before)
            ):
                self.known[at : at + width] = [True] * width

    def _numbers_member(self, at: int) -> bool:
        """Whether «1)» or «а)» stands before something read: «1) март; 2) апрель»."""
        begins = at == 0 or self.tokens[at - 1].text == ";"
        short = self.tokens[at].kind in WORDLIKE and len(self.tokens[at].text) == 1
        return begins and short and self.tokens[at + 1].text == ")" and self.known[at + 2]

    def _known_after(self, at: int) -> bool:
        return self.known[at + 1 if self.tokens[at].kind is Kind.DASH else at]

    def _known_before(self, at: int) -> bool:
        at = at - 1 if at and self.tokens[at - 1].kind in (Kind.COMMA, Kind.OPEN) else at
        return at > 0 and self.known[at - 1]

    def _deadline(self, intervals: tuple[Interval, ...]) -> Deadline:
        return Deadline(
            kind=_kind(self.spans, intervals, self.relative),
            intervals=intervals,
            precision=self._precision(),
            recurrence=self.recurrence,
            condition=self._condition(),
            year_inferred=year_from_project(self.spans),
            relative=self.relative,
        )

    def _precision(self) -> Precision | None:
        """The coarsest of the members: none is known more exactly than that."""
        found = [span.precision for span in self.spans]
        return max(found, key=PRECISIONS.index) if found else None

    def _condition(self) -> str | None:
        """The source from the first unread word to the last, without loose signs around it."""
        unread = [
            at
            for at, token in enumerate(self.tokens)
            if token.kind in WORDLIKE and not self.known[at]
        ]
        prose = self.tokens[-1].end
        if prose < len(self.text):
            return trimmed(self.text[self.tokens[unread[0]].start if unread else prose :]) or None
        if not unread:
            return None if any(self.known) else self.text.strip() or None
        first, last = self._with_signs(unread[0], unread[-1])
        return trimmed(self.text[self.tokens[first].start : self.tokens[last].end])

    def _with_signs(self, first: int, last: int) -> tuple[int, int]:
        """The unread words together with the quotes, brackets and marks around them."""
        while first and self._is_sign(first - 1, _LEADING):
            first -= 1
        while self._is_sign(last + 1, _TRAILING):
            last += 1
        return first, last

    def _is_sign(self, at: int, kinds: frozenset[Kind]) -> bool:
        token = self.tokens[at]
        return not self.known[at] and (token.kind in kinds or token.text == "…")

    def _understood(self) -> tuple[tuple[int, int], ...]:
        pairs = zip(self.tokens, self.known, strict=True)
        return tuple((token.start, token.end) for token, known in pairs if known)


def _past_label(tokens: Sequence[Token]) -> int:
    """The place after «Срок:», «Срок исполнения – », which say only what the cell is."""
    if tokens[0].text not in _LABELS:
        return 0
    at = 2 if tokens[1].text in _LABELLED else 1
    if tokens[at].kind is Kind.DASH or tokens[at].text == ":":
        return at + 1
    limit = tokens[at].text == "до" or tokens[at + 1].text in (
        "позднее",
        "позже",
        "ранее",
        "раньше",
    )
    return at if limit else 0


def _kind(
    spans: list[Span], intervals: tuple[Interval, ...], counted: Relative | None
) -> DeadlineKind:
    if not intervals:
        return "relative" if counted else "conditional"
    if all(interval.start is None for interval in intervals):
        return "deadline"
    if len(intervals) > 1:
        return "periods"
    if spans[0].shape == "open":
        return "open_period"
    one_day = intervals[0].start == intervals[0].end and spans[0].precision == "day"
    return "date" if one_day else "period"
