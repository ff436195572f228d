"""Calendar units that may still lack their year, spans of them, and how the years are found.

A clerk writes a year once: «Июнь, ноябрь 2022 г.», «17.01-04.02.2022». A unit without a year takes
it from the unit to the right, else from the one to the left, else from the project's years.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from docgen.language.timing import Interval, Precision

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2100
PRECISIONS: Final[tuple[Precision, ...]] = ("day", "month", "quarter", "half_year", "year")
SCHOOL_START_MONTH: Final = 9
_SCHOOL_SPLIT: Final = 8  # August still prepares the school year that starts in September


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of the calendar: from (month, day) to (month, day) of a year, perhaps unknown.

    Day 31 means the last day of a shorter month, unless the unit is a single day; -7 is the seventh
    from the end. A school year ends in the year after its own, so it carries (0, 1). `weekday` is
    (nth, 1–7) within the month.
    """

    precision: Precision
    first: tuple[int, int]
    last: tuple[int, int]
    year: int | None = None
    carry: tuple[int, int] = (0, 0)
    weekday: tuple[int, int] | None = None
    project: bool = False

    def interval(self, year: int) -> tuple[date, date] | None:
        """First and last day in that year; None when the calendar has no such day."""
        if self.weekday is not None:
            found = nth_weekday(year, self.first[0], *self.weekday)
            return (found, found) if found else None
        start = _day(year + self.carry[0], self.first, clamp=False)
        end = _day(year + self.carry[1], self.last, clamp=self.first != self.last)
        return (start, end) if start and end else None


@dataclass(frozen=True, slots=True)
class Span:
    """One member of a list: a unit, a range of two, «до …» or «с …»."""

    left: Unit
    right: Unit | None = None
    shape: Literal["closed", "until", "open"] = "closed"
    years: tuple[int, ...] = ()

    @property
    def dated(self) -> bool:
        """Whether the text itself gives a year."""
        return bool(self.years or self.left.year or (self.right and self.right.year))

    @property
    def precision(self) -> Precision:
        """The coarser precision of the two ends."""
        ends = (self.left.precision, (self.right or self.left).precision)
        return max(ends, key=PRECISIONS.index)

    def starting(self, year: int) -> Interval | None:
        """The interval that starts in `year`, its end being the next such day."""
        left = self.left.interval(self.left.year or year)
        if left is None:
            return None
        if self.right is None:
            return self._shaped(*left)
        right_year = self.right.year or self.left.year or year
        return self._reaching(left[0], right_year, may_move=self.right.year is None)

    def _reaching(self, start: date, year: int, *, may_move: bool) -> Interval | None:
        for candidate in (year, year + 1) if may_move else (year,):
            right = self.right.interval(candidate) if self.right else None
            if right and right[1] >= start:
                return Interval(start, right[1])
        return None

    def ending(self, year: int) -> Interval | None:
        """The interval that ends in `year`, its start being the last such day before."""
        if self.right is None or self.left.year:
            return self.starting(year)
        right = self.right.interval(self.right.year or year)
        if right is None:
            return None
        base = self.right.year or year
        for candidate in (base + self.right.carry[0], base - 1):
            left = self.left.interval(candidate)
            if left and left[0] <= right[1]:
                return Interval(left[0], right[1])
        return None

    def _shaped(self, start: date, end: date) -> Interval:
        return Interval(None if self.shape == "until" else start, end)


def nth_weekday(year: int, month: int, nth: int, weekday: int) -> date | None:
    """The nth (or last, when -1) weekday 1–7 of the month, if the month has so many."""
    length = monthrange(year, month)[1]
    if nth < 0:
        last = date(year, month, length)
        return last.replace(day=length - (last.isoweekday() - weekday) % 7)
    day = 1 + (weekday - date(year, month, 1).isoweekday()) % 7 + 7 * (nth - 1)
    return date(year, month, day) if day <= length else None


def _day(year: int, month_day: tuple[int, int], *, clamp: bool) -> date | None:
    month, day = month_day
    if not FIRST_YEAR <= year <= LAST_YEAR + 1:
        return None
    length = monthrange(year, month)[1]
    if day < 0:
        day += length + 1
    if day > length and not clamp:
        return None
    return date(year, month, min(day, length))


def day_unit(day: int, month: int, year: int | None = None) -> Unit | None:
    """One day; None when no calendar has it."""
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(2000, month)[1]:
        return None
    if year is not None and _day(year, (month, day), clamp=False) is None:
        return None
    return Unit("day", (month, day), (month, day), year)


def month_unit(month: int, year: int | None = None) -> Unit:
    """A whole month."""
    return Unit("month", (month, 1), (month, 31), year)


def quarter_unit(number: int) -> Unit:
    """A quarter, 1–4."""
    return Unit("quarter", (3 * number - 2, 1), (3 * number, 31))


def half_unit(number: int) -> Unit:
    """A half of the calendar year, 1–2."""
    return Unit("half_year", (6 * number - 5, 1), (6 * number, 31))


def year_unit(year: int | None = None) -> Unit:
    """A calendar year."""
    return Unit("year", (1, 1), (12, 31), year)


def school_year_unit(year: int | None = None) -> Unit:
    """A school year: 1 September – 31 May of the next year."""
    return Unit("year", (SCHOOL_START_MONTH, 1), (5, 31), year, (0, 1))


def in_school_year(unit: Unit, year: int) -> Unit:
    """The unit placed in the school year that starts in `year`."""
    if unit.precision == "half_year":
        second = unit.first[0] > 6
        first, last, carry = ((1, 1), (5, 31), (1, 1)) if second else ((9, 1), (12, 31), (0, 0))
        return Unit("half_year", first, last, year, carry)
    return replace(unit, year=year if unit.first[0] >= _SCHOOL_SPLIT else year + 1)


def project_unit() -> Unit:
    """The whole time of the project."""
    return Unit("year", (1, 1), (12, 31), project=True)


def resolve(spans: Sequence[Span], years: tuple[int, int]) -> list[Interval] | None:
    """An interval for each span, in order; None when one of them cannot stand in any calendar."""
    intervals: list[Interval | None] = []
    waiting: list[Span] = []
    for span in spans:
        if not span.dated:
            waiting.append(span)
            continue
        intervals.extend(_borrowed_from_right(waiting, span, years))
        waiting = []
    if intervals:
        intervals.extend(_continued(waiting, intervals[-1], years))
    else:
        intervals.extend(_from_project(waiting, years))
    known = [interval for interval in intervals if interval is not None]
    return known if len(known) == len(intervals) else None


def sharing_year(spans: Sequence[Span]) -> list[Span]:
    """The spans with a year that stands alone before or after them given to those without one."""
    for year, others in ((spans[-1:], spans[:-1]), (spans[:1], spans[1:])):
        if others and _is_bare_year(year[0]) and not any(_has_year(span) for span in others):
            number = year[0].left.year or FIRST_YEAR
            return [replace(span, years=(number,)) for span in others]
    return list(spans)


def _is_bare_year(span: Span) -> bool:
    unit = span.left
    return span.shape == "closed" and span.right is None and _is_whole_year(unit) and span.dated


def _has_year(span: Span) -> bool:
    return span.dated or span.precision == "year"


def _borrowed_from_right(
    waiting: Sequence[Span], dated: Span, years: tuple[int, int]
) -> list[Interval | None]:
    if len(dated.years) > 1:
        return [
            _open_ended(s, s.starting(y), years) for y in dated.years for s in (*waiting, dated)
        ]
    last = _open_ended(dated, dated.ending(dated.years[0] if dated.years else 0), years)
    found = [last]
    following = dated.left.interval(dated.left.year) if dated.left.year else None
    year = _first_year(last)
    for span in reversed(waiting):
        interval = span.ending(year)
        if following and interval and _first_day(interval) > following[0] and year > years[0]:
            interval = span.ending(year - 1)
        found.append(_open_ended(span, interval, years))
        if interval:
            year = _first_day(interval).year
            following = (_first_day(interval), _first_day(interval))
    return found[::-1]


def _continued(
    waiting: Sequence[Span], before: Interval | None, years: tuple[int, int]
) -> list[Interval | None]:
    return _rolled(waiting, before, _first_year(before), years[1], years)


def _from_project(waiting: Sequence[Span], years: tuple[int, int]) -> list[Interval | None]:
    if len(waiting) == 1 and waiting[0].shape == "closed" and _is_whole_year(waiting[0].left):
        return [Interval(date(years[0], 1, 1), date(years[1], 12, 31))]
    return _rolled(waiting, None, years[0], years[1], years)


def _rolled(
    waiting: Sequence[Span],
    before: Interval | None,
    year: int,
    last_year: int,
    years: tuple[int, int],
) -> list[Interval | None]:
    """Intervals in the order of the text, moved on to the next year where the months go back."""
    found: list[Interval | None] = []
    for span in waiting:
        interval = _project_time(span, years) or span.starting(year)
        if before and interval and _first_day(interval) < _first_day(before) and year < last_year:
            year += 1
            interval = span.starting(year)
        found.append(_open_ended(span, interval, years))
        before = interval
    return found


def _project_time(span: Span, years: tuple[int, int]) -> Interval | None:
    if not span.left.project:
        return None
    start = None if span.shape == "until" else date(years[0], 1, 1)
    return Interval(start, date(years[1], 12, 31))


def _is_whole_year(unit: Unit) -> bool:
    return unit.precision == "year" and unit.carry == (0, 0)


def _open_ended(span: Span, interval: Interval | None, years: tuple[int, int]) -> Interval | None:
    if interval is None or span.shape != "open" or interval.start is None:
        return interval
    return Interval(interval.start, date(max(years[1], interval.start.year), 12, 31))


def _first_day(interval: Interval) -> date:
    return interval.start or interval.end or date.min


def _first_year(interval: Interval | None) -> int:
    return _first_day(interval).year if interval else FIRST_YEAR
