"""A region's profile as a value: everything about its paper that is data, not a rule.

Each group of a profile file cites the document it was read from (`source`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from zoneinfo import ZoneInfo

DEFAULT_REQUISITES = ("{date} № {number}", "{city}", "title")
DEFAULT_TIME_ZONE = "Europe/Moscow"

ItemNumbering = Literal["through", "section", "hierarchical"]
SectionNumbering = Literal["none", "arabic", "roman"]
StampKind = Literal["approval", "appendix"]
HeadingPlace = Literal["centre", "left"]
Grade = Literal["error", "warning", "info", "silent"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: where its text comes from, its heading and its relative width.

    `synonyms` are further headings under which an imported table may carry the same thing.
    """

    key: str
    heading: str
    width: float
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of one kind of annex, and how its sections and rows are numbered."""

    columns: tuple[Column, ...]
    title: str = ""
    items: ItemNumbering = "through"
    sections: SectionNumbering = "none"
    column_numbers: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The issuer's name as printed at the head of the order, line by line.

    `heading` places the title: centred above the text, or at the left in a narrow column.
    """

    lines: tuple[str, ...]
    heading: HeadingPlace = "centre"
    document: str = "ПРИКАЗ"
    source: str = ""


@dataclass(frozen=True, slots=True)
class Issuer:
    """The issuing body: its name, and the lines that follow «приказом …» in a stamp."""

    name: str
    genitive: tuple[str, ...]
    source: str = ""


@dataclass(frozen=True, slots=True)
class Operative:
    """The word that opens the points, as printed; on its own line or closing the preamble."""

    word: str = "ПРИКАЗЫВАЮ:"
    own_line: bool = True


@dataclass(frozen=True, slots=True)
class Stage:
    """A monitoring stage: its day, and the percentage of measures due by then, where set."""

    number: int
    date: date
    title: str = ""
    threshold: float | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Project:
    """The project the orders belong to, under the name this region gives it."""

    name: str
    short: str
    years: tuple[int, int]
    source: str = ""


@dataclass(frozen=True, slots=True)
class Starter:
    """Texts that a new order of the region begins with."""

    title: str
    preamble: str


@dataclass(frozen=True, slots=True)
class Journal:
    """How the registration journal prints a number: a pattern with `{ordinal}` and `{year}`."""

    number: str = "{ordinal}"
    source: str = ""


@dataclass(frozen=True, slots=True)
class Regrading:
    """How grave the region takes the findings of one code, `silent` for not at all, and why."""

    code: str
    severity: Grade
    reason: str


@dataclass(frozen=True, slots=True)
class Reporter:
    """Who reports the items that the rule speaks of, whatever their words say.

    `items` are numbers as reports print them; the others are words that the cell holds. An item
    is meant when any of them fits.
    """

    by: Literal["school", "municipality", "region"]
    items: tuple[str, ...] = ()
    activity: tuple[str, ...] = ()
    executor: tuple[str, ...] = ()
    indicator: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class ReportStyle:
    """What the region calls its stage report, and what that shows of the plan.

    Columns are keys, headed as in the region's roadmap; without any, activity, deadline and
    indicator as far as the roadmap has them. `details` stand in the first column, below its own
    text, each after its heading.
    """

    columns: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    document: str = "ОТЧЁТ"
    source: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """A region, as its file in `regional_profiles/` describes it.

    `requisites` are the lines between the letterhead and the text: the word `title`, or a pattern
    with `{date}`, `{number}` and `{city}`. `terms` are the region's words for roles and things.
    `templates` name DOCX files that stand in for the common ones. `time_zone` is an IANA name.
    """

    code: str
    name: str
    letterhead: Letterhead
    issuer: Issuer
    project: Project
    layouts: dict[str, Layout]
    signatory_post: str
    starter: Starter
    requisites: tuple[str, ...] = DEFAULT_REQUISITES
    city: str | None = None
    time_zone: str = DEFAULT_TIME_ZONE
    operative: Operative = field(default_factory=Operative)
    stamp: StampKind = "approval"
    terms: dict[str, str] = field(default_factory=dict)
    stages: tuple[Stage, ...] = ()
    templates: dict[str, str] = field(default_factory=dict)
    forms: dict[str, dict[str, str]] = field(default_factory=dict)
    findings: tuple[Regrading, ...] = ()
    journal: Journal = field(default_factory=Journal)
    report: ReportStyle = field(default_factory=ReportStyle)
    reporters: tuple[Reporter, ...] = ()

    @property
    def zone(self) -> ZoneInfo:
        """The time by which the region lives."""
        return ZoneInfo(self.time_zone)

    @property
    def item_keys(self) -> frozenset[str]:
        """Every key a row of this region's tables may have, `number` included."""
        return frozenset(
            column.key for layout in self.layouts.values() for column in layout.columns
        )
