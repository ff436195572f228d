"""What coordinators send: rows of a stage's form, and who is expected to send them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

Status = Literal["done", "partial", "not_done", "not_due"]
STATUSES: tuple[Status, ...] = get_args(Status)
SUBMISSION_KEYS = (
    "municipality",
    "school",
    "stage",
    "item",
    "status",
    "value",
    "date",
    "evidence",
    "comment",
)
"""The keys of a row in every format, in the order of the form (design.md section 3)."""


@dataclass(frozen=True, slots=True)
class Submission:
    """One statement about one item: of a school, of a municipality as a whole, or of the operator.

    `school` is empty in a statement about a whole municipality; so is `municipality` in one about
    the whole region. `item` is the printed number; «2#3» means the third target of item 2.
    `place` says where the row was read and takes no part in comparisons.
    """

    municipality: str
    school: str
    stage: int
    item: str
    status: Status
    value: float | None = None
    date: date | None = None
    evidence: str = ""
    comment: str = ""
    place: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality of the roster: its schools, its coordinator, how many curators it has."""

    name: str
    schools: tuple[str, ...]
    coordinator: str = ""
    phone: str = ""
    curators: int | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """Everything read from the files of one stage, or of several; the roster may be empty."""

    rows: tuple[Submission, ...]
    roster: tuple[Municipality, ...] = ()
