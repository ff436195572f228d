"""Requests are counted by windows that end, and what is over does not lie about for ever."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from limits import parse
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter

from docgen.cli.crew import FORK
from docgen.web.rates import MachineStorage, address


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The present moment, to be set."""
    moment = [1_000.0]
    monkeypatch.setattr(time, "time", lambda: moment[0])
    return moment


@pytest.fixture
def storage(clock: list[float], tmp_path: Path) -> MachineStorage:
    return MachineStorage(address(tmp_path))


def test_the_library_finds_it_by_its_address(tmp_path: Path) -> None:
    assert isinstance(storage_from_string(address(tmp_path)), MachineStorage)


def test_counts_until_the_window_ends(storage: MachineStorage, clock: list[float]) -> None:
    assert [storage.incr("a", 60) for _ in range(3)] == [1, 2, 3]
    assert (storage.get("a"), storage.get_expiry("a")) == (3, 1_060.0)
    clock[0] = 1_060.0
    assert (storage.get("a"), storage.get_expiry("a")) == (0, 1_060.0)
    assert storage.incr("a", 60) == 1


def test_a_limit_refuses_and_lets_in_again(storage: MachineStorage, clock: list[float]) -> None:
    limiter = FixedWindowRateLimiter(storage)
    limit = parse("2 per minute")
    assert [limiter.hit(limit, "someone") for _ in range(3)] == [True, True, False]
    assert limiter.hit(limit, "another")
    clock[0] += 60
    assert limiter.hit(limit, "someone")


def test_loses_no_request_of_many_threads(storage: MachineStorage) -> None:
    threads = [
        threading.Thread(target=lambda: [storage.incr("a", 60) for _ in range(500)])
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert storage.get("a") == 4_000


def test_sweeps_out_what_is_over(storage: MachineStorage, clock: list[float]) -> None:
    for number in range(500):
        storage.incr(str(number), 50)
    clock[0] += 60
    storage.incr("fresh", 60)
    assert storage.reset() == 1


def test_forgets_one_window(storage: MachineStorage) -> None:
    storage.incr("a", 60)
    storage.incr("b", 60)
    storage.clear("a")
    assert (storage.get("a"), storage.get("b")) == (0, 1)
    assert storage.check()


def test_processes_count_together(storage: MachineStorage, tmp_path: Path) -> None:
    def count() -> None:
        own = MachineStorage(address(tmp_path))
        for _ in range(200):
            own.incr("a", 60)

    others = [FORK.Process(target=count) for _ in range(3)]
    for other in others:
        other.start()
    for other in others:
        other.join()
    assert storage.get("a") == 600


def test_a_file_that_is_none_is_a_failure_of_the_storage(tmp_path: Path) -> None:
    (tmp_path / "rates.db").write_text("нет, не база" * 100, "utf-8")
    storage = MachineStorage(address(tmp_path))
    with pytest.raises(storage.base_exceptions):
        storage.incr("a", 60)
