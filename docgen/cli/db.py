"""`docgen db`: the tables of the service."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from docgen.bootstrap import build_service, settings_in_force
from docgen.i18n import _
from docgen.ondemand import on_demand

if TYPE_CHECKING:
    from docgen.store import schema
else:
    schema = on_demand("docgen.store.schema")


@click.group(help=_("Look after the database of the service."))
def command() -> None:
    """The entry of the command."""


@command.command(
    "upgrade",
    help=_("Bring the tables to the form that this docgen needs; `docgen serve` does so itself."),
    epilog=_("Example: docgen db upgrade"),
)
def upgrade() -> None:
    """The tables in their newest form."""
    settings = settings_in_force()
    settings.home.mkdir(parents=True, exist_ok=True)
    service = build_service(settings)
    try:
        schema.upgrade(service.database)
        version = {"version": schema.present(service.database)}
    finally:
        service.close()
    click.echo(_("The tables are in form %(version)s.") % version)
