"""`docgen worker`: does the jobs of the service."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from docgen.bootstrap import build_service, settings_in_force
from docgen.i18n import _
from docgen.ondemand import on_demand

if TYPE_CHECKING:
    from docgen import worker
else:
    worker = on_demand("docgen.worker")


@click.command(
    help=_("Do the work that the service puts off: PDF, reports, letters. Ends with Ctrl+C."),
    epilog=_("Example: docgen worker"),
)
@click.option("--owner", hidden=True, default=None)
@click.option("--supervised", is_flag=True, hidden=True)
def command(owner: str | None, supervised: bool) -> None:
    """The entry of the command; `docgen serve` names its workers and watches them."""
    service = build_service(settings_in_force())
    try:
        if service.settings.engine == "celery":
            worker.run_celery(service, owner or worker.owner_name())
        else:
            worker.run(service, owner or worker.owner_name(), supervised=supervised)
    finally:
        service.close()
