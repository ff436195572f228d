"""A bounded queue of callers in front of a fixed number of places."""

from __future__ import annotations

import threading
import time
from typing import Generic, TypeVar

from docgen.convert.failures import failure

T = TypeVar("T")


class Turnstile(Generic[T]):
    """Hands out places, each holding a tenant or nothing yet; the last used goes out first."""

    def __init__(self, places: int, waiting: int) -> None:
        self._free: list[T | None] = [None] * places
        self._limit = waiting
        self._waiting = 0
        self._closed = False
        self._changed = threading.Condition()
        self.waited = 0.0

    def enter(self) -> T | None:
        """A place and its tenant; waits in line, or raises `queue-full` or `conversion-closed`."""
        started = time.monotonic()
        with self._changed:
            if self._waiting or not self._free:
                self._stand_in_line()
            if self._closed:
                raise failure("conversion-closed")
            self.waited += time.monotonic() - started
            return self._free.pop()

    def leave(self, tenant: T | None) -> None:
        """Gives a place back with its tenant, or empty."""
        with self._changed:
            if tenant is None:
                self._free.insert(0, None)
            else:
                self._free.append(tenant)
            self._changed.notify()

    def close(self) -> None:
        """Refuses everyone who waits or comes later."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _stand_in_line(self) -> None:
        if self._waiting >= self._limit:
            raise failure("queue-full")
        self._waiting += 1
        try:
            self._changed.wait_for(lambda: self._closed or self._free)
        finally:
            self._waiting -= 1
