"""Which years the spans of a text fall in.

A clerk writes a year once: «Июнь, ноябрь 2022 г.», «17.01-04.02.2022». A span without a year takes
it from the span to the right, else from the one to the left, else from the project's years.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from docgen.language.deadlines.timing import Interval
from docgen.language.deadlines.units import FIRST_YEAR, Span, Unit, year_unit


def resolve(spans: Sequence[Span], years: tuple[int, int]) -> list[Interval] | None:
    """An interval for each span, in order; None when one of them cannot stand in any calendar."""
    intervals: list[Interval | None] = []
    waiting: list[Span] = []
    for span in _with_project_time(spans, years):
        waiting.append(span)
        if span.dated:
            intervals.extend(_borrowed_from_right(waiting, years))
            waiting = []
    before = intervals[-1] if intervals else None
    intervals.extend(_rolled(waiting, before, years))
    known = [interval for interval in intervals if interval is not None]
    return known if len(known) == len(intervals) else None


def year_from_project(spans: Sequence[Span]) -> bool:
    """Whether a year of these spans is the project's, the text giving none."""
    if any(span.left.project for span in spans):
        return True
    return bool(spans) and not any(span.dated for span in spans)


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


def _with_project_time(spans: Sequence[Span], years: tuple[int, int]) -> list[Span]:
    """The spans, «весь период» and a lone «в течение года» put into all the project's years."""
    lone = len(spans) == 1 and spans[0].shape == "closed"
    whole = replace(year_unit(years[0]), carry=(0, years[1] - years[0]))
    return [
        replace(span, left=whole)
        if span.left.project or (lone and not span.dated and _is_whole_year(span.left))
        else span
        for span in spans
    ]


def _borrowed_from_right(group: Sequence[Span], years: tuple[int, int]) -> list[Interval | None]:
    """The intervals of spans of which only the last has a year, or several years for all."""
    *waiting, dated = group
    if len(dated.years) > 1:
        return [_open_ended(s, s.starting(y), years) for y in dated.years for s in group]
    found = [_open_ended(dated, dated.ending(*dated.years or (FIRST_YEAR,)), years)]
    for span in reversed(waiting):
        found.append(_preceding(span, found[-1], years))
    return found[::-1]


def _preceding(span: Span, following: Interval | None, years: tuple[int, int]) -> Interval | None:
    """The interval in the year of the following one, or a year before it if it would come later."""
    if following is None:
        return None
    first = _first_day(following)
    interval = span.ending(first.year)
    if interval and _first_day(interval) > first and first.year > years[0]:
        interval = span.ending(first.year - 1)
    return _open_ended(span, interval, years)


def _rolled(
    waiting: Sequence[Span], before: Interval | None, years: tuple[int, int]
) -> list[Interval | None]:
    """Intervals in the order of the text, moved on to the next year where the months go back."""
    found: list[Interval | None] = []
    year = _first_day(before).year if before else years[0]
    for span in waiting:
        interval = _within_project(span, year, years[1])
        if before and interval and _first_day(interval) < _first_day(before) and year < years[1]:
            year += 1
            interval = span.starting(year)
        found.append(_open_ended(span, interval, years))
        before = interval
    return found


def _within_project(span: Span, year: int, last: int) -> Interval | None:
    """The interval in `year`; «до конца учебного года» is the end that the project still sees."""
    interval = span.starting(year)
    late = interval is not None and interval.end is not None and interval.end.year > last
    return span.starting(year - 1) if late and span.shape == "until" else interval


def _is_whole_year(unit: Unit) -> bool:
    return unit.precision == "year" and unit.carry == (0, 0)


def _open_ended(span: Span, interval: Interval | None, years: tuple[int, int]) -> Interval | None:
    if interval is None or span.shape != "open" or interval.start is None:
        return interval
    return Interval(interval.start, date(max(years[1], interval.start.year), 12, 31))


def _first_day(interval: Interval) -> date:
    return interval.start or interval.end or date.min
