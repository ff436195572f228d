"""`docgen worker`: does the jobs of the service."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from docgen.bootstrap import build_service, settings_in_force
from docgen.i18n import _
from docgen.ondemand import on_demand
from docgen.store import occupancy

if TYPE_CHECKING:
    from docgen import logs, worker
    from docgen.store import schema
else:
    logs = on_demand("docgen.logs")
    worker = on_demand("docgen.worker")
    schema = on_demand("docgen.store.schema")


@click.command(
    help=_("Do the work that the service puts off: PDF, reports, letters. Ends with Ctrl+C."),
    epilog=_("Example: docgen worker"),
)
def command() -> None:
    """The entry of the command."""
    logs.configure()
    settings = settings_in_force()
    with occupancy.serving(settings.home):
        service = build_service(settings)
        try:
            schema.require_newest(service.database)
            worker.run_engine(service, worker.owner_name())
        finally:
            service.close()
