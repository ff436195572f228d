"""Deadlines against the calendar: what is due, what is late, to which stage an item belongs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from docgen.language.deadlines.timing import Deadline, Frequency, Interval, Recurrence
from docgen.language.deadlines.units import nth_weekday

_MONTHS_BETWEEN: Final[dict[Frequency, int]] = {"monthly": 1, "quarterly": 3, "yearly": 12}


def last_day(deadline: Deadline) -> date | None:
    """The last day on which the item may be done; None when the text names no calendar day."""
    return max((interval.end for interval in deadline.intervals if interval.end), default=None)


def overdue_days(deadline: Deadline, on: date) -> int | None:
    """How many days late it is on that day, 0 while the deadline is not over; None when unknown."""
    end = last_day(deadline)
    return None if end is None else max(0, (on - end).days)


def due_by(deadline: Deadline, on: date) -> bool | None:
    """Whether the item must be done by the end of that day; None when the calendar does not say."""
    end = last_day(deadline)
    return None if end is None else end <= on


def stage_of(deadline: Deadline, stage_dates: Sequence[date]) -> int | None:
    """The number (from 1) of the stage that reports the item.

    It is the earliest one monitored on or after the item's last day; None when no calendar day is
    named, or when every stage is monitored before that day.
    """
    end = last_day(deadline)
    if end is None:
        return None
    stages = [(day, number) for number, day in enumerate(stage_dates, start=1) if day >= end]
    return min(stages)[1] if stages else None


def occurrences(deadline: Deadline, until: date) -> Iterator[date]:
    """The days of a repeated item up to `until`, in order.

    Days of the week are given as such. Otherwise a repetition falls on the last day of each day,
    week, month, quarter or year, cut off at the interval's end: the day by which it must be done.
    Nothing comes without a recurrence, or without a first day to count from.
    """
    if deadline.recurrence is None:
        return
    for interval in deadline.intervals:
        if interval.start is not None:
            yield from _within(deadline.recurrence, interval, until)


def _within(recurrence: Recurrence, interval: Interval, until: date) -> Iterator[date]:
    start = interval.start or date.max
    last = interval.end or until
    for day in _days(recurrence, start, last):
        if day > until:
            return
        yield day


def _days(recurrence: Recurrence, start: date, last: date) -> Iterator[date]:
    if recurrence.weekday is not None and recurrence.nth:
        return _nth_weekdays(recurrence.weekday, recurrence.nth, start, last)
    if recurrence.weekday is not None:
        first = start + timedelta(days=(recurrence.weekday - start.isoweekday()) % 7)
        return _stepping(first, last, 7)
    if recurrence.freq == "daily":
        return _stepping(start, last, 1)
    if recurrence.freq == "weekly":
        sunday = start + timedelta(days=7 - start.isoweekday())
        return _closing(start, last, lambda at: sunday + timedelta(weeks=at))
    months = _MONTHS_BETWEEN[recurrence.freq]
    return _closing(start, last, lambda at: _end_of_months(start, months, at))


def _stepping(first: date, last: date, days: int) -> Iterator[date]:
    for ordinal in range(first.toordinal(), last.toordinal() + 1, days):
        yield date.fromordinal(ordinal)


def _closing(start: date, last: date, end_of: Callable[[int], date]) -> Iterator[date]:
    """The end of each stretch from the one that holds `start`; the last one ends on `last`."""
    at, day = 0, start - timedelta(days=1)
    while day < last:
        day = min(end_of(at), last)
        at += 1
        yield day


def _end_of_months(start: date, months: int, at: int) -> date:
    """The last day of the month, quarter or year that comes `at` ones after that of `start`."""
    following = (start.month - 1) // months * months + months * (at + 1)
    year, month = divmod(following, 12)
    return date(start.year + year, month + 1, 1) - timedelta(days=1)


def _nth_weekdays(weekday: int, nth: tuple[int, ...], start: date, last: date) -> Iterator[date]:
    first_month = start.year * 12 + start.month - 1
    for number in range(first_month, last.year * 12 + last.month):
        year, month = divmod(number, 12)
        days = {nth_weekday(year, month + 1, place, weekday) for place in nth}
        yield from sorted(day for day in days if day and start <= day <= last)
