"""A document as paper shows it: lines and tables in reading order, whatever file it came from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from docgen.models.readings import PageFacts, ParagraphFacts, Unplaced

BULLET = "–"
"""The label of every point under a bullet, whatever its shape."""

_NARROW = re.compile("[\u00ad\u200b\u2060\ufeff]")
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000\v\f\r]")
_ODD = re.compile(f"{_NARROW.pattern}|{_SPACES.pattern}")
_RUNS = re.compile(r"\s+")


def plain_text(text: str) -> str:
    """The text without soft hyphens, every kind of space an ordinary one; lines and tabs stay."""
    return _SPACES.sub(" ", _NARROW.sub("", text)) if _ODD.search(text) else text


def one_line(text: str) -> str:
    """The text with every run of white space as one space."""
    return _RUNS.sub(" ", text).strip()


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: a paragraph, or what stands between two line breaks of one.

    `label` is the number that automatic numbering prints, `level` its depth from 0. `joined` says
    that the line before belongs to the same paragraph, `gap` that an empty line stands before,
    `cell` that the line stands in a table that is no table of data.
    """

    text: str
    label: str = ""
    level: int = 0
    style: str = ""
    new_page: bool = False
    gap: bool = False
    joined: bool = False
    cell: bool = False
    left: float = 0.0
    facts: ParagraphFacts | None = None

    @property
    def printed(self) -> str:
        """The text with the number before it."""
        return f"{self.label} {self.text}".strip()


@dataclass(frozen=True, slots=True)
class Remark:
    """Why a text may not be what was printed, and how sure it is all the same, from 0 to 1."""

    confidence: float
    reason: str


@dataclass(frozen=True)
class Cell:
    """A cell over `span` columns; `continued` when it goes on from the row above."""

    blocks: tuple[Block, ...]
    span: int = 1
    continued: bool = False
    remarks: tuple[Remark, ...] = ()

    @cached_property
    def text(self) -> str:
        """What the cell says, each printed line on its own; an inner table row by row."""
        return "\n".join(_printed(self.blocks)).strip()


@dataclass(frozen=True)
class Row:
    """The cells of a row after `before` columns that it leaves out."""

    cells: tuple[Cell, ...]
    before: int = 0


@dataclass(frozen=True)
class Table:
    """The rows of a table."""

    rows: tuple[Row, ...]

    @cached_property
    def width(self) -> int:
        """In how many columns the widest row stands."""
        return max(
            (row.before + sum(cell.span for cell in row.cells) for row in self.rows), default=0
        )


Block = Line | Table


@dataclass(frozen=True)
class Paper:
    """A document that was read: its blocks, its pages, and the texts that stand beside the body.

    `running` are the texts of headers and footers, `notes` of footnotes, `debris` what a reader
    found but could give no place.
    """

    blocks: tuple[Block, ...]
    pages: tuple[PageFacts, ...] = ()
    table_sizes: tuple[float, ...] = ()
    running: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    debris: tuple[Unplaced, ...] = ()


def _printed(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Line):
            yield block.printed.replace("\t", " ")
        else:
            for row in block.rows:
                yield " ".join(filter(None, (cell.text for cell in row.cells)))
