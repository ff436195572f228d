"""`docgen restore`: the service as a backup has it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from docgen.bootstrap import kept_files, settings_in_force
from docgen.i18n import _
from docgen.ondemand import on_demand

if TYPE_CHECKING:
    from docgen.services import backup
else:
    backup = on_demand("docgen.services.backup")


@click.command(
    help=_("Put back what a backup holds, into SQLite or PostgreSQL; the service must be stopped."),
    epilog=_("Example: docgen restore docgen-2026-03-01.tar"),
)
@click.argument("file", type=click.Path(path_type=Path), metavar=_("FILE"))
@click.option("--force", is_flag=True, help=_("Put the data that is there aside and go on."))
def command(file: Path, force: bool) -> None:
    """The entry of the command."""
    settings = settings_in_force()
    made, aside = backup.restore(
        file, settings.home, settings.database, kept_files(settings), force=force
    )
    click.echo(
        _("Restored: %(rows)d rows of %(day)s.")
        % {"rows": sum(made.rows.values()), "day": made.made_at[:10]}
    )
    if aside:
        click.echo(_("The former data stands aside under the name %(name)s.") % {"name": aside})
