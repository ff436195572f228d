"""An amending order («О внесении изменений в приказ …») and the edition it leads to, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from docgen.models.orders import (
    Acknowledgement,
    Annex,
    Executor,
    Item,
    Order,
    Point,
    Section,
    Signatory,
)

Action = Literal["replace", "add", "remove", "move"]
Value = (
    Point
    | Item
    | Section
    | Annex
    | Signatory
    | Executor
    | str
    | tuple[int, int]
    | tuple[str, ...]
    | Acknowledgement
    | tuple[Acknowledgement, ...]
    | int
    | None
)
"""What a change puts in place: a point, a row, a section, an annex or a requisite."""


@dataclass(frozen=True, slots=True)
class AmendedOrder:
    """The order that an amendment changes, as its text names it."""

    title: str
    date: date | None = None
    number: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One change of the data of an order; all paths are those before the amendment.

    `path` is what is replaced, removed or moved. What is added or moved comes to stand `after`
    a path, or at the beginning of the list which that path names. `was` and `after_was` are the
    fingerprints of what stood at `path` and `after`, empty where anything may stand there.
    """

    action: Action
    path: str = ""
    after: str = ""
    value: Value = None
    was: str = ""
    after_was: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """One instruction about a table («Строку 14 изложить в следующей редакции:») and its rows."""

    text: str
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """An annex of an amending order: what becomes of one annex of the order it changes."""

    title: str
    edits: tuple[Edit, ...]
    layout: str | None = None


@dataclass(frozen=True, slots=True)
class Amendment:
    """An amending order: its printed text, and the same changes for machines.

    `order` holds requisites, points and signature, of kind `amendment` and without annexes;
    `sheets` are its annexes.
    """

    order: Order
    amends: AmendedOrder
    changes: tuple[Change, ...]
    sheets: tuple[Sheet, ...] = ()
