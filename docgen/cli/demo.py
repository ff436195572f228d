"""`docgen demo`: the five published orders, as DOCX and PDF."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

import click

from docgen.cli import options
from docgen.cli.generate import generate_all, overall_code, show
from docgen.cli.progress import progress
from docgen.cli.wiring import open_reports
from docgen.errors import DocgenError
from docgen.i18n import _
from docgen.services.generation import Outcome, Wish
from docgen.services.reports import Reports
from docgen.settings import EXAMPLES


@click.command(
    help=_("Make the five published orders and a report of each as DOCX and PDF, with times."),
    epilog=_("Example: docgen demo -o out"),
)
@options.into_folder(default="out", show_default=True)
def command(output: Path) -> None:
    """The entry of the command."""
    files = sorted(EXAMPLES.glob("*.yaml"))
    outcomes = generate_all(files, Wish(output, ("docx", "pdf")), workers=1)
    outcomes += stage_reports(files, output / "reports")
    show(outcomes, as_json=False)
    sys.exit(overall_code(outcomes, pdf_demanded=True))


def stage_reports(orders: Sequence[Path], output: Path) -> list[Outcome]:
    """The report of each region's first stage, from the sample submissions."""
    outcomes = []
    with open_reports() as reports, progress(len(orders), _("Reporting")) as advance:
        for path in orders:
            outcomes.append(_stage_report(reports, path, output))
            advance()
    return outcomes


def _stage_report(reports: Reports, order: Path, output: Path) -> Outcome:
    start = time.perf_counter()
    (submissions,) = (EXAMPLES / "submissions").glob(f"{order.stem}.*")
    try:
        made = reports.write(reports.prepare(order, 1, submissions), output, ("docx", "pdf"))
    except DocgenError as error:
        return Outcome(submissions, time.perf_counter() - start, error=error)
    return Outcome(submissions, time.perf_counter() - start, made)
