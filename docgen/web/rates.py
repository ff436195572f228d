"""The count of requests that one process keeps for itself, where no Redis is set."""

from __future__ import annotations

import time
from threading import Lock
from typing import Any

from limits.storage import Storage

URI = "process://"
_SWEEP_SECONDS = 60


class ProcessStorage(Storage):
    """Fixed windows in memory, as (count, end).

    The library's own `memory://` starts a thread at nearly every request, which takes longer than
    the request's count; here what is over is swept out once a minute.
    """

    STORAGE_SCHEME = ["process"]  # noqa: RUF012 - so declared by the library

    def __init__(self, uri: str | None = None, wrap_exceptions: bool = False, **_: Any) -> None:
        super().__init__(uri, wrap_exceptions=wrap_exceptions)
        self._windows: dict[str, tuple[int, float]] = {}
        self._lock = Lock()
        self._swept = time.time()

    @property
    def base_exceptions(self) -> type[Exception]:
        """What the library takes for a storage that failed."""
        return ValueError

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """The count with `amount` more; the first of a window ends it `expiry` seconds later."""
        with self._lock:
            now = time.time()
            count, end = self._window(key, now)
            if not count:
                end = now + expiry
                self._sweep(now)
            self._windows[key] = count + amount, end
            return count + amount

    def get(self, key: str) -> int:
        """The count of the window that runs now."""
        return self._window(key, time.time())[0]

    def get_expiry(self, key: str) -> float:
        """When the window that runs now ends; this moment where none runs."""
        return self._window(key, time.time())[1]

    def check(self) -> bool:
        """Memory is always there."""
        return True

    def reset(self) -> int:
        """Forgets every window; how many there were."""
        with self._lock:
            windows, self._windows = self._windows, {}
            return len(windows)

    def clear(self, key: str) -> None:
        """Forgets one window."""
        with self._lock:
            self._windows.pop(key, None)

    def _window(self, key: str, now: float) -> tuple[int, float]:
        count, end = self._windows.get(key, (0, now))
        return (count, end) if end > now else (0, now)

    def _sweep(self, now: float) -> None:
        if now - self._swept < _SWEEP_SECONDS:
            return
        self._swept = now
        self._windows = {key: window for key, window in self._windows.items() if window[1] > now}
