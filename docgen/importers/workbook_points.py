"""The sheet «Пункты» as the points of a data file: rows with numbers into texts and forms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from docgen.export import sheets
from docgen.export.sheets import plain
from docgen.i18n import _
from docgen.importers.cells import Cells
from docgen.importers.spreadsheet import Cell, Row, Sheet

MAX_DEPTH = 20
_HEADINGS = {plain(column.text): column.path for column in sheets.POINT_COLUMNS}
_NAMES = {column.path: column.text for column in sheets.POINT_COLUMNS}
_KINDS = {plain(word): kind for kind, word in sheets.POINT_KINDS.items()}
_GENDERS = {plain(word): gender for gender, word in sheets.GENDERS.items()}
_NUMBER = re.compile(r"\d+(?:\.\d+)*\.?")
_ANNEX = re.compile(rf"(?:{plain(sheets.ANNEX)[:-1]}\w)? ?(?:№ ?)?([1-9]\d{{0,3}})")
_USED = {
    "text": {"text"},
    "control": {"post", "name", "gender"},
    "approve": {"text"},
    "appoint": {"who", "post", "name", "gender"},
    "assign": {"who", "text"},
    "recommend": {"who", "text"},
}
_WITH_TASKS = ("assign", "recommend")


@dataclass(slots=True)
class _Point:
    """A row of the sheet with its further tasks and the points below it."""

    path: str
    kind: str
    cells: Mapping[str, Cell]
    tasks: list[Cell] = field(default_factory=list)
    points: list[_Point] = field(default_factory=list)


def read_points(sheet: Sheet, cells: Cells) -> list[Any]:
    """The points, each as the schema takes it."""
    reader = _Points(cells)
    if sheet.rows:
        heading, *rows = sheet.rows
        columns = cells.columns(heading, _HEADINGS, "points")
        for row in rows:
            found = cells.by_key(row, columns, heading, "points")
            if found:
                reader.add(row, found)
    return [reader.value(point) for point in reader.points]


class _Points:
    """Points as they come, row by row; `open` holds the last one of each level."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells
        self._open: list[_Point] = []
        self.points: list[_Point] = []

    def add(self, row: Row, found: Mapping[str, Cell]) -> None:
        """A further task of the last point, or the next point."""
        last = self._open[-1] if self._open else None
        if last and last.kind in _WITH_TASKS and set(found) == {"text"}:
            last.tasks.append(found["text"])
            return
        level = self._level(found.get("number"))
        siblings = self.points if level == 1 else self._open[level - 2].points
        above = "" if level == 1 else f"{self._open[level - 2].path}."
        path = f"{above}points[{len(siblings)}]"
        self._cells.note(path, row.place())
        point = _Point(path, self._kind(found.get("kind"), path), found)
        siblings.append(point)
        self._open[level - 1 :] = [point]

    def value(self, point: _Point) -> Any:
        """The point as text, as text with points below, or as a form."""
        self._refuse_unused(point)
        below = [self.value(child) for child in point.points]
        if point.kind != "text":
            if below:
                self._refuse(point, "number", _("only a point of text can have points below it"))
            return {point.kind: self._form(point, f"{point.path}.{point.kind}")}
        text = self._text(point, "text", f"{point.path}.text" if below else point.path)
        return {"text": text, "points": below} if below else text

    def _form(self, point: _Point, path: str) -> Any:
        if point.kind == "approve":
            return self._annex(point, path)
        values = {key: self._text(point, key, f"{path}.{key}") for key in ("post", "name")}
        if point.kind in _WITH_TASKS:
            tasks = [point.cells.get("text"), *point.tasks]
            return {
                "addressee": self._text(point, "who", f"{path}.addressee"),
                "tasks": [
                    self._cells.text(cell, f"{path}.tasks[{index}]")
                    for index, cell in enumerate(filter(None, tasks))
                ],
            }
        if point.kind == "appoint":
            values["role"] = self._text(point, "who", f"{path}.role")
        gender = self._text(point, "gender", f"{path}.gender")
        values["gender"] = gender and _GENDERS.get(plain(gender), gender)
        return {key: value for key, value in values.items() if value is not None}

    def _annex(self, point: _Point, path: str) -> int | None:
        text = self._text(point, "text", path)
        found = _ANNEX.fullmatch(plain(text or ""))
        if found is None:
            self._refuse(point, "text", _("name the annex: Приложение 1"), path)
            return None
        return int(found[1]) - 1

    def _text(self, point: _Point, key: str, path: str) -> str | None:
        return self._cells.text(point.cells.get(key), path)

    def _level(self, cell: Cell | None) -> int:
        """How deep the point stands: 2 for «1.1»; without a number, as deep as the last one."""
        path = self._open[-1].path if self._open else "points"
        text = self._cells.code(cell, path)
        deepest = len(self._open) + 1
        if cell is None or text is None:
            return max(deepest - 1, 1)
        level = text.strip().rstrip(".").count(".") + 1
        if not _NUMBER.fullmatch(text.strip()) or level > min(deepest, MAX_DEPTH):
            message = _("number the points 1, 2, those below them 1.1, 1.2 and so on")
            self._cells.refuse(path, cell.place, message, "point-number")
            return max(deepest - 1, 1)
        return level

    def _kind(self, cell: Cell | None, path: str) -> str:
        word = self._cells.text(cell, path)
        if cell is None or word is None:
            return "text"
        kind = _KINDS.get(plain(word))
        if kind is None:
            words = ", ".join(sheets.POINT_KINDS.values())
            message = _("expected one of: %(words)s") % {"words": words}
            self._cells.refuse(path, cell.place, message, "unknown-word")
        return kind or "text"

    def _refuse_unused(self, point: _Point) -> None:
        for key in point.cells.keys() - _USED[point.kind] - {"number", "kind"}:
            message = _("a point of the kind “%(kind)s” has no “%(column)s”; clear the cell")
            values = {"kind": sheets.POINT_KINDS[point.kind], "column": _NAMES[key]}
            self._refuse(point, key, message % values)

    def _refuse(self, point: _Point, key: str, message: str, path: str = "") -> None:
        cell = point.cells.get(key) or next(iter(point.cells.values()))
        self._cells.refuse(path or point.path, cell.place, message, "point-form")
