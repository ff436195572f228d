"""The tables of submissions: CSV text and the sheets of a workbook, found by their headings."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from docgen.errors import InputError
from docgen.export.spreadsheet import cell_place
from docgen.i18n import _
from docgen.importers.spreadsheet import Sheet, open_spreadsheet
from docgen.models.submissions import ROSTER_HEADINGS, ROSTER_SHEET, Municipality
from docgen.schemas.submissions import RowOutcome, cell_text, key_of_heading, read_row

_HEADING_ROWS = 20
_ANSWERS = ("status", "value", "date", "evidence", "comment")


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table: its number as a person counts, its cells by column from 0."""

    number: int
    cells: Mapping[int, Any]


def read_csv(data: bytes, name: str) -> Iterator[RowOutcome]:
    """The rows of a table with headings in its first line; InputError where there are none.

    Columns are divided by commas, semicolons or tabs; the text is UTF-8 or of the Windows page.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1251", errors="replace")
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    rows = [TableRow(lines.line_num, dict(enumerate(cells))) for cells in lines]
    columns, start = _columns(rows)
    if not columns:
        message = _("%(name)s: the first line must hold the headings “item” and “status”.")
        raise InputError(message % {"name": name}, code="headings-missing")
    return _outcomes("", rows[start:], columns, name)


def _delimiter(text: str) -> str:
    head = text.partition("\n")[0]
    return max(";,\t", key=head.count)


def read_sheets(
    data: bytes, name: str
) -> tuple[list[Iterator[RowOutcome]], tuple[Municipality, ...]]:
    """The rows of every sheet with the form's headings, and the roster of the sheet «Состав».

    InputError where the workbook has neither.
    """
    tables: list[Iterator[RowOutcome]] = []
    roster: list[Municipality] = []
    for sheet in open_spreadsheet(data, name):
        rows = _rows(sheet)
        columns, start = _columns(rows)
        if sheet.title == ROSTER_SHEET:
            roster += _roster(rows)
        elif columns:
            tables.append(_outcomes(sheet.title, rows[start:], columns, name))
    if not tables and not roster:
        message = _("%(name)s: no sheet has the headings of the form, «Пункт» and «Статус».")
        raise InputError(message % {"name": name}, code="headings-missing")
    return tables, tuple(roster)


def _rows(sheet: Sheet) -> list[TableRow]:
    return [
        TableRow(row.number, {column - 1: cell.value for column, cell in row.cells.items()})
        for row in sheet.rows
    ]


def _columns(rows: Sequence[TableRow]) -> tuple[dict[int, str], int]:
    """Which column holds which key, and where the rows begin; nothing without a heading row."""
    for at, row in enumerate(rows[:_HEADING_ROWS]):
        columns: dict[int, str] = {}
        for column, cell in row.cells.items():
            key = key_of_heading(cell) if isinstance(cell, str) else None
            if key is not None and key not in columns.values():
                columns[column] = key
        if {"item", "status"} <= set(columns.values()):
            return columns, at + 1
    return {}, 0


def _outcomes(
    sheet: str, rows: Iterable[TableRow], columns: Mapping[int, str], name: str
) -> Iterator[RowOutcome]:
    """Each row read, or whose it is where it was left as handed out."""
    places = {key: column for column, key in columns.items()}
    for row in rows:
        values = {key: row.cells.get(column) for column, key in columns.items()}
        if all(values.get(key) in (None, "") for key in _ANSWERS):
            names = (cell_text(values.get(key)) or "" for key in ("municipality", "school"))
            yield RowOutcome(None, blank=(next(names), next(names)))
            continue

        def locate(key: str, number: int = row.number) -> tuple[str, str]:
            return key, f"{name}, {_cell(sheet, places.get(key, 0), number)}"

        yield read_row(values, f"{name}, {_line(sheet, row.number)}", locate)


def _line(sheet: str, row: int) -> str:
    if sheet:
        return _("sheet “%(sheet)s”, row %(row)d") % {"sheet": sheet, "row": row}
    return _("line %(line)d") % {"line": row}


def _cell(sheet: str, column: int, row: int) -> str:
    if sheet:
        return cell_place(sheet, row - 1, column)
    return _("line %(line)d, column %(column)d") % {"line": row, "column": column + 1}


def _roster(rows: Sequence[TableRow]) -> Iterator[Municipality]:
    """The municipalities of a sheet with a school a row, in the order of the sheet."""
    if not rows:
        return
    keys = {
        column: ROSTER_HEADINGS.get(str(cell).strip().lower())
        for column, cell in rows[0].cells.items()
    }
    found: dict[str, list[dict[str, str]]] = {}
    for row in rows[1:]:
        values = {keys.get(at) or "": str(cell).strip() for at, cell in row.cells.items()}
        if values.get("municipality"):
            found.setdefault(values["municipality"], []).append(values)
    for name, entries in found.items():
        yield _municipality(name, entries)


def _municipality(name: str, entries: Sequence[Mapping[str, str]]) -> Municipality:
    said = {key: text for entry in entries for key, text in entry.items() if text}
    curators = said.get("curators", "")
    return Municipality(
        name,
        tuple(dict.fromkeys(entry["school"] for entry in entries if entry.get("school"))),
        said.get("coordinator", ""),
        said.get("phone", ""),
        int(curators) if curators.isdigit() else None,
    )
