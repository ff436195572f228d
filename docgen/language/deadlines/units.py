"""Calendar units that may still lack their year, and spans of them."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Final, Literal

from docgen.language.deadlines.timing import Interval, Precision

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
        start = _day(year + self.carry[0], *self.first)
        if self.first == self.last:
            return (start, start) if start else None
        end = _last_day(year + self.carry[1], *self.last)
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
        base = self.right.year or self.left.year or year
        for candidate in (base,) if self.right.year else (base, base + 1):
            right = self.right.interval(candidate)
            if right and right[1] >= left[0]:
                return Interval(left[0], right[1])
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


@lru_cache(maxsize=2048)
def _length(year: int, month: int) -> int:
    return monthrange(year, month)[1]


def nth_weekday(year: int, month: int, nth: int, weekday: int) -> date | None:
    """The nth (or last, when -1) weekday 1–7 of the month, if the month has so many."""
    length = _length(year, month)
    if nth < 0:
        last = date(year, month, length)
        return last.replace(day=length - (last.isoweekday() - weekday) % 7)
    day = 1 + (weekday - date(year, month, 1).isoweekday()) % 7 + 7 * (nth - 1)
    return date(year, month, day) if day <= length else None


def _day(year: int, month: int, day: int) -> date | None:
    """The day, counted from the month's end when negative; None when there is no such day."""
    if not FIRST_YEAR <= year <= LAST_YEAR + 1:
        return None
    length = _length(year, month)
    day = day + length + 1 if day < 0 else day
    return date(year, month, day) if day <= length else None


def _last_day(year: int, month: int, day: int) -> date | None:
    """The day, or the last one of a shorter month."""
    return _day(year, month, day) or _day(year, month, -1)


def day_unit(day: int, month: int, year: int | None = None) -> Unit | None:
    """One day; None when no calendar has it."""
    if not 1 <= month <= 12 or not 1 <= day <= _length(2000, month):
        return None
    if year is not None and _day(year, month, day) is None:
        return None
    return Unit("day", (month, day), (month, day), year)


def month_unit(month: int, year: int | None = None) -> Unit:
    """A whole month."""
    return Unit("month", (month, 1), (month, 31), year)


def season_unit(first: int) -> Unit:
    """Three months from the first one: spring, summer or autumn."""
    return Unit("month", (first, 1), (first + 2, 31))


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
