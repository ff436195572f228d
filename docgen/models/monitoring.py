"""Monitoring as the service keeps it: roadmaps, stages, what is said of items, receipts, evidence.

Names of municipalities and schools stand beside their ids, so that a reader needs no second query.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from docgen.models.reports import StageReport, Tally
from docgen.models.submissions import Status

NO_DATA = "no_data"
"""The status of an answer that was taken back: in the report it is as if nothing had been said."""


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality as the store keeps it."""

    id: int
    region: str
    name: str
    coordinator: str = ""
    phone: str = ""
    curators: int | None = None


@dataclass(frozen=True, slots=True)
class School:
    """A school and the municipality it belongs to."""

    id: int
    name: str
    municipality_id: int
    municipality: str


@dataclass(frozen=True, slots=True)
class Roadmap:
    """A registered order whose measures are monitored; `schools` counts its roster."""

    id: int
    region: str
    document_id: int
    version: int
    title: str
    created_at: datetime
    schools: int = 0


@dataclass(frozen=True, slots=True)
class MonitoringStage:
    """A stage of a roadmap. It takes answers until `closes_at`, unless it is closed before."""

    id: int
    roadmap_id: int
    region: str
    number: int
    title: str
    monitoring_date: date
    closes_at: datetime
    closed_at: datetime | None
    roadmap: str
    document_id: int

    def is_open(self, at: datetime) -> bool:
        """Whether the stage takes answers at that moment."""
        return self.closed_at is None and at < self.closes_at


class Key(NamedTuple):
    """Of whom and of what an answer speaks: a school, a municipality (no school), or the region."""

    municipality_id: int | None
    school_id: int | None
    item: str


@dataclass(frozen=True, slots=True)
class Values:
    """What is said of one item; `status` is `no_data` for what was taken back."""

    status: Status | str
    value: float | None = None
    date: date | None = None
    evidence: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said now of one item, `version` times so far.

    `returned` is the analyst's comment while the answer waits to be mended.
    """

    id: int
    stage_id: int
    key: Key
    values: Values
    version: int
    returned: str | None
    updated_at: datetime
    municipality: str = ""
    school: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """One entry of an answer's history: what was said, when, by whom, under which receipt."""

    version: int
    values: Mapping[str, Any]
    created_at: datetime
    author: str
    receipt: int | None


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of saved rows: when, and how many of them said something new."""

    at: datetime
    rows: int
    changed: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a coordinator is given for what they sent; `ordinal` has no gaps within the stage."""

    id: int
    stage_id: int
    municipality_id: int | None
    ordinal: int
    rows: int
    created_at: datetime
    municipality: str = ""
    author: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file that confirms what is said of an item; `hash` is where its content is kept."""

    id: int
    stage_id: int
    key: Key
    name: str
    hash: str
    size: int
    media_type: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class FormRow:
    """One question of a stage's form, with what was said so far.

    `item` is the number to be sent back, `planned` the target in words, `asked` what a value
    means, `ceiling` the largest that makes sense; `due` as in `PlanItem`.
    """

    item: str
    section: str
    activity: str
    deadline: str
    indicator: str
    asked: str
    planned: str
    ceiling: float | None
    due: bool | None
    answer: Answer | None = None
    files: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class StageForm:
    """The form of one respondent: a school, a municipality as a whole, or the operator."""

    stage: MonitoringStage
    open: bool
    municipality: str
    municipality_id: int | None
    school: School | None
    first_day: date
    rows: tuple[FormRow, ...]

    @property
    def answered(self) -> int:
        """How many questions have an answer."""
        return sum(
            row.answer is not None and row.answer.values.status != NO_DATA for row in self.rows
        )

    @property
    def returned(self) -> int:
        """How many answers wait to be mended."""
        return sum(bool(row.answer and row.answer.returned) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Duty:
    """What one respondent owes at a stage: of so many questions so many are answered."""

    municipality_id: int | None
    school_id: int | None
    name: str
    asked: int
    answered: int
    returned: int
    last: datetime | None


@dataclass(frozen=True, slots=True)
class PlaceProgress:
    """How far a municipality is: its tally as the report counts it, and when it last wrote."""

    place: Place
    tally: Tally
    last: datetime | None
    returned: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a stage is; `report` is the one that would be made now."""

    stage: MonitoringStage
    open: bool
    report: StageReport
    places: tuple[PlaceProgress, ...]
    last: datetime | None = None
    receipts: int = 0
    at: datetime | None = None

    @property
    def silent(self) -> tuple[PlaceProgress, ...]:
        """The municipalities that have sent nothing yet."""
        return tuple(entry for entry in self.places if entry.last is None)
