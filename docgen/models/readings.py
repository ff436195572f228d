"""An order as it was read from somebody's document: the order itself, and what was printed.

Data files have no stamps, fonts or places of their own; a DOCX, a PDF or a scan has. Checks take
a `Reading`, so that they never open a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from docgen.models.orders import Order

Role = Literal[
    "letterhead",
    "document",
    "requisite",
    "title",
    "preamble",
    "operative",
    "point",
    "signature",
    "acquaintance",
    "executor",
    "stamp",
    "annex-title",
    "other",
]
"""What a line of an order is."""


@dataclass(frozen=True, slots=True)
class PrintedStamp:
    """The stamp of one annex as printed: its lines and what they say.

    `mark` is the number in «Приложение № 2», None where it has none; `blank` when the date or the
    number is a line to be filled by hand.
    """

    lines: tuple[str, ...]
    date: date | None = None
    number: str | None = None
    mark: str | None = None
    approval_word: str | None = None
    blank: bool = False


@dataclass(frozen=True, slots=True)
class PageFacts:
    """One section of pages, in millimetres. `number_place` says where the page number stands.

    It is `top-centre`, `top-left`, `top-right`, `bottom-…` or None for pages without one;
    `first_numbered` whether the section's first page shows it.
    """

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    number_place: str | None = None
    first_numbered: bool = False


@dataclass(frozen=True, slots=True)
class ParagraphFacts:
    """How one paragraph of the order's text is set: sizes in points, lengths in millimetres.

    `role` is a `Role`; `inset` is the sum of its left and right indents, `spacing` counts lines,
    `width` is about how long the longest line would be without a margin to turn it at.
    """

    text: str
    role: str
    font: str | None = None
    size: float | None = None
    align: str | None = None
    first_line: float | None = None
    spacing: float | None = None
    inset: float = 0
    width: float | None = None


@dataclass(frozen=True, slots=True)
class LayoutFacts:
    """What the layout rules of ГОСТ Р 7.0.97 look at."""

    pages: tuple[PageFacts, ...]
    paragraphs: tuple[ParagraphFacts, ...] = ()
    table_sizes: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """A value the reader is not sure of: where it went, where it came from, and why.

    `confidence` runs from 0 (a guess) to 1 (certain).
    """

    path: str
    place: str
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Text that found no place in the order; nothing read is ever dropped."""

    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Reading:
    """An order and everything known of the document it was read from.

    `stamps` has one entry an annex; `places` maps paths of the data file to where a person looks.
    `letterhead`, `document` and `operative` are as printed; `headings` are the column headings of
    each annex's tables.
    """

    order: Order
    stamps: tuple[PrintedStamp | None, ...] = ()
    layout: LayoutFacts | None = None
    places: Mapping[str, str] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    letterhead: tuple[str, ...] = ()
    document: str = ""
    operative: str = ""
    headings: tuple[tuple[str, ...], ...] = ()
