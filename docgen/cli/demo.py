"""`docgen demo`: the five published orders, as DOCX and PDF."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from docgen.cli.generate import generate_all, overall_code, show
from docgen.i18n import _
from docgen.services.generation import Wish
from docgen.settings import EXAMPLES


@click.command(
    help=_("Make the five published orders as DOCX and PDF, with times."),
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
    outcomes = generate_all(files, Wish(output, ("docx", "pdf")), workers=1)
    show(outcomes, as_json=False)
    sys.exit(overall_code(outcomes, pdf_demanded=True))
