"""Writers of a SQLite file wait for each other here, not in SQLite.

Its own waiting is a lottery: whoever finds the file taken sleeps, and may lose for half a minute.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock


class Turn:
    """The place of the only writer of a file, which threads and processes take in turn.

    Threads wait for a lock in memory, processes for one on a file beside, which the system frees
    when its holder dies.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()
        self._descriptor: int | None = None

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Nobody else has the turn inside the block."""
        with self._lock:
            if self._descriptor is None:
                self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            fcntl.flock(self._descriptor, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.flock(self._descriptor, fcntl.LOCK_UN)

    def close(self) -> None:
        """Lets go of the file; who takes a turn later opens it anew."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    __del__ = close
