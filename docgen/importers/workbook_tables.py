"""The sheet of an annex: its title and layout, then the table under the region's headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from docgen.export import sheets
from docgen.export.sheets import heading_keys, plain
from docgen.i18n import _
from docgen.importers.cells import Cells, shown
from docgen.importers.spreadsheet import Cell, Row, Sheet
from docgen.models import Layout
from docgen.models.numbering import split_heading

_HEAD = {plain(sheets.ANNEX_TITLE): "title", plain(sheets.ANNEX_LAYOUT): "layout"}
_BARE_NUMBER = re.compile(rf"\d\S{{0,11}}|{sheets.NO_NUMBER}")


def read_annex(
    sheet: Sheet, path: str, layouts: Mapping[str, Layout], cells: Cells
) -> dict[str, Any]:
    """The values of an annex; its numbers stand as printed."""
    cells.note(path, _sheet_place(sheet))
    rows = iter(sheet.rows)
    values: dict[str, Any] = {}
    heading = _read_head(rows, values, path, cells)
    values["sections"] = []
    if heading is not None and layouts:
        known = heading_keys(layouts, _layout_name(values, heading, layouts))
        table = _Table(heading, cells.columns(heading, known, path), path, cells)
        table.refuse_tall(sheet)
        values["sections"] = table.sections(rows)
    return values


def _sheet_place(sheet: Sheet) -> str:
    return _("sheet “%(sheet)s”") % {"sheet": sheet.title}


def _read_head(rows: Iterator[Row], values: dict[str, Any], path: str, cells: Cells) -> Row | None:
    """Title and layout into `values`; the row of headings, which ends the head."""
    for row in rows:
        first = min(row.cells, default=0)
        key = _HEAD.get(plain(shown(row.cells[first]))) if first else None
        if key is None and row.cells:
            return row
        if key is not None and key not in values:
            cells.note(f"{path}.{key}", row.place(first + 1))
            value = next((cell for at, cell in row.cells.items() if at > first), None)
            text = cells.text(value, f"{path}.{key}")
            if text is not None:
                values[key] = text
    return None


def _layout_name(values: Mapping[str, Any], heading: Row, layouts: Mapping[str, Layout]) -> str:
    """The layout named on the sheet, else the one with most of the headings."""
    if values.get("layout") in layouts:
        return str(values["layout"])
    printed = {plain(shown(cell)) for cell in heading.cells.values()}

    def matches(name: str) -> int:
        return len(printed & {plain(column.heading) for column in layouts[name].columns})

    return max(layouts, key=matches)


class _Table:
    """The rows under the headings, as sections of items."""

    def __init__(self, heading: Row, columns: dict[int, str], path: str, cells: Cells) -> None:
        self._heading = heading
        self._columns = columns
        self._path = path
        self._cells = cells

    def sections(self, rows: Iterator[Row]) -> list[dict[str, Any]]:
        """Sections in order; rows above the first heading make one without a title."""
        sections: list[dict[str, Any]] = []
        for row in rows:
            if _is_section(row):
                path = f"{self._path}.sections[{len(sections)}]"
                sections.append(self._section(row, path))
                continue
            if not sections:
                sections.append({"items": []})
            items = sections[-1]["items"]
            items.append(
                self._item(row, f"{self._path}.sections[{len(sections) - 1}].items[{len(items)}]")
            )
        return sections

    def refuse_tall(self, sheet: Sheet) -> None:
        """A cell merged over several rows says nothing of the rows below its first."""
        for row, column in sheet.tall:
            if row > self._heading.number and column in self._columns:
                place = Row(sheet.title, row, {}).place(column)
                message = _("cells merged over several rows; unmerge and repeat the text")
                self._cells.refuse(self._path, place, message, "merged-cells")

    def _section(self, row: Row, path: str) -> dict[str, Any]:
        self._cells.note(path, row.place())
        text = self._cells.text(row.cells.get(1), f"{path}.title")
        if text is None:
            return {"items": []}
        number, title = split_heading(text)
        return {"number": number, "title": title, "items": []}

    def _item(self, row: Row, path: str) -> dict[str, str]:
        self._cells.note(path, row.place())
        found = self._cells.by_key(row, self._columns, self._heading, path)
        values = {key: self._value(key, cell, f"{path}.{key}") for key, cell in found.items()}
        return {key: text for key, text in values.items() if text is not None}

    def _value(self, key: str, cell: Cell, path: str) -> str | None:
        if key != "number":
            return self._cells.text(cell, path)
        text = self._cells.code(cell, path)
        return "" if text is not None and plain(text) == sheets.NO_NUMBER else text


def _is_section(row: Row) -> bool:
    """Merged from the first cell on, or nothing in it but a text that is not just a number."""
    if row.merged:
        return set(row.cells) <= {1}
    only = list(row.cells) == [1]
    return only and not _BARE_NUMBER.fullmatch(plain(shown(row.cells[1])))
