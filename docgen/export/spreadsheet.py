"""A workbook written with XlsxWriter: texts stay text, long ones are refused, bytes are stable."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING

from docgen.errors import InputError, Problem
from docgen.i18n import _
from docgen.ondemand import on_demand

if TYPE_CHECKING:
    import xlsxwriter
    import xlsxwriter.utility
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet
else:
    xlsxwriter = on_demand("xlsxwriter")

MAX_CELL = 32_767
"""Characters a cell can hold, counted as the file format does, in UTF-16 units."""

LAST_ROW = 1_048_575
DAY_FORMAT = "dd.mm.yyyy"
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  # XlsxWriter takes no time zone
_FIRST_DAY = date(1900, 3, 1)  # Excel takes 1900 for a leap year and has no days before
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_A4 = 9
_MARGINS = (1.18, 0.39, 0.79, 0.79)  # left 30, right 10, top and bottom 20 mm, in inches
_LINE_HEIGHT = 16.0
_MAX_HEIGHT = 409.0
_FONT = {"font_name": "Times New Roman", "font_size": 11, "valign": "top"}
_CELL = {**_FONT, "text_wrap": True, "num_format": "@"}
_STYLES = {
    "text": _CELL,
    "cell": {**_CELL, "border": 1},
    "number": {**_CELL, "border": 1, "align": "center"},
    "label": {**_FONT, "text_wrap": True, "bold": True},
    "hint": {**_FONT, "text_wrap": True, "italic": True, "font_color": "#595959"},
    "heading": {
        **_CELL,
        "bold": True,
        "border": 1,
        "align": "center",
        "valign": "vcenter",
        "bg_color": "#EDEDED",
    },
    "section": {**_CELL, "bold": True, "border": 1, "align": "center"},
    "day": {**_FONT, "num_format": DAY_FORMAT, "align": "left"},
    "whole": {**_FONT, "num_format": "0", "align": "left"},
}


class Spreadsheet:
    """A workbook under construction; `data` ends it."""

    def __init__(self) -> None:
        self._stream = BytesIO()
        self._book = xlsxwriter.Workbook(self._stream, _OPTIONS)
        self._book.set_properties({"created": _CREATED})
        self._styles = {name: self._book.add_format(style) for name, style in _STYLES.items()}
        self._problems: list[Problem] = []

    def sheet(self, title: str) -> Sheet:
        """A new sheet at the end of the workbook."""
        return Sheet(self._book.add_worksheet(title), self._styles, self._problems)

    def data(self) -> bytes:
        """The workbook's bytes; InputError names each text too long for a cell."""
        if self._problems:
            raise InputError(
                _("The order does not fit into a workbook."),
                tuple(self._problems),
                code="cell-too-long",
            )
        self._book.close()
        return self._stream.getvalue()


class Sheet:
    """One sheet; rows and columns are counted from 0."""

    def __init__(
        self, sheet: Worksheet, styles: dict[str, Format], problems: list[Problem]
    ) -> None:
        self._sheet = sheet
        self._styles = styles
        self._problems = problems
        self._widths: dict[int, float] = {}

    def column(self, index: int, width: float, style: str = "text") -> None:
        """Width of a column in characters, and the style of its cells still empty."""
        self._widths[index] = width
        self._sheet.set_column(index, index, width, self._styles[style])

    def text(self, row: int, column: int, text: str, path: str, style: str = "text") -> None:
        """A cell of text; what looks like a formula, a number or a link stays text."""
        if not text:
            self._sheet.write_blank(row, column, None, self._styles[style])
        elif self._fits(row, column, text, path):
            self._sheet.write_string(row, column, _lines(text), self._styles[style])

    def across(
        self, row: int, first: int, last: int, text: str, path: str, style: str = "text"
    ) -> None:
        """Text in cells of one row merged into one, high enough to show it."""
        if first == last:
            self.text(row, first, text, path, style)
        elif self._fits(row, first, text, path):
            self._sheet.merge_range(row, first, row, last, "", self._styles[style])
            self.text(row, first, text, path, style)
            width = sum(self._widths.get(index, 8.0) for index in range(first, last + 1))
            lines = sum(ceil((len(line) + 1) / width) for line in text.split("\n"))
            self._sheet.set_row(row, min(max(lines, 1) * _LINE_HEIGHT, _MAX_HEIGHT))

    def label(self, row: int, first: int, last: int, text: str) -> None:
        """The name of a value to its right, in cells merged into one."""
        self.across(row, first, last, text, "", "label")

    def whole(self, row: int, column: int, number: int | None) -> None:
        """A cell for a whole number."""
        if number is None:
            self._sheet.write_blank(row, column, None, self._styles["whole"])
        else:
            self._sheet.write_number(row, column, number, self._styles["whole"])

    def day(self, row: int, column: int, day: date | None, path: str) -> None:
        """A cell for a date; days before Excel's calendar as text."""
        if day is None:
            self._sheet.write_blank(row, column, None, self._styles["day"])
        elif day < _FIRST_DAY:
            self.text(row, column, f"{day:%d.%m.%Y}", path)
        else:
            self._sheet.write_datetime(row, column, day, self._styles["day"])

    def choice(self, first: tuple[int, int], last: tuple[int, int], words: list[str]) -> None:
        """A drop-down list for the cells from `first` to `last`; other words are warned of."""
        options = {"validate": "list", "source": words, "error_type": "warning"}
        self._sheet.data_validation(*first, *last, options)

    def freeze(self, row: int) -> None:
        """Rows above `row` stay in sight."""
        self._sheet.freeze_panes(row, 0)

    def print_on_a4(self, *, repeat: int | None = None, landscape: bool = False) -> None:
        """Pages of A4, as wide as the sheet, with the row `repeat` on top of each."""
        self._sheet.set_paper(_A4)
        self._sheet.set_margins(*_MARGINS)
        self._sheet.fit_to_pages(1, 0)
        if landscape:
            self._sheet.set_landscape()
        if repeat is not None:
            self._sheet.repeat_rows(repeat)

    def allow_numbers_as_text(self, first: tuple[int, int], last: tuple[int, int]) -> None:
        """No warning triangles on numbers kept as text."""
        cells = xlsxwriter.utility.xl_range(*first, *last)
        self._sheet.ignore_errors({"number_stored_as_text": cells})

    def _fits(self, row: int, column: int, text: str, path: str) -> bool:
        length = len(text.encode("utf-16-le", "surrogatepass")) // 2
        if length <= MAX_CELL:
            return True
        place = cell_place(self._sheet.get_name(), row, column)
        message = _(
            "%(length)d characters; a cell of a workbook holds %(limit)d. "
            "Shorten the text or keep the order in a YAML file."
        ) % {"length": length, "limit": MAX_CELL}
        self._problems.append(Problem(path, message, "cell-too-long", place))
        return False


def cell_place(sheet: str, row: int, column: int) -> str:
    """Where a person finds the cell: «лист „Приказ“, ячейка B7»; counted from 0."""
    cell = xlsxwriter.utility.xl_rowcol_to_cell(row, column)
    return _("sheet “%(sheet)s”, cell %(cell)s") % {"sheet": sheet, "cell": cell}


def _lines(text: str) -> str:
    """The text with the line ends that a cell knows."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
