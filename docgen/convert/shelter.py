"""The temporary folder of one pool, and the removal of those whose pool was killed.

The owner holds a lock on a file in the folder; a folder that can be locked has no owner any more.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from docgen.convert.workspace import PREFIX as WORKSPACE
from docgen.convert.workspace import remove_workspace

_PREFIX = "docgen-pdf-"
_LOCK = "lock"


class Shelter:
    """A fresh private folder, locked until it is removed."""

    def __init__(self) -> None:
        _sweep(Path(tempfile.gettempdir()))
        self.directory = Path(tempfile.mkdtemp(prefix=_PREFIX))
        self._lock = os.open(self.directory / _LOCK, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC)
        fcntl.flock(self._lock, fcntl.LOCK_EX)

    def remove(self) -> None:
        """Leaves nothing of the folder; more than once does no harm."""
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1
        shutil.rmtree(self.directory, ignore_errors=True)


def _sweep(parent: Path) -> None:
    """Removes the folders of pools that no longer live."""
    for directory in parent.glob(f"{_PREFIX}*"):
        with suppress(OSError):
            lock = os.open(directory / _LOCK, os.O_RDWR | os.O_CLOEXEC)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                _remove(directory)
            finally:
                os.close(lock)


def _remove(directory: Path) -> None:
    for workspace in directory.glob(f"{WORKSPACE}*"):
        remove_workspace(workspace)
    shutil.rmtree(directory, ignore_errors=True)
