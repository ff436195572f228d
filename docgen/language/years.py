"""Which years the spans of a text fall in.

A clerk writes a year once: «Июнь, ноябрь 2022 г.», «17.01-04.02.2022». A span without a year takes
it from the span to the right, else from the one to the left, else from the project's years.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from docgen.language.timing import Interval
from docgen.language.units import FIRST_YEAR, Span, Unit


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
