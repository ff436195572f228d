"""What the pool asks of a back end: one LibreOffice life, from start to kill."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from docgen.convert.contract import PdfOptions
from docgen.convert.failures import failure
from docgen.convert.process import ProcessGroup

POLL_SECONDS = 0.25
_CRASHING_POLLS = 4
"""How often in a row a process may be seen crashing: LibreOffice's handler of a crash can wait
for a lock that the crash left closed, and would then wait until the deadline."""


Task = Literal["pdf", "positions"]


@dataclass(frozen=True, slots=True)
class Job:
    """One document on disk, where the result goes, and until when (`time.monotonic`)."""

    source: Path
    target: Path
    options: PdfOptions
    until: float
    task: Task = "pdf"


class Engine(Protocol):
    """One LibreOffice with its own workspace; used by one thread at a time."""

    directory: Path

    def start(self) -> None:
        """Returns once documents can be sent; raises ConversionError when it cannot."""
        ...

    def convert(self, job: Job) -> None:
        """Leaves a PDF at `job.target` or raises ConversionError."""
        ...

    def healthy(self) -> bool:
        """Whether the next document may be sent."""
        ...

    def memory(self) -> int:
        """Resident bytes of all its processes."""
        ...

    def kill(self) -> None:
        """Ends its processes at once; may be called from any thread, more than once."""
        ...

    def discard(self) -> None:
        """Removes its files; after `kill`."""
        ...


EngineFactory = Callable[[Path], Engine]
"""Makes an engine, not started yet, with its workspace inside the given folder."""


def watch(
    group: ProcessGroup, until: float, memory_limit: int, done: Callable[[float], bool]
) -> None:
    """Returns once `done(seconds)` holds; raises when the group is frozen, too big or too late.

    A frozen process is no fault of the document: it counts as a crash, which is tried again.
    """
    crashing = 0
    while not done(max(0.0, min(POLL_SECONDS, until - time.monotonic()))):
        if time.monotonic() >= until:
            raise failure("conversion-timeout")
        crashing = crashing + 1 if group.crashing() else 0
        if group.stopped() or crashing >= _CRASHING_POLLS:
            raise failure("conversion-crashed")
        if group.memory() > memory_limit:
            raise failure("document-too-large")
