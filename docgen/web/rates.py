"""The count of requests that the processes of one machine keep together, where no Redis is set."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from limits.storage import Storage

from docgen.store.turn import Turn

SCHEME = "machine"
_SWEEP_SECONDS = 60
_TABLE = "CREATE TABLE IF NOT EXISTS windows (key TEXT PRIMARY KEY, count INTEGER, ends REAL)"
_COUNT = """
    INSERT INTO windows VALUES (:key, :amount, :now + :expiry)
    ON CONFLICT (key) DO UPDATE SET
        count = CASE WHEN ends > :now THEN count ELSE 0 END + excluded.count,
        ends = CASE WHEN ends > :now THEN ends ELSE excluded.ends END
    RETURNING count
"""
_WINDOW = "SELECT count, ends FROM windows WHERE key = :key AND ends > :now"
Result = TypeVar("Result")


def address(home: Path) -> str:
    """By what the library finds the counts of the service with this home."""
    return f"{SCHEME}://{home / 'rates.db'}"


class MachineStorage(Storage):
    """Fixed windows in a small file of their own, which nothing is lost with.

    The library's own `memory://` would let each process count for itself, so that a limit would be
    as many times higher, and starts a thread at nearly every request.
    """

    STORAGE_SCHEME = [SCHEME]  # noqa: RUF012 - so declared by the library

    def __init__(self, uri: str, wrap_exceptions: bool = False, **_: Any) -> None:
        super().__init__(uri, wrap_exceptions=wrap_exceptions)
        self._path = uri.removeprefix(f"{SCHEME}://")
        self._connection: sqlite3.Connection | None = None
        self._turn = Turn(Path(f"{self._path}-turn"))
        self._swept = time.time()

    @property
    def base_exceptions(self) -> tuple[type[Exception], ...]:
        """What the library takes for a storage that failed."""
        return (sqlite3.Error, OSError)

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """The count with `amount` more; the first of a window ends it `expiry` seconds later."""

        def count(connection: sqlite3.Connection) -> int:
            now = time.time()
            if now - self._swept >= _SWEEP_SECONDS:
                self._swept = now
                connection.execute("DELETE FROM windows WHERE ends <= ?", (now,))
            values = {"key": key, "amount": amount, "now": now, "expiry": expiry}
            return int(connection.execute(_COUNT, values).fetchone()[0])

        return self._with(count)

    def get(self, key: str) -> int:
        """The count of the window that runs now."""
        return self._window(key)[0]

    def get_expiry(self, key: str) -> float:
        """When the window that runs now ends; this moment where none runs."""
        return self._window(key)[1]

    def check(self) -> bool:
        """Whether the file can be read."""
        self._window("")
        return True

    def reset(self) -> int:
        """Forgets every window; how many there were."""
        return self._with(lambda connection: connection.execute("DELETE FROM windows").rowcount)

    def clear(self, key: str) -> None:
        """Forgets one window."""
        self._with(
            lambda connection: connection.execute("DELETE FROM windows WHERE key = ?", [key])
        )

    def _window(self, key: str) -> tuple[int, float]:
        now = time.time()
        asked = {"key": key, "now": now}
        found = self._with(lambda connection: connection.execute(_WINDOW, asked).fetchone())
        return (0, now) if found is None else found

    def _with(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        with self._turn.taken():
            if self._connection is None:
                self._connection = _opened(self._path)
            return work(self._connection)


def _opened(path: str) -> sqlite3.Connection:
    """Counts need not outlive a power cut, so nothing waits for the disk."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute(_TABLE)
    return connection
