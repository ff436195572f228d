"""`docgen convert`: any DOCX to PDF."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import click

from docgen.bootstrap import settings_in_force
from docgen.cli import options
from docgen.cli.options import refuse_equal_names
from docgen.cli.outcome import exit_code, show_error
from docgen.cli.progress import progress
from docgen.cli.wiring import open_documents
from docgen.errors import DocgenError
from docgen.i18n import _


@click.command(
    help=_("Convert DOCX files to PDF."),
    epilog=_("Example: docgen convert out/smolensk.docx -o out"),
)
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar=_("FILE...")
)
@click.option(
    "-o",
    "--output",
    required=True,
    type=options.Target(file_okay=False),
    help=_("Folder for the PDF files; made when absent."),
)
@click.option("--pdfa", is_flag=True, help=_("Make PDF/A-2b, for the archive."))
def command(files: tuple[Path, ...], output: Path, pdfa: bool) -> None:
    """The entry of the command."""
    refuse_equal_names(files)
    worst = 0
    workers = settings_in_force().convert_workers
    with (
        open_documents() as documents,
        ThreadPoolExecutor(workers) as pool,
        progress(len(files), _("Converting")) as advance,
    ):
        tasks = [pool.submit(documents.convert_file, path, output, pdfa) for path in files]
        for path, task in zip(files, tasks, strict=True):
            try:
                click.echo(task.result())
            except DocgenError as error:
                show_error(error, path)
                worst = max(worst, exit_code(error))
            advance()
    sys.exit(worst)
