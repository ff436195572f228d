"""A turn is one writer's at a time, whoever the others are, and whatever becomes of the writer."""

from __future__ import annotations

import fcntl
import os
import signal
import threading
import time
from pathlib import Path

import pytest

from docgen.cli.crew import FORK
from docgen.store.turn import Turn

ROUNDS = 50


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The file of the turn; beside it stands a number that only one may change at a time."""
    (tmp_path / "number").write_text("0")
    return tmp_path / "turn"


def raise_number(turn: Turn, path: Path) -> None:
    """Reads and writes with a pause between, so that two at once would lose a step."""
    number = path.with_name("number")
    for _round in range(ROUNDS):
        with turn.taken():
            known = int(number.read_text())
            time.sleep(0)
            number.write_text(str(known + 1))


def test_threads_and_processes_write_one_by_one(path: Path) -> None:
    def work() -> None:
        turn = Turn(path)
        threads = [threading.Thread(target=raise_number, args=(turn, path)) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    processes = [FORK.Process(target=work) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert path.with_name("number").read_text() == str(3 * 3 * ROUNDS)


def test_the_turn_of_one_who_died_is_free(path: Path) -> None:
    taken = FORK.Event()

    def hold() -> None:
        with Turn(path).taken():
            taken.set()
            time.sleep(60)

    holder = FORK.Process(target=hold)
    holder.start()
    assert taken.wait(10)
    assert holder.pid is not None
    os.kill(holder.pid, signal.SIGKILL)
    holder.join()
    with Turn(path).taken():
        pass


def test_is_given_back_by_one_who_failed_and_taken_again_after_closing(path: Path) -> None:
    turn = Turn(path)
    with pytest.raises(ZeroDivisionError), turn.taken():
        raise ZeroDivisionError
    with turn.taken():
        pass
    turn.close()
    with turn.taken(), pytest.raises(BlockingIOError):
        _refused(path)


def _refused(path: Path) -> None:
    """Takes the lock of the file as another process would, without waiting."""
    with path.open() as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
