"""The last fallback: a LibreOffice started anew for each document (`soffice --convert-to`)."""

from __future__ import annotations

from pathlib import Path

from docgen.convert.engine import Job, watch
from docgen.convert.failures import failure
from docgen.convert.office import Office
from docgen.convert.process import ProcessGroup, guarded
from docgen.convert.workspace import Workspace


class ColdEngine:
    """A seeded profile on which LibreOffice starts and ends with every document."""

    def __init__(
        self, parent: Path, office: Office, isolation: tuple[str, ...], memory_limit: int
    ) -> None:
        self._workspace = Workspace(parent, office)
        self.directory = self._workspace.directory
        self._isolation = isolation
        self._memory_limit = memory_limit
        self._group: ProcessGroup | None = None

    def start(self) -> None:
        """Has nothing to start."""

    def convert(self, job: Job) -> None:
        """Runs LibreOffice once; no PDF means that it could not read the document."""
        self._group = ProcessGroup(
            guarded([*self._isolation, *self._command(job)]),
            self._workspace.environment(),
            self.directory,
            self.directory / "log",
        )
        try:
            watch(self._group, job.until, self._memory_limit, self._group.ends_within)
        finally:
            self._group.kill()
        if self._group.died():
            raise failure("conversion-crashed")
        if not job.target.exists():
            raise failure("document-unreadable")

    def healthy(self) -> bool:
        """Always: nothing lives between two documents."""
        return True

    def memory(self) -> int:
        """Resident bytes of a running conversion."""
        return self._group.memory() if self._group is not None else 0

    def kill(self) -> None:
        """Ends a running conversion."""
        if self._group is not None:
            self._group.kill()

    def discard(self) -> None:
        """Removes the workspace."""
        self._workspace.remove()

    def _command(self, job: Job) -> list[str]:
        self._workspace.seed(job.options)
        return self._workspace.command(
            "--infilter=MS Word 2007 XML",
            "--convert-to",
            "pdf:writer_pdf_Export",
            "--outdir",
            str(job.target.parent),
            str(job.source),
        )
