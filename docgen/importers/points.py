"""The points of an order with their nesting, from numbers typed by hand or printed by Word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from docgen.importers.marks import POINT
from docgen.importers.paper import BULLET, Line
from docgen.models import Point

_LETTER = re.compile(r"(?P<path>[а-яёa-z])\)\s*")
_LETTERS = "абвгдежзиклмнопрстуфхцчшщэюя"
_DEEPEST = 6


@dataclass(slots=True)
class PointDraft:
    """A point with the number it was printed under, empty for none."""

    lines: list[str]
    number: str = ""
    points: list[PointDraft] = field(default_factory=list)

    def point(self) -> Point:
        """The point as a value."""
        return Point("\n".join(self.lines), points=tuple(draft.point() for draft in self.points))


def read_points(lines: Sequence[Line], first: str = "") -> list[PointDraft]:
    """The points in the lines; `first` is one that was printed after the operative word."""
    reader = _Reader()
    if first:
        reader.take(Line(first))
    for line in lines:
        reader.take(line)
    return reader.points


class _Reader:
    """Keeps the points that are open, outermost first."""

    def __init__(self) -> None:
        self.points: list[PointDraft] = []
        self._open: list[PointDraft] = []
        self._dotted = False  # has a point numbered «1.» been seen?

    def take(self, line: Line) -> None:
        """Adds the line as a point, or to the point it goes on with."""
        number, close, text = _split(line)
        if not number:
            self._continue(line)
            return
        depth = self._depth(number, close, line.level if line.label else 0)
        self._dotted |= close == "."
        self._add(PointDraft([text], number), depth)

    def _depth(self, number: str, close: str, level: int) -> int:
        components = number.count(".") + 1
        if components > 1:
            return min(components, len(self._open) + 1)
        if close == ")" and self._dotted:
            parents = [place for place, draft in enumerate(self._open, 1) if not _is_inner(draft)]
            return (parents[-1] if parents else 0) + 1
        return min(level, len(self._open)) + 1

    def _add(self, draft: PointDraft, depth: int) -> None:
        del self._open[min(depth, _DEEPEST) - 1 :]
        (self._open[-1].points if self._open else self.points).append(draft)
        self._open.append(draft)

    def _continue(self, line: Line) -> None:
        """A line without a number goes on with the point above; before any, it is one itself."""
        if not self._open or not (self._open[-1].number or line.joined):
            self._add(PointDraft([line.printed]), 1)
            return
        self._open[-1].lines.append(line.printed)


def _is_inner(draft: PointDraft) -> bool:
    return not draft.number[:1].isdigit() or draft.number.endswith(")")


def _split(line: Line) -> tuple[str, str, str]:
    """Number, what closes it, and text: «3.2.» is («3.2», «.»), «а)» is («а)», «)»)."""
    text = line.printed if line.label != BULLET else ""
    found = POINT.match(text) or _LETTER.match(text)
    if found is None:
        return "", "", line.text
    inner = found.group().rstrip().endswith(")")
    number = f"{found['path']})" if inner else found["path"]
    return number, ")" if inner else ".", text[found.end() :].replace("\t", " ")


def numbered(
    points: Sequence[PointDraft], path: str = "points", above: str = ""
) -> Iterator[tuple[str, str, str]]:
    """Each point's path in the data, the number it was printed under, and the one it has there.

    Numbers such as «1)» and «б)» count for the last part of it.
    """
    for index, draft in enumerate(points):
        own = f"{path}[{index}]"
        due = f"{above}{index + 1}"
        inner = (f"{index + 1})", f"{_LETTERS[index : index + 1]})")
        yield own, due if draft.number in inner else draft.number or due, due
        yield from numbered(draft.points, f"{own}.points", f"{due}.")
