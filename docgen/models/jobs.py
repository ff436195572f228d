"""Long work: what was asked, how far it is, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """Where a job is. The last three are final."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def final(self) -> bool:
        """Whether nothing more will come of the job."""
        return self not in (State.QUEUED, State.RUNNING)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a job did not succeed: a stable code, and words for its author."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class ResultFile:
    """A file that a job made; its content stands in `Files` under the hash."""

    name: str
    hash: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Job:
    """One row of the table. `fence` grows whenever the job changes hands.

    Only the holder of the newest fence may report progress or end the job; `owner` is the
    worker that holds it until `lease_until`.
    """

    id: int
    kind: str
    arguments: Mapping[str, Any]
    region: str | None
    author_id: int | None
    state: State
    owner: str | None
    lease_until: datetime | None
    fence: int
    attempt: int
    attempts: int
    not_before: datetime | None
    done: int
    total: int
    key: str | None
    result: Mapping[str, Any]
    error: Fault | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    updated_at: datetime

    @property
    def files(self) -> Sequence[ResultFile]:
        """The files that the job made."""
        return [ResultFile(**each) for each in self.result.get("files", ())]
