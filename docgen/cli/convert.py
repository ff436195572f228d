"""`docgen convert`: any DOCX to PDF."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from docgen.cli.outcome import exit_code, show_error
from docgen.cli.progress import progress
from docgen.cli.wiring import open_documents
from docgen.errors import DocgenError
from docgen.i18n import _


@click.command(
    help=_("Convert DOCX files to PDF."),
    epilog=_("Example: docgen convert out/smolensk.docx -o out"),
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help=_("Folder for the PDF files; made when absent."),
)
@click.option("--pdfa", is_flag=True, help=_("Make PDF/A-2b, for the archive."))
def command(files: tuple[Path, ...], output: Path, pdfa: bool) -> None:
    """The entry of the command."""
    worst = 0
    with open_documents() as documents, progress(len(files), _("Converting")) as advance:
        for path in files:
            try:
                click.echo(documents.convert_file(path, output, pdfa))
            except DocgenError as error:
                show_error(error)
                worst = max(worst, exit_code(error))
            advance()
    sys.exit(worst)
