"""What cells say, as plain values of a data file, with the place of each path and each problem."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from docgen.errors import Problem
from docgen.export.sheets import plain
from docgen.i18n import _
from docgen.importers.spreadsheet import Cell, Row
from docgen.schemas.reading import Document

Columns = Mapping[int, str]
"""The key of each column, counted from 1."""


class Cells:
    """Reads cells into a document: a value for each path, its place, and what is wrong with it."""

    def __init__(self, document: Document) -> None:
        self._document = document

    def refuse(self, path: str, place: str, message: str, code: str) -> None:
        """Notes a problem."""
        self._document.problems.append(Problem(path, message, code, place))

    def note(self, path: str, place: str) -> None:
        """Notes where the path stands, unless it is known already."""
        self._document.places.setdefault(path, place)

    def text(self, cell: Cell | None, path: str) -> str | None:
        """The cell as a person reads it; None when blank or, with a problem, when unreadable."""
        if cell is None:
            return None
        self.note(path, cell.place)
        return None if self._faulty(cell, path) else shown(cell)

    def code(self, cell: Cell | None, path: str) -> str | None:
        """A number or registration number: what Excel took for a date is refused."""
        if cell is not None and not isinstance(cell.value, str | int | float):
            self._refuse_date(cell, path)
            return None
        text = self.text(cell, path)
        if cell is not None and isinstance(cell.value, float) and text is not None:
            return f"{cell.value:.15g}"
        return text

    def day(self, cell: Cell | None, path: str) -> date | str | int | None:
        """A date, or the text that the schema will read or refuse as one."""
        if cell is not None and isinstance(cell.value, datetime):
            self.note(path, cell.place)
            return cell.value.date()
        return self.text(cell, path)

    def whole(self, cell: Cell | None, path: str) -> int | str | None:
        """A whole number, or the text that the schema will refuse as one."""
        text = self.text(cell, path)
        return int(text) if text is not None and text.strip().isdecimal() else text

    def columns(self, row: Row, known: Mapping[str, str], path: str) -> dict[int, str]:
        """The key of each column by its heading; unknown and repeated headings are problems."""
        columns: dict[int, str] = {}
        for number, cell in row.cells.items():
            heading = shown(cell)
            key = known.get(plain(heading))
            if key is None:
                self._refuse_heading(path, cell, heading)
            elif key in columns.values():
                message = _("the column “%(heading)s” stands twice; keep one")
                self.refuse(path, cell.place, message % {"heading": heading}, "duplicate-key")
            else:
                columns[number] = key
        return columns

    def by_key(self, row: Row, columns: Columns, heading: Row, path: str) -> dict[str, Cell]:
        """The cells of a row by key; a cell under no heading is a problem."""
        for number, cell in row.cells.items():
            if number not in columns and number not in heading.cells:
                message = _("the column has no heading; delete the cell or name the column")
                self.refuse(path, cell.place, message, "unknown-heading")
        return {columns[number]: cell for number, cell in row.cells.items() if number in columns}

    def _refuse_heading(self, path: str, cell: Cell, heading: str) -> None:
        message = _("the column “%(heading)s” is unknown; delete it or correct its heading")
        self.refuse(path, cell.place, message % {"heading": heading}, "unknown-heading")

    def _refuse_date(self, cell: Cell, path: str) -> None:
        message = _("Excel took this for a date; make the cell a text cell and type it again")
        self.note(path, cell.place)
        self.refuse(path, cell.place, message, "excel-date")

    def _faulty(self, cell: Cell, path: str) -> bool:
        if cell.kind == "f":
            message = _("a formula; copy the cell and paste it as a value")
            self.refuse(path, cell.place, message, "formula")
        elif cell.kind == "e":
            message = _("an error of Excel, %(value)s; type the value") % {"value": cell.value}
            self.refuse(path, cell.place, message, "cell-error")
        return cell.kind in ("f", "e")


def shown(cell: Cell) -> str:
    """The cell's value as Excel shows it to a Russian reader."""
    match cell.value:
        case bool(value):
            return "ИСТИНА" if value else "ЛОЖЬ"
        case int(value) | float(value):
            share = "%" in cell.form
            number = f"{round(value * 100, 10) if share else value:.15g}".replace(".", ",")
            return f"{number}%" if share else number
        case date() as value:
            return f"{value:%d.%m.%Y}"
        case value:
            return str(value)
