"""`docgen amend`: the order that turns one edition into another."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from docgen.amendments.compose import Requisites
from docgen.cli import options
from docgen.cli.outcome import error_values, print_json, show_error
from docgen.cli.wiring import open_amendments
from docgen.i18n import _
from docgen.schemas.fields import read_day
from docgen.services.amendments import Amended
from docgen.services.documents import FORMATS


class Day(click.ParamType[date]):
    """A day as clerks and files write it."""

    name = "date"

    def convert(self, value: Any, param: Any, ctx: Any) -> date:
        """The day; click tells the user what is wrong with it."""
        if isinstance(value, date):
            return value
        day = read_day(str(value))
        if day is None:
            self.fail(_("write the date as 2022-03-01 or 01.03.2022"), param, ctx)
        return day


@click.command(
    help=_("Make the order that amends OLD so that it says what NEW says."),
    epilog=_(
        "Example: docgen amend order.yaml new.yaml --date 01.03.2022 --number 31-ссл/г -o out"
    ),
)
@click.argument("old", type=click.Path(path_type=Path), metavar=_("OLD"))
@click.argument("new", type=click.Path(path_type=Path), metavar=_("NEW"))
@click.option("--date", "day", type=Day(), help=_("Date of the amending order; a draft without."))
@click.option("--number", help=_("Number of the amending order; a draft without."))
@click.option("--preamble", help=_("Its preamble; the region's own when absent."))
@click.option("--region", help=_("The region's code, where a DOCX leaves it open."))
@click.option(
    "-o",
    "--output",
    required=True,
    type=options.Target(file_okay=False),
    help=_("Folder for the data file and the documents; made when absent."),
)
@click.option(
    "--format",
    "formats",
    default=None,
    help=_("What to make beside the data file: docx, pdf, json. Default: docx,pdf."),
)
@options.as_json
def command(
    old: Path,
    new: Path,
    day: date | None,
    number: str | None,
    preamble: str | None,
    region: str | None,
    output: Path,
    formats: str | None,
    as_json: bool,
) -> None:
    """The entry of the command."""
    wanted = options.chosen_formats(formats, FORMATS)
    with open_amendments() as amendments:
        amendment = amendments.amend(
            amendments.edition(old, region),
            amendments.edition(new, region),
            Requisites(day, number, preamble),
        )
        made = amendments.write(amendment, output / f"{old.stem}-amendment", wanted)
    show(made, as_json=as_json)
    sys.exit(1 if made.refusal and formats else 0)


def show(made: Amended, *, as_json: bool) -> None:
    """The title and the files of the amending order, and why there is no PDF."""
    if as_json:
        refusal = error_values(made.refusal) if made.refusal else None
        title = made.amendment.order.title
        print_json({"title": title, "files": list(map(str, made.files)), "error": refusal})
        return
    click.echo(made.amendment.order.title)
    for file in made.files:
        click.echo(f"  {file}")
    if made.refusal:
        show_error(made.refusal)
