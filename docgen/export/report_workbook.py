"""A stage report as a workbook: tables with frozen headings, totals and shares as formulas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from docgen.ondemand import on_demand

if TYPE_CHECKING:
    import xlsxwriter
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet
else:
    xlsxwriter = on_demand("xlsxwriter")
    xlsxwriter_utility = on_demand("xlsxwriter.utility")

if TYPE_CHECKING:
    import xlsxwriter.utility as xlsxwriter_utility

_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  # XlsxWriter takes no time zone
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_A4 = 9
_HEADING_ROW = 2
_FONT = {"font_name": "Times New Roman", "font_size": 11, "valign": "top"}
_CELL = {**_FONT, "border": 1, "text_wrap": True}
_STYLES: dict[str, dict[str, Any]] = {
    "title": {**_FONT, "bold": True, "font_size": 13},
    "heading": {**_CELL, "bold": True, "align": "center", "bg_color": "#EDEDED"},
    "text": _CELL,
    "whole": {**_CELL, "num_format": "0", "align": "center"},
    "figure": {**_CELL, "num_format": "0.##", "align": "center"},
    "share": {**_CELL, "num_format": "0.0%", "align": "center"},
    "day": {**_CELL, "num_format": "dd.mm.yyyy", "align": "center"},
    "total": {**_CELL, "bold": True},
    "total_whole": {**_CELL, "bold": True, "num_format": "0", "align": "center"},
    "total_share": {**_CELL, "bold": True, "num_format": "0.0%", "align": "center"},
}
Value = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column: its heading and width in characters; a share divides two others by their keys.

    `summed` columns have a total.
    """

    key: str
    heading: str
    width: float
    summed: bool = False
    share: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class SheetTable:
    """A sheet with one table: the values of each row by column key."""

    sheet: str
    title: str
    columns: tuple[SheetColumn, ...]
    rows: Sequence[Mapping[str, Value]]
    bars: str = ""


def write_tables(tables: Sequence[SheetTable]) -> bytes:
    """The workbook with a sheet for each table; the same tables give the same bytes."""
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, _OPTIONS)
    book.set_properties({"created": _CREATED})
    styles = {name: book.add_format(style) for name, style in _STYLES.items()}
    for table in tables:
        _TableSheet(book.add_worksheet(table.sheet), table, styles).write()
    book.close()
    return stream.getvalue()


class _TableSheet:
    """Writes one table; rows and columns are counted from 0."""

    def __init__(self, sheet: Worksheet, table: SheetTable, styles: dict[str, Format]) -> None:
        self._sheet = sheet
        self._table = table
        self._styles = styles
        self._index = {column.key: at for at, column in enumerate(table.columns)}
        self._first = _HEADING_ROW + 1
        self._last = _HEADING_ROW + len(table.rows)

    def write(self) -> None:
        sheet, columns = self._sheet, self._table.columns
        sheet.write_string(0, 0, self._table.title, self._styles["title"])
        for at, column in enumerate(columns):
            sheet.set_column(at, at, column.width)
            sheet.write_string(_HEADING_ROW, at, column.heading, self._styles["heading"])
        for number, row in enumerate(self._table.rows, self._first):
            for at, column in enumerate(columns):
                self._cell(number, at, column, row)
        if self._table.rows and any(column.summed for column in columns):
            self._totals()
        if self._table.bars and self._table.rows:
            at = self._index[self._table.bars]
            options = {"type": "data_bar", "min_type": "num", "min_value": 0}
            limits = {"max_type": "num", "max_value": 1, "bar_color": "#9DC3E6"}
            sheet.conditional_format(self._first, at, self._last, at, options | limits)
        self._print()

    def _print(self) -> None:
        sheet = self._sheet
        sheet.freeze_panes(_HEADING_ROW + 1, min(2, len(self._table.columns) - 1))
        sheet.autofilter(
            _HEADING_ROW, 0, max(self._last, self._first), len(self._table.columns) - 1
        )
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(_HEADING_ROW)

    def _cell(self, row: int, at: int, column: SheetColumn, values: Mapping[str, Value]) -> None:
        if column.share:
            self._share(row, at, column.share, values, "share")
            return
        value = values.get(column.key)
        if value is None:
            self._sheet.write_blank(row, at, None, self._styles["text"])
        elif isinstance(value, str):
            self._sheet.write_string(row, at, value, self._styles["text"])
        elif isinstance(value, date):
            self._sheet.write_datetime(row, at, value, self._styles["day"])
        else:
            style = "whole" if isinstance(value, int) else "figure"
            self._sheet.write_number(row, at, value, self._styles[style])

    def _share(
        self,
        row: int,
        at: int,
        share: tuple[str, str],
        values: Mapping[str, Value],
        style: str,
    ) -> None:
        """A formula that divides two cells of the row, with its result for readers that do not
        calculate.
        """
        part, whole = (self._name(row, key) for key in share)
        given = [values.get(key) for key in share]
        counts = [value if isinstance(value, int | float) else 0 for value in given]
        result: float | str = counts[0] / counts[1] if counts[1] else ""
        formula = f'=IF({whole}=0,"",{part}/{whole})'
        self._sheet.write_formula(row, at, formula, self._styles[style], result)

    def _totals(self) -> None:
        row = self._last + 1
        sums: dict[str, Value] = {
            column.key: sum(
                value
                for each in self._table.rows
                if isinstance(value := each.get(column.key), int | float)
            )
            for column in self._table.columns
            if column.summed
        }
        for at, column in enumerate(self._table.columns):
            if column.share:
                self._share(row, at, column.share, sums, "total_share")
            elif column.summed:
                cells = f"{self._name(self._first, column.key)}:{self._name(row - 1, column.key)}"
                style = self._styles["total_whole"]
                self._sheet.write_formula(row, at, f"=SUM({cells})", style, sums[column.key])
            else:
                self._sheet.write_string(row, at, "" if at else "Итого", self._styles["total"])

    def _name(self, row: int, key: str) -> str:
        name: str = xlsxwriter_utility.xl_rowcol_to_cell(row, self._index[key])
        return name
