"""What a converter promises: DOCX bytes in, PDF bytes out, or a `ConversionError`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Protocol, Self


@dataclass(frozen=True, slots=True)
class PdfOptions:
    """How the PDF is to be: always tagged; PDF/A-2b on demand.

    `title` None keeps the document's own; `language` is a BCP 47 tag such as `ru-RU`.
    """

    pdfa: bool = False
    title: str | None = None
    language: str = "ru-RU"


@dataclass(frozen=True, slots=True)
class Stats:
    """Counters since the start; `failures` by code, `queue_seconds` in total over all callers."""

    conversions: int = 0
    failures: Mapping[str, int] = field(default_factory=dict)
    restarts: int = 0
    queue_seconds: float = 0.0


class Converter(Protocol):
    """Makes PDFs out of DOCX documents, from any number of threads at once."""

    def convert(self, docx: bytes, *, options: PdfOptions = ...) -> bytes:
        """The PDF of the document; raises ConversionError with a code of `failures.CODES`."""
        ...

    def stats(self) -> Stats:
        """The counters since the start."""
        ...

    def close(self) -> None:
        """Leaves no process and no temporary file behind; later calls are refused."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None: ...
