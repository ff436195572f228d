"""`docgen new order`: a file to begin with."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from docgen.cli import options
from docgen.cli.wiring import open_documents, open_reports
from docgen.errors import InputError
from docgen.i18n import _


@click.group(help=_("Make a file to fill in."))
def command() -> None:
    """The entry of the command."""


@command.command(
    "order",
    help=_("A data file for a new order, with the region's headings."),
    epilog=_("Example: docgen new order --region smolensk -o order.yaml"),
)
@click.option("--region", required=True, help=_("The region's code, see “docgen regions”."))
@click.option(
    "-o",
    "--output",
    required=True,
    type=options.Target(dir_okay=False),
    help=_("The file to make: .yaml or .xlsx."),
)
@click.option("--force", is_flag=True, help=_("Overwrite the file when it exists."))
def order(region: str, output: Path, force: bool) -> None:
    """A starter file for an order."""
    if output.exists() and not force:
        raise InputError(
            _("%(path)s exists already; add --force to overwrite it.") % {"path": output}
        )
    with open_documents() as documents:
        documents.write_starter(region, datetime.now().astimezone().year, output)
    click.echo(
        _("%(path)s is ready. Fill it in, then: docgen generate %(path)s -o out") % {"path": output}
    )


@command.command(
    "submissions",
    help=_("The form of a monitoring stage, for municipal coordinators to fill in."),
    epilog=_(
        "Example: docgen new submissions --order examples/smolensk.yaml --stage 1 "
        "--roster examples/submissions/smolensk.csv -o forms"
    ),
)
@click.option(
    "--order",
    "order_file",
    required=True,
    type=click.Path(path_type=Path),
    help=_("The data file of the order."),
)
@click.option("--stage", type=click.IntRange(1), required=True, help=_("Number of the stage."))
@click.option(
    "-o",
    "--output",
    required=True,
    type=options.Target(),
    help=_("A file .xlsx for all, or a folder with a workbook for each municipality."),
)
@click.option(
    "--roster",
    type=click.Path(path_type=Path),
    help=_("Municipalities and their schools: a file with “roster”, or former submissions."),
)
@click.option("--force", is_flag=True, help=_("Overwrite the file when it exists."))
def submissions(
    order_file: Path, stage: int, output: Path, roster: Path | None, force: bool
) -> None:
    """The forms of a stage."""
    if output.is_file() and not force:
        raise InputError(
            _("%(path)s exists already; add --force to overwrite it.") % {"path": output}
        )
    with open_reports() as reports:
        for path in reports.write_forms(order_file, stage, output, roster):
            click.echo(str(path))
