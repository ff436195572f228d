"""`docgen serve`: the pages, the API and the workers on this machine."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from functools import partial
from multiprocessing.synchronize import Semaphore
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING

import click

from docgen import bootstrap
from docgen.i18n import _
from docgen.ondemand import on_demand
from docgen.settings import Settings
from docgen.store import occupancy

if TYPE_CHECKING:
    from docgen import logs, web, worker
    from docgen.cli import crew
    from docgen.services.showcase import Guest
    from docgen.store import schema
    from docgen.web import navigation, server
else:
    logs, web, worker, navigation, server, crew, schema = map(
        on_demand,
        (
            "docgen.logs",
            "docgen.web",
            "docgen.worker",
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
    figures = settings.home / "figures"
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(figures)  # the library looks when it is imported
    with occupancy.serving(settings.home):
        listening = server.listen(host, port)  # first: a service that runs there is left in peace
        _empty(figures)
        service = bootstrap.build_service(settings)
        with closing(service):
            schema.upgrade(service.database)
            told = introduction(service) if demo else []
        _serve(service, listening, told)


def _empty(folder: Path) -> None:
    """The folder in which the processes add up their figures, from nought."""
    rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)


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


def _serve(service: bootstrap.Service, listening: socket.socket, told: list[str]) -> None:
    """Answers until told to end, then ends everything that was started; `told` is printed.

    This process only watches the others: it has no thread and no connection of its own.
    """
    settings, ready = service.settings, crew.FORK.Semaphore(0)
    posts = [
        *_posts("web", settings.processes, partial(_answer, settings, listening, ready)),
        *_posts("work", settings.workers, partial(_labour, settings, listening)),
    ]
    watched = crew.Crew(posts, partial(_free, service))
    for number in crew.ENDING:
        signal.signal(number, lambda *_: watched.stop())
    watched.start()
    try:
        while not ready.acquire(timeout=0.1):
            if watched.fallen():
                raise SystemExit(1)  # it said why
        _announce(listening, told)
        watched.watch()
    finally:
        listening.close()
        watched.end()


def _posts(name: str, count: int, duty: Callable[[str], None]) -> list[crew.Post]:
    return [crew.Post(f"{name} {number}", duty) for number in range(1, count + 1)]


def _announce(listening: socket.socket, told: list[str]) -> None:
    host, port = listening.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    click.echo(_("docgen is ready: http://%(host)s:%(port)d/") % {"host": shown, "port": port})
    for line in told:
        click.echo(line)


def _answer(settings: Settings, listening: socket.socket, ready: Semaphore, _owner: str) -> None:
    """The life of a process that answers requests; LibreOffice's places are shared out."""
    share = max(1, settings.convert_workers // settings.processes)
    with closing(bootstrap.build_service(replace(settings, convert_workers=share))) as service:
        answering = server.Server(web.create_app(service), settings, listening)
        for number in crew.ENDING:
            signal.signal(number, lambda *_: answering.stop())
        ready.release()
        answering.run()


def _labour(settings: Settings, listening: socket.socket, owner: str) -> None:
    """The life of a process that does the jobs."""
    listening.close()  # else its address would stay taken while the last job is finished
    with closing(bootstrap.build_service(settings)) as service:
        worker.run_engine(service, owner)


def _free(service: bootstrap.Service, owner: str) -> None:
    """The jobs of a dead worker wait again."""
    with closing(service.database):
        service.jobs.sweep(dead_owner=owner)
