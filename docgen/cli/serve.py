"""`docgen serve`: the pages, the API and the workers on this machine."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import click

from docgen import bootstrap
from docgen.i18n import _
from docgen.ondemand import on_demand
from docgen.store import occupancy

if TYPE_CHECKING:
    from docgen import logs, web
    from docgen.cli import crew
    from docgen.services.showcase import Guest
    from docgen.store import schema
    from docgen.web import server
else:
    logs, web, server, crew, schema = map(
        on_demand,
        (
            "docgen.logs",
            "docgen.web",
            "docgen.web.server",
            "docgen.cli.crew",
            "docgen.store.schema",
        ),
    )


@click.command(
    help=_("Serve the pages and the API, with workers; ends with Ctrl+C."),
    epilog=_("Example: docgen serve --demo"),
)
@click.option("--demo", is_flag=True, help=_("Fill an empty service with sample orders and users."))
@click.option("--host", default="127.0.0.1", show_default=True, help=_("Address to listen on."))
@click.option("--port", default=8080, show_default=True, help=_("Port to listen on; 0 for any."))
def command(demo: bool, host: str, port: int) -> None:
    """The entry of the command."""
    logs.configure()
    settings = bootstrap.settings_in_force()
    with occupancy.serving(settings.home):
        service = bootstrap.build_service(settings)
        try:
            schema.upgrade(service.database)
            guests = bootstrap.showcase(service).open(settings.home) if demo else []
            _serve(service, host, port, guests)
        finally:
            service.close()


def _serve(service: bootstrap.Service, host: str, port: int, guests: list[Guest]) -> None:
    """Answers until told to end, then ends everything that was started."""
    listening = server.Server(web.create_app(service), service.settings, host, port)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: listening.stop())
    workers = crew.Crew(service.jobs, service.settings.workers)
    workers.start()
    try:
        shown = f"[{host}]" if ":" in host else host
        click.echo(
            _("docgen is ready: http://%(host)s:%(port)d/")
            % {"host": shown, "port": listening.port}
        )
        for guest in guests:
            place = guest.region or _("all regions")
            click.echo(f"  {guest.login:<12} {guest.password:<36} {guest.name}, {place}")
        listening.run()
    finally:
        workers.stop()
