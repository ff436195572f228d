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
    from docgen.web import navigation, server
else:
    logs, web, navigation, server, crew, schema = map(
        on_demand,
        (
            "docgen.logs",
            "docgen.web",
            "docgen.web.navigation",
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
            _serve(service, host, port, introduction(service) if demo else [])
        finally:
            service.close()


def introduction(service: bootstrap.Service) -> list[str]:
    """Whom to sign in as, as lines; or why there is no one."""
    guests = bootstrap.showcase(service).open(service.settings.home)
    if not guests:
        return [_("The service has users of its own: nothing was filled in."), _reset()]
    heads = (_("Login"), _("Password"), _("Role"), _("Name"), _("Where"))
    rows = [heads, *(_cells(service, guest) for guest in guests)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]
    return ["", *(f"  {line}" for line in lines), "", _reset()]


def _cells(service: bootstrap.Service, guest: Guest) -> tuple[str, ...]:
    role = _(navigation.ROLES[guest.role])
    place = _("all regions")
    if guest.region is not None:
        place = guest.place or service.documents.regions[guest.region].profile.name
    return guest.login, guest.password, role, guest.name, place


def _reset() -> str:
    return _("A forgotten or changed password is set anew: docgen user password LOGIN")


def _serve(service: bootstrap.Service, host: str, port: int, told: list[str]) -> None:
    """Answers until told to end, then ends everything that was started; `told` is printed."""
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
        for line in told:
            click.echo(line)
        listening.run()
    finally:
        workers.stop()
