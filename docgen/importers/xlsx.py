"""A clerk's own workbook read into the models: sheets with tables are annexes, others are text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from docgen.errors import InputError, Problem
from docgen.i18n import _
from docgen.importers import spreadsheet
from docgen.importers.assembly import read_order
from docgen.importers.cells import shown
from docgen.importers.grids import is_heading
from docgen.importers.headings import Headings
from docgen.importers.paper import Block, Cell, Line, Paper, Remark, Row, Table, plain_text
from docgen.importers.profiles import usable_profiles
from docgen.importers.spreadsheet import Sheet, open_spreadsheet
from docgen.models.readings import Reading
from docgen.regions import Region

_DAY_ZERO = date(1899, 12, 30)
_FIRST_DAY, _LAST_DAY = 36_526, 73_050  # 2000-01-01 and 2099-12-31 as Excel counts days
_MOST_CELLS_OF_ENDING = 3


def read_xlsx(
    data: bytes, name: str, regions: Mapping[str, Region], region: str | None = None
) -> Reading:
    """The order in a workbook of anybody's making; each sheet with a table is an annex.

    `name` is the file's, for messages. Raises InputError for files that are dangerous, damaged or
    too large, for formulas and errors of Excel (each with its cell), and for unknown regions.
    """
    profiles = usable_profiles(regions, region)
    sheets = open_spreadsheet(data, name)
    headings = Headings(profiles.values())
    _refuse_formulas(sheets, headings, name)
    blocks = [block for sheet in sheets for block in _Reader(sheet, headings).blocks()]
    if not blocks:
        raise InputError(_("%(name)s holds no text.") % {"name": name}, code="document-empty")
    return read_order(Paper(tuple(blocks)), profiles, region)


def _refuse_formulas(sheets: Sequence[Sheet], headings: Headings, name: str) -> None:
    """InputError naming each cell whose value is not in the file; counted numbers do not matter."""
    problems = [
        Problem("", _fault(cell), {"f": "formula"}.get(cell.kind, "cell-error"), cell.place)
        for sheet in sheets
        for columns, row in _under_headings(sheet, headings)
        for column, cell in row.cells.items()
        if cell.kind in ("f", "e") and columns.get(column) != "number"
    ]
    if problems:
        message = _("%(name)s was not accepted; nothing was written.") % {"name": name}
        raise InputError(message, tuple(problems))


def _fault(cell: spreadsheet.Cell) -> str:
    if cell.kind == "f":
        return _("a formula; copy the cell and paste it as a value")
    return _("an error of Excel, %(value)s; type the value") % {"value": cell.value}


Columns = Mapping[int, str | None]
"""The key of each column of a table, counted from 1; empty above the first table."""


def _under_headings(sheet: Sheet, headings: Headings) -> Iterator[tuple[Columns, spreadsheet.Row]]:
    """Each row with the columns it stands under; a row of headings with its own."""
    columns: Columns = {}
    for row in sheet.rows:
        names = {column: shown(cell) for column, cell in row.cells.items()}
        if is_heading(list(names.values()), headings):
            found = headings.match(list(names.values()))
            columns = {column: each.key for column, each in zip(names, found, strict=True)}
        yield columns, row


class _Reader:
    """Reads one sheet: the lines above a table, the table, and the lines below it."""

    def __init__(self, sheet: Sheet, headings: Headings) -> None:
        self._sheet = sheet
        self._headings = headings
        self._tall = frozenset(sheet.tall)

    def blocks(self) -> Iterator[Block]:
        """The sheet as lines and tables; it begins a page, named by its title if by nothing."""
        found = list(self._parts())
        if found and isinstance(found[0], Table):
            found.insert(0, Line(self._sheet.title))
        for index, block in enumerate(found):
            yield replace(block, new_page=index == 0) if isinstance(block, Line) else block

    def _parts(self) -> Iterator[Block]:
        rows: list[Row] = []
        columns: Columns = {}
        last = 0
        for own, row in _under_headings(self._sheet, self._headings):
            gap, last = row.number > last + 1, row.number
            if own is not columns or (gap and rows and self._is_ending(row, columns)):
                if rows:
                    yield Table(tuple(rows))
                columns, rows = (own, []) if own is not columns else ({}, [])
            if own is columns and columns:
                rows.append(self._row(row, columns))
            elif row.cells:
                yield Line("\t".join(shown(cell) for cell in row.cells.values()), gap=gap)
        if rows:
            yield Table(tuple(rows))

    def _is_ending(self, row: spreadsheet.Row, columns: Columns) -> bool:
        """Whether a row after a gap is no part of the table: a few cells without a number."""
        numbered = any(columns.get(column) == "number" for column in row.cells)
        return not numbered and len(row.cells) < min(_MOST_CELLS_OF_ENDING, len(columns))

    def _row(self, row: spreadsheet.Row, columns: Columns) -> Row:
        first, end = min(columns), max(*columns, *row.cells)
        width = end - first + 1
        if row.merged and len(row.cells) == 1:
            only = next(iter(row.cells.values()))
            return Row((Cell(_lines(shown(only)), span=width),))
        return Row(
            tuple(self._cell(row, column, columns.get(column)) for column in range(first, end + 1))
        )

    def _cell(self, row: spreadsheet.Row, column: int, key: str | None) -> Cell:
        cell = row.cells.get(column)
        if cell is None:
            return Cell((), continued=(row.number - 1, column) in self._tall)
        if key == "number":
            return _number(cell)
        if key == "deadline" and type(cell.value) in (int, float):
            return _day(cell)
        return Cell(_lines(shown(cell)))


def _lines(text: str) -> tuple[Block, ...]:
    lines = (line.strip() for line in plain_text(text).split("\n"))
    return tuple(Line(line) for line in lines if line)


def _number(cell: spreadsheet.Cell) -> Cell:
    """The number of a row; Excel keeps no full stop behind one, and takes «1.10» for 1.1."""
    value = cell.value
    if cell.kind == "f":
        reason = _("a formula counts the row; it is numbered in the region's style")
        return Cell((), remarks=(Remark(0.7, reason),))
    if isinstance(value, float) and not value.is_integer():
        reason = _("Excel keeps no zero at the end of a number; it may have been %(value)s0")
        text = f"{value:.15g}"
        return Cell((Line(text),), remarks=(Remark(0.7, reason % {"value": text}),))
    if isinstance(value, int | float):
        return Cell((Line(f"{value:.0f}."),))
    return Cell(_lines(shown(cell)))


def _day(cell: spreadsheet.Cell) -> Cell:
    """A deadline that Excel shows as a number of days, as the day it is."""
    value = cell.value
    if not isinstance(value, int | float) or not _FIRST_DAY <= value <= _LAST_DAY:
        return Cell(_lines(shown(cell)))
    text = f"{_DAY_ZERO + timedelta(days=int(value)):%d.%m.%Y}"
    reason = _("the number %(value)s was read as the date %(text)s")
    return Cell(
        (Line(text),), remarks=(Remark(0.6, reason % {"value": shown(cell), "text": text}),)
    )
