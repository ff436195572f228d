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

    def living(self, name: str = "") -> list[int]:
        return children(self.process.pid, name)

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


@pytest.mark.parametrize(("name", "count"), [("web", 2), ("work", 1)])
def test_a_process_that_dies_is_replaced_and_all_end_together(
    serve: Start, name: str, count: int
) -> None:
    served = serve()
    first = served.living(name)
    assert len(first) == count
    os.kill(first[0], signal.SIGKILL)
    assert comes_true(lambda: len(served.living(name)) == count and served.living(name) != first)
    living = served.living()
    assert len(living) == 3
    assert served.get("healthz") == "ok\n"
    assert served.end() == 0
    assert all(map(gone, living))


def test_all_end_when_their_supervisor_was_killed_and_leave_the_address(
    serve: Start, environment: dict[str, str]
) -> None:
    served = serve()
    living = served.living()
    served.end(signal.SIGKILL)
    assert comes_true(lambda: all(map(gone, living)))
    port = served.address.rstrip("/").rpartition(":")[2]
    assert serve("--port", port).get("healthz") == "ok\n"


def test_figures_of_all_processes_are_added_up_and_outlive_them(serve: Start) -> None:
    served = serve()
    for process in served.living("web"):
        for _request in range(10):
            served.get("healthz")
        os.kill(process, signal.SIGKILL)
        assert comes_true(lambda process=process: gone(process))  # type: ignore[misc]
        assert comes_true(lambda: len(served.living("web")) == 2)
    figures = served.get("metrics")
    told = re.search(r'docgen_requests_total\{.*"/healthz".*\} (\S+)', figures)
    assert told is not None
    assert float(told.group(1)) == 20
    assert "# TYPE docgen_jobs gauge" in figures


def test_a_taken_address_is_said_so_and_who_has_it_left_in_peace(
    serve: Start, environment: dict[str, str]
) -> None:
    served = serve()
    served.get("healthz")
    port = served.address.rstrip("/").rpartition(":")[2]
    command = [sys.executable, "-m", "docgen", "serve", "--port", port]
    second = subprocess.run(
        command, env=os.environ | environment, capture_output=True, text=True, check=False
    )
    assert second.returncode == 2
    assert "Traceback" not in second.stderr
    assert port in second.stderr
    assert "/healthz" in served.get("metrics")


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
