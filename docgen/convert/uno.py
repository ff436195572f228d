"""The fast back end: a LibreOffice that stays, driven by `uno_worker.py` over its pipe."""

from __future__ import annotations

import json
import select
import time
from pathlib import Path
from typing import Any

from docgen.convert.engine import Job, watch
from docgen.convert.failures import CODES, failure
from docgen.convert.office import Office
from docgen.convert.process import ProcessGroup
from docgen.convert.workspace import Workspace

_WORKER = Path(__file__).with_name("uno_worker.py")
_START_SECONDS = 60.0


class UnoEngine:
    """One worker script and its LibreOffice, alive for many documents."""

    def __init__(
        self,
        parent: Path,
        office: Office,
        python: str,
        isolation: tuple[str, ...],
        memory_limit: int,
    ) -> None:
        self._workspace = Workspace(parent, office)
        self.directory = self._workspace.directory
        self._command = [*isolation, python, "-I", "-B", str(_WORKER), self._workspace.pipe]
        self._memory_limit = memory_limit
        self._group: ProcessGroup | None = None
        self._unread = b""

    def start(self) -> None:
        """Starts worker and LibreOffice and waits for their greeting."""
        self._group = ProcessGroup(
            [*self._command, *self._workspace.listener()],
            self._workspace.environment(),
            self.directory,
            self.directory / "log",
        )
        self._answer(self._group, time.monotonic() + _START_SECONDS)

    def convert(self, job: Job) -> None:
        """Has the PDF of the job written; raises the code that the worker names."""
        if self._group is None:
            raise failure("conversion-crashed")
        request = {
            "task": job.task,
            "source": str(job.source),
            "target": str(job.target),
            "pdfa": job.options.pdfa,
            "title": job.options.title,
            "language": job.options.language,
        }
        self._ask(self._group, request)
        answer = self._answer(self._group, job.until)
        if "error" in answer:
            code = answer["error"]
            raise failure(code if code in CODES else "document-refused")

    def healthy(self) -> bool:
        """Whether the worker lives and nobody froze it."""
        return self._group is not None and self._group.alive() and not self._group.stopped()

    def memory(self) -> int:
        """Resident bytes of worker and LibreOffice."""
        return self._group.memory() if self._group is not None else 0

    def kill(self) -> None:
        """Ends worker and LibreOffice together."""
        if self._group is not None:
            self._group.kill()

    def discard(self) -> None:
        """Removes the workspace."""
        self._workspace.remove()

    def _ask(self, group: ProcessGroup, request: dict[str, Any]) -> None:
        try:
            group.stdin.write(json.dumps(request).encode() + b"\n")
            group.stdin.flush()
        except (OSError, ValueError) as error:
            raise failure("conversion-crashed") from error

    def _answer(self, group: ProcessGroup, until: float) -> dict[str, Any]:
        """The worker's next line; a closed pipe means that it is dead."""
        watch(group, until, self._memory_limit, lambda seconds: self._line_ready(group, seconds))
        line, _, self._unread = self._unread.partition(b"\n")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _line_ready(self, group: ProcessGroup, seconds: float) -> bool:
        try:
            readable, _, _ = select.select([group.stdout], [], [], seconds)
            piece = group.stdout.read1() if readable else None  # type: ignore[attr-defined]
        except (OSError, ValueError) as error:
            raise failure("conversion-crashed") from error
        if piece == b"":
            raise failure("conversion-crashed")
        self._unread += piece or b""
        return b"\n" in self._unread
