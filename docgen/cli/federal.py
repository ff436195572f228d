"""`docgen federal`: the stage reports of several regions as one."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from docgen.cli import options
from docgen.cli.outcome import show_error
from docgen.cli.wiring import open_reports
from docgen.i18n import _
from docgen.services.reports import FORMATS


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
@options.into_folder(required=True)
@options.formats
def command(reports: tuple[Path, ...], output: Path, formats: str | None) -> None:
    """The entry of the command."""
    wanted = options.chosen_formats(formats, FORMATS)
    with open_reports() as service:
        made = service.write_federal(reports, output, wanted)
    for path in made.files:
        click.echo(str(path))
    if made.refusal:
        show_error(made.refusal)
    sys.exit(1 if made.refusal and formats else 0)
