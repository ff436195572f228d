"""Finds out which rows of a long table fill a page, by having LibreOffice measure them.

Rulers are documents with the table's rows on very high pages, where nothing breaks: the distance
between two rows is the height of the first. Fine empty lines behind them tell how much fits on a
page of the real height. LibreOffice answers with the vertical position, in 1/100 mm from the
start of the first page, of everything in the body.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise

from docgen.convert.tables import LongTable, find_long_tables, regroup, spacer

Positions = Sequence[Sequence[int]]
"""The height of each paragraph of the body, and for each table the heights of its rows."""

Measure = Callable[[bytes], Positions]
"""Has a main part laid out and measured; called from several threads."""

_ROWS_PER_PAGE = 40
_FEWEST = 2
_STEP = 3  # from a piece past the line behind it and the line before the next one
_ROWS_PER_GROUP = 60
_EXTRA_POINTS = 7000
_BIG, _FINE = 1000, 3
_POINT = 2540 / 72
_TOLERANCE = 2 * _POINT
_ROUNDING = 3
_PAGE_HEIGHT = re.compile(rb'(<w:pgSz\b[^>]*\bw:h=")(\d+)(")')
_CENTRED = re.compile(rb"<w:vAlign [^>]*/>")


@dataclass(frozen=True, slots=True)
class Ruler:
    """What was measured, in 1/100 mm: rows, heading, a full page, and what stands above."""

    heights: tuple[float, ...]
    heading: float
    page: float
    above: float


def paginate(body: bytes, measure: Measure, threads: int) -> bytes | None:
    """The main part with long tables in groups of whole pages; None when there are none."""
    tables = find_long_tables(body)
    groups = []
    for table in tables:
        ruler = _measured(body, table, measure, threads)
        if ruler is not None:
            groups.append((table, list(group_starts(ruler))))
    return regroup(body, groups) if groups else None


def group_starts(ruler: Ruler) -> Iterator[int]:
    """The rows that begin a group: each the first of a page."""
    room = ruler.page - ruler.heading - _POINT - _TOLERANCE
    left = room - ruler.above % ruler.page
    group = 0
    yield group
    for row, height in enumerate(ruler.heights):
        if height > left and row > group:
            left = room
            if row - group >= _ROWS_PER_GROUP:
                yield row
                group = row
        left -= height


def _measured(body: bytes, table: LongTable, measure: Measure, threads: int) -> Ruler | None:
    """The measures of a table, taken in as many parts at once as there are threads."""
    size = _PAGE_HEIGHT.search(table.section)
    if size is None:
        return None
    step = -(-len(table.rows) // threads)
    starts = range(0, len(table.rows), step)
    parts = [_ruler(body, table, start, start + step, int(size[2])) for start in starts]
    with ThreadPoolExecutor(threads) as together:
        found = list(together.map(measure, parts))
    return _read(found, len(table.heading), len(table.rows))


def _ruler(body: bytes, table: LongTable, start: int, end: int, height: int) -> bytes:
    """A main part that holds these rows on high pages, then lines to measure a page with."""
    before = body[: body.index(b"<w:body>") + len(b"<w:body>")]
    if start == 0:
        before += body[table.section_start : table.start]
    end = min(end, len(table.rows))
    pieces = (
        table.piece(row, min(row + _ROWS_PER_PAGE, end), headed=row == 0) + spacer(1)
        for row in range(start, end, _ROWS_PER_PAGE)
    )
    lines = [spacer(_FINE, new_page=True), *[spacer(_BIG)] * (_EXTRA_POINTS // _BIG)]
    lines += [spacer(_FINE)] * (height // 20 // _FINE if start == 0 else 0)
    high = b"%b%d%b" % (b"\\g<1>", height + _EXTRA_POINTS * 20, b"\\g<3>")
    section = _PAGE_HEIGHT.sub(high, table.section)
    content = spacer(1, new_page=True).join(pieces) + b"".join(lines)
    return b"".join((before, _CENTRED.sub(b"", content), section, b"</w:body></w:document>"))


def _read(found: Sequence[Positions], heading: int, rows: int) -> Ruler | None:
    """The ruler read off, None when LibreOffice laid something out in another way."""
    parts = [
        _Part(positions, heading if number == 0 else 0) for number, positions in enumerate(found)
    ]
    if not all(part.unbroken() for part in parts):
        return None
    heights = [height for part in parts for height in part.heights()]
    if len(heights) != rows:
        return None
    first = parts[0]
    return Ruler(tuple(heights), first.heading_height(), first.page_height(), first.above())


class _Part:
    """The positions of one ruler: pieces of the table, each followed by a fine line."""

    def __init__(self, positions: Positions, heading: int) -> None:
        self._positions = positions
        self._heading = heading
        last = max(index for index, tops in enumerate(positions) if len(tops) > 1)
        self._lines = [tops[0] for tops in positions[last + 2 :]]
        first = last
        while first >= _STEP and len(positions[first - _STEP]) > 1:
            first -= _STEP
        self._pieces = range(first, last + 1, _STEP)

    def unbroken(self) -> bool:
        """Whether every piece took one page: then the pages begin at equal distances."""
        tops = [self._positions[index - 1][0] for index in self._pieces[1:]]
        tops.append(self._lines[0])
        steps = {after - before for before, after in pairwise(tops)}
        return len(self._pieces) > _FEWEST and max(steps) - min(steps) <= _ROUNDING

    def heights(self) -> Iterator[float]:
        """The height of each row without the heading."""
        for index in self._pieces:
            skip = self._heading if index == self._pieces[0] else 0
            tops: list[float] = [*self._positions[index][skip:]]
            tops.append(self._positions[index + 1][0] + self._padding())
            yield from (low - high for high, low in pairwise(tops))

    def heading_height(self) -> float:
        """The height of the heading rows together."""
        tops = self._positions[self._pieces[0]]
        return tops[self._heading] - tops[0]

    def page_height(self) -> float:
        """How much fits on a page: the fine lines, as the big ones take up the extra height."""
        fine = self._lines[1 + _EXTRA_POINTS // _BIG :]
        far = 2 * _FINE * _POINT
        count = next((i for i, (a, b) in enumerate(pairwise(fine), 1) if b - a > far), len(fine))
        return (count + 1) * _FINE * _POINT

    def above(self) -> float:
        """How much stands on the table's first page above it."""
        second, third = (self._positions[index - 1][0] for index in self._pieces[1:3])
        page_top = second - (third - second)
        return self._positions[self._pieces[0]][0] - self._padding() - page_top

    def _padding(self) -> float:
        """From the top of a row to its first line: the second piece starts a page."""
        second = self._pieces[1]
        return self._positions[second][0] - self._positions[second - 1][0] - _POINT
