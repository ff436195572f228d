"""Long work put in by people and done by workers: the table is the truth.

A worker takes a job on a lease and beats while it works; whoever loses the lease loses the job,
and what he brings later is not accepted. A kind of job is a function, which may be called again
for the same job after a crash: what it makes are contents of the store, equal each time.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import copy_context
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Event, Lock, Thread
from time import time
from typing import Any
from uuid import uuid4

from docgen.errors import AccessError, ConflictError, DocgenError, InputError, NotFoundError
from docgen.i18n import _
from docgen.models.accounts import Scope
from docgen.models.jobs import Fault, Job, ResultFile, State
from docgen.models.pages import Page
from docgen.store import audit, holdings
from docgen.store import jobs as rows
from docgen.store.database import Database
from docgen.store.files import Contents

_log = logging.getLogger(__name__)
SERVICE = Scope.of_service()
CANARY = "canary"
GLANCE = 1.0
"""How often progress is looked at, in seconds: quick work is never written about."""
_DAY = timedelta(days=1)
PASSING = frozenset(
    {
        "conversion-timeout",
        "conversion-crashed",
        "conversion-closed",
        "queue-full",
        "disk-full",
        "files-unavailable",
    }
)
"""Faults that may be over at the next attempt."""


class InterruptedWork(Exception):  # noqa: N818 - it reads as what happened
    """The job is no longer this worker's: cancelled, given back or lost. Never shown to users."""


class Progress:
    """What a kind calls with (done, total); it raises once the work is in vain."""

    def __init__(self) -> None:
        self.done = 0
        self.total = 0
        self._over = Event()

    def __call__(self, done: int, total: int) -> None:
        """Notes how far the work is; InterruptedWork where nobody waits for it any more."""
        self.done, self.total = done, total
        if self._over.is_set():
            raise InterruptedWork

    def interrupt(self) -> None:
        """The next call raises."""
        self._over.set()


Kind = Callable[[Scope, Mapping[str, Any], Progress], Mapping[str, Any]]
"""The author's scope, the arguments and the progress in; the result out, as plain data."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How patient the jobs are, in seconds."""

    lease: float = 60
    beat: float = 5
    retry: float = 5
    """The delay before the second attempt; each further one waits four times longer."""
    unheard: float = 60
    """After this long without a worker the engine is told again."""


class Jobs:
    """The use cases of jobs; `send` tells the engine, if there is one, of a job by its id."""

    def __init__(
        self,
        database: Database,
        files: Contents,
        kinds: Mapping[str, Kind],
        send: Callable[[int], None] = lambda _job_id: None,
        pace: Pace | None = None,
    ) -> None:
        self._database = database
        self._files = files
        self.kinds = kinds
        self._send = send
        self.pace = pace or Pace()
        self._lease = timedelta(seconds=self.pace.lease)
        self._held: dict[int, tuple[Job, Progress]] = {}
        self._lock = Lock()

    # -- for those who ask

    def enqueue(
        self,
        scope: Scope,
        kind: str,
        arguments: Mapping[str, Any],
        key: str | None = None,
        attempts: int = 3,
    ) -> Job:
        """The job put in; the same key from the same author gives the job of before.

        ConflictError where that job had other arguments.
        """
        if kind not in self.kinds:
            message = _("There is no kind of work “%(kind)s”.") % {"kind": kind}
            raise InputError(message, code="unknown-kind")
        with self._database.begin() as connection:
            job, new = rows.enqueue(connection, scope, kind, arguments, key=key, attempts=attempts)
            if not new and job.arguments != arguments:
                raise ConflictError(
                    _("This key was used for other work before."), code="key-reused"
                )
            if new:
                _note(connection, scope, job, "job.enqueued")
        if new:
            self._tell([job.id])
        return job

    def read(self, scope: Scope, job_id: int) -> Job:
        """The job; NotFoundError where there is none that the scope sees."""
        with self._database.read() as connection:
            return rows.read(connection, scope, job_id)

    def list(
        self,
        scope: Scope,
        *,
        state: State | None = None,
        kind: str | None = None,
        page: int = 1,
        page_size: int = 50,
    ) -> Page[Job]:
        """A page of the jobs that the scope sees, the newest first."""
        with self._database.read() as connection:
            return rows.listed(
                connection, scope, state=state, kind=kind, page=page, page_size=page_size
            )

    def counts(self, scope: Scope) -> Mapping[tuple[str, State], int]:
        """How many jobs there are of each kind in each state."""
        with self._database.read() as connection:
            return rows.counts(connection, scope)

    def cancel(self, scope: Scope, job_id: int) -> Job:
        """The job cancelled; ConflictError where it was over already."""
        with self._database.begin() as connection:
            job = rows.read(connection, scope, job_id)
            if not rows.cancel(connection, scope, job_id):
                message = _("The job %(id)s is over already.") % {"id": job_id}
                raise ConflictError(message, code="job-ended")
            _note(connection, scope, job, "job.cancelled")
        return self.read(scope, job_id)

    def file(self, scope: Scope, job_id: int, number: int) -> tuple[ResultFile, bytes]:
        """A file that the job made, counted from 1, with its content."""
        files = self.read(scope, job_id).files
        if not 1 <= number <= len(files):
            message = _("The job %(id)s has no file %(number)s.") % {"id": job_id, "number": number}
            raise NotFoundError(message)
        return files[number - 1], self._files.read(files[number - 1].hash)

    # -- for those who work

    def take(self, owner: str) -> Job | None:
        """The oldest waiting job, now held by the owner; None when nothing waits."""
        with self._database.read() as connection:
            if not rows.is_due(connection, SERVICE):
                return None
        return self._taken(owner)

    def run(self, job_id: int, owner: str) -> bool:
        """Whether the job waited and was worked on here; a second message does no harm."""
        job = self._taken(owner, job_id)
        if job is not None:
            self.perform(job)
        return job is not None

    def work(self, owner: str) -> bool:
        """Whether a job waited and was worked on here."""
        job = self.take(owner)
        if job is not None:
            self.perform(job)
        return job is not None

    def _taken(self, owner: str, job_id: int | None = None) -> Job | None:
        with self._database.begin() as connection:
            return rows.take(connection, SERVICE, owner, self._lease, job_id)

    def perform(self, job: Job) -> None:
        """Does the work of a job that was taken, and ends it or leaves it to a later attempt."""
        try:
            with self._held_by_us(job) as progress:
                result = self._done(job, progress)
            self._accept(job, result)
        except InterruptedWork:
            _log.info("job %d was taken away", job.id)
        except Exception as error:  # one job's fault must not end the worker
            self._failed(job, error)

    def _done(self, job: Job, progress: Progress) -> Mapping[str, Any]:
        with self._database.read() as connection:
            scope = rows.author_scope(connection, SERVICE, job)
        if scope is None:
            message = _("The account that asked for this work was closed.")
            raise AccessError(message, code="account-closed")
        if job.kind not in self.kinds:
            message = _("There is no kind of work “%(kind)s”.") % {"kind": job.kind}
            raise InputError(message, code="unknown-kind")
        return self.kinds[job.kind](scope, job.arguments, progress)

    def _accept(self, job: Job, result: Mapping[str, Any]) -> None:
        with self._database.begin() as connection:
            if not rows.finish(connection, SERVICE, job, result):
                raise InterruptedWork
            for file in result.get("files", ()):
                holdings.hold(connection, file["hash"], file["size"], file["media_type"])
            _note(connection, SERVICE, job, "job.done")

    def _failed(self, job: Job, error: Exception) -> None:
        fault = _fault(job, error)
        passing = fault.code in PASSING or not isinstance(error, DocgenError)
        with self._database.begin() as connection:
            if passing and job.attempt < job.attempts:
                delay = timedelta(seconds=self.pace.retry * 4 ** (job.attempt - 1))
                rows.postpone(connection, SERVICE, job, fault, delay)
            elif rows.fail(connection, SERVICE, job, fault):
                _note(connection, SERVICE, job, "job.failed", code=fault.code)

    def heartbeat(self, job: Job, done: int, total: int) -> bool:
        """Whether the job is still held; its lease then runs anew."""
        with self._database.begin() as connection:
            return rows.beat(connection, SERVICE, job, self._lease, done, total)

    @contextmanager
    def _held_by_us(self, job: Job) -> Iterator[Progress]:
        """Keeps the lease while the block runs."""
        progress, over = Progress(), Event()
        # In the context of the work, for its language.
        beating = copy_context().run
        heart = Thread(target=beating, args=(self._beat, job, progress, over), daemon=True)
        with self._lock:
            self._held[job.id] = job, progress
        heart.start()
        try:
            yield progress
        finally:
            over.set()
            heart.join()
            with self._lock:
                self._held.pop(job.id, None)

    def _beat(self, job: Job, progress: Progress, over: Event) -> None:
        """Tells of the job at each beat, and of each change of its progress."""
        told, silent = (0, 0), 0.0
        glance = min(GLANCE, self.pace.beat)
        while not over.wait(glance):
            silent += glance
            if told == (progress.done, progress.total) and silent < self.pace.beat:
                continue
            told, silent = (progress.done, progress.total), 0.0
            try:
                if not self.heartbeat(job, *told):
                    progress.interrupt()
                    return
            except Exception:  # the database may be back before the lease is over
                _log.warning("no heartbeat for job %d", job.id, exc_info=True)

    def give_back(self) -> Sequence[int]:
        """What this process holds waits for another worker, as if it had not been taken."""
        with self._lock:
            held = list(self._held.values())
        for _job, progress in held:
            progress.interrupt()
        with self._database.begin() as connection:
            returned = [job.id for job, _p in held if rows.give_back(connection, SERVICE, job)]
        self._tell(returned)
        return returned

    # -- for the upkeep

    def sweep(self, dead_owner: str | None = None) -> Sequence[int]:
        """Jobs whose worker is gone wait again; messages that were lost are sent again."""
        fault = Fault("worker-lost", _("The work broke off several times and was given up."))
        patience = timedelta(seconds=self.pace.unheard)
        with self._database.read() as connection:
            if dead_owner is None and not rows.is_untidy(connection, SERVICE, patience):
                return []
        with self._database.begin() as connection:
            again = rows.recover(connection, SERVICE, fault, dead_owner)
            late = rows.unheard(connection, SERVICE, patience)
        self._tell([*again, *(job_id for job_id in late if job_id not in again)])
        return again

    def sing(self, every: timedelta) -> None:
        """A canary waits to be converted, one each such time; those of former days are gone."""
        with self._database.begin() as connection:
            rows.forget(connection, SERVICE, CANARY, _DAY)
        self.enqueue(SERVICE, CANARY, {}, key=str(int(time() // every.total_seconds())))

    def canary_age(self) -> timedelta | None:
        """How long ago the last canary was converted; None when none was."""
        with self._database.read() as connection:
            ended = rows.newest_done(connection, SERVICE, CANARY)
        return None if ended is None else datetime.now(UTC) - ended

    def _tell(self, job_ids: Sequence[int]) -> None:
        """Tells the engine; where it cannot hear, the sweeper will tell it later."""
        for job_id in job_ids:
            try:
                self._send(job_id)
            except Exception:
                _log.warning("the engine did not take job %d", job_id, exc_info=True)


def _note(connection: Any, scope: Scope, job: Job, action: str, **details: Any) -> None:
    """The audit log tells of work that people asked for."""
    if job.author_id is not None:
        audit.record(connection, scope, action, f"job:{job.id}", kind=job.kind, **details)


def _fault(job: Job, error: Exception) -> Fault:
    """What the author is told; what only we can read goes to the log under an id."""
    if isinstance(error, DocgenError):
        return Fault(error.code, error.message)
    identity = uuid4().hex[:8]
    _log.error("job %d failed (error %s)", job.id, identity, exc_info=error)
    message = _("Something went wrong inside docgen (error %(id)s).") % {"id": identity}
    return Fault("internal", message)
