"""`docgen backup`: everything the service keeps, in one file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from docgen.bootstrap import kept_files, settings_in_force
from docgen.cli import options
from docgen.i18n import _
from docgen.ondemand import on_demand

if TYPE_CHECKING:
    from docgen.services import backup
    from docgen.store import database as databases
else:
    backup = on_demand("docgen.services.backup")
    databases = on_demand("docgen.store.database")


@click.command(
    help=_("Save everything the service keeps into one file; it may go on running."),
    epilog=_("Example: docgen backup -o docgen-2026-03-01.tar"),
)
@click.option(
    "-o",
    "--output",
    required=True,
    type=options.Target(dir_okay=False),
    help=_("The file to make; overwritten when it exists."),
)
def command(output: Path) -> None:
    """The entry of the command."""
    settings = settings_in_force()
    database = databases.Database(settings.database)
    try:
        made = backup.back_up(database, kept_files(settings), output)
    finally:
        database.close()
    click.echo(
        _("%(path)s holds %(rows)d rows and %(files)d files.")
        % {
            "path": output,
            "rows": sum(made.rows.values()),
            "files": len(made.members) - len(made.rows),
        }
    )
