from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from docgen.errors import ConflictError, ConversionError, InputError, NotFoundError
from docgen.models.accounts import Role, Scope
from docgen.models.jobs import Job, State
from docgen.services.jobs import SERVICE, InterruptedWork, Jobs, Kind, Pace, Progress
from docgen.services.kinds import kept
from docgen.store.bucket import Bucket
from docgen.store.database import Database
from docgen.store.files import Files
from docgen.store.tables import accounts, audit
from tests.buckets import S3

QUICK = Pace(lease=0.3, beat=0.05, retry=0, unheard=0)


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path / "files")


@pytest.fixture
def make(database: Database, files: Files) -> Callable[..., Jobs]:
    def built(work: Kind = lambda *_: {}, pace: Pace = QUICK, **more: Any) -> Jobs:
        return Jobs(database, files, {"work": work}, pace=pace, **more)

    return built


@pytest.fixture
def clerk(database: Database) -> Scope:
    return person(database, "ivanova", "smolensk")


def person(database: Database, login: str, region: str, role: Role = Role.CLERK) -> Scope:
    with database.begin() as connection:
        values = {"login": login, "name": login, "role": role, "region": region}
        key = connection.execute(accounts.insert().values(values)).inserted_primary_key
    assert key is not None
    return Scope(role, region, None, key[0], login)


def said(database: Database) -> list[str]:
    with database.read() as connection:
        return [row.action for row in connection.execute(audit.select().order_by(audit.c.id))]


def test_a_job_is_done_once_and_its_files_are_kept(
    make: Callable[..., Jobs], files: Files, clerk: Scope, database: Database
) -> None:
    def work(scope: Scope, arguments: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
        assert scope == clerk
        progress(1, 2)
        return {"files": [kept(files, "a.pdf", arguments["text"].encode())]}

    jobs = make(work)
    job = jobs.enqueue(clerk, "work", {"text": "да"})
    assert job.state is State.QUEUED
    assert jobs.work("w")
    assert not jobs.work("w")
    ended = jobs.read(clerk, job.id)
    assert (ended.state, ended.attempt, ended.owner) == (State.DONE, 1, None)
    file, data = jobs.file(clerk, job.id, 1)
    assert (file.name, file.media_type, data) == ("a.pdf", "application/pdf", "да".encode())
    assert said(database) == ["job.enqueued", "job.done"]


def test_a_key_gives_the_job_of_before_unless_the_work_is_other(
    make: Callable[..., Jobs], clerk: Scope
) -> None:
    jobs = make()
    first = jobs.enqueue(clerk, "work", {"a": 1}, key="k")
    assert jobs.enqueue(clerk, "work", {"a": 1}, key="k").id == first.id
    assert jobs.enqueue(SERVICE, "work", {"a": 1}, key="k").id != first.id
    with pytest.raises(ConflictError):
        jobs.enqueue(clerk, "work", {"a": 2}, key="k")
    with pytest.raises(InputError):
        jobs.enqueue(clerk, "unknown", {})


def test_equal_keys_at_once_make_one_job(make: Callable[..., Jobs], clerk: Scope) -> None:
    jobs = make()
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: jobs.enqueue(clerk, "work", {}, key="k").id, range(24)))
    assert len(set(made)) == 1


def test_foreign_jobs_are_as_if_they_did_not_exist(
    make: Callable[..., Jobs], clerk: Scope, database: Database
) -> None:
    jobs = make()
    job = jobs.enqueue(clerk, "work", {})
    stranger = person(database, "petrova", "yugra")
    coordinator = Scope(Role.COORDINATOR, "smolensk", 1, 99, "k")
    for scope in (stranger, coordinator):
        assert jobs.list(scope).total == 0
        for act in (jobs.read, jobs.cancel):
            with pytest.raises(NotFoundError):
                act(scope, job.id)
    assert jobs.list(clerk, state=State.QUEUED, kind="work").rows == [job]


def test_many_takers_take_each_job_once(make: Callable[..., Jobs], clerk: Scope) -> None:
    jobs = make(pace=Pace())
    made = {jobs.enqueue(clerk, "work", {"n": n}).id for n in range(60)}
    taken: list[int] = []

    def taker(name: int) -> None:
        while (job := jobs.take(f"w{name}")) is not None:
            taken.append(job.id)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(taker, range(6)))
    left = jobs.counts(SERVICE)
    # PostgreSQL passes over rows that others are just taking: some may be left for a later look
    assert len(taken) == len(set(taken))
    assert set(taken) | {job.id for job in jobs.list(clerk, state=State.QUEUED).rows} == made
    assert sum(left.values()) == 60


@pytest.mark.slow
def test_work_outlives_a_bucket_that_is_away(
    make: Callable[..., Jobs], clerk: Scope, s3: S3
) -> None:
    address = s3.absent()
    bucket = Bucket(address)
    jobs = make(lambda *_: {"files": [kept(bucket, "a.pdf", b"done")]})
    job = jobs.enqueue(clerk, "work", {})
    assert jobs.work("w")
    waiting = jobs.read(clerk, job.id)
    assert (waiting.state, waiting.files) == (State.QUEUED, [])
    s3.make(address)
    assert jobs.work("w")
    (file,) = jobs.read(clerk, job.id).files
    assert bucket.read(file.hash) == b"done"


def test_a_passing_fault_is_tried_again_and_then_told(
    make: Callable[..., Jobs], clerk: Scope
) -> None:
    def work(*_: Any) -> dict[str, Any]:
        raise ConversionError("Очередь полна.", code="queue-full")

    jobs = make(work)
    job = jobs.enqueue(clerk, "work", {}, attempts=2)
    assert jobs.work("w")
    waiting = jobs.read(clerk, job.id)
    assert (waiting.state, waiting.attempt) == (State.QUEUED, 1)
    assert jobs.work("w")
    failed = jobs.read(clerk, job.id)
    assert failed.state is State.FAILED
    assert failed.error is not None
    assert (failed.error.code, failed.error.message) == ("queue-full", "Очередь полна.")


def test_the_delay_before_another_attempt_grows(make: Callable[..., Jobs], clerk: Scope) -> None:
    def work(*_: Any) -> dict[str, Any]:
        raise OSError

    jobs = make(work, Pace(retry=3600))
    job = jobs.enqueue(clerk, "work", {})
    assert jobs.work("w")
    assert not jobs.work("w")
    waiting = jobs.read(clerk, job.id)
    assert waiting.not_before is not None
    assert 3500 < (waiting.not_before - waiting.updated_at).total_seconds() <= 3601


def test_a_fault_of_the_input_is_told_at_once(make: Callable[..., Jobs], clerk: Scope) -> None:
    def work(*_: Any) -> dict[str, Any]:
        raise InputError("Нет такого.", code="no-such")

    jobs = make(work)
    job = jobs.enqueue(clerk, "work", {})
    jobs.work("w")
    failed = jobs.read(clerk, job.id)
    assert failed.state is State.FAILED
    assert failed.error is not None
    assert failed.error.code == "no-such"


def test_a_bug_shows_its_author_only_an_id(
    make: Callable[..., Jobs], clerk: Scope, caplog: pytest.LogCaptureFixture
) -> None:
    def work(*_: Any) -> dict[str, Any]:
        raise ZeroDivisionError("секрет")

    jobs = make(work)
    job = jobs.enqueue(clerk, "work", {}, attempts=1)
    jobs.work("w")
    failed = jobs.read(clerk, job.id)
    assert failed.error is not None
    assert failed.error.code == "internal"
    assert "секрет" not in failed.error.message
    assert "ZeroDivisionError" in caplog.text


def test_who_lost_the_lease_cannot_end_the_job(make: Callable[..., Jobs], clerk: Scope) -> None:
    results: list[str] = []

    def work(*_: Any) -> dict[str, Any]:
        results.append("made")
        return {"by": len(results)}

    jobs = make(work)
    job = jobs.enqueue(clerk, "work", {})
    held = jobs.take("slow")
    assert held is not None
    time.sleep(0.35)
    assert list(jobs.sweep()) == [job.id]
    assert jobs.work("quick")
    jobs.perform(held)
    assert jobs.read(clerk, job.id).result == {"by": 1}
    assert not jobs.heartbeat(held, 1, 1)


def test_a_beating_job_keeps_its_lease_and_shows_its_progress(
    make: Callable[..., Jobs], clerk: Scope
) -> None:
    seen: list[tuple[int, int]] = []

    def work(_scope: Scope, _arguments: Any, progress: Progress) -> dict[str, Any]:
        progress(3, 7)
        time.sleep(0.5)
        assert list(jobs.sweep()) == []
        now = jobs.read(clerk, job.id)
        seen.append((now.done, now.total))
        return {}

    jobs = make(work)
    job = jobs.enqueue(clerk, "work", {})
    jobs.work("w")
    assert seen == [(3, 7)]
    assert jobs.read(clerk, job.id).state is State.DONE


def test_a_worker_that_dies_with_every_attempt_ends_the_job(
    make: Callable[..., Jobs], clerk: Scope
) -> None:
    jobs = make()
    job = jobs.enqueue(clerk, "work", {}, attempts=2)
    for owner in ("a", "b"):
        assert jobs.take(owner) is not None
        jobs.sweep(dead_owner=owner)
    failed = jobs.read(clerk, job.id)
    assert failed.state is State.FAILED
    assert failed.error is not None
    assert failed.error.code == "worker-lost"


def test_cancelled_work_stops_and_brings_nothing(make: Callable[..., Jobs], clerk: Scope) -> None:
    started, broke = threading.Event(), threading.Event()

    def work(_scope: Scope, _arguments: Any, progress: Progress) -> dict[str, Any]:
        started.set()
        try:
            for step in range(200):
                progress(step, 200)
                time.sleep(0.02)
        except InterruptedWork:
            broke.set()
            raise
        return {}

    jobs = make(work)
    job = jobs.enqueue(clerk, "work", {})
    worker = threading.Thread(target=jobs.work, args=("w",))
    worker.start()
    started.wait(5)
    assert jobs.cancel(clerk, job.id).state is State.CANCELLED
    worker.join(5)
    assert broke.is_set()
    assert jobs.read(clerk, job.id).state is State.CANCELLED
    with pytest.raises(ConflictError):
        jobs.cancel(clerk, job.id)


def test_work_given_back_counts_no_attempt(make: Callable[..., Jobs], clerk: Scope) -> None:
    given: list[Job] = []

    def work(_scope: Scope, _arguments: Any, progress: Progress) -> dict[str, Any]:
        if not given:
            jobs.give_back()
            given.append(jobs.read(clerk, job.id))
            progress(1, 1)
        return {}

    jobs = make(work)
    job = jobs.enqueue(clerk, "work", {})
    assert jobs.work("w")
    assert (given[0].state, given[0].attempt) == (State.QUEUED, 0)
    assert jobs.work("w")
    assert jobs.read(clerk, job.id).state is State.DONE


def test_a_closed_account_gets_no_work_done(
    make: Callable[..., Jobs], clerk: Scope, database: Database
) -> None:
    jobs = make()
    job = jobs.enqueue(clerk, "work", {})
    with database.begin() as connection:
        connection.execute(accounts.update().values(active=False))
    jobs.work("w")
    failed = jobs.read(clerk, job.id)
    assert failed.error is not None
    assert failed.error.code == "account-closed"


def test_a_lost_message_is_sent_again(make: Callable[..., Jobs], clerk: Scope) -> None:
    sent: list[int] = []

    def send(job_id: int) -> None:
        sent.append(job_id)
        if len(sent) == 1:
            raise ConnectionError

    jobs = make(send=send)
    job = jobs.enqueue(clerk, "work", {})
    time.sleep(0.01)
    jobs.sweep()
    assert sent == [job.id, job.id]
    assert jobs.run(job.id, "w")
    assert not jobs.run(job.id, "w")
    jobs.sweep()
    assert len(sent) == 2
