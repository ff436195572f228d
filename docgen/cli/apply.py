"""`docgen apply`: the consolidated order."""

from __future__ import annotations

from pathlib import Path

import click

from docgen.cli import options
from docgen.cli.wiring import open_amendments
from docgen.i18n import _


@click.command(
    help=_("Make the edition of the order OLD that its amending orders lead to."),
    epilog=_("Example: docgen apply order.yaml order-amendment.yaml -o consolidated.yaml"),
)
@click.argument("old", type=click.Path(path_type=Path), metavar=_("OLD"))
@click.argument(
    "amendments",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path),
    metavar=_("AMENDMENT..."),
)
@click.option(
    "-o",
    "--output",
    required=True,
    type=options.Target(dir_okay=False),
    help=_("The data file to make: .yaml, .json or .xlsx."),
)
def command(old: Path, amendments: tuple[Path, ...], output: Path) -> None:
    """The entry of the command; exit code 1 where amendments conflict."""
    with open_amendments() as service:
        service.save(service.consolidate(old, amendments), output)
    click.echo(_("%(path)s holds the order as amended.") % {"path": output})
