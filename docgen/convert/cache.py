"""Keeps PDFs by what they were made of, so that an unchanged document is not converted twice."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import tempfile
import threading
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Self

from docgen.convert.contract import Converter, PdfOptions, Stats
from docgen.convert.pdf import page_count

_log = logging.getLogger(__name__)
_RECIPE = 1  # raise it when the same document is to come out otherwise


class CachedConverter:
    """A converter that asks `inner` only for documents it has not seen.

    The folder holds at most `limit` bytes; what was not used for the longest time goes first. A
    cache that cannot be written costs time, never the PDF.
    """

    def __init__(self, inner: Converter, directory: Path, limit: int, *, version: str = "") -> None:
        self._inner = inner
        self._directory = directory
        self._limit = limit
        self._version = version
        self._lock = threading.Lock()
        with suppress(OSError):
            directory.mkdir(parents=True, exist_ok=True)

    def convert(self, docx: bytes, *, options: PdfOptions = PdfOptions()) -> bytes:  # noqa: B008
        """The kept PDF, or a new one; raises what `inner` raises."""
        file = self._directory / f"{self._key(docx, options)}.pdf"
        kept = _read(file)
        if kept is not None:
            return kept
        pdf = self._inner.convert(docx, options=options)
        try:
            with self._lock:
                _write(file, pdf)
                self._shrink()
        except OSError:
            _log.warning("the PDF could not be kept", exc_info=True)
        return pdf

    def stats(self) -> Stats:
        """The counters of the inner converter: what was found here is not among them."""
        return self._inner.stats()

    def close(self) -> None:
        """Closes the inner converter; the kept PDFs stay."""
        self._inner.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _key(self, docx: bytes, options: PdfOptions) -> str:
        recipe = json.dumps([_RECIPE, self._version, asdict(options)], sort_keys=True)
        digest = hashlib.sha256(recipe.encode())
        digest.update(hashlib.sha256(docx).digest())
        return digest.hexdigest()

    def _shrink(self) -> None:
        """Removes the longest unused files until the rest fits."""
        files = []
        for file in self._directory.glob("*.pdf"):
            with suppress(FileNotFoundError):
                seen = file.stat()
                files.append((seen.st_mtime_ns, seen.st_size, file))
        excess = sum(size for _, size, _ in files) - self._limit
        for _, size, file in sorted(files):
            if excess <= 0:
                return
            file.unlink(missing_ok=True)
            excess -= size


def _read(file: Path) -> bytes | None:
    """A kept PDF that is whole, marked as used just now."""
    try:
        pdf = file.read_bytes()
        os.utime(file)
    except OSError:
        return None
    return pdf if page_count(pdf) else None


def _write(file: Path, pdf: bytes) -> None:
    """Writes the file whole or not at all."""
    handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as target:
            target.write(pdf)
            target.flush()
            os.fsync(target.fileno())
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
