"""Celery with a real Redis: the message carries an id, and the table stays the truth."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from docgen.bootstrap import Service, build_service, settings_in_force
from docgen.models.accounts import Role, Scope
from docgen.models.jobs import State
from tests.databases import free_port
from tests.workers import start, with_test_kinds

pytestmark = pytest.mark.integration
CLERK = Scope(Role.CLERK, "smolensk", login="i")


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("Redis is not installed on this machine")
    port, folder = free_port(), tmp_path_factory.mktemp("redis")
    command = [
        program,
        "--port",
        str(port),
        "--dir",
        str(folder),
        "--save",
        "",
        "--bind",
        "127.0.0.1",
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    yield f"redis://127.0.0.1:{port}/0"
    process.terminate()
    process.wait()


@pytest.fixture
def service(redis: str, database_url: str, tmp_path: Path) -> Iterator[Service]:
    settings = replace(
        settings_in_force(), home=tmp_path, database=database_url, engine="celery", broker=redis
    )
    built = with_test_kinds(build_service(settings))
    yield built
    built.close()


def worker(service: Service, name: str) -> subprocess.Popen[bytes]:
    settings = service.settings
    given = {"home": settings.home, "database": settings.database, "broker": settings.broker}
    return start(name, engine="celery", **{key: str(value) for key, value in given.items()})


def until(holds: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come to pass in time"
        time.sleep(0.05)


def ended(process: subprocess.Popen[bytes], *, kill: bool = False) -> int:
    if kill:
        process.kill()
    else:
        process.terminate()
    code = process.wait(40)
    assert process.stdin is not None
    process.stdin.close()
    return code


def done(service: Service, count: int) -> bool:
    return service.jobs.counts(CLERK).get(("work", State.DONE), 0) == count


def test_messages_bring_the_jobs_and_a_killed_worker_loses_none(service: Service) -> None:
    for n in range(12):
        service.jobs.enqueue(CLERK, "work", {"text": f"{n}", "seconds": 0.3}, attempts=20)
    first = worker(service, "first")
    until(lambda: service.jobs.counts(CLERK).get(("work", State.DONE), 0) >= 2)
    ended(first, kill=True)
    second = worker(service, "second")
    until(lambda: done(service, 12), 90)
    assert ended(second) == 0


def test_jobs_put_in_without_a_broker_are_told_of_later(service: Service) -> None:
    lost = replace(service, jobs=with_test_kinds(service).jobs)

    def away(_job_id: int) -> None:
        raise ConnectionError

    lost.jobs._send = away
    lost.jobs.enqueue(CLERK, "work", {"text": "a"})
    alive = worker(service, "third")
    until(lambda: done(service, 1), 60)
    assert ended(alive) == 0
