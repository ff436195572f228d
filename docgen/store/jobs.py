"""The table of jobs: put in once, taken on a lease, ended by the holder of the newest fence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, func, or_, select, true, update

from docgen.errors import NotFoundError
from docgen.i18n import _
from docgen.models.accounts import Role, Scope
from docgen.models.jobs import Fault, Job, State
from docgen.models.pages import Page
from docgen.store.database import insert_once
from docgen.store.tables import accounts, jobs, now

_COLUMNS = [jobs.c[field.name] for field in fields(Job)]


def seen_by(scope: Scope) -> ColumnElement[bool]:
    """Which jobs a scope may see: those of its region; a coordinator, their own."""
    if scope.municipality_id is not None:
        return jobs.c.author_id == scope.account_id
    return true() if scope.region is None else jobs.c.region == scope.region


def enqueue(
    connection: Connection,
    scope: Scope,
    kind: str,
    arguments: Mapping[str, Any],
    *,
    key: str | None = None,
    attempts: int = 3,
) -> tuple[Job, bool]:
    """The job, and whether it is new; the same author, kind and key give the job of before."""
    values = {
        "kind": kind,
        "arguments": dict(arguments),
        "region": scope.region,
        "author_id": scope.account_id,
        "key": key,
        "attempts": attempts,
    }
    known = _keyed(connection, scope, kind, key)
    if known is not None:
        return known, False
    if key is None:
        statement = jobs.insert().values(values).returning(*_COLUMNS)
        return _job(connection.execute(statement).one()), True
    new = insert_once(connection, jobs, **values)
    stored = _keyed(connection, scope, kind, key)
    if stored is None:
        raise AssertionError("a job that was just put in is there")
    return stored, new


def _keyed(connection: Connection, scope: Scope, kind: str, key: str | None) -> Job | None:
    if key is None:
        return None
    author = jobs.c.author_id.is_not_distinct_from(scope.account_id)
    found = select(*_COLUMNS).where(author, jobs.c.kind == kind, jobs.c.key == key)
    row = connection.execute(found).first()
    return _job(row) if row is not None else None


def read(connection: Connection, scope: Scope, job_id: int) -> Job:
    """The job; NotFoundError where there is none that the scope sees."""
    found = select(*_COLUMNS).where(jobs.c.id == job_id, seen_by(scope))
    row = connection.execute(found).first()
    if row is None:
        raise NotFoundError(_("There is no job %(id)s.") % {"id": job_id})
    return _job(row)


def listed(
    connection: Connection,
    scope: Scope,
    *,
    state: State | None = None,
    kind: str | None = None,
    page: int = 1,
    page_size: int = 50,
) -> Page[Job]:
    """A page of the jobs that the scope sees, the newest first."""
    wanted = [seen_by(scope)]
    wanted += [jobs.c.state == state] if state is not None else []
    wanted += [jobs.c.kind == kind] if kind is not None else []
    total = connection.scalar(select(func.count()).select_from(jobs).where(*wanted))
    rows = select(*_COLUMNS).where(*wanted).order_by(jobs.c.id.desc())
    found = connection.execute(rows.limit(page_size).offset((page - 1) * page_size))
    return Page([_job(row) for row in found], total or 0, page, page_size)


def counts(connection: Connection, scope: Scope) -> Mapping[tuple[str, State], int]:
    """How many jobs there are of each kind in each state."""
    grouped = select(jobs.c.kind, jobs.c.state, func.count()).where(seen_by(scope))
    rows = connection.execute(grouped.group_by(jobs.c.kind, jobs.c.state))
    return {(kind, State(state)): count for kind, state, count in rows}


def newest_done(connection: Connection, scope: Scope, kind: str) -> datetime | None:
    """When a job of the kind was done last."""
    ended = select(func.max(jobs.c.finished_at)).where(
        seen_by(scope), jobs.c.kind == kind, jobs.c.state == State.DONE
    )
    moment: datetime | None = connection.scalar(ended)
    return moment


def is_due(connection: Connection, scope: Scope) -> bool:
    """Whether any job waits to be taken; a look that locks nothing."""
    return connection.scalar(_due(scope)) is not None


def take(
    connection: Connection, scope: Scope, owner: str, lease: timedelta, job_id: int | None = None
) -> Job | None:
    """The oldest job that waits, or the one named, now held by `owner`; None without one.

    Rows that another worker is just taking are passed over.
    """
    due = _due(scope).with_for_update(skip_locked=True)
    if job_id is not None:
        due = due.where(jobs.c.id == job_id)
    found = connection.scalar(due)
    if found is None:
        return None
    moment = now()
    taken = _changed(jobs.c.id == found).values(
        state=State.RUNNING,
        owner=owner,
        lease_until=moment + lease,
        fence=jobs.c.fence + 1,
        attempt=jobs.c.attempt + 1,
        started_at=moment,
        done=0,
        total=0,
    )
    return _job(connection.execute(taken.returning(*_COLUMNS)).one())


def _due(scope: Scope) -> Any:
    arrived = or_(jobs.c.not_before.is_(None), jobs.c.not_before <= now())
    waiting = and_(jobs.c.state == State.QUEUED, arrived, seen_by(scope))
    return select(jobs.c.id).where(waiting).order_by(jobs.c.id).limit(1)


def author_scope(connection: Connection, scope: Scope, job: Job) -> Scope | None:
    """How far the job's author sees now; None when the account was closed.

    A job without an author is the service's own and sees what `scope` sees.
    """
    if job.author_id is None:
        return scope
    found = select(accounts).where(accounts.c.id == job.author_id, accounts.c.active)
    row = connection.execute(found).first()
    if row is None:
        return None
    return Scope(Role(row.role), row.region, row.municipality_id, row.id, row.login)


def beat(
    connection: Connection, scope: Scope, job: Job, lease: timedelta, done: int, total: int
) -> bool:
    """Whether the job is still held; its lease then runs anew and its progress is known."""
    values = {"lease_until": now() + lease, "done": done, "total": total}
    return _did(connection, _held(scope, job), **values)


def finish(connection: Connection, scope: Scope, job: Job, result: Mapping[str, Any]) -> bool:
    """Whether the result was accepted: only from the holder of the newest fence."""
    ended = {
        "state": State.DONE,
        "done": jobs.c.total,
        "result": dict(result),
        "error": None,
        "finished_at": now(),
    }
    return _did(connection, _held(scope, job), **ended, **_FREE)


def fail(connection: Connection, scope: Scope, job: Job, fault: Fault) -> bool:
    """Whether the job has failed for good with this fault."""
    ended = {"state": State.FAILED, "error": asdict(fault), "finished_at": now()}
    return _did(connection, _held(scope, job), **ended, **_FREE)


def postpone(
    connection: Connection, scope: Scope, job: Job, fault: Fault, delay: timedelta
) -> bool:
    """Whether the job waits for its next attempt, not before the delay is over."""
    values = {"state": State.QUEUED, "error": asdict(fault), "not_before": now() + delay}
    return _did(connection, _held(scope, job), **values, **_FREE)


def give_back(connection: Connection, scope: Scope, job: Job) -> bool:
    """Whether the job waits again as if it had never been taken; its fence stays grown."""
    values = {"state": State.QUEUED, "attempt": jobs.c.attempt - 1}
    return _did(connection, _held(scope, job), **values, **_FREE)


def cancel(connection: Connection, scope: Scope, job_id: int) -> bool:
    """Whether the job was still to be done; its worker learns of it by the grown fence."""
    open_one = and_(jobs.c.id == job_id, jobs.c.state.in_((State.QUEUED, State.RUNNING)))
    ended = {"state": State.CANCELLED, "fence": jobs.c.fence + 1, "finished_at": now()}
    return _did(connection, and_(open_one, seen_by(scope)), **ended, **_FREE)


def recover(
    connection: Connection, scope: Scope, fault: Fault, owner: str | None = None
) -> Sequence[int]:
    """The jobs that lost their worker, by an expired lease or since `owner` is known dead.

    They wait for the next attempt; those that had their last one have failed with the fault.
    """
    lost = _lost(scope, owner)
    worn = and_(lost, jobs.c.attempt >= jobs.c.attempts)
    ended = {"state": State.FAILED, "error": asdict(fault), "finished_at": now()}
    connection.execute(_changed(worn).values(**ended, fence=jobs.c.fence + 1, **_FREE))
    again = _changed(lost).values(state=State.QUEUED, fence=jobs.c.fence + 1, **_FREE)
    return list(connection.scalars(again.returning(jobs.c.id)))


def unheard(connection: Connection, scope: Scope, patience: timedelta) -> Sequence[int]:
    """Waiting jobs that no worker took for so long that their message must be lost.

    They count as told of from now on.
    """
    late = _changed(_late(scope, patience)).returning(jobs.c.id)
    return list(connection.scalars(late))


def is_untidy(connection: Connection, scope: Scope, patience: timedelta) -> bool:
    """Whether `recover` or `unheard` would find anything; a look that locks nothing."""
    found = select(jobs.c.id).where(or_(_lost(scope), _late(scope, patience))).limit(1)
    return connection.scalar(found) is not None


def _lost(scope: Scope, owner: str | None = None) -> ColumnElement[bool]:
    lost = jobs.c.lease_until < now() if owner is None else jobs.c.owner == owner
    return and_(jobs.c.state == State.RUNNING, lost, seen_by(scope))


def _late(scope: Scope, patience: timedelta) -> ColumnElement[bool]:
    return and_(jobs.c.id.in_(_due(scope).limit(None)), jobs.c.updated_at < now() - patience)


def forget(connection: Connection, scope: Scope, kind: str, age: timedelta) -> None:
    """Ended jobs of the kind older than that are gone."""
    ended = jobs.c.state.in_([state for state in State if state.final])
    old = and_(ended, jobs.c.kind == kind, jobs.c.finished_at < now() - age)
    connection.execute(jobs.delete().where(old, seen_by(scope)))


_FREE: Mapping[str, Any] = {"owner": None, "lease_until": None}


def _held(scope: Scope, job: Job) -> ColumnElement[bool]:
    fenced = and_(jobs.c.id == job.id, jobs.c.fence == job.fence)
    return and_(fenced, jobs.c.state == State.RUNNING, seen_by(scope))


def _changed(which: ColumnElement[bool]) -> Any:
    return update(jobs).where(which).values(updated_at=now())


def _did(connection: Connection, which: ColumnElement[bool], **values: Any) -> bool:
    return bool(connection.execute(_changed(which).values(**values)).rowcount)


def _job(row: Row[Any]) -> Job:
    values = dict(row._mapping)
    error = values["error"]
    values |= {
        "state": State(values["state"]),
        "result": values["result"] or {},
        "error": Fault(**error) if error else None,
    }
    return Job(**values)
