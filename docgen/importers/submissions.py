"""Submissions from YAML, JSON, CSV and XLSX files, one by one or a folder of them.

Bad rows are reported with file, sheet, cell and what is right; good rows are kept.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docgen.errors import InputError, Problem
from docgen.i18n import _
from docgen.importers.tables import SheetRow, sheets_of
from docgen.models.submissions import Batch, Municipality, Submission
from docgen.schemas.reading import read_bytes, read_file
from docgen.schemas.submissions import key_of_heading, read_roster, read_row

ENDINGS = (".yaml", ".yml", ".json", ".csv", ".xlsx")
_HEADING_ROWS = 15
ROSTER_SHEET = "Состав"
_ROSTER_COLUMNS = {
    "муниципалитет": "municipality",
    "школа": "school",
    "координатор": "coordinator",
    "телефон": "phone",
    "кураторов": "curators",
}


@dataclass(frozen=True, slots=True)
class Import:
    """What was read, and what was not: each problem's path is a place that a person finds."""

    batch: Batch
    problems: tuple[Problem, ...]
    files: tuple[Path, ...]


def import_submissions(path: Path) -> Import:
    """The rows of a file, or of every file of a folder, with the rosters they carry.

    Raises InputError when there is nothing to read or a file cannot be opened at all.
    """
    files = _files(path)
    rows: list[Submission] = []
    problems: list[Problem] = []
    roster: dict[str, Municipality] = {}
    for file in files:
        found = _Reader(file.name)
        _read(file, found)
        rows += found.rows
        problems += found.problems
        for entry in found.roster:
            roster[entry.name] = _merged(roster.get(entry.name), entry)
    return Import(Batch(tuple(rows), tuple(roster.values())), tuple(problems), files)


def _files(path: Path) -> tuple[Path, ...]:
    if not path.is_dir():
        return (path,)
    found = tuple(
        sorted(
            file
            for file in path.rglob("*")
            if file.suffix.lower() in ENDINGS and not file.name.startswith(("~$", "."))
        )
    )
    if not found:
        message = _("%(path)s holds no file of submissions (%(endings)s).")
        raise InputError(message % {"path": path, "endings": ", ".join(ENDINGS)})
    return found


def _merged(known: Municipality | None, entry: Municipality) -> Municipality:
    """The municipality as two files describe it: the schools of both."""
    if known is None:
        return entry
    return Municipality(
        entry.name,
        tuple(dict.fromkeys((*known.schools, *entry.schools))),
        entry.coordinator or known.coordinator,
        entry.phone or known.phone,
        known.curators if entry.curators is None else entry.curators,
    )


@dataclass(slots=True)
class _Reader:
    """What was found in one file so far."""

    name: str
    rows: list[Submission]
    problems: list[Problem]
    roster: list[Municipality]

    def __init__(self, name: str) -> None:
        self.name = name
        self.rows, self.problems, self.roster = [], [], []

    def take(self, values: Mapping[str, Any], place: str, paths: Mapping[str, str]) -> None:
        """Keeps a good row, notes what is wrong with a bad one."""
        outcome = read_row(values, f"{self.name}, {place}", paths)
        self.problems += outcome.problems
        if outcome.row is not None:
            self.rows.append(outcome.row)


def _read(path: Path, found: _Reader) -> None:
    match path.suffix.lower():
        case ".csv":
            _read_csv(path, found)
        case ".xlsx":
            _read_workbook(path, found)
        case ".yaml" | ".yml" | ".json":
            _read_document(path, found)
        case _:
            message = _("%(name)s: expected a file of one of these kinds: %(endings)s.")
            raise InputError(message % {"name": path.name, "endings": ", ".join(ENDINGS)})


def _read_document(path: Path, found: _Reader) -> None:
    """A list of rows, or `{region, stage, roster, submissions}`; a stage given once holds for all."""
    document = read_file(path)
    found.problems += [_named(problem, path.name) for problem in document.problems]
    values = document.values
    rows, stage, start = values, None, ""
    if isinstance(values, Mapping):
        rows, stage, start = values.get("submissions"), values.get("stage"), "submissions"
        if "roster" in values:
            roster, faults = read_roster(values["roster"])
            found.roster += roster
            found.problems += [_named(fault, path.name) for fault in faults]
        rows = [] if rows is None and "roster" in values else rows
    if not isinstance(rows, list):
        message = _("%(name)s: expected a list of submissions under the key “submissions”.")
        raise InputError(message % {"name": path.name}, code="not-submissions")
    for index, row in enumerate(rows):
        where = f"{start}[{index}]"
        line = document.line_of(where)
        place = _("line %(line)d") % {"line": line} if line else where
        if isinstance(row, Mapping):
            given = {"stage": stage, **row} if stage is not None else row
            paths = {key: f"{path.name}, {place}, {key}" for key in row}
            found.take(given, place, paths)
        else:
            message = _("expected a set of “key: value” lines")
            found.problems.append(Problem(f"{path.name}, {place}", message, "not-a-mapping"))


def _named(problem: Problem, name: str) -> Problem:
    return Problem(f"{name}: {problem.path}", problem.message, problem.code)


def _read_csv(path: Path, found: _Reader) -> None:
    """A table with a heading row; commas, semicolons or tabs; UTF-8 or the Windows code page."""
    data = read_bytes(path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1251", errors="replace")
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    rows = [SheetRow(at, tuple(cells)) for at, cells in enumerate(lines, 1)]
    _read_table("", rows, found)


def _delimiter(text: str) -> str:
    head = text.partition("\n")[0]
    return max(";,\t", key=head.count)


def _read_workbook(path: Path, found: _Reader) -> None:
    """Every sheet with the form's headings; a sheet «Состав» is the roster."""
    recognised = False
    for name, rows in sheets_of(path):
        if name == ROSTER_SHEET:
            found.roster += _roster_of(rows)
            recognised = True
        else:
            recognised |= _read_table(name, rows, found)
    if not recognised:
        message = _("%(name)s: no sheet has the headings of the form: %(headings)s.")
        headings = "«Пункт», «Статус»"
        raise InputError(message % {"name": path.name, "headings": headings})


def _read_table(sheet: str, rows: Sequence[SheetRow], found: _Reader) -> bool:
    """Reads the rows under the heading row; whether there was one."""
    columns, start = _columns(rows)
    if not columns:
        if not sheet:
            message = _("%(name)s: the first line must hold the headings “item” and “status”.")
            raise InputError(message % {"name": found.name})
        return False
    for row in rows[start:]:
        values = {key: row.cell(at) for at, key in columns.items()}
        if _is_empty(values):
            continue
        place = _place(sheet, row.number)
        paths = {
            key: f"{found.name}, {_cell(sheet, at, row.number)}" for at, key in columns.items()
        }
        found.take(values, place, paths)
    return True


def _columns(rows: Sequence[SheetRow]) -> tuple[dict[int, str], int]:
    """Which column holds which key, and where the rows begin; nothing without a heading row."""
    for at, row in enumerate(rows[:_HEADING_ROWS]):
        columns: dict[int, str] = {}
        for column, cell in enumerate(row.cells):
            key = key_of_heading(cell) if isinstance(cell, str) else None
            if key is not None and key not in columns.values():
                columns[column] = key
        if {"item", "status"} <= set(columns.values()):
            return columns, at + 1
    return {}, 0


def _is_empty(values: Mapping[str, Any]) -> bool:
    """Whether the row of the form was left as it was handed out: nothing reported."""
    return all(values.get(key) in (None, "") for key in _ANSWERS)


_ANSWERS = ("status", "value", "date", "evidence", "comment")


def _place(sheet: str, row: int) -> str:
    if sheet:
        return _("sheet “%(sheet)s”, row %(row)d") % {"sheet": sheet, "row": row}
    return _("line %(line)d") % {"line": row}


def _cell(sheet: str, column: int, row: int) -> str:
    if sheet:
        return _("sheet “%(sheet)s”, cell %(cell)s") % {
            "sheet": sheet,
            "cell": f"{column_letters(column)}{row}",
        }
    return _("line %(line)d, column %(column)d") % {"line": row, "column": column + 1}


def column_letters(index: int) -> str:
    """The letters of a worksheet column counted from 0: 0 → A, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _roster_of(rows: Sequence[SheetRow]) -> Iterator[Municipality]:
    """The roster on a sheet with a school a row, under headings «Муниципалитет», «Школа»."""
    if not rows:
        return
    keys = [_ROSTER_COLUMNS.get(str(cell or "").strip().lower()) for cell in rows[0].cells]
    schools: dict[str, list[str]] = {}
    about: dict[str, dict[str, str]] = {}
    for row in rows[1:]:
        values = {key: str(cell or "").strip() for key, cell in zip(keys, row.cells, strict=False)}
        name = values.get("municipality", "")
        if name:
            schools.setdefault(name, []).extend(filter(None, [values.get("school", "")]))
            about.setdefault(name, {}).update({k: v for k, v in values.items() if k and v})
    for name, titles in schools.items():
        said = about[name]
        curators = said.get("curators", "")
        yield Municipality(
            name,
            tuple(dict.fromkeys(titles)),
            said.get("coordinator", ""),
            said.get("phone", ""),
            int(curators) if curators.isdigit() else None,
        )
