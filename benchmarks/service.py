"""The service under the load of a last hour: coordinators who save at once, by HTTP.

    python -m benchmarks.service [--coordinators 50] [--rate 150] [--seconds 20] [--processes 2]

A real `docgen serve` on SQLite with FULL sync, then on PostgreSQL where it is installed, one
connection kept open by each coordinator; the load generator runs on the same machine. First all
together send `--rate` answers a second, and an answer's time counts from the moment it was due;
then each sends the next one at once, which shows the most that the service bears. Every
acknowledged answer is looked for in the database afterwards. Then the pages and documents that one
reader waits for.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select

from docgen.bootstrap import Service, build_service, settings_in_force
from docgen.export.data import order_values
from docgen.models.accounts import Role, Scope
from docgen.models.submissions import Municipality
from docgen.settings import EXAMPLES, Settings
from docgen.store.schema import upgrade
from docgen.store.tables import submission_history
from tests.databases import databases
from tests.workers import children

REGION = "smolensk"
SCHOOLS = 4
SERVICE = Scope.of_service()


@dataclass(frozen=True, slots=True)
class Caller:
    """A coordinator: the token and what the form asks of which schools."""

    token: str
    schools: tuple[int, ...]
    items: tuple[str, ...]


@dataclass(slots=True)
class Tally:
    """What one kind of request took, and what was answered."""

    seconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    wall: float = 0.0
    processor: float = 0.0

    def line(self, name: str) -> str:
        """The row of the table."""
        ranked = sorted(self.seconds)
        p50, p95 = (1000 * ranked[int(share * (len(ranked) - 1))] for share in (0.5, 0.95))
        errors = sum(count for status, count in self.statuses.items() if status >= 400)
        rate = len(ranked) / self.wall
        worst = 1000 * ranked[-1]
        return (
            f"| {name} | {len(ranked)} | {p50:.0f} | {p95:.0f} | {worst:.0f} "
            f"| {rate:.0f} | {1000 * self.processor / len(ranked):.1f} | {errors} |"
        )


def settings_for(home: Path) -> Settings:
    """The settings in force, with a database and limits of the benchmark's own."""
    return replace(
        settings_in_force(),
        home=home,
        database=f"sqlite:///{home / 'docgen.db'}",
        rate_api="1000000 per minute",
    )


def prepare(service: Service, coordinators: int) -> tuple[int, int, list[Caller], str]:
    """An open stage, its document, a token for each municipality's coordinator, and a clerk's."""
    upgrade(service.database)
    order = service.documents.load(EXAMPLES / f"{REGION}.yaml")
    assert order.date is not None
    clerk = Scope(Role.CLERK, REGION)
    draft = service.registry.create(clerk, order_values(replace(order, date=None, number=None)))
    service.registry.register(clerk, draft.id, 1, date=order.date, number=order.number)
    roster = [
        Municipality(f"Район {at}", tuple(f"Школа № {at}-{n}" for n in range(1, SCHOOLS + 1)))
        for at in range(1, coordinators + 1)
    ]
    analyst = Scope(Role.ANALYST, REGION)
    roadmap = service.monitoring.publish(analyst, draft.id, roster)
    closes = datetime.now(UTC) + timedelta(days=1)
    stage = service.monitoring.open_stage(analyst, roadmap.id, 1, closes)
    homes = service.monitoring.municipalities(analyst)
    callers = [_caller(service, stage.id, place.id) for place in homes]
    return stage.id, draft.id, callers, token_of(service, Role.CLERK, "clerk")


def _caller(service: Service, stage_id: int, municipality_id: int) -> Caller:
    login = f"coordinator-{municipality_id}"
    scope = Scope(Role.COORDINATOR, REGION, municipality_id)
    schools = tuple(school.id for school in service.monitoring.schools(scope))
    asked = service.monitoring.form(scope, stage_id, schools[0])
    token = token_of(service, Role.COORDINATOR, login, municipality_id)
    return Caller(token, schools, tuple(row.item for row in asked.rows))


def token_of(service: Service, role: Role, login: str, municipality_id: int | None = None) -> str:
    account = service.accounts.create(SERVICE, login, login, role, REGION, municipality_id)
    _token, secret = service.accounts.issue_token(Scope.of(account), "benchmark", 30)
    return secret


@contextmanager
def served(settings: Settings, **further: object) -> Iterator[tuple[int, int]]:
    """A `docgen serve` on these settings, as (its process, its port)."""
    given = {
        "home": settings.home,
        "database": settings.database,
        "rate_api": settings.rate_api,
        "canary_minutes": 0,
        **further,
    }
    environment = {f"DOCGEN_{name.upper()}": str(value) for name, value in given.items()}
    process = subprocess.Popen(
        [sys.executable, "-m", "docgen", "serve", "--port", "0"],
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # one line of the log for each request
        text=True,
    )
    assert process.stdout is not None
    try:
        port = process.stdout.readline().rstrip("/\n").rpartition(":")[2]
        yield process.pid, int(port)
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


class Line:
    """A connection kept open, as a browser keeps one."""

    def __init__(self, port: int, token: str) -> None:
        self._port = port
        self._token = token
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, method: str, path: str, body: object = None, key: str = "") -> int:
        """The status of the answer, read to its end."""
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._streams
        data = b"" if body is None else json.dumps(body).encode()
        head = [
            f"{method} {path} HTTP/1.1",
            "Host: 127.0.0.1",
            f"Authorization: Bearer {self._token}",
            f"Content-Length: {len(data)}",
            *(["Content-Type: application/json"] if data else []),
            *([f"Idempotency-Key: {key}"] if key else []),
        ]
        writer.write("\r\n".join(head).encode() + b"\r\n\r\n" + data)
        status = int((await reader.readline()).split()[1])
        length = 0
        while (line := await reader.readline()) not in (b"\r\n", b""):
            name, _colon, value = line.decode("latin-1").partition(":")
            if name.lower() == "content-length":
                length = int(value)
        await reader.readexactly(length)
        return status


async def load(
    port: int, stage: int, callers: list[Caller], method: str, seconds: float, pause: float
) -> Tally:
    """Every coordinator sends answer after answer, each another one, until the time is over.

    Between two of one coordinator lies the `pause`; without one each follows the last at once.
    """
    tally = Tally()
    start = time.perf_counter()

    async def work(caller: Caller, due: float) -> None:
        line = Line(port, caller.token)
        pairs = itertools.cycle(itertools.product(caller.schools, caller.items))
        for count, (school, item) in enumerate(pairs):
            due = due + pause if pause else time.perf_counter()
            if due > start + seconds:
                return
            await asyncio.sleep(due - time.perf_counter())
            comment = f"{method} {pause} {count}"
            row = {"school_id": school, "item": item, "status": "partial", "comment": comment}
            await _timed(
                tally,
                lambda row=row, key=comment: line.ask(  # type: ignore[misc]
                    method, f"/api/v1/stages/{stage}/submissions", {"rows": [row]}, key
                ),
                due,
            )

    share = pause / len(callers)
    await asyncio.gather(*(work(caller, start + at * share) for at, caller in enumerate(callers)))
    tally.wall = time.perf_counter() - start
    return tally


async def _timed(tally: Tally, ask: Callable[[], Awaitable[int]], start: float) -> None:
    status = await ask()
    tally.seconds.append(time.perf_counter() - start)
    tally.statuses[status] += 1


async def waits(port: int, token: str, paths: dict[str, str], rounds: int) -> None:
    """What one reader waits for each page or document, one after another."""
    line = Line(port, token)
    print("\n| what one reader asks for | median, ms | worst, ms | status |\n|---|---|---|---|")
    for name, path in paths.items():
        tally = Tally()
        for _round in range(rounds + 1):
            now = time.perf_counter()
            await _timed(tally, lambda path=path: line.ask("GET", path), now)  # type: ignore[misc]
        times = tally.seconds[1:]
        statuses = "/".join(map(str, sorted(tally.statuses)))
        print(
            f"| {name} | {1000 * statistics.median(times):.0f} | {1000 * max(times):.0f} "
            f"| {statuses} |"
        )


def lost(service: Service, sent: int) -> int:
    """How many acknowledged answers the database does not hold."""
    with service.database.read() as connection:
        kept = connection.execute(select(func.count()).select_from(submission_history))
        return sent - int(kept.scalar_one())


def _processor_seconds(process: int) -> float:
    """What a process and those it started have used; more telling than a busy machine's clock."""
    ticks = 0
    for one in (process, *children(process)):
        fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Both tables as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--coordinators", type=int, default=50)
    parser.add_argument("--rate", type=float, default=150)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--threads", type=int, default=4)
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(dir=Path.cwd(), prefix=".bench-") as folder,
        databases(Path(folder)) as urls,
    ):
        for name, url in urls.items():
            print(f"\n**{name}**", end=", ")
            measure(replace(settings_for(Path(folder) / name), database=url), options)


def measure(settings: Settings, options: argparse.Namespace) -> None:
    """The load, what of it was lost, and the single requests."""
    service = build_service(settings)
    stage, document, callers, clerk = prepare(service, options.coordinators)
    with served(settings, processes=options.processes, threads=options.threads) as (server, port):
        print(
            f"{options.coordinators} coordinators, {options.processes} processes of "
            f"{options.threads} threads\n\n"
            "| request | answers | p50, ms | p95, ms | worst, ms | a second "
            "| processor time each, ms | errors |\n|---|---|---|---|---|---|---|---|"
        )
        kept = 0
        kinds = (("save as typed", "PATCH"), ("send, with a receipt", "POST"))
        steady = options.coordinators / options.rate
        paces = ((f", {options.rate:.0f} a second", steady), (", no pause", 0))
        for (name, method), (pace, pause) in itertools.product(kinds, paces):
            before = _processor_seconds(server)
            tally = asyncio.run(load(port, stage, callers, method, options.seconds, pause))
            tally.processor = _processor_seconds(server) - before
            kept += sum(count for status, count in tally.statuses.items() if status < 300)
            print(tally.line(name + pace), flush=True)
        print(f"\nAcknowledged and not found in the database: {lost(service, kept)}")
        paths = {
            f"an order as {kind.upper()}": f"/api/v1/documents/{document}/files/{kind}"
            for kind in ("docx", "pdf")
        }
        asyncio.run(waits(port, clerk, paths, rounds=5))
    service.close()


if __name__ == "__main__":
    main()
