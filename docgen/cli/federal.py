"""`docgen federal`: the stage reports of several regions as one."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from docgen.cli.outcome import show_error
from docgen.cli.report import chosen_formats
from docgen.cli.wiring import open_reports
from docgen.i18n import _


@click.command(
    help=_("Put the stage reports of several regions side by side, by common tasks."),
    epilog=_("Example: docgen federal out/*-stage-1.json -o out"),
)
@click.argument(
    "reports",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar=_("REPORT.json..."),
)
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help=_("Folder for the documents; made when absent."),
)
@click.option(
    "--format",
    "formats",
    default=None,
    help=_("What to make, separated by commas: docx, pdf, xlsx, json. Default: docx,pdf."),
)
def command(reports: tuple[Path, ...], output: Path, formats: str | None) -> None:
    """The entry of the command."""
    wanted = chosen_formats(formats or "docx,pdf")
    with open_reports() as service:
        made = service.write_federal(reports, output, wanted)
    for path in made.files:
        click.echo(str(path))
    if made.refusal:
        show_error(made.refusal)
    sys.exit(1 if made.refusal and formats else 0)
