"""Keeps N LibreOffice processes at work: lazily started, supervised, replaced when they fail.

A caller's own thread takes an idle engine, converts, checks the PDF and gives the engine back.
An engine that failed, froze, grew too large or is due for renewal is killed and replaced in the
background while the others serve, so a bad document costs nobody but itself.
"""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
import threading
import time
import uuid
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from docgen.convert.canary import canary
from docgen.convert.contract import PdfOptions, Stats
from docgen.convert.document import Measure, measure, read_body
from docgen.convert.engine import Engine, EngineFactory, Job
from docgen.convert.failures import ENGINE_FAULTS, disk_failure, failure
from docgen.convert.pdf import page_count
from docgen.convert.queue import Turnstile
from docgen.errors import ConversionError

_log = logging.getLogger(__name__)
_MEBIBYTE = 1024 * 1024
_FREE_ENOUGH = 8 * _MEBIBYTE
_ATTEMPTS = 2


@dataclass(frozen=True, slots=True)
class Limits:
    """What a pool allows: seconds for a document, documents and memory for a process."""

    seconds: float = 30.0
    seconds_per_row: float = 0.025
    seconds_per_mebibyte: float = 5.0
    documents: int = 2000
    memory_mark: int = 700 * _MEBIBYTE
    memory_limit: int = 4096 * _MEBIBYTE
    waiting: int = 64

    def deadline(self, document: Measure) -> float:
        """Seconds allowed for a document of this size."""
        by_size = document.size / _MEBIBYTE * self.seconds_per_mebibyte
        return self.seconds + document.rows * self.seconds_per_row + by_size


DEFAULT_LIMITS = Limits()
DEFAULT_OPTIONS = PdfOptions()


class Pool:
    """Converts documents on up to `workers` engines at once; thread-safe."""

    def __init__(
        self, factory: EngineFactory, workers: int, limits: Limits = DEFAULT_LIMITS
    ) -> None:
        self._factory = factory
        self._limits = limits
        self._root = Path(tempfile.mkdtemp(prefix="docgen-pdf-"))
        self._turnstile: Turnstile[Engine] = Turnstile(workers, limits.waiting)
        self._lock = threading.Lock()
        self._live: set[Engine] = set()
        self._served: Counter[Engine] = Counter()
        self._renewals: set[threading.Thread] = set()
        self._failures: Counter[str] = Counter()
        self._conversions = 0
        self._restarts = 0
        self._closed = False

    def convert(self, docx: bytes, *, options: PdfOptions = DEFAULT_OPTIONS) -> bytes:
        """The PDF of the document; raises ConversionError with one of `failures.CODES`."""
        try:
            size = measure(read_body(docx))
            pdf = self._convert_patiently(docx, options, self._limits.deadline(size))
        except ConversionError as error:
            with self._lock:
                self._failures[error.code] += 1
            raise
        with self._lock:
            self._conversions += 1
        return pdf

    def ready(self) -> bool:
        """Whether a one-word document becomes a PDF right now."""
        try:
            self._convert_patiently(canary(), DEFAULT_OPTIONS, self._limits.seconds)
        except ConversionError:
            return False
        return True

    def stats(self) -> Stats:
        """The counters since the start."""
        with self._lock:
            return Stats(
                self._conversions, dict(self._failures), self._restarts, self._turnstile.waited
            )

    def close(self) -> None:
        """Kills every process and removes every file; waiting callers are refused."""
        with self._lock:
            self._closed = True
            live = list(self._live)
        self._turnstile.close()
        for engine in live:
            engine.kill()
        for renewal in list(self._renewals):
            renewal.join()
        for engine in live:
            engine.discard()
        shutil.rmtree(self._root, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _convert_patiently(self, docx: bytes, options: PdfOptions, seconds: float) -> bytes:
        """Converts, once more on another engine when the first one died under the document."""
        for last in (False, True):
            try:
                return self._convert_once(docx, options, seconds)
            except ConversionError as error:
                if self._closed:
                    raise failure("conversion-closed") from error
                if last or error.code != "conversion-crashed":
                    raise
        raise AssertionError("unreachable")

    def _convert_once(self, docx: bytes, options: PdfOptions, seconds: float) -> bytes:
        engine = self._take()
        healthy = False
        try:
            pdf = self._run(engine, docx, options, seconds)
            healthy = True
        except ConversionError as error:
            healthy = error.code not in ENGINE_FAULTS
            raise
        finally:
            self._give_back(engine, healthy)
        return pdf

    def _run(self, engine: Engine, docx: bytes, options: PdfOptions, seconds: float) -> bytes:
        """The checked PDF, by way of two files in the engine's folder."""
        name = uuid.uuid4().hex
        job = Job(
            source=engine.directory / f"{name}.docx",
            target=engine.directory / f"{name}.pdf",
            options=options,
            until=time.monotonic() + seconds,
        )
        try:
            job.source.write_bytes(docx)
            engine.convert(job)
            return self._result(job.target)
        except OSError as error:
            raise disk_failure(error) or failure("conversion-crashed") from error
        except ConversionError as error:
            raise self._disk_full() or error from error
        finally:
            job.source.unlink(missing_ok=True)
            job.target.unlink(missing_ok=True)

    def _result(self, target: Path) -> bytes:
        """The PDF, provided that it opens and has pages: an answer alone proves nothing."""
        pdf = target.read_bytes() if target.exists() else b""
        if page_count(pdf) == 0:
            raise failure("empty-result")
        return pdf

    def _disk_full(self) -> ConversionError | None:
        """`disk-full` when that explains why LibreOffice failed."""
        free = shutil.disk_usage(self._root).free
        return failure("disk-full") if free < _FREE_ENOUGH else None

    def _take(self) -> Engine:
        """An idle healthy engine; a new one when none has been started on this place yet."""
        engine = self._turnstile.enter()
        if engine is not None and engine.healthy():
            return engine
        try:
            if engine is not None:
                self._end(engine)
                self._count_restart()
            return self._start()
        except BaseException:
            self._turnstile.leave(None)
            raise

    def _give_back(self, engine: Engine, healthy: bool) -> None:
        with self._lock:
            self._served[engine] += 1
            due = self._served[engine] >= self._limits.documents
        if healthy and not due and engine.memory() < self._limits.memory_mark:
            self._turnstile.leave(engine)
            return
        engine.kill()
        renewal = threading.Thread(target=self._renew, args=(engine,), name="docgen-office-renewal")
        with self._lock:
            self._renewals.add(renewal)
        renewal.start()

    def _renew(self, engine: Engine) -> None:
        """Puts a fresh engine in the place of a killed one."""
        fresh: Engine | None = None
        try:
            self._end(engine)
            if not self._closed:
                self._count_restart()
                fresh = self._start()
        except ConversionError:
            _log.warning("LibreOffice did not start again", exc_info=True)
        finally:
            self._turnstile.leave(fresh)
            with self._lock:
                self._renewals.discard(threading.current_thread())

    def _count_restart(self) -> None:
        with self._lock:
            self._restarts += 1

    def _start(self) -> Engine:
        """A started and warmed engine, known to `close`."""
        try:
            engine = self._factory(self._root)
        except OSError as error:
            raise disk_failure(error) or failure("conversion-crashed") from error
        with self._lock:
            self._live.add(engine)
        try:
            engine.start()
            self._run(engine, canary(), DEFAULT_OPTIONS, self._limits.seconds)
        except BaseException:
            self._end(engine)
            raise
        if self._closed:
            self._end(engine)
            raise failure("conversion-closed")
        return engine

    def _end(self, engine: Engine) -> None:
        engine.kill()
        engine.discard()
        with self._lock:
            self._live.discard(engine)
            del self._served[engine]


def default_workers() -> int:
    """One LibreOffice for each core that this process may use."""
    return len(os.sched_getaffinity(0))
