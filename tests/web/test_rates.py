"""Requests are counted by windows that end, and what is over does not lie about for ever."""

from __future__ import annotations

import threading
import time

import pytest
from limits import parse
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter

from docgen.web import rates
from docgen.web.rates import ProcessStorage


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The present moment, to be set."""
    moment = [1_000.0]
    monkeypatch.setattr(time, "time", lambda: moment[0])
    return moment


def test_the_library_finds_it_by_its_address() -> None:
    assert isinstance(storage_from_string(rates.URI), ProcessStorage)


def test_counts_until_the_window_ends(clock: list[float]) -> None:
    storage = ProcessStorage()
    assert [storage.incr("a", 60) for _ in range(3)] == [1, 2, 3]
    assert (storage.get("a"), storage.get_expiry("a")) == (3, 1_060.0)
    clock[0] = 1_060.0
    assert (storage.get("a"), storage.get_expiry("a")) == (0, 1_060.0)
    assert storage.incr("a", 60) == 1


def test_a_limit_refuses_and_lets_in_again(clock: list[float]) -> None:
    limiter = FixedWindowRateLimiter(ProcessStorage())
    limit = parse("2 per minute")
    assert [limiter.hit(limit, "someone") for _ in range(3)] == [True, True, False]
    assert limiter.hit(limit, "another")
    clock[0] += 60
    assert limiter.hit(limit, "someone")


def test_loses_no_request_of_many_threads() -> None:
    storage = ProcessStorage()
    threads = [
        threading.Thread(target=lambda: [storage.incr("a", 60) for _ in range(500)])
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert storage.get("a") == 4_000


def test_sweeps_out_what_is_over(clock: list[float]) -> None:
    storage = ProcessStorage()
    for number in range(500):
        storage.incr(str(number), 50)
    clock[0] += 60
    storage.incr("fresh", 60)
    assert storage.reset() == 1


def test_forgets_one_window() -> None:
    storage = ProcessStorage()
    storage.incr("a", 60)
    storage.incr("b", 60)
    storage.clear("a")
    assert (storage.get("a"), storage.get("b")) == (0, 1)
    assert storage.check()
