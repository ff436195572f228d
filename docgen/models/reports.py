"""A stage report (отчёт по этапу мониторинга) as a value: figures only, no wording.

Every figure names the submissions behind it by their index in `StageReport.submissions`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

from docgen.models.profiles import Stage
from docgen.models.submissions import Municipality, Submission

ItemStatus = Literal["done", "partial", "not_done", "not_due", "no_data"]
ITEM_STATUSES: tuple[ItemStatus, ...] = ("done", "partial", "not_done", "not_due", "no_data")
Scope = Literal["school", "municipality", "region"]
Rule = Literal["share", "mean", "number", "sum", "least"]
"""How a target's fact is made of its parts; docs/reports.md states each rule."""


class Body(NamedTuple):
    """Who answers for a row: a school, a municipality (no school), or the region (neither)."""

    municipality: str = ""
    school: str = ""


@dataclass(frozen=True, slots=True)
class Goal:
    """One target of an item as planned for the stage.

    `periods` are the first and last days of the whole weeks, months, quarters or years over by the
    monitoring date, for a target that returns; `due` whether it can be demanded by then. `number`
    is its place in the printed indicator; `first` marks the one that a row's value belongs to.
    """

    number: int
    unit: str
    rule: Rule
    subject: str
    comparator: str | None
    value: float | None
    value_max: float | None
    due: bool | None
    per: str | None = None
    periods: tuple[tuple[date, date], ...] = ()
    window: tuple[date | None, date | None] | None = None
    first: bool = False


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One item of the roadmap as planned: `key` is its unique number, `due` as in `Goal`.

    `cells` are its texts by column key.
    """

    key: str
    number: str
    section: str
    activity: str
    deadline: str
    indicator: str
    executor: str
    first_day: date | None
    last_day: date | None
    due: bool | None
    scope: Scope
    goals: tuple[Goal, ...]
    theme: Literal["survey", "training"] | None = None
    cells: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Part:
    """What a municipality, or the whole region, reached against one target.

    `amount` is the sum of shares (`share`, `mean`), a number of schools, a sum, or the least
    frequency; `value` is the figure in the target's unit, None while nobody has reported one.
    `of` counts those expected, `given` those who reported, `done` those who reported «выполнено».
    """

    amount: float
    of: int
    given: int
    done: int
    value: float | None


@dataclass(frozen=True, slots=True)
class Fact:
    """The fact of one target: the region, and its municipalities by name.

    `short_periods` are the elapsed ones in which too little was done. `reached` is None while the
    answers still missing can decide.
    """

    goal: Goal
    whole: Part
    parts: dict[str, Part]
    reached: bool | None
    short_periods: tuple[tuple[date, date], ...] = ()
    sources: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemReport:
    """Plan and fact of one item; `counts` are the statuses sent, `missing` those who sent none.

    `overdue_days` is None where nothing is known to be late; `late` counts what was done after the
    deadline.
    """

    plan: PlanItem
    status: ItemStatus
    facts: tuple[Fact, ...]
    counts: dict[str, int]
    expected: int
    missing: tuple[Body, ...]
    confirmed: int
    overdue_days: int | None
    late: int
    fact_date: date | None
    evidence: tuple[str, ...]
    sources: tuple[int, ...]
    decided: bool = True

    @property
    def counts_given(self) -> int:
        """How many answered."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Tally:
    """The due items of a school, a municipality or the region, each in one of four states.

    `expected` is their sum; `percent` is `done` of it; `confirmed` counts the done ones with
    evidence. `reached` compares with the stage's threshold, None while missing answers can decide.
    """

    body: Body
    expected: int
    done: int
    confirmed: int
    partial: int
    not_done: int
    missing: int
    late: int
    reached: bool | None = None
    rank: int | None = None
    change: float | None = None
    schools: int = 0
    reported: int = 0

    @property
    def percent(self) -> float | None:
        """The share of the expected that is done; None where nothing is expected yet."""
        return 100 * self.done / self.expected if self.expected else None

    @property
    def confirmed_percent(self) -> float | None:
        """The share of the expected that is done with evidence."""
        return 100 * self.confirmed / self.expected if self.expected else None


Cause = Literal["not_done", "partial", "late", "said_not_due"]


@dataclass(frozen=True, slots=True)
class Deviation:
    """Something reported that is not as planned, with the reason given."""

    key: str
    body: Body
    cause: Cause
    days: int | None
    reason: str
    source: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """Several different answers to one question: the one counted and those set aside."""

    key: str
    body: Body
    chosen: Submission
    others: tuple[Submission, ...]


@dataclass(frozen=True, slots=True)
class SectionProgress:
    """The items of one section by status."""

    title: str
    counts: dict[ItemStatus, int]


@dataclass(frozen=True, slots=True)
class Former:
    """What the report of the former stage said, as far as changes are shown against it."""

    stage: int
    percent: float | None
    municipalities: dict[str, float | None]
    items: dict[str, ItemStatus]


@dataclass(frozen=True, slots=True)
class StageReport:
    """The whole report of one stage."""

    region: str
    stage: Stage
    order_date: date | None
    order_number: str | None
    roster: tuple[Municipality, ...]
    items: tuple[ItemReport, ...]
    schools: tuple[Tally, ...]
    municipalities: tuple[Tally, ...]
    total: Tally
    sections: tuple[SectionProgress, ...]
    deviations: tuple[Deviation, ...]
    conflicts: tuple[Conflict, ...]
    submissions: tuple[Submission, ...]
    doubled: int = 0
    former: Former | None = None

    def count(self, status: ItemStatus) -> int:
        """How many items have the status."""
        return sum(item.status == status for item in self.items)
