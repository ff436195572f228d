"""Tables of data: their headings found, their cells put on a grid of columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from docgen.importers.headings import Headings, bare
from docgen.importers.paper import Cell, Remark, Row, Table, one_line

_LOOK_AHEAD = 8
_LONGEST_HEADING = 120
_FEWEST_LIKELY = 2  # headings that are only alike tell a table when there are more, and no figures
_FIGURE = re.compile(r"\d|https?:")


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row on the grid: a text a column, empty where a cell goes on from above or the left.

    `place` counts from 1 in the table; `widest` is how many columns the widest full cell spans.
    """

    texts: tuple[str, ...]
    place: int
    widest: int = 1
    continued: bool = False
    remarks: Mapping[int, tuple[Remark, ...]] = field(default_factory=dict)

    @property
    def filled(self) -> list[int]:
        """The columns that hold text."""
        return [index for index, text in enumerate(self.texts) if text]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of data; `above` are the texts over its headings.

    `continues` says that it goes on with the table before it.
    """

    headings: tuple[str, ...]
    rows: tuple[GridRow, ...]
    above: tuple[str, ...] = ()
    continues: bool = False

    @property
    def width(self) -> int:
        """The number of columns."""
        return len(self.headings)


def recognised(table: Table, headings: Headings, before: Grid | None) -> Grid | None:
    """The table as a grid, None for one that only arranges text on the page.

    `before` is the grid that the table may continue: one right before it.
    """
    width = table.width
    if width < 2 or not table.rows:
        return None
    rows = list(_on_grid(table, width))
    head = next((row for row in rows[:_LOOK_AHEAD] if is_heading(row.texts, headings)), None)
    if head is not None:
        return _headed(rows, rows.index(head), headings, before)
    if before is not None and before.width == width:
        return Grid(before.headings, _data(rows, before.headings), continues=True)
    return None


def _headed(rows: list[GridRow], place: int, headings: Headings, before: Grid | None) -> Grid:
    names, end = _names(rows, place, headings)
    above = tuple(" ".join(filter(None, row.texts)) for row in rows[:place] if row.filled)
    same = before is not None and list(map(bare, before.headings)) == list(map(bare, names))
    return Grid(names, _data(rows[end:], names), above, continues=same and not above)


def _names(rows: list[GridRow], place: int, headings: Headings) -> tuple[tuple[str, ...], int]:
    """The headings, those over several columns joined with the ones below; where the data begin."""
    top, end = rows[place], place + 1
    names = [one_line(text) for text in top.texts]
    while end < len(rows) and end < place + 3 and rows[end].continued:
        names = _joined(names, rows[end], headings)
        end += 1
    return tuple(names), end


def _joined(names: list[str], below: GridRow, headings: Headings) -> list[str]:
    joined: list[str] = []
    over = ""
    for name, text in zip(names, map(one_line, below.texts), strict=True):
        over = name or over
        known = headings.knows(text)
        joined.append(name if not text else text if known else f"{over} {text}".strip())
    return joined


def is_heading(cells: Sequence[str], headings: Headings) -> bool:
    """Whether the cells of a row are the headings of a table of data."""
    texts = [text for text in cells if text]
    if len(texts) < 2 or max(map(len, texts)) > _LONGEST_HEADING:
        return False
    known = sum(map(headings.knows, texts))
    likely = sum(bool(headings.candidates(text)) for text in texts)
    if known > 1 and known * 3 >= len(texts):
        return True
    if known:
        return likely * 3 >= len(texts) * 2
    return likely == len(texts) > _FEWEST_LIKELY and not any(map(_FIGURE.search, texts))


def _data(rows: Sequence[GridRow], names: tuple[str, ...]) -> tuple[GridRow, ...]:
    """The rows without headings printed again, rows of column numbers and empty rows."""
    again = [bare(name) for name in names]
    return tuple(
        row
        for row in rows
        if row.filled and not counts(row.texts) and [bare(text) for text in row.texts] != again
    )


def counts(cells: Sequence[str]) -> bool:
    """Whether the cells only count the columns: 1 2 3 …"""
    digits = [text.strip(". ") for text in cells]
    return len(digits) > 1 and digits == [str(count) for count in range(1, len(digits) + 1)]


def _on_grid(table: Table, width: int) -> Iterator[GridRow]:
    for place, row in enumerate(table.rows, 1):
        cells = list(_placed(row))
        texts = [""] * width
        for column, cell in cells:
            texts[column] = "" if cell.continued else cell.text
        widest = max((cell.span for _column, cell in cells if cell.text), default=1)
        continued = any(cell.continued for _column, cell in cells)
        remarks = {column: cell.remarks for column, cell in cells if cell.remarks}
        yield GridRow(tuple(texts), place, widest, continued, remarks)


def _placed(row: Row) -> Iterator[tuple[int, Cell]]:
    column = row.before
    for cell in row.cells:
        yield column, cell
        column += cell.span
