"""Worker processes: what becomes of their work when they end well, badly, or with their parent."""

from __future__ import annotations

import random
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from docgen.bootstrap import Service, build_service, settings_in_force
from docgen.models.accounts import Role, Scope
from docgen.models.jobs import State
from docgen.store.database import Database
from docgen.store.tables import accounts, audit
from tests.workers import start, with_test_kinds

Start = Callable[[str], "subprocess.Popen[bytes]"]


@pytest.fixture
def service(database: Database, database_url: str, tmp_path: Path) -> Iterator[Service]:
    settings = replace(settings_in_force(), home=tmp_path, database=database_url)
    built = with_test_kinds(build_service(settings))
    yield built
    built.close()


@pytest.fixture
def started(service: Service, database_url: str, tmp_path: Path) -> Iterator[Start]:
    processes: list[subprocess.Popen[bytes]] = []

    def start_one(owner: str) -> subprocess.Popen[bytes]:
        processes.append(start(owner, home=str(tmp_path), database=database_url))
        return processes[-1]

    yield start_one
    for process in processes:
        process.kill()
        process.wait()
        assert process.stdin is not None
        process.stdin.close()


@pytest.fixture
def author(database: Database) -> Scope:
    with database.begin() as connection:
        values = {"login": "i", "name": "И", "role": Role.CLERK, "region": "smolensk"}
        key = connection.execute(accounts.insert().values(values)).inserted_primary_key
    assert key is not None
    return Scope(Role.CLERK, "smolensk", None, key[0], "i")


def until(holds: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come to pass in time"
        time.sleep(0.02)


def state(service: Service, author: Scope, job_id: int) -> State:
    return service.jobs.read(author, job_id).state


@pytest.mark.slow
@pytest.mark.parametrize(
    ("jobs", "step"), [(60, 12), pytest.param(1000, 75, marks=pytest.mark.soak)]
)
def test_killed_workers_lose_and_double_nothing(
    service: Service, started: Start, author: Scope, jobs: int, step: int
) -> None:
    """After each `step` jobs, and a moment more, one of two workers is killed and replaced."""
    ids = [
        service.jobs.enqueue(author, "work", {"text": f"{n}", "seconds": 0.03}, attempts=50).id
        for n in range(jobs)
    ]
    chance = random.Random(7)
    workers = [started(f"w{n}") for n in range(2)]

    def done() -> int:
        return service.jobs.counts(author).get(("work", State.DONE), 0)

    for kill in range(jobs // step):
        until(lambda: done() >= min(jobs, (kill + 1) * step), 90)  # noqa: B023 - called at once
        time.sleep(chance.uniform(0, 0.3))
        victim = chance.randrange(len(workers))
        workers[victim].kill()
        workers[victim].wait()
        workers[victim] = started(f"w{victim}-{kill}")
    until(lambda: done() == jobs, 90)
    with service.database.read() as connection:
        rows = connection.execute(audit.select().where(audit.c.action == "job.done"))
        told = Counter(row.object for row in rows)
    assert told == Counter(f"job:{number}" for number in ids)
    for n, number in enumerate(ids):
        assert service.jobs.file(author, number, 1)[1] == f"{n}".encode()


@pytest.mark.slow
def test_a_worker_told_to_end_finishes_what_it_can(
    service: Service, started: Start, author: Scope
) -> None:
    first = service.jobs.enqueue(author, "work", {"text": "1", "seconds": 1}).id
    second = service.jobs.enqueue(author, "work", {"text": "2"}).id
    worker = started("w")
    until(lambda: state(service, author, first) is State.RUNNING)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(10) == 0
    assert state(service, author, first) is State.DONE
    assert state(service, author, second) is State.QUEUED


@pytest.mark.slow
def test_a_worker_gives_back_what_takes_too_long(
    service: Service, started: Start, author: Scope
) -> None:
    job = service.jobs.enqueue(author, "deaf", {"seconds": 60}).id
    worker = started("w")
    until(lambda: state(service, author, job) is State.RUNNING)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(10) == 0
    assert state(service, author, job) is State.QUEUED
    assert service.jobs.read(author, job).attempt == 0
