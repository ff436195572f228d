"""The worker and its LibreOffice go together, whoever of them is killed, and when."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from docgen.convert.office import Office, find_uno_python, isolation
from docgen.convert.uno import UnoEngine
from docgen.convert.workspace import pipe_files

pytestmark = pytest.mark.integration
WORKER = Path("docgen/convert/uno_worker.py").absolute()
SILENT_OFFICE = """\
import pathlib, selectors, socket, sys, time
listening = selectors.DefaultSelector()
for path in sys.argv[2:]:
    end = socket.socket(socket.AF_UNIX)
    end.bind(path)
    end.listen()
    listening.register(end, selectors.EVENT_READ)
found = [key.fileobj.accept()[0] for key, _ in listening.select()]
pathlib.Path(sys.argv[1]).touch()
time.sleep(60)
"""


@pytest.fixture
def python() -> str:
    found = find_uno_python()
    if found is None:
        pytest.skip("no Python with uno: apt install python3-uno")
    return found


@pytest.fixture
def engine(office: Office, python: str, tmp_path: Path) -> Iterator[UnoEngine]:
    made = UnoEngine(tmp_path, office, python, isolation(), 2**30)
    made.start()
    yield made
    made.kill()
    made.discard()


def soon(happens: Callable[[], bool], seconds: float = 3) -> bool:
    until = time.monotonic() + seconds
    while not happens() and time.monotonic() < until:
        time.sleep(0.02)
    return happens()


def members(engine: UnoEngine) -> dict[int, str]:
    """The processes of an engine, by id."""
    assert engine._group is not None
    names = {}
    for each in engine._group.members():
        names[each] = Path(f"/proc/{each}/comm").read_text("utf-8").strip()
    return names


def gone(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def test_an_office_killed_between_documents_is_missed_at_once(engine: UnoEngine) -> None:
    office = next(each for each, name in members(engine).items() if "soffice" in name)
    assert engine.healthy()
    os.kill(office, signal.SIGKILL)
    assert soon(lambda: not engine.healthy())


def test_an_office_does_not_outlive_its_worker(engine: UnoEngine) -> None:
    names = members(engine)
    office = next(each for each, name in names.items() if "soffice" in name)
    for each, name in names.items():
        if "python" in name:
            os.kill(each, signal.SIGKILL)
    assert soon(lambda: gone(office))


def test_an_office_killed_before_it_answers_ends_its_worker(python: str, tmp_path: Path) -> None:
    pipe, accepted = f"docgentest{os.getpid()}", tmp_path / "accepted"
    command = [sys.executable, "-c", SILENT_OFFICE, str(accepted), *map(str, pipe_files(pipe))]
    worker = subprocess.Popen(
        [python, "-I", str(WORKER), pipe, *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        assert soon(accepted.exists, 20)
        listing = Path(f"/proc/{worker.pid}/task/{worker.pid}/children")
        os.kill(int(listing.read_text("utf-8").split()[0]), signal.SIGKILL)
        assert soon(lambda: worker.poll() is not None)
    finally:
        worker.kill()
        worker.communicate()
        for path in pipe_files(pipe):
            path.unlink(missing_ok=True)
