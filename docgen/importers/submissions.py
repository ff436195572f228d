"""Submissions from YAML, JSON, CSV and XLSX files, one by one or a folder of them.

Bad rows are reported with file, sheet, cell and what is right; good rows are kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from docgen.errors import InputError, Problem
from docgen.i18n import _
from docgen.importers.submission_tables import read_csv, read_sheets
from docgen.models.submissions import Batch, Municipality, Submission, gathered_roster
from docgen.schemas.reading import Document, read_bytes, read_file
from docgen.schemas.submissions import Locate, read_roster, read_row

ENDINGS = (".yaml", ".yml", ".json", ".csv", ".xlsx")


@dataclass(frozen=True, slots=True)
class Import:
    """What was read, and every problem with its place; good rows are kept beside bad ones."""

    batch: Batch
    problems: tuple[Problem, ...]
    files: tuple[Path, ...]


@dataclass(slots=True)
class _Found:
    """What was found so far."""

    rows: list[Submission] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    roster: dict[str, Municipality] = field(default_factory=dict)
    blank: set[tuple[str, str]] = field(default_factory=set)

    def enrol(self, entry: Municipality) -> None:
        """Adds a municipality, or the schools that another file did not know of."""
        known = self.roster.get(entry.name)
        self.roster[entry.name] = entry if known is None else _merged(known, entry)


def import_submissions(path: Path) -> Import:
    """The rows of a file, or of every file of a folder, with the rosters they carry.

    Where there is no roster, rows left blank name those who were to answer as well.

    Raises InputError when there is nothing to read or a file cannot be opened at all.
    """
    files = _files(path)
    found = _Found()
    for file in files:
        _read(file, found)
    roster = tuple(found.roster.values())
    if found.blank and not roster:
        roster = gathered_roster({*found.blank, *((r.municipality, r.school) for r in found.rows)})
    batch = Batch(tuple(found.rows), roster)
    return Import(batch, tuple(found.problems), files)


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


def _merged(known: Municipality, entry: Municipality) -> Municipality:
    """The municipality as two files describe it: the schools of both."""
    return Municipality(
        entry.name,
        tuple(dict.fromkeys((*known.schools, *entry.schools))),
        entry.coordinator or known.coordinator,
        entry.phone or known.phone,
        known.curators if entry.curators is None else entry.curators,
    )


def _read(path: Path, found: _Found) -> None:
    match path.suffix.lower():
        case ".csv":
            tables = [read_csv(read_bytes(path), path.name)]
        case ".xlsx":
            tables, roster = read_sheets(read_bytes(path), path.name)
            for entry in roster:
                found.enrol(entry)
        case ".yaml" | ".yml" | ".json":
            _read_document(read_file(path), path.name, found)
            return
        case _:
            message = _("%(name)s: expected a file of one of these kinds: %(endings)s.")
            raise InputError(message % {"name": path.name, "endings": ", ".join(ENDINGS)})
    for table in tables:
        for outcome in table:
            found.problems += outcome.problems
            if outcome.row is not None:
                found.rows.append(outcome.row)
            if outcome.blank is not None:
                found.blank.add(outcome.blank)


def _read_document(document: Document, name: str, found: _Found) -> None:
    """A list of rows, or `{region, stage, roster, submissions}`.

    A region or a stage given once holds for all rows.
    """
    found.problems += [_located(problem, document, name) for problem in document.problems]
    values, shared, start = document.values, {}, ""
    if isinstance(values, Mapping):
        shared = {"stage": values["stage"]} if "stage" in values else {}
        start = "submissions"
        if "roster" in values:
            roster, faults = read_roster(values["roster"])
            found.problems += [_located(fault, document, name) for fault in faults]
            for entry in roster:
                found.enrol(entry)
        values = values.get("submissions", [] if "roster" in values else None)
    if not isinstance(values, list):
        message = _("%(name)s: expected a list of submissions under the key “submissions”.")
        raise InputError(message % {"name": name}, code="not-submissions")
    for index, row in enumerate(values):
        _take(row, shared, f"{start}[{index}]", document, name, found)


def _take(
    row: Any,
    shared: Mapping[str, Any],
    path: str,
    document: Document,
    name: str,
    found: _Found,
) -> None:
    """Keeps a good row, notes what is wrong with a bad one."""
    if not isinstance(row, Mapping):
        message = _("expected a set of “key: value” lines")
        fault = Problem(path, message, "not-a-mapping")
        found.problems.append(_located(fault, document, name))
        return
    outcome = read_row(
        {**shared, **row}, _place(document, path, name), _locate(document, path, name)
    )
    found.problems += outcome.problems
    if outcome.row is not None:
        found.rows.append(outcome.row)


def _locate(document: Document, path: str, name: str) -> Locate:
    return lambda key: (f"{path}.{key}", _place(document, f"{path}.{key}", name))


def _located(problem: Problem, document: Document, name: str) -> Problem:
    place = _place(document, problem.path, name)
    return Problem(problem.path, problem.message, problem.code, place)


def _place(document: Document, path: str, name: str) -> str:
    """The file and the line; in JSON, whose lines are not known, the file and the path."""
    line = document.line_of(path)
    return f"{name}, " + (_("line %(line)d") % {"line": line} if line else path)
