"""`docgen region new`: the files of a further region."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from docgen.cli import options
from docgen.i18n import _
from docgen.services.scaffold import write_scaffold


@click.group(help=_("Add a region."))
def command() -> None:
    """The entry of the command."""


@command.command(
    "new",
    help=_("Make a profile to fill in, and a test of it; with --plugin a plugin too."),
    epilog=_("Example: docgen region new tomsk --name “Томская область” -o regions"),
)
@click.argument("code", metavar=_("CODE"))
@click.option("--name", default=None, help=_("The region's name in the nominative."))
@click.option(
    "-o",
    "--output",
    default="regions",
    show_default=True,
    type=options.Target(file_okay=False),
    help=_("Folder for the files; name it in DOCGEN_PLUGINS."),
)
@click.option("--plugin", is_flag=True, help=_("Make a plugin, for rules that data cannot say."))
def new(code: str, name: str | None, output: Path, plugin: bool) -> None:
    """A scaffold of a region."""
    parts = ("profile", "plugin", "test") if plugin else ("profile", "test")
    year = datetime.now().astimezone().year
    for path in write_scaffold(output, code, name or code.capitalize(), year, parts):
        click.echo(path)
    click.echo(_("Set DOCGEN_PLUGINS=%(folder)s and the region is there.") % {"folder": output})
