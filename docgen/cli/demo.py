"""`docgen demo`: the five published orders, as DOCX and PDF."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

from docgen.cli.generate import Outcome, generate_one, overall_code, show
from docgen.cli.progress import progress
from docgen.cli.wiring import open_reports
from docgen.errors import DocgenError
from docgen.i18n import _
from docgen.services.reports import Reports
from docgen.settings import EXAMPLES


@click.command(
    help=_("Make the five published orders and a report of each as DOCX and PDF, with times."),
    epilog=_("Example: docgen demo -o out"),
)
@click.option(
    "-o",
    "--output",
    default="out",
    show_default=True,
    type=click.Path(path_type=Path, file_okay=False),
    help=_("Folder for the documents; made when absent."),
)
def command(output: Path) -> None:
    """The entry of the command."""
    files = sorted(EXAMPLES.glob("*.yaml"))
    with open_reports() as reports, progress(2 * len(files), _("Generating")) as advance:
        outcomes = []
        for path in files:
            outcomes.append(generate_one(reports.documents, path, output, ("docx", "pdf")))
            advance()
        for path in files:
            outcomes.append(_report(reports, path, output / "reports"))
            advance()
    show(outcomes, as_json=False)
    sys.exit(overall_code(outcomes, pdf_demanded=True))


def _report(reports: Reports, order: Path, output: Path) -> Outcome:
    """The report of the region's first stage, from the sample submissions."""
    start = time.perf_counter()
    (submissions,) = (EXAMPLES / "submissions").glob(f"{order.stem}.*")
    try:
        made = reports.write(reports.prepare(order, 1, submissions), output, ("docx", "pdf"))
    except DocgenError as error:
        return Outcome(submissions, time.perf_counter() - start, error=error)
    return Outcome(submissions, time.perf_counter() - start, made)
