"""The part of the project a target holds for: «в 1 полугодии – не менее 40% мер»."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from docgen.language.deadlines import Interval, parse_deadline
from docgen.language.indicators.figures import Place
from docgen.language.indicators.lexemes import Line
from docgen.language.indicators.words import ROMANS

_CALENDAR = re.compile(
    r"(?:полуг|кварт|январ|феврал|март|апрел|ма[йяе]|июн|июл|август|сентяб|октяб|нояб|декаб|год|\d)"
)
_PARTS = ("полугод", "квартал")
_MONTH = re.compile(r"(?:январ|феврал|март|апрел|июн|июл|август|сентябр|октябр|ноябр|декабр)е|мае")
_MILESTONE = re.compile(rf"{_CALENDAR.pattern}.*|конц.|начал.|учебного|календарного|г|[.]")
_YEAR = re.compile("(20[0-9]{2})-?(г|год|году)?")
_ORDINAL = re.compile(r"(?:перв|втор|трет|четверт).{1,3}")


class Window(NamedTuple):
    """The days a target is nested in, and whether the words before its dash say so."""

    interval: Interval | None
    heads: bool = False


def windows(line: Line, places: list[Place], years: tuple[int, int]) -> list[Window]:
    """For each target its window; no interval where it holds for the whole project."""
    if not _CALENDAR.search(line.folded):
        return [Window(None)] * len(places)
    yearly = _by_year(line, places)
    if yearly:
        return [Window(interval) for interval in yearly]
    found: list[Window] = []
    common: Interval | None = None
    for place in places:
        first, end = _heading(line, place)
        heading = _interval(line, first, end, years)
        own = heading or _leading(line, place, years)
        if place.opens:
            common = own
        interval = own or _trailing(line, place, years) or _elliptic(line, place, years)
        interval = interval or (None if _is_elliptic(line, first, end) else common)
        found.append(Window(interval, heading is not None))
    return found


def _by_year(line: Line, places: list[Place]) -> list[Interval]:
    """A year for each of several targets: «10% школ в 2022 году и 20% школ в 2023 году»."""
    for parts in (
        [(place.figure.end, place.ceiling) for place in places],
        [(place.floor, place.figure.first) for place in places],
    ):
        named = [_years_named(line, first, end) for first, end in parts]
        years = [found[0] for found in named if len(found) == 1]
        if len(set(years)) == len(places) > 1:
            return [Interval(date(year, 1, 1), date(year, 12, 31)) for year in years]
    return []


def _years_named(line: Line, first: int, end: int) -> list[int]:
    """The years of «в 2022 году» and «(2023 год)» among the tokens."""
    return [
        int(year[1])
        for at in range(first, end)
        if (year := _YEAR.fullmatch(line.words[at]))
        and line.words[at - 1] in ("в", "во", "(")
        and (year[2] or line.words[at + 1]) in ("год", "году", "г")
    ]


def _heading(line: Line, place: Place) -> tuple[int, int]:
    """The tokens before a dash or colon: «к 1 июня – 40%», «за 2 полугодие: 5 школ»."""
    end = place.figure.first - 1
    if end < place.floor or line.words[end] not in ("-", ":"):
        return place.floor, place.floor
    first = end
    while first > place.floor and line.words[first - 1] not in (":", ",", ";", "-", "("):
        first -= 1
    return first + (line.words[first] == "за"), end


def _is_elliptic(line: Line, first: int, end: int) -> bool:
    """«во втором – 3 вебинара»: a period of its own that the grammar does not read."""
    return any(_is_ordinal(line, at) for at in range(first, end))


def _elliptic(line: Line, place: Place, years: tuple[int, int]) -> Interval | None:
    """«не менее 40% мер в первом полугодии и не менее 90% во втором»: the noun stands before."""
    nouns = [word for word in line.words[: place.figure.first] if word.startswith(_PARTS)]
    for at in range(place.floor, place.ceiling if nouns else 0):
        lone = line.words[at - 1] in ("в", "во") and line.kinds[at + 1] != "word"
        if lone and _ORDINAL.fullmatch(line.words[at]):
            intervals = parse_deadline(f"{line.words[at]} {nouns[-1]}", years).intervals
            return intervals[0] if len(intervals) == 1 else None
    return None


def _leading(line: Line, place: Place, years: tuple[int, int]) -> Interval | None:
    part = _part(line, place.floor, place.figure.first)
    if part is None or not (place.opens or _leads(line, part)):
        return None
    return _interval(line, *part, years)


def _trailing(line: Line, place: Place, years: tuple[int, int]) -> Interval | None:
    part = _part(line, place.figure.end, place.ceiling)
    if part is None or (not place.closes and _leads(line, part)):
        return None
    return _interval(line, *part, years)


def _leads(line: Line, part: tuple[int, int]) -> bool:
    """«…, во 2 полугодии 3 вебинара»: the period belongs to the number after it."""
    return line.words[part[0] - 1] in (",", "и", "а", ":") or line.words[part[1]] in ("-", ":")


def _part(line: Line, first: int, end: int) -> tuple[int, int] | None:
    """The tokens of «во II полугодии 2022 года», «в марте», «к 1 июля»."""
    for at in range(first + 1, end):
        if line.words[at - 1] in ("к", "ко"):
            return _milestone(line, at, end)
        if not _is_part(line, at):
            continue
        opening = at - 1 - (at - 2 >= first and line.words[at - 2] in ("в", "во"))
        if line.words[opening - 1] in ("за", "итогам", "отчет", "итоги"):
            return None
        closing = at + 1
        if line.kinds[closing] == "number" and closing < end:
            closing += 2 if line.words[closing + 1][:1] == "г" else 1
        return opening, min(closing, end)
    return None


def _is_part(line: Line, at: int) -> bool:
    if line.words[at].startswith(_PARTS):
        return _is_ordinal(line, at - 1)
    return bool(_MONTH.fullmatch(line.words[at])) and line.words[at - 1] in ("в", "во")


def _milestone(line: Line, at: int, end: int) -> tuple[int, int] | None:
    """«к 1 июля 2022 г.» from its preposition on, if a day or an end of a period follows it."""
    closing = at
    while closing < end and _MILESTONE.fullmatch(line.words[closing]):
        closing += 1
    return (at - 1, closing) if closing > at else None


def _is_ordinal(line: Line, at: int) -> bool:
    word = line.words[at]
    return line.kinds[at] == "number" or word in ROMANS or bool(_ORDINAL.fullmatch(word))


def _interval(line: Line, first: int, end: int, years: tuple[int, int]) -> Interval | None:
    if not any(_CALENDAR.search(word) for word in line.words[first:end]):
        return None
    deadline = parse_deadline(line.read(first, end), years)
    plain = deadline.condition is None and deadline.recurrence is None
    return deadline.intervals[0] if plain and len(deadline.intervals) == 1 else None
