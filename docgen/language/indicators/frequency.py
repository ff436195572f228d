"""How often a target returns: «ежеквартально», «в месяц», «каждый квартал»."""

from __future__ import annotations

import re

from docgen.language.indicators.amounts import PERIODS
from docgen.language.indicators.figures import Place
from docgen.language.indicators.lexemes import Line

_HINT = re.compile("еже|недел|месяц|кварт|год")
_ADVERBS = {
    "еженедельно": "week",
    "ежемесячно": "month",
    "ежеквартально": "quarter",
    "ежегодно": "year",
}
_EACH = {
    "неделе": "week",
    "недели": "week",
    "месяце": "month",
    "месяца": "month",
    "квартале": "quarter",
    "квартала": "quarter",
    "году": "year",
    "года": "year",
}


def frequencies(line: Line, places: list[Place]) -> list[str | None]:
    """For each target the period it returns in: week, month, quarter, year or None.

    What opens a sentence holds for all its targets, the rest for the target it stands at.
    """
    if not _HINT.search(line.folded):
        return [None] * len(places)
    found: list[str | None] = []
    common: str | None = None
    for place in places:
        if place.opens:
            common = _before(line, place)
        found.append(_after(line, place) or _before(line, place) or common)
    return found


def _before(line: Line, place: Place) -> str | None:
    for at in range(place.floor, place.figure.first):
        code = _code(line, at)
        if code and (place.opens or _leads(line, at, place.figure.first)):
            return code
    return None


def _after(line: Line, place: Place) -> str | None:
    outside = place.figure.first not in line.aside
    for at in range(place.figure.end, place.ceiling):
        if outside and at in line.aside and not place.closes:
            break  # «8 вебинаров (2 в квартал)»: the period is that of the number beside it
        code = _code(line, at)
        if code and (place.closes or not _leads(line, at, place.ceiling)):
            return code
    return None


def _leads(line: Line, at: int, first: int) -> bool:
    """«2 вебинара, ежемесячно 3 консультации»: the adverb belongs to the number after it."""
    return line.words[at - 1] in (",", "и", ";") and at + 1 == first


def _code(line: Line, at: int) -> str | None:
    word, before = line.words[at], line.words[at - 1]
    if word in _ADVERBS:
        return _ADVERBS[word]
    if word in PERIODS and not line.read(at, at + 1).istitle():  # «в Год педагога» is a name
        if before.startswith(("учебн", "календарн")):
            before = line.words[at - 2]
        return PERIODS[word] if before in ("в", "за", "каждый", "каждую") else None
    return _EACH.get(word) if before in ("каждом", "каждого", "каждой") else None
