"""How commands end: error texts on standard error, exit codes, and what becomes of a bug."""

from __future__ import annotations

import json
import os
import tempfile
import traceback
from collections.abc import Iterable
from pathlib import Path

import click

from docgen.errors import DocgenError, InputError, Problem, ProblemsError, RegionError
from docgen.i18n import _, ngettext

SHOWN_PROBLEMS = 30
_UNREADABLE = frozenset({"not-docx", "package-xml", "document-unreadable"})


def exit_code(error: DocgenError) -> int:
    """2 for wrong usage and unreadable files, 1 for a document refused."""
    unreadable = isinstance(error, InputError | RegionError) or error.code in _UNREADABLE
    return 2 if unreadable else 1


def show_error(error: DocgenError, source: Path | None = None) -> None:
    """The error and its problems on standard error, no longer than a screen.

    The file it befell is named unless the message does so.
    """
    named = source is None or source.name in error.message
    message = error.message if named else f"{source}: {error.message}"
    click.echo(click.style(message, fg="red", bold=True), err=True)
    problems = error.problems if isinstance(error, ProblemsError) else ()
    for problem in problems[:SHOWN_PROBLEMS]:
        where = ", ".join(filter(None, (problem.place, problem.path)))
        click.echo(f"  {where}: {problem.message}" if where else f"  {problem.message}", err=True)
    hidden = len(problems) - SHOWN_PROBLEMS
    if hidden > 0:
        more = ngettext("and %(count)d problem more", "and %(count)d problems more", hidden)
        click.echo("  " + more % {"count": hidden}, err=True)


def print_json(values: object) -> None:
    """The values as JSON on standard output."""
    click.echo(json.dumps(values, ensure_ascii=False, indent=2, default=str))


def problem_values(problems: Iterable[Problem]) -> list[dict[str, str]]:
    """Problems for machine-readable output."""
    return [
        {"code": p.code, "path": p.path, "place": p.place, "message": p.message} for p in problems
    ]


def error_values(error: DocgenError) -> dict[str, object]:
    """An error for machine-readable output."""
    problems = error.problems if isinstance(error, ProblemsError) else ()
    return {
        "code": error.code,
        "message": error.message,
        "problems": problem_values(problems),
    }


def report_bug(error: Exception) -> None:
    """A traceback in a file, and on the screen its name and an id to quote."""
    identity = os.urandom(4).hex()
    path = Path(tempfile.gettempdir()) / f"docgen-{identity}.log"
    path.write_text("".join(traceback.format_exception(error)), "utf-8")
    message = _(
        "Something went wrong inside docgen (error %(id)s). Your files were not changed. "
        "Send the file %(path)s to those who maintain docgen."
    )
    click.echo(click.style(message % {"id": identity, "path": path}, fg="red"), err=True)
