"""Keeps N LibreOffice processes at work: lazily started, supervised, replaced when they fail.

A caller's own thread takes an idle engine, converts, checks the PDF and gives the engine back.
An engine that failed, froze, grew too large or is due for renewal is killed and replaced in the
background while the others serve, so a bad document costs nobody but itself.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from docgen.convert.canary import canary
from docgen.convert.contract import PdfOptions, Stats
from docgen.convert.document import measure, read_body, with_body, without_comments
from docgen.convert.engine import Engine, EngineFactory, Job, Task
from docgen.convert.failures import ENGINE_FAULTS, disk_failure, failure
from docgen.convert.limits import DEFAULT_LIMITS, Limits
from docgen.convert.pagination import Positions, paginate
from docgen.convert.pdf import page_count
from docgen.convert.queue import Turnstile
from docgen.convert.shelter import Shelter
from docgen.errors import ConversionError

_log = logging.getLogger(__name__)
_FREE_ENOUGH = 8 * 1024 * 1024
_OWN_FAULTS = frozenset({"document-unreadable", "document-refused", "empty-result"})


@dataclass(frozen=True, slots=True)
class Work:
    """What one engine is to do with one document, and the seconds it may take."""

    docx: bytes
    options: PdfOptions
    seconds: float
    task: Task = "pdf"


DEFAULT_OPTIONS = PdfOptions()


class Pool:
    """Converts documents on up to `workers` engines at once; thread-safe."""

    def __init__(
        self,
        factory: EngineFactory,
        workers: int,
        limits: Limits = DEFAULT_LIMITS,
        *,
        measures: bool = False,
    ) -> None:
        self._factory = factory
        self._workers = workers
        self._measures = measures
        self._limits = limits
        self._canary = Work(canary(), DEFAULT_OPTIONS, limits.seconds)
        self._shelter = Shelter()
        self._root = self._shelter.directory
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
            pdf = self._convert_patiently(self._prepared(docx, options))
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
            self._convert_patiently(self._canary)
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
            live, renewals = list(self._live), list(self._renewals)
        self._turnstile.close()
        for engine in live:
            engine.kill()
        for renewal in renewals:
            renewal.join()
        for engine in live:
            engine.discard()
        self._shelter.remove()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _prepared(self, docx: bytes, options: PdfOptions) -> Work:
        """The document as LibreOffice is to get it: long tables in groups of whole pages."""
        body = without_comments(printed := read_body(docx))
        if body != printed:
            docx = with_body(docx, body)
        size = measure(body)
        seconds = self._limits.deadline(size, regrouped=True)

        def positions(ruler: bytes) -> Positions:
            work = Work(with_body(docx, ruler), options, seconds, "positions")
            found: Positions = json.loads(self._convert_patiently(work))
            return found

        regrouped = self._paginated(body, positions)
        if regrouped is None:
            return Work(docx, options, self._limits.deadline(size))
        return Work(with_body(docx, regrouped), options, seconds)

    def _paginated(self, body: bytes, positions: Callable[[bytes], Positions]) -> bytes | None:
        """The regrouped main part, None when there is nothing to gain or it cannot be done."""
        if not self._measures:
            return None
        try:
            return paginate(body, positions, self._workers)
        except ConversionError as error:
            if error.code not in _OWN_FAULTS:
                raise
            _log.warning("a long table could not be measured", exc_info=True)
            return None

    def _convert_patiently(self, work: Work) -> bytes:
        """Converts, once more on another engine when the first one died under the document."""
        for last in (False, True):
            try:
                return self._convert_once(work)
            except ConversionError as error:
                if self._closed:
                    raise failure("conversion-closed") from error
                if last or error.code != "conversion-crashed":
                    raise
        raise AssertionError("unreachable")

    def _convert_once(self, work: Work) -> bytes:
        engine = self._take()
        healthy = False
        try:
            result = self._run(engine, work)
            healthy = True
        except ConversionError as error:
            healthy = error.code not in ENGINE_FAULTS
            raise
        finally:
            self._give_back(engine, healthy)
        return result

    def _run(self, engine: Engine, work: Work) -> bytes:
        """The checked result, by way of two files in the engine's folder."""
        name = os.urandom(8).hex()
        job = Job(
            source=engine.directory / f"{name}.docx",
            target=engine.directory / f"{name}.pdf",
            options=work.options,
            until=time.monotonic() + work.seconds,
            task=work.task,
        )
        try:
            job.source.write_bytes(work.docx)
            engine.convert(job)
            return _result(job)
        except OSError as error:
            raise disk_failure(error) or failure("conversion-crashed") from error
        except ConversionError as error:
            raise self._disk_full() or error from error
        finally:
            job.source.unlink(missing_ok=True)
            job.target.unlink(missing_ok=True)

    def _disk_full(self) -> ConversionError | None:
        """`disk-full` when that explains why LibreOffice failed."""
        try:
            free = shutil.disk_usage(self._root).free
        except OSError:  # a closed pool has no folder
            return None
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
            if not self._closed:
                self._count_restart()
                fresh = self._start()
        except ConversionError:
            _log.warning("LibreOffice did not start again", exc_info=True)
        finally:
            self._turnstile.leave(fresh)
            self._end(engine)
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
            self._run(engine, self._canary)
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


def _result(job: Job) -> bytes:
    """What was made; a PDF must open and have pages, for an answer alone proves nothing."""
    result = job.target.read_bytes() if job.target.exists() else b""
    if job.task == "pdf" and page_count(result) == 0:
        raise failure("empty-result")
    return result


def default_workers() -> int:
    """One LibreOffice for each core that this process may use."""
    return len(os.sched_getaffinity(0))
