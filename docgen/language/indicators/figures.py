"""The targets of a line: numbers that no label claims, joined into ranges, with their units."""

from __future__ import annotations

import re
from typing import NamedTuple

from docgen.language.indicators.amounts import PERIODS, TIMES, Reading, compare, read_amounts
from docgen.language.indicators.labels import find_labels
from docgen.language.indicators.lexemes import Line
from docgen.language.indicators.subjects import MEASURES
from docgen.language.indicators.words import is_genitive, is_verb
from docgen.language.numbers import Number

_CHANGE = re.compile(
    r"(?:увелич|повыс|повыш|рост|возраст|выраст|прирост|расшир|дове[дс]|достиж|достиг"
    r"|сниз|сниж|сокра[тщ]|уменьш).*"
)


WHOLE = 100
"""All of something, in percent."""
_STOPS = ("", ".", ";")
_JOINTS = (",", "и", "но", "а")


class Figure(NamedTuple):
    """A number that is a target: its tokens with all words of comparison, and its reading."""

    first: int
    end: int
    comparator: str | None
    value: Number
    value_max: Number | None
    unit: str
    changes: int | None  # the token of «увеличение», «снижение» that the number measures


class Place(NamedTuple):
    """A figure with the part of its sentence that is its own."""

    figure: Figure
    floor: int  # the first token after the sentence's beginning or the figure before
    ceiling: int  # the first token of the figure after, or the sentence's end
    opens: bool  # no figure stands before it in the sentence
    closes: bool  # no figure stands after it in the sentence


def find_places(line: Line) -> list[Place]:
    """The targets of a line, each with its surroundings."""
    figures = find_figures(line)
    ends = [0, *(figure.end for figure in figures)]
    firsts = [*(figure.first for figure in figures[1:]), line.count]
    places: list[Place] = []
    for figure, limit, following in zip(figures, ends, firsts, strict=False):
        floor = line.sentence_start(figure.first, limit)
        ceiling = line.sentence_end(figure.end, following)
        opens = floor > limit or limit == 0
        closes = ceiling < following or following == line.count
        places.append(Place(figure, floor, ceiling, opens, closes))
    return places


def find_figures(line: Line) -> list[Figure]:
    """The targets of a line in the order of print; none where the line is no indicator."""
    readings = [compare(line, amount) for amount in read_amounts(line)]
    labels = find_labels(readings)
    figures: list[Figure] = []
    at = 0
    while at < len(readings):
        reading, following = readings[at], readings[at + 1 : at + 2]
        joined = bool(following) and not labels[at + 1] and _is_range(reading, following[0])
        last = following[0] if joined else reading
        if not labels[at] and _is_target(reading, last, figures):
            figures.append(_figure(reading, last, figures))
        at += 2 if joined else 1
    return figures


def _is_range(left: Reading, right: Reading) -> bool:
    """«140-145», «80% - 100%», «двух-трёх», «от 5 до 10», «не менее 70 и не более 90%»."""
    at = left.amount.end + (left.after == "%")
    if left.is_percent and not right.is_percent:
        return False
    if left.before == "с" and left.line.words[at] == "до":  # «с 12% до 8%» too
        return right.amount.first == at + 1
    if left.amount.value >= right.amount.value:
        return False
    if left.before == "от" and left.line.words[at] == "до":
        return right.amount.first == at + 1
    if _are_bounds(left, right):
        return all(word in _JOINTS for word in left.line.words[at : right.opening])
    twins = left.amount.first == right.amount.first
    return twins or (left.line.words[at] in ("-", "…") and right.amount.first == at + 1)


def _are_bounds(left: Reading, right: Reading) -> bool:
    """Whether one number is the least and the other the most."""
    return left.comparator == "ge" and right.compared and right.comparator == "le"


def _is_between(left: Reading, right: Reading) -> bool:
    """Whether two joined numbers bound the target; «не менее 60-70%» only leaves it open."""
    return not left.compared or left.before in ("от", "пределах") or _are_bounds(left, right)


def _is_target(reading: Reading, last: Reading, earlier: list[Figure]) -> bool:
    """Whether something is counted, compared or headed by the number."""
    line = reading.line
    if last.is_percent:
        return reading.compared or not _restates(reading, earlier)
    if last.unit == "times" or last.names_next:
        return True
    if reading.compared:
        bare = reading.before in ("от", "до")
        return not bare or _change(reading, earlier) is not None
    if last.after in ("в", "за") and line.words[last.amount.end + 1] in PERIODS:
        return True
    if line.words[last.amount.end] == "из":
        return line.kinds[last.amount.end + 1] == "number"
    starts = line.sentence_start(reading.opening, earlier[-1].end if earlier else 0)
    if line.words[starts] in MEASURES or reading.before in ("-", ":"):
        return True
    if last.after in _STOPS and reading.before in ("на", "с"):
        return _change(reading, earlier) is not None
    return starts == reading.opening and last.after in _STOPS


def _restates(reading: Reading, earlier: list[Figure]) -> bool:
    """«25 школ (100%)»: brackets that say again what the sentence has said."""
    at = reading.amount.first
    if at not in reading.line.aside or not earlier:
        return False
    return reading.line.sentence_start(at, earlier[-1].end) == earlier[-1].end


def _figure(left: Reading, right: Reading, earlier: list[Figure]) -> Figure:
    changes = _change(left, earlier)
    comparator, value = left.comparator, left.amount.value
    high = right.amount.value if left is not right else None
    reaches = "до" in (left.before, right.line.words[right.amount.first - 1])
    if (changes is not None and reaches) or (high is not None and high <= value):
        comparator, value, high = "eq", right.amount.value, None
    elif high is not None and _is_between(left, right):
        comparator = "between"
    elif _inherits(left, earlier):
        comparator = earlier[-1].comparator
    unit = "percent" if _is_bare_share(left, right) else right.unit
    return Figure(left.opening, _end(right), comparator, value, high, unit, changes)


def _is_bare_share(left: Reading, right: Reading) -> bool:
    """«Доля педагогов – 80»: a share whose percent sign was left out; «0,8» may be of one."""
    line, value = left.line, right.amount.value
    headed = left.line.words[left.opening - 1] in ("-", ":")
    if not headed or right.unit != "count" or right.after not in _STOPS:
        return False
    head = line.words[line.sentence_start(left.opening)]
    return MEASURES.get(head) == "percent" and isinstance(value, int) and value <= WHOLE


def _end(reading: Reading) -> int:
    """The token after the number, its unit and «и более»."""
    end = reading.amount.end
    if reading.after == "%" or reading.after.startswith("процент") or reading.after in TIMES:
        end += 2 if reading.line.words[end + 1].startswith("пункт") else 1
    elif reading.is_percent and reading.after == "п":
        end += 4
    return max(end, reading.closing)


def _change(reading: Reading, earlier: list[Figure]) -> int | None:
    """The token of the word of growth or fall that the number measures."""
    if reading.before not in ("на", "до", "с", "чем", "в"):
        return None
    line = reading.line
    start = line.sentence_start(reading.opening, earlier[-1].end if earlier else 0)
    words = range(start, reading.opening)
    return next((at for at in words if _CHANGE.fullmatch(line.words[at])), None)


def _inherits(reading: Reading, earlier: list[Figure]) -> bool:
    """«не менее 5 педагогов и 2 руководителей»: the genitive carries the comparison on.

    Not to «…, 100% кураторов»: nothing is more than all.
    """
    if reading.compared or not earlier or earlier[-1].comparator not in ("ge", "le", "gt", "lt"):
        return False
    if reading.is_percent and reading.amount.value == WHOLE:
        return False
    line, previous = reading.line, earlier[-1]
    between = range(previous.end, reading.amount.first)
    if line.words[reading.amount.first - 1] not in (",", "и") or previous.unit != reading.unit:
        return False
    if any(at in line.breaks or is_verb(line.words[at]) for at in between):
        return False
    return is_genitive(line.words[reading.amount.end], int(reading.amount.value))
