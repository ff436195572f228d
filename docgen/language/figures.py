"""The targets of a line: numbers that no label claims, joined into ranges, with their units."""

from __future__ import annotations

import re
from typing import NamedTuple

from docgen.language.amounts import Reading, compare, read_amounts
from docgen.language.labels import find_labels
from docgen.language.lexemes import Line
from docgen.language.numbers import Number
from docgen.language.subjects import MEASURES

MOST_NUMBERS = 300
"""More numbers than any cell of a roadmap holds: a text with more is a table, not an indicator."""

_CHANGE = re.compile(
    r"(?:увелич|повыс|повыш|рост|возраст|выраст|прирост|расшир|дове[дс]|достиж|достиг"
    r"|сниз|сниж|сокра[тщ]|уменьш).*"
)


class Figure(NamedTuple):
    """A number that is a target: its tokens with all words of comparison, and its reading."""

    first: int
    end: int
    comparator: str | None
    value: Number
    value_max: Number | None
    unit: str
    changes: int | None  # the token of «увеличение», «снижение» that the number measures


def find_figures(line: Line) -> list[Figure]:
    """The targets of a line in the order of print; none where the line is no indicator."""
    amounts = read_amounts(line)
    if len(amounts) > MOST_NUMBERS:
        return []
    readings = [compare(line, amount) for amount in amounts]
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
    """«140-145», «80% - 100%», «двух-трёх», «от 5 до 10»."""
    at = left.amount.end + (left.after == "%")
    if left.amount.value >= right.amount.value or (left.is_percent and not right.is_percent):
        return False
    if left.before in ("от", "с") and left.line.word(at) == "до":
        return right.amount.first == at + 1
    twins = left.amount.first == right.amount.first
    return twins or (left.line.word(at) == "-" and right.amount.first == at + 1)


def _is_target(reading: Reading, last: Reading, earlier: list[Figure]) -> bool:
    """Whether something is counted, compared or headed by the number."""
    line = reading.line
    if last.is_percent:
        return reading.compared or not _restates(reading, earlier)
    if last.unit == "times" or last.names_next:
        return True
    if reading.compared:
        return line.word(reading.amount.first - 1) not in ("от", "до")
    starts = line.sentence_start(reading.opening, earlier[-1].end if earlier else 0)
    if line.word(starts) in MEASURES or reading.before in ("-", ":"):
        return True
    return starts == reading.opening and last.after in ("", ".", ";")


def _restates(reading: Reading, earlier: list[Figure]) -> bool:
    """«25 школ (100%)»: brackets that say again what the sentence has said."""
    at = reading.amount.first
    if at not in reading.line.aside or not earlier:
        return False
    return reading.line.sentence_start(at, earlier[-1].end) == earlier[-1].end


def _figure(left: Reading, right: Reading, earlier: list[Figure]) -> Figure:
    end = right.amount.end
    if right.is_percent and not right.amount.suffix:
        end += 4 if right.after == "п" else 1
    elif right.unit == "times" and not right.amount.suffix:
        end += 1
    if right.compared and not left.compared and right.amount.first < right.opening:
        end += 2
    changes = _change(left, earlier)
    joined = left is not right
    comparator = left.comparator
    if changes is not None and "до" in (left.before, right.before):
        comparator, left, joined = "eq", right, False
    elif joined and left.comparator in ("eq", "ge") and left.before != "менее":
        comparator = "between"
    high = right.amount.value if joined else None
    return Figure(left.opening, end, comparator, left.amount.value, high, right.unit, changes)


def _change(reading: Reading, earlier: list[Figure]) -> int | None:
    if reading.before not in ("на", "до", "с", "чем", "в"):
        return None
    line = reading.line
    start = line.sentence_start(reading.opening, earlier[-1].end if earlier else 0)
    words = range(start, reading.opening)
    return next((at for at in words if _CHANGE.fullmatch(line.word(at))), None)
