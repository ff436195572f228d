"""`docgen check`: what is wrong with an order before anyone signs it."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import click

from docgen.checks import CATALOGUE
from docgen.checks.refusal import stopping
from docgen.cli.findings import finding_values, findings_table
from docgen.cli.outcome import print_json, show_error
from docgen.cli.wiring import open_documents
from docgen.errors import DocgenError
from docgen.export.sarif import sarif_log
from docgen.i18n import _
from docgen.models import Finding
from docgen.schemas.reading import read_file

UNREADABLE = 2
"""A document refused is one that could not be read: nothing but reading can fail here."""

_LINED = frozenset({".yaml", ".yml", ".json"})

Format = Literal["table", "json", "sarif"]


@click.command(
    help=_(
        "Find the mistakes of orders and amending orders: data files, or documents by anyone in "
        "DOCX, XLSX, PDF or text."
    ),
    epilog=_("Example: docgen check examples/kirov.yaml"),
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "style",
    type=click.Choice(["table", "json", "sarif"]),
    default="table",
    help=_("How to print the findings."),
)
@click.option("--json", "as_json", is_flag=True, help=_("The same as --format json."))
def command(files: tuple[Path, ...], style: Format, as_json: bool) -> None:
    """The entry of the command."""
    found: dict[Path, list[Finding]] = {}
    codes = [0]
    with open_documents() as documents:
        for path in files:
            try:
                found[path] = documents.check(path)
            except DocgenError as error:
                show_error(error, path)
                codes.append(UNREADABLE)
    codes += [1 for findings in found.values() if stopping(findings)]
    show(found, "json" if as_json else style)
    sys.exit(max(codes))


def show(found: Mapping[Path, Sequence[Finding]], style: Format) -> None:
    """The findings of every file on standard output."""
    if style == "json":
        print_json(
            [
                {"file": str(path), **finding_values(finding)}
                for path, findings in found.items()
                for finding in findings
            ]
        )
    elif style == "sarif":
        print_json(_sarif(found))
    else:
        for path, findings in found.items():
            findings_table(path, findings)


def _sarif(found: Mapping[Path, Sequence[Finding]]) -> dict[str, Any]:
    """The findings as SARIF, with the lines of the files that people edit as text."""
    rules = {code: (check.severity, _(check.title)) for code, check in CATALOGUE.items()}
    sources = {str(path): read_file(path) for path in found if path.suffix.lower() in _LINED}

    def line_of(file: str, path: str) -> int:
        return sources[file].line_of(path) if file in sources else 0

    return sarif_log({str(path): findings for path, findings in found.items()}, rules, line_of)
