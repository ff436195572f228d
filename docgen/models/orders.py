"""The documents as values: what a data file, a form or an imported DOCX holds once validated.

Texts stand exactly as they are to be printed. `None` means "not given": the region's profile
answers. Everything is frozen; sequences are tuples, mappings are never written to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

ITEM_KEYS = (
    "activity",
    "goal",
    "tasks",
    "venue",
    "audience",
    "deadline",
    "executor",
    "indicator",
    "document",
    "information",
)
"""Canonical keys of a roadmap's cells, next to `number`; a region may add its own."""


DATE_BLANK = "____________"
NUMBER_BLANK = "________"
"""What a draft prints for a date and a number still to come."""


@dataclass(frozen=True, slots=True)
class Person:
    """A named holder of a post, in the nominative; `gender` is `m`, `f` or unknown."""

    name: str
    post: str = ""
    gender: str | None = None


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs: «Ректор … О.С. Кольцова» (ГОСТ Р 7.0.97, реквизит «подпись»)."""

    post: str
    name: str


@dataclass(frozen=True, slots=True)
class Executor:
    """Who drafted the order and can be phoned (реквизит «отметка об исполнителе»)."""

    name: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Control:
    """«Контроль … возложить на …»: worded by the region."""

    person: Person


@dataclass(frozen=True, slots=True)
class Approve:
    """«Утвердить …»: approves the annex with this index, counted from 0."""

    annex: int


@dataclass(frozen=True, slots=True)
class Appoint:
    """«Назначить … <role> …»."""

    role: str
    person: Person


@dataclass(frozen=True, slots=True)
class Assign:
    """«<addressee, dative> <task>»: one task in a line, several as sub-points."""

    addressee: str
    tasks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recommend:
    """«Рекомендовать <addressee, dative> <task>»."""

    addressee: str
    tasks: tuple[str, ...]


Form = Control | Approve | Appoint | Assign | Recommend


@dataclass(frozen=True, slots=True)
class Point:
    """One point (пункт): plain text or a form that the engine words, with sub-points."""

    text: str = ""
    form: Form | None = None
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One row of a roadmap. `values` maps column keys to cell texts; an absent key is empty."""

    values: Mapping[str, str]
    number: str | None = None

    def get(self, key: str) -> str:
        """The text of the cell in column `key`, empty when the item has none."""
        return self.values.get(key, "")


@dataclass(frozen=True, slots=True)
class Section:
    """A titled run of rows; `title` is None where the table has no sections."""

    items: tuple[Item, ...]
    title: str | None = None
    number: str | None = None


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex (приложение) with its roadmap table, laid out by a column layout of the profile."""

    title: str
    sections: tuple[Section, ...]
    kind: str = "roadmap"
    layout: str | None = None

    def items(self) -> Iterator[tuple[int, int, Item]]:
        """Every item with the indexes of its section and of itself within the section."""
        for section_index, section in enumerate(self.sections):
            for item_index, item in enumerate(section.items):
                yield section_index, item_index, item


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """A finding the author knows of and signs for, with the reason."""

    code: str
    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Revision:
    """An amending order that this edition of an order takes into account."""

    date: date | None = None
    number: str | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """An order (приказ) and its annexes, as in design.md section 3.

    `unplaced` is text of an imported document that belongs to no part; it is kept, not printed.
    `forms` are declined forms given by hand, nominative → case → form; they win over every rule.
    """

    region: str
    title: str
    preamble: str
    points: tuple[Point, ...]
    annexes: tuple[Annex, ...] = ()
    kind: str = "order"
    years: tuple[int, int] | None = None
    date: date | None = None
    number: str | None = None
    city: str | None = None
    signatory: Signatory | None = None
    acquainted: tuple[str, ...] = ()
    executor: Executor | None = None
    acknowledged: tuple[Acknowledgement, ...] = ()
    unplaced: tuple[str, ...] = ()
    forms: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    revisions: tuple[Revision, ...] = ()

    @property
    def printed_date(self) -> str:
        """The date as «30.12.2021», or a blank to be filled by hand in a draft."""
        return f"{self.date:%d.%m.%Y}" if self.date else DATE_BLANK

    @property
    def printed_number(self) -> str:
        """The registration number, or a blank to be filled by hand in a draft."""
        return self.number or NUMBER_BLANK
