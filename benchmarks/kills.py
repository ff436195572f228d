"""What a service loses or doubles that is killed in the midst of its work: it should be nothing.

    python -m benchmarks.kills [--moments 20] [--seed 7]

A real `docgen serve`, on SQLite and on PostgreSQL. Over HTTP coordinators send answers, a clerk
drafts and registers orders, an analyst asks for reports; whoever gets no answer asks again, as
browsers and programs do. Meanwhile its supervisor (server), its processes that answer (web), its
worker (work), or all of them get SIGKILL at random moments. In the end everything that was
acknowledged is looked for in the database, once.
"""

from __future__ import annotations

import argparse
import http.client
import itertools
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event, Thread
from typing import Any, Self

from sqlalchemy import select

from benchmarks.service import REGION, Caller, prepare, settings_for, token_of
from docgen.bootstrap import Service, build_service
from docgen.export.data import order_values
from docgen.models.accounts import Role
from docgen.settings import EXAMPLES, Settings
from docgen.store import tables
from tests.databases import databases, free_port
from tests.workers import children

SENDERS = 4
VICTIMS = ("server", "web", "work", "all")
PATIENCE = 180
_PAUSE = 0.05
Answer = tuple[int, dict[str, Any]]


@dataclass(slots=True)
class Told:
    """What was acknowledged, by the key or thing it was asked for."""

    receipts: dict[str, int] = field(default_factory=dict)
    numbers: dict[int, str] = field(default_factory=dict)
    jobs: dict[str, int] = field(default_factory=dict)
    unanswered: int = 0
    kills: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def line(self, name: str) -> str:
        """The row of the table."""
        kills = "/".join(str(self.kills[victim]) for victim in VICTIMS)
        return (
            f"| {name} | {kills} | {self.unanswered} | {len(self.receipts)} "
            f"| {len(self.numbers)} | {len(self.jobs)} | {len(self.faults)} |"
        )


class Line:
    """A program that asks again until it is answered."""

    def __init__(self, port: int, token: str, told: Told) -> None:
        self._port, self._token, self._told = port, token, told

    def ask(self, method: str, path: str, body: object = None, **headers: str) -> Answer:
        """The first answer that is one: a server that is gone or going gives none."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                status, answer = self._once(method, path, body, headers)
            except (OSError, http.client.HTTPException):
                status, answer = 599, {}
            if status < 500:
                return status, answer
            self._told.unanswered += 1
            time.sleep(_PAUSE)
        raise TimeoutError(f"{method} {path} was not answered")

    def _once(self, method: str, path: str, body: object, headers: Mapping[str, str]) -> Answer:
        sent = {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        data = None if body is None else json.dumps(body)
        with closing(http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)) as connection:
            connection.request(method, f"/api/v1{path}", data, sent | named)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())


def send(line: Line, caller: Caller, stage: int, name: str, told: Told) -> Iterator[None]:
    """A coordinator sends answer after answer; each fifth one twice."""
    pairs = itertools.cycle(itertools.product(caller.schools, caller.items))
    for count, (school, item) in enumerate(pairs):
        key = f"{name}-{count}"
        row = {"school_id": school, "item": item, "status": "partial", "comment": key}
        for _time in range(2 if count % 5 == 0 else 1):
            path, body = f"/stages/{stage}/submissions", {"rows": [row]}
            status, receipt = line.ask("POST", path, body, Idempotency_Key=key)
            if status != 201 or told.receipts.setdefault(key, receipt["id"]) != receipt["id"]:
                told.faults.append(f"answer {key}: {status} {receipt}")
        yield


def register(line: Line, values: dict[str, Any], date: str, told: Told) -> Iterator[None]:
    """A clerk drafts and registers order after order; a draft is asked for anew when unanswered."""
    while True:
        _status, draft = line.ask("POST", "/documents", {"values": values})
        number, tag = draft["id"], f'"{draft["id"]}-1"'
        before = told.unanswered
        path = f"/documents/{number}/registration"
        status, stored = line.ask("POST", path, {"date": date}, If_Match=tag)
        if status in (409, 412) and told.unanswered > before:  # done, but nobody heard of it
            status, stored = line.ask("GET", f"/documents/{number}")
        if status != 200 or stored["state"] != "registered":
            told.faults.append(f"order {number}: {status} {stored}")
        else:
            told.numbers[number] = stored["number"]
        yield


def report(line: Line, stage: int, told: Told) -> Iterator[None]:
    """An analyst asks for report after report."""
    for count in itertools.count():
        key, path = f"report-{count}", f"/stages/{stage}/reports"
        status, job = line.ask("POST", path, {"formats": ["json"]}, Idempotency_Key=key)
        if status != 202:
            told.faults.append(f"{key}: {status} {job}")
        told.jobs[key] = job.get("id", 0)
        time.sleep(0.5)
        yield


class Killed:
    """A `docgen serve` on one port, begun again after each of its deaths."""

    def __init__(self, settings: Settings, port: int) -> None:
        self._port = port
        self._log = settings.home / "serve.log"
        self._environment = os.environ | {
            "DOCGEN_HOME": str(settings.home),
            "DOCGEN_DATABASE": settings.database,
            "DOCGEN_RATE_API": settings.rate_api,
            "DOCGEN_CANARY_MINUTES": "0",
            "DOCGEN_WORKERS": "1",
        }
        self.process = self._begun()

    def _begun(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "docgen", "serve", "--port", str(self._port)]
        with self._log.open("ab") as log:
            return subprocess.Popen(
                command, env=self._environment, stdout=log, stderr=log, start_new_session=True
            )

    def ready(self) -> None:
        """Returns when the server answers and its worker lives; RuntimeError with the log."""
        until = time.monotonic() + PATIENCE
        while not (self._answers() and children(self.process.pid, "work")):
            if self.process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(self._log.read_text("utf-8"))
            time.sleep(_PAUSE)

    def _answers(self) -> bool:
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)) as line:
                line.request("GET", "/healthz")
                return line.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False

    def kill(self, victim: str) -> None:
        """The victim is gone at once, and its place is taken again."""
        for name in ("web", "work"):
            if victim in (name, "all"):
                for process in children(self.process.pid, name):
                    with suppress(ProcessLookupError):
                        os.kill(process, signal.SIGKILL)
        if victim in ("server", "all"):
            self.process.kill()
            self.process.wait()
            self.process = self._begun()

    def end(self) -> int:
        """The exit code after a polite wish."""
        self.process.terminate()
        return self.process.wait(PATIENCE)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        """Nothing is left behind, whatever went wrong."""
        self.process.kill()
        self.process.wait()


@contextmanager
def load(turns: list[Iterator[None]], told: Told) -> Iterator[None]:
    """Everyone takes turns inside the block, and ends with an answer."""
    over = Event()

    def work(turn: Iterator[None]) -> None:
        try:
            for _done in turn:
                if over.is_set():
                    return
        except Exception as error:
            told.faults.append(f"{type(error).__name__}: {error}")

    threads = [Thread(target=work, args=(turn,), daemon=True) for turn in turns]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()


def trial(home: Path, database: str, moments: int, seed: int) -> Told:
    """What was acknowledged by a service that was killed so often, with everything wrong."""
    settings = replace(settings_for(home), database=database)
    service = build_service(settings)
    stage, _document, callers, clerk = prepare(service, SENDERS)
    analyst = token_of(service, Role.ANALYST, "analyst")
    order = service.documents.load(EXAMPLES / f"{REGION}.yaml")
    values = order_values(replace(order, date=None, number=None))
    told, port, chance = Told(), free_port(), random.Random(seed)
    turns = [
        send(Line(port, caller.token, told), caller, stage, f"sender{at}", told)
        for at, caller in enumerate(callers)
    ]
    turns.append(register(Line(port, clerk, told), values, str(order.date), told))
    turns.append(report(Line(port, analyst, told), stage, told))
    with Killed(settings, port) as killed:
        killed.ready()
        with load(turns, told):
            for moment in range(moments):
                time.sleep(chance.uniform(0.2, 2))
                victim = VICTIMS[moment % len(VICTIMS)]
                killed.kill(victim)
                told.kills[victim] += 1
                killed.ready()
        _await_jobs(service, told)
        if (code := killed.end()) != 0:
            told.faults.append(f"the service ended with {code}")
    told.faults += itertools.chain(*(look(service, told) for look in LOOKS))
    service.close()
    return told


def _await_jobs(service: Service, told: Told) -> None:
    until = time.monotonic() + PATIENCE
    waiting = select(tables.jobs.c.id).where(tables.jobs.c.state.in_(["queued", "running"]))
    while time.monotonic() < until:
        with service.database.read() as connection:
            if not connection.execute(waiting).all():
                return
        time.sleep(0.5)
    told.faults.append("jobs were not done in time")


def answers_amiss(service: Service, told: Told) -> Iterator[str]:
    """What is wrong with receipts and the history of answers."""
    with service.database.read() as connection:
        receipts = connection.execute(select(tables.receipts)).all()
        kept = connection.execute(select(tables.submission_history.c["values"])).scalars()
        said = Counter(values["comment"] for values in kept)
    if {row.id for row in receipts} != set(told.receipts.values()):
        yield f"{len(receipts)} receipts for {len(told.receipts)} acknowledged answers"
    if sorted(row.ordinal for row in receipts) != list(range(1, len(receipts) + 1)):
        yield "numbers of receipts have gaps"
    if said != Counter(told.receipts.keys()):
        yield f"lost or doubled answers: {said - Counter(told.receipts.keys())}"


def numbers_amiss(service: Service, told: Told) -> Iterator[str]:
    """What is wrong with the registration journal."""
    with service.database.read() as connection:
        lines = connection.execute(select(tables.journal).order_by(tables.journal.c.id)).all()
    first = lines[0].ordinal
    if [line.ordinal for line in lines] != list(range(first, first + len(lines))):
        yield "numbers of orders have gaps"
    if {line.document_id: line.number for line in lines[1:]} != told.numbers:
        yield f"{len(lines) - 1} orders registered for {len(told.numbers)} acknowledged"


def jobs_amiss(service: Service, told: Told) -> Iterator[str]:
    """What is wrong with the jobs: each is done, and once."""
    is_done = tables.audit.c.action == "job.done"
    with service.database.read() as connection:
        jobs = connection.execute(select(tables.jobs)).all()
        done = connection.execute(select(tables.audit.c.object).where(is_done)).scalars()
        times = Counter(done)
    if {job.id for job in jobs} != set(told.jobs.values()):
        yield f"{len(jobs)} jobs for {len(told.jobs)} acknowledged"
    yield from (f"job {job.id} is {job.state}: {job.error}" for job in jobs if job.state != "done")
    yield from (f"{name} was done {count} times" for name, count in times.items() if count > 1)


LOOKS: tuple[Callable[[Service, Told], Iterator[str]], ...] = (
    answers_amiss,
    numbers_amiss,
    jobs_amiss,
)


def main() -> int:
    """The table as Markdown, then every fault; 1 with any."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--moments", type=int, default=20)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    faults: list[str] = []
    print(
        f"| database | killed: {', '.join(VICTIMS)} | requests without an answer "
        "| answers acknowledged | orders registered | reports made | lost or doubled |\n"
        "|---|---|---|---|---|---|---|"
    )
    with (
        tempfile.TemporaryDirectory(dir=Path.cwd(), prefix=".bench-") as folder,
        databases(Path(folder)) as urls,
    ):
        for name, url in urls.items():
            home = Path(folder) / name
            home.mkdir()
            told = trial(home, url, options.moments, options.seed)
            print(told.line(name), flush=True)
            faults += told.faults
    print("", *faults, sep="\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
