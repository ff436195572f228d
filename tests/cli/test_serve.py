"""`docgen serve` as its own process: it starts, watches its workers, ends well and survives ill."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.workers import children

pytestmark = pytest.mark.slow
Start = Callable[..., "Served"]


class Served:
    """A running `docgen serve` on a home and a database of its own."""

    def __init__(self, environment: dict[str, str], *options: str) -> None:
        command = [sys.executable, "-m", "docgen", "serve", "--port", "0", *options]
        self.process = subprocess.Popen(
            command, env=os.environ | environment, stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        found = re.search(r"http://[\d.]+:(\d+)/", self.process.stdout.readline())
        assert found is not None
        self.address = found.group(0)

    def get(self, path: str) -> str:
        with urllib.request.urlopen(self.address + path, timeout=30) as answer:
            text: str = answer.read().decode()
            return text

    def workers(self) -> list[int]:
        return children(self.process.pid)

    def end(self, how: int = signal.SIGTERM) -> int:
        self.process.send_signal(how)
        code = self.process.wait(60)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code


@pytest.fixture
def environment(database_url: str, tmp_path: Path) -> dict[str, str]:
    return {
        "DOCGEN_HOME": str(tmp_path / "home"),
        "DOCGEN_DATABASE": database_url,
        "DOCGEN_CANARY_MINUTES": "0",
        "DOCGEN_WORKERS": "1",
    }


@pytest.fixture
def serve(environment: dict[str, str]) -> Iterator[Start]:
    running: list[Served] = []

    def started(*options: str) -> Served:
        running.append(Served(environment, *options))
        return running[-1]

    yield started
    for each in running:
        if each.process.poll() is None:
            each.end(signal.SIGKILL)


def gone(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return True
    return state == "Z"


def comes_true(holds: Callable[[], bool], seconds: float = 60) -> bool:
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def test_a_worker_that_dies_is_replaced_and_all_end_together(serve: Start) -> None:
    served = serve()
    assert comes_true(lambda: bool(served.workers()))
    (first,) = served.workers()
    os.kill(first, signal.SIGKILL)
    assert comes_true(lambda: bool(served.workers()) and served.workers() != [first])
    (second,) = served.workers()
    assert served.end() == 0
    assert comes_true(lambda: gone(second))


def test_workers_end_when_their_supervisor_was_killed(serve: Start) -> None:
    served = serve()
    assert comes_true(lambda: bool(served.workers()))
    (worker,) = served.workers()
    time.sleep(2)
    served.end(signal.SIGKILL)
    assert comes_true(lambda: gone(worker))


def test_requests_on_their_way_are_answered_at_the_end(serve: Start) -> None:
    served = serve("--demo")
    answers: list[int] = []

    def ask() -> None:
        with urllib.request.urlopen(served.address + "api/docs", timeout=30) as answer:
            answer.read()
            answers.append(answer.status)

    asking = [threading.Thread(target=ask) for _ in range(8)]
    for thread in asking:
        thread.start()
    time.sleep(0.05)
    code = served.end()
    for thread in asking:
        thread.join()
    assert code == 0
    assert set(answers) <= {200}
    assert answers


def test_the_demo_shows_people_and_their_passwords(serve: Start, tmp_path: Path) -> None:
    served = serve("--demo")
    assert served.process.stdout is not None
    lines = served.process.stdout
    assert lines.readline() == "\n"
    shown = [line.split()[0] for line in iter(lines.readline, "\n")][1:]
    assert shown[:4] == ["admin", "analyst", "clerk", "coordinator"]
    assert "docgen user password" in lines.readline()
    kept = tmp_path / "home" / "demo-users.json"
    assert kept.stat().st_mode & 0o077 == 0
    assert [each["login"] for each in json.loads(kept.read_text())] == shown
    assert served.get("healthz") == "ok\n"
