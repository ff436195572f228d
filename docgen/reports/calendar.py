"""The whole weeks, months, quarters and years that are over by the day of monitoring."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from docgen.language.deadlines import Deadline

_MONTHS: Final = {"month": 1, "quarter": 3, "year": 12}
_DAY: Final = timedelta(days=1)


def elapsed_periods(
    per: str | None, deadline: Deadline, signed: date | None, on: date
) -> tuple[tuple[date, date], ...]:
    """First and last days of the calendar periods in which a returning target was to be met.

    Those count that touch an interval of the deadline, did not end before the order was signed,
    and are over on that day.
    """
    if per is None:
        return ()
    found: set[tuple[date, date]] = set()
    for interval in deadline.intervals:
        start = max(filter(None, (interval.start, signed)), default=None)
        if start is not None:
            last = min(on, _closing(per, interval.end)) if interval.end else on
            found.update(_within(per, start, last))
    return tuple(sorted(found))


def _within(per: str, start: date, last: date) -> Iterator[tuple[date, date]]:
    first, end = period_of(per, start)
    while end <= last:
        yield first, end
        first, end = period_of(per, end + _DAY)


def _closing(per: str, day: date) -> date:
    return period_of(per, day)[1]


def period_of(per: str, day: date) -> tuple[date, date]:
    """The calendar week, month, quarter or year the day lies in."""
    if per == "week":
        first = day - timedelta(days=day.weekday())
        return first, first + timedelta(days=6)
    length = _MONTHS[per]
    months = day.year * 12 + (day.month - 1) // length * length
    following = months + length
    return (
        date(months // 12, months % 12 + 1, 1),
        date(following // 12, following % 12 + 1, 1) - _DAY,
    )
