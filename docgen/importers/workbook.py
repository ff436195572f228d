"""The workbook of `docgen.export.workbook` as the plain values of a data file.

The schema then judges them as it judges YAML; every path knows its sheet and cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePath
from typing import Any

from docgen.errors import InputError
from docgen.export import sheets
from docgen.export.sheets import Label, plain
from docgen.i18n import _
from docgen.importers.cells import Cells
from docgen.importers.spreadsheet import Cell, Sheet, open_spreadsheet
from docgen.importers.workbook_points import read_points
from docgen.importers.workbook_tables import read_annex
from docgen.models import Layout
from docgen.schemas.reading import Document

LayoutsOf = Callable[[str], Mapping[str, Layout]]
"""The layouts of a region by its code; empty for an unknown one."""

_ANNEX = re.compile(rf"{plain(sheets.ANNEX)} ?(?:№ ?)?(\d{{1,4}})")


def read_workbook(data: bytes, name: str, layouts_of: LayoutsOf) -> Document:
    """The values in a workbook; InputError when it cannot be read at all.

    Numbers of sections and items are given as printed: `docgen.models.numbering.as_given` tells
    those that the layout's style would print by itself. Whatever else is wrong is a problem of
    the document.
    """
    return _Workbook(open_spreadsheet(data, name), name).document(layouts_of)


def is_order(data: bytes, name: str) -> bool:
    """Whether the workbook has the form that `docgen new order` makes, and not a clerk's own.

    InputError when it cannot be read at all.
    """
    region = plain(sheets.ORDER_LABELS[0].text)
    return any(
        plain(sheet.title) == plain(sheets.ORDER)
        and any(
            plain(str(cell.value)) == region for row in sheet.rows for cell in row.cells.values()
        )
        for sheet in open_spreadsheet(data, name)
    )


class _Workbook:
    """The sheets of one workbook by their titles."""

    def __init__(self, found: Sequence[Sheet], name: str) -> None:
        self._sheets = {plain(sheet.title): sheet for sheet in found}
        if plain(sheets.ORDER) not in self._sheets:
            message = _(
                "%(name)s: the workbook has no sheet “%(sheet)s”, so it is not a data file. "
                "A table of your own is made one by: docgen import %(name)s -o %(stem)s.yaml"
            )
            values = {"name": name, "stem": PurePath(name).stem, "sheet": sheets.ORDER}
            raise InputError(message % values, code="not-an-order")

    def document(self, layouts_of: LayoutsOf) -> Document:
        """All sheets put together."""
        document = Document(values=None)
        cells = Cells(document)
        cells.note("", _sheet_place(sheets.ORDER))
        values = _read_order(self._sheets[plain(sheets.ORDER)], cells)
        if sheet := self._sheets.get(plain(sheets.POINTS)):
            cells.note("points", _sheet_place(sheet.title))
            values["points"] = read_points(sheet, cells)
        if sheet := self._sheets.get(plain(sheets.ACQUAINTED)):
            rows = _read_list(sheet, sheets.ACQUAINTED_COLUMNS, "acquainted", cells)
            values["acquainted"] = [row.get("name") for row in rows]
        if sheet := self._sheets.get(plain(sheets.ACKNOWLEDGED)):
            columns = sheets.ACKNOWLEDGED_COLUMNS
            values["acknowledged"] = _read_list(sheet, columns, "acknowledged", cells)
        values |= self._further(cells)
        layouts = layouts_of(str(values.get("region")))
        values["annexes"] = [
            read_annex(sheet, f"annexes[{index}]", layouts, cells)
            for index, sheet in enumerate(self._annexes(cells))
        ]
        document.values = values
        return document

    def _further(self, cells: Cells) -> dict[str, Any]:
        """What stands on the sheets that most orders do not have."""
        values: dict[str, Any] = {}
        if sheet := self._sheets.get(plain(sheets.FORMS)):
            rows = _read_list(sheet, sheets.FORMS_COLUMNS, "forms", cells)
            values["forms"] = {_declined(row): row for row in rows}
        if sheet := self._sheets.get(plain(sheets.REVISIONS)):
            values["revisions"] = _read_list(sheet, sheets.REVISIONS_COLUMNS, "revisions", cells)
        if sheet := self._sheets.get(plain(sheets.UNPLACED)):
            rows = _read_list(sheet, sheets.UNPLACED_COLUMNS, "unplaced", cells)
            values["unplaced"] = [row.get("text") for row in rows]
        return values

    def _annexes(self, cells: Cells) -> list[Sheet]:
        """The sheets of annexes by number; gaps and sheets of other names are problems."""
        numbered: dict[int, Sheet] = {}
        known = (
            *(sheets.ORDER, sheets.POINTS, sheets.ACQUAINTED, sheets.ACKNOWLEDGED, sheets.GUIDE),
            *(sheets.FORMS, sheets.REVISIONS, sheets.UNPLACED),
        )
        for title, sheet in self._sheets.items():
            found = _ANNEX.fullmatch(title)
            if found and int(found[1]) not in numbered:
                numbered[int(found[1])] = sheet
            elif title not in map(plain, known):
                message = _("the sheet is not part of an order; rename or delete it")
                cells.refuse("", _sheet_place(sheet.title), message, "unknown-sheet")
        if sorted(numbered) != list(range(1, len(numbered) + 1)):
            message = _("number the sheets of the annexes 1, 2, 3 without gaps")
            place = _sheet_place(numbered[max(numbered)].title)
            cells.refuse("annexes", place, message, "annex-gap")
        return [numbered[number] for number in sorted(numbered)]


def _declined(row: dict[str, Any]) -> str:
    """What the row's forms are of; sheets made before had it in the column of the nominative."""
    return row.pop("text", None) or row.pop("nominative", None) or ""


def _sheet_place(title: str) -> str:
    return _("sheet “%(sheet)s”") % {"sheet": title}


def _read_order(sheet: Sheet, cells: Cells) -> dict[str, Any]:
    """The values of the sheet «Приказ»; blank ones are left out."""
    labels = {plain(label.text): label.path for label in sheets.ORDER_LABELS}
    values: dict[str, Any] = {}
    for row in sheet.rows:
        label = row.cells.get(1)
        path = labels.pop(plain(str(label.value)), None) if label else None
        if path is not None:
            cells.note(path, row.place(2))
            cells.note(path.partition("[")[0], row.place(2))
            values[path] = _order_value(row.cells.get(2), path, cells)
        elif label is not None or 2 in row.cells:
            message = _("this line is unknown or stands twice; delete it")
            cells.refuse("", row.place(), message, "unknown-key")
    return _nested({path: value for path, value in values.items() if value is not None})


def _order_value(cell: Cell | None, path: str, cells: Cells) -> Any:
    if path == "date":
        return cells.day(cell, path)
    if path.startswith("years"):
        return cells.whole(cell, path)
    if path in ("number", "executor.phone"):
        return cells.code(cell, path)
    return cells.text(cell, path)


def _nested(values: Mapping[str, Any]) -> dict[str, Any]:
    """Paths such as `signatory.post` and `years[0]` as mappings and the pair of years."""
    nested: dict[str, Any] = {}
    for path, value in values.items():
        parent, _dot, key = path.partition(".")
        if key:
            nested.setdefault(parent, {})[key] = value
        elif not path.startswith("years"):
            nested[path] = value
    if "years[0]" in values or "years[1]" in values:
        nested["years"] = [values.get("years[0]"), values.get("years[1]")]
    return nested


def _read_list(
    sheet: Sheet, labels: Sequence[Label], path: str, cells: Cells
) -> list[dict[str, str | None]]:
    """The rows under the headings of a sheet, by column."""
    cells.note(path, _sheet_place(sheet.title))
    if not sheet.rows:
        return []
    heading, *rows = sheet.rows
    columns = cells.columns(heading, {plain(label.text): label.path for label in labels}, path)
    return [
        _entry(cells.by_key(row, columns, heading, f"{path}[{index}]"), f"{path}[{index}]", cells)
        for index, row in enumerate(row for row in rows if row.cells)
    ]


def _entry(found: Mapping[str, Cell], path: str, cells: Cells) -> dict[str, str | None]:
    for cell in found.values():
        cells.note(path, cell.place)
    return {key: cells.text(cell, f"{path}.{key}") for key, cell in found.items()}
