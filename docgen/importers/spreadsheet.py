"""The sheets of an XLSX file as filled cells, read safely: hostile files are refused by size.

openpyxl reads the cells; merged ones, which its streaming reader skips, are read from the part.
"""

from __future__ import annotations

import io
import re
import warnings
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from lxml import etree

from docgen.errors import InputError, TemplateError
from docgen.export.spreadsheet import cell_place
from docgen.i18n import _
from docgen.ondemand import on_demand
from docgen.render.gate import MAX_ENTRIES, MAX_RATIO, MAX_SIZE
from docgen.render.package import Member, Package, parse, read_package

if TYPE_CHECKING:
    import openpyxl
    import openpyxl.cell.read_only
    import openpyxl.utils
else:
    openpyxl = on_demand("openpyxl")

MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS = 100_000
MAX_COLUMNS = 50
MAX_TAGS = 600_000
"""Tags in all parts together, about 150 000 filled cells: what openpyxl reads in seconds."""

_SMALL = 1024 * 1024  # below this even a high ratio costs nothing
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MACROS = re.compile(r"vbaProject|macroEnabled|/activeX|/macrosheets/", re.IGNORECASE)
_MERGED = re.compile(
    rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"'
)
_ROW = re.compile(rb'<(?:\w+:)?row(?:\s[^>]*?\br="(\d+)")?')
_REL_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

Value = str | int | float | bool | datetime | date | time


@dataclass(frozen=True, slots=True)
class Cell:
    """A filled cell. `kind` is openpyxl's: `f` a formula, `e` an error; `form` its number format.

    Rows and columns are counted from 1.
    """

    sheet: str
    row: int
    column: int
    value: Value
    kind: str = "s"
    form: str = ""

    @property
    def place(self) -> str:
        """Where a person finds it: «лист „Приказ“, ячейка B7»."""
        return cell_place(self.sheet, self.row - 1, self.column - 1)


@dataclass(frozen=True, slots=True)
class Row:
    """The filled cells of a row by column; `merged` when it begins with cells made one."""

    sheet: str
    number: int
    cells: dict[int, Cell]
    merged: bool = False

    def place(self, column: int = 1) -> str:
        """Where a person finds the cell in this column, filled or not."""
        return cell_place(self.sheet, self.number - 1, column - 1)


@dataclass(slots=True)
class Sheet:
    """A sheet: its rows that are filled or begin with merged cells, from top to bottom.

    `tall` are the first cells of those merged over several rows.
    """

    title: str
    rows: list[Row] = field(default_factory=list)
    tall: list[tuple[int, int]] = field(default_factory=list)


def open_spreadsheet(data: bytes, name: str) -> list[Sheet]:
    """The visible and hidden sheets of an XLSX file; InputError when it must not be read.

    Codes: `file-too-large`, `file-encrypted`, `not-xlsx`, `file-unsafe`, `file-macros`.
    """
    package = _open_package(data, name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl's remarks on styles are of no use to clerks
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
            return list(_sheets(book, package, name))
    except InputError:
        raise
    except Exception as error:  # openpyxl lets out whatever a damaged part makes it trip over
        raise _refused(name, _("this is not an XLSX file, or it is damaged"), "not-xlsx") from error


def _open_package(data: bytes, name: str) -> Package:
    """The package, safe to parse."""
    if len(data) > MAX_BYTES:
        raise _refused(name, _("the file is larger than 20 MB"), "file-too-large")
    if data.startswith(_COMPOUND_FILE):
        message = _(
            "the file has a password or is in the old .xls format; "
            "save it as .xlsx without a password"
        )
        raise _refused(name, message, "file-encrypted")
    try:
        package = read_package(data, check=lambda members: _check_sizes(members, name))
        _check_types(package, name)
        _check_parts(package, name)
    except (TemplateError, etree.XMLSyntaxError, zlib.error, LookupError) as error:
        message = _("this is not an XLSX file, or it is damaged")
        raise _refused(name, message, "not-xlsx") from error
    return package


def _check_sizes(members: list[Member], name: str) -> None:
    size = sum(member.size for member in members)
    stored = sum(len(member.stored) for member in members)
    if len(members) > MAX_ENTRIES:
        raise _refused(name, _("the file has too many parts"), "file-unsafe")
    if size > MAX_SIZE or (size > _SMALL and size > stored * MAX_RATIO):
        raise _refused(name, _("the file is too large once unpacked"), "file-unsafe")


def _check_types(package: Package, name: str) -> None:
    kinds = package.content_types
    if any(_MACROS.search(f"/{part}") or _MACROS.search(kind) for part, kind in kinds.items()):
        message = _("the file holds macros; save it as .xlsx")
        raise _refused(name, message, "file-macros")
    if "spreadsheetml" not in kinds[package.document]:
        raise _refused(name, _("this is not an XLSX file, or it is damaged"), "not-xlsx")


def _check_parts(package: Package, name: str) -> None:
    """Refuses declarations of entities, encodings that hide them, and more than can be read."""
    tags = 0
    for part, member in package.members.items():
        if not part.lower().endswith((".xml", ".rels", ".vml")):
            continue
        data = member.data
        if b"\0" in data or b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            message = _("the file holds declarations that workbooks do not have")
            raise _refused(name, message, "file-unsafe")
        tags += data.count(b"<")
        if tags > MAX_TAGS:
            raise _refused(name, _("the file has too many cells"), "file-too-large")


def _sheets(book: openpyxl.Workbook, package: Package, name: str) -> Iterator[Sheet]:
    parts = _sheet_parts(package)
    for source in book.worksheets:
        part = parts[source.title]
        _check_rows(part, source.title, name)
        wide, tall = _merged(part)
        rows = enumerate(source.iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS), 1)
        found = ((number, dict(_filled(source.title, number, cells))) for number, cells in rows)
        yield Sheet(
            source.title,
            [
                Row(source.title, number, filled, number in wide)
                for number, filled in found
                if filled or number in wide
            ],
            tall,
        )


def _check_rows(part: bytes, sheet: str, name: str) -> None:
    """Refuses too many rows, and rows so far down that the gap above them is too long."""
    numbers = _ROW.findall(part)
    if (
        len(numbers) > MAX_ROWS
        or max((int(number or 0) for number in numbers), default=0) > MAX_ROWS
    ):
        message = _("the sheet “%(sheet)s” has more than %(limit)d rows")
        raise _refused(name, message % {"sheet": sheet, "limit": MAX_ROWS}, "file-too-large")


def _filled(sheet: str, row: int, cells: tuple[Any, ...]) -> Iterator[tuple[int, Cell]]:
    for column, cell in enumerate(cells, 1):
        value = None if cell is openpyxl.cell.read_only.EMPTY_CELL else cell.value
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        if cell.data_type == "s":
            # Excel keeps a carriage return as an escape before the line feed.
            yield column, Cell(sheet, row, column, value.replace("_x000D_\n", "\n"))
        else:
            yield column, Cell(sheet, row, column, value, cell.data_type, cell.number_format)


def _sheet_parts(package: Package) -> dict[str, bytes]:
    """The XML of each sheet by its title."""
    document = package.document
    targets = {each.identity: each.target for each in package.relations(document)}
    return {
        element.get("name", ""): package.read(targets[element.get(_REL_ID, "")])
        for element in parse(package.read(document)).iter("{*}sheet")
    }


def _merged(part: bytes) -> tuple[frozenset[int], list[tuple[int, int]]]:
    """Rows that begin with merged cells, and the first cells of those merged over several rows."""
    wide: set[int] = set()
    tall: list[tuple[int, int]] = []
    for first, top, _last, bottom in _MERGED.findall(part):
        if top != bottom:
            tall.append((int(top), openpyxl.utils.column_index_from_string(first.decode())))
        elif first == b"A":
            wide.add(int(top))
    return frozenset(wide), tall


def _refused(name: str, reason: str, code: str) -> InputError:
    message = _("%(name)s: %(reason)s.") % {"name": name, "reason": reason}
    return InputError(message, code=code)
