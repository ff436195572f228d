"""The first fallback: the unoconv command, against a listener of ours with our profile.

unoconv cannot name an import filter; what is not a DOCX is kept away from it by `document.py`.
"""

from __future__ import annotations

import time
from pathlib import Path

from docgen.convert.engine import Job, watch
from docgen.convert.failures import failure
from docgen.convert.office import Office
from docgen.convert.process import ProcessGroup, guarded
from docgen.convert.workspace import Workspace, pipe_files

_START_SECONDS = 60.0


class UnoconvEngine:
    """A LibreOffice that listens, and one unoconv process for each document."""

    def __init__(
        self,
        parent: Path,
        office: Office,
        unoconv: tuple[str, ...],
        isolation: tuple[str, ...],
        memory_limit: int,
    ) -> None:
        self._workspace = Workspace(parent, office)
        self.directory = self._workspace.directory
        self._unoconv = unoconv
        self._isolation = isolation
        self._memory_limit = memory_limit
        self._listener: ProcessGroup | None = None
        self._client: ProcessGroup | None = None

    def start(self) -> None:
        """Starts the listener and waits until its pipe stands."""
        listener = self._run([*self._isolation, *self._workspace.listener()])
        self._listener = listener
        until = time.monotonic() + _START_SECONDS
        watch(listener, until, self._memory_limit, lambda seconds: self._listening(listener))

    def convert(self, job: Job) -> None:
        """Runs unoconv once; the listener's death or memory counts, not unoconv's exit code."""
        if self._listener is None or not self._listener.alive():
            raise failure("conversion-crashed")
        client = self._client = self._run([*self._isolation, *self._command(job)])
        try:
            watch(self._listener, job.until, self._memory_limit, client.ends_within)
        finally:
            client.kill()
        if not self._listener.alive():
            raise failure("conversion-crashed")
        if not job.target.exists():
            raise failure("document-unreadable")

    def healthy(self) -> bool:
        """Whether the listener lives and nobody froze it."""
        return (
            self._listener is not None and self._listener.alive() and not self._listener.stopped()
        )

    def memory(self) -> int:
        """Resident bytes of the listener."""
        return self._listener.memory() if self._listener is not None else 0

    def kill(self) -> None:
        """Ends the listener and a running unoconv."""
        for group in (self._client, self._listener):
            if group is not None:
                group.kill()

    def discard(self) -> None:
        """Removes the workspace."""
        self._workspace.remove()

    def _run(self, command: list[str]) -> ProcessGroup:
        return ProcessGroup(
            guarded(command),
            self._workspace.environment(),
            self.directory,
            self.directory / "log",
        )

    def _listening(self, listener: ProcessGroup) -> bool:
        if not listener.alive():
            raise failure("conversion-crashed")
        time.sleep(0.02)
        return any(file.exists() for file in pipe_files(self._workspace.pipe))

    def _command(self, job: Job) -> list[str]:
        version = 2 if job.options.pdfa else 0
        return [
            *self._unoconv,
            "--no-launch",
            f"--pipe={self._workspace.pipe}",
            "--format=pdf",
            "--doctype=document",
            f"--output={job.target}",
            "--export=UseTaggedPDF=true",
            f"--export=SelectPdfVersion={version}",
            str(job.source),
        ]
