"""Who reports on a roadmap: read from a workbook, or from lines that were typed or pasted."""

from __future__ import annotations

from docgen.errors import InputError, Problem
from docgen.i18n import _
from docgen.importers.submission_tables import read_sheets
from docgen.models.submissions import Municipality

LONGEST = 300


def read_roster_file(data: bytes, name: str) -> tuple[Municipality, ...]:
    """The roster on the sheet «Состав» of a workbook, as the forms of a stage carry it."""
    _tables, roster = read_sheets(data, name)
    if not roster:
        message = _("%(name)s: no sheet «Состав» with the columns «Муниципалитет» and «Школа».")
        raise InputError(message % {"name": name}, code="roster-empty")
    return roster


def read_roster_text(text: str) -> tuple[Municipality, ...]:
    """The roster in lines «municipality; school», or with a tab between, as Excel pastes them."""
    schools: dict[str, list[str]] = {}
    problems: list[Problem] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        parts = [" ".join(part.split()) for part in line.replace("\t", ";").split(";", 1)]
        if len(parts) < 2 or not all(parts) or max(map(len, parts)) > LONGEST:
            place = _("line %(line)d") % {"line": number}
            message = _("expected a municipality and a school with a semicolon or tab between")
            problems.append(Problem("roster", message, "roster-line", place))
            continue
        schools.setdefault(parts[0], []).append(parts[1])
    if problems:
        message = _("Some lines of the roster are not right.")
        raise InputError(message, tuple(problems), code="roster-refused")
    return tuple(Municipality(name, tuple(inside)) for name, inside in schools.items())
