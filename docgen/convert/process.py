"""A foreign program in a process group of its own, which can be measured and killed whole."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

_PROC = Path("/proc")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_REAP_SECONDS = 5
_BY_SIGNAL = 128
_GUARD = (
    "/bin/sh",
    "-c",
    'exec 3<&0; { read -r _ <&3; kill -KILL 0; } & "$@" </dev/null 3<&-',
    "docgen-guard",
)
"""Runs a command and kills its whole group once our end of its stdin is closed."""


class ProcessGroup:
    """One started command and all it started; gone as a whole on `kill`."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], directory: Path, log: Path
    ) -> None:
        with log.open("ab") as errors:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                env=dict(environment),
                cwd=directory,
                start_new_session=True,
            )

    @property
    def stdin(self) -> IO[bytes]:
        """The pipe into the command."""
        assert self._process.stdin is not None  # noqa: S101 - for the type checker
        return self._process.stdin

    @property
    def stdout(self) -> IO[bytes]:
        """The pipe out of the command."""
        assert self._process.stdout is not None  # noqa: S101 - for the type checker
        return self._process.stdout

    def alive(self) -> bool:
        """Whether the command itself still runs."""
        return self._process.poll() is None

    def died(self) -> bool:
        """Whether a signal ended the command, which a shell reports as 128 and more."""
        code = self._process.poll()
        return code is not None and (code < 0 or code > _BY_SIGNAL)

    def ends_within(self, seconds: float) -> bool:
        """Whether the command ends by itself within that time."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)
        return not self.alive()

    def memory(self) -> int:
        """Resident bytes of the whole group."""
        return sum(_resident(member) for member in self.members())

    def stopped(self) -> bool:
        """Whether someone froze a process of the group (SIGSTOP)."""
        return any(_state(member) == "T" for member in self.members())

    def crashing(self) -> bool:
        """Whether a process of the group is in its handler of a crash, where it may hang."""
        return any(_blocks(member, signal.SIGSEGV) for member in self.members())

    def kill(self) -> None:
        """Ends the group at once and waits until the command is gone."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_REAP_SECONDS)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()

    def members(self) -> list[int]:
        """The ids of the command and all that descends from it."""
        return [self._process.pid, *_descendants(self._process.pid)]


def guarded(command: Sequence[str]) -> list[str]:
    """The command under a guard that ends it when this process dies."""
    return [*_GUARD, *command]


def _descendants(process: int) -> Iterator[int]:
    """Children and their children, as the kernel lists them for each thread."""
    for listing in (_PROC / str(process) / "task").glob("*/children"):
        for child in _read(listing).split():
            yield int(child)
            yield from _descendants(int(child))


def _state(process: int) -> str:
    """The letter of the process's state: R, S, D, T, Z …"""
    fields = _read(_PROC / str(process) / "stat").rpartition(")")[2].split()
    return fields[0] if fields else ""


def _blocks(process: int, number: int) -> bool:
    """Whether the main thread of the process holds the signal off."""
    for line in _read(_PROC / str(process) / "status").splitlines():
        if line.startswith("SigBlk:"):
            return bool(int(line.split()[1], 16) >> (number - 1) & 1)
    return False


def _resident(process: int) -> int:
    fields = _read(_PROC / str(process) / "statm").split()
    return int(fields[1]) * _PAGE if fields else 0


def _read(file: Path) -> str:
    """The text of a file under /proc; empty when the process is gone."""
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
