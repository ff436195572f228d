"""Foreign programs watched from outside."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from docgen.convert.engine import watch
from docgen.convert.process import ProcessGroup
from docgen.errors import ConversionError

CRASHING = "signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())"
FROZEN = "os.kill(os.getpid(), signal.SIGSTOP)"
AT_WORK = "pass"
Started = Callable[[str], ProcessGroup]


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Started]:
    groups: list[ProcessGroup] = []

    def start(what: str) -> ProcessGroup:
        code = f"import os, signal, time; print(flush=True); {what}; time.sleep(60)"
        command = [sys.executable, "-c", code]
        groups.append(ProcessGroup(command, os.environ, tmp_path, tmp_path / "log"))
        groups[-1].stdout.readline()
        return groups[-1]

    yield start
    for group in groups:
        group.kill()


def waited(group: ProcessGroup, seconds: float) -> tuple[str, float]:
    """Why a watch over the group ended, and how long it took."""
    begin = time.monotonic()
    with pytest.raises(ConversionError) as caught:
        watch(group, begin + seconds, 2**30, lambda wait: bool(time.sleep(wait)))
    return caught.value.code, time.monotonic() - begin


@pytest.mark.slow
@pytest.mark.parametrize("what", [CRASHING, FROZEN])
def test_does_not_wait_for_one_that_hangs_in_its_crash_or_is_frozen(
    started: Started, what: str
) -> None:
    code, seconds = waited(started(what), 20)
    assert code == "conversion-crashed"
    assert seconds < 5


@pytest.mark.slow
def test_waits_to_the_deadline_for_one_at_work(started: Started) -> None:
    assert waited(started(AT_WORK), 1.5)[0] == "conversion-timeout"
