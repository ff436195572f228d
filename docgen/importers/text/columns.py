"""The rows of one page put under the columns of the table's headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from docgen.importers.paper import Remark

Page = list[list[str]]
"""The raw cells of the rows between two page breaks."""

NUMBER = re.compile(r"[1-9]\d{0,2}(?:\.\d{1,3}){0,3}[.)]?")
_GLUED = re.compile(rf"({NUMBER.pattern})\s+([^\W\d].*|[«\"„“].*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Shape:
    """A table's width, and its columns of numbers and of activities; `number` −1 for none."""

    width: int
    number: int
    activity: int


@dataclass(slots=True)
class Fitted:
    """A row under the headings; `strays` stood in made-up columns at the right of a true one."""

    texts: list[str]
    strays: list[tuple[int, str]] = field(default_factory=list)
    narrow: bool = False
    loose: bool = False
    remarks: dict[int, list[Remark]] = field(default_factory=dict)

    @property
    def filled(self) -> list[int]:
        """The columns that hold text."""
        return [column for column, text in enumerate(self.texts) if text]

    def numbered(self, shape: Shape) -> bool:
        """Whether the row begins with a number of its own."""
        return shape.number >= 0 and NUMBER.fullmatch(self.texts[shape.number]) is not None


def fitted(page: Page, shape: Shape) -> list[Fitted]:
    """The rows of a page; columns that recognition made up are left out, their texts kept."""
    rows = _separated(page, shape)
    kept = _true_columns([row.texts for row in rows if not row.loose], shape)
    return [row if row.loose else _under(row, kept, shape.width) for row in rows]


def _separated(page: Page, shape: Shape) -> list[Fitted]:
    """The rows with numbers that stuck to the text beside them in a column of their own."""
    glued = shape.number == 0 and any(_is_glued(row, shape) for row in page)
    rows: list[Fitted] = []
    for row in page:
        narrow = glued and len(row) == shape.width - 1
        found = _GLUED.fullmatch(row[0]) if narrow or _stands_apart(row, shape) else None
        rest = row[1:] if narrow else row[2:]
        if found:
            rows.append(Fitted([found[1], found[2], *rest], narrow=True))
        elif narrow and sum(map(bool, row)) > 1:
            rows.append(Fitted(["", *row], narrow=True))
        else:
            rows.append(Fitted(list(row), loose=len(row) == 1))
    return rows


def _is_glued(row: Sequence[str], shape: Shape) -> bool:
    return (
        len(row) == shape.width - 1
        and sum(map(bool, row)) > 1
        and _GLUED.fullmatch(row[0]) is not None
    )


def _stands_apart(row: Sequence[str], shape: Shape) -> bool:
    """Whether number and text share the first cell, and the second is empty."""
    return shape.number == 0 and len(row) >= shape.width and not row[1] and any(row[2:])


def _true_columns(rows: Sequence[Sequence[str]], shape: Shape) -> list[int]:
    """The raw columns that are the table's own: of too many, those that hold least are not."""
    raw = max((index for row in rows for index, text in enumerate(row, 1) if text), default=0)
    weights = [0] * raw
    for row in rows:
        is_item = shape.number < 0 or (
            len(row) > shape.number and NUMBER.fullmatch(row[shape.number])
        )
        for index, text in enumerate(row):
            if text and is_item:
                weights[index] += len(text)
    spare = [column for column in range(raw) if column != shape.number]
    spare.sort(key=lambda column: (weights[column], -column))
    made_up = set(spare[: max(raw - shape.width, 0)])
    return [column for column in range(raw) if column not in made_up]


def _under(row: Fitted, kept: Sequence[int], width: int) -> Fitted:
    texts = [""] * width
    strays: list[tuple[int, str]] = []
    for column, text in enumerate(row.texts):
        if column in kept:
            texts[kept.index(column)] = text
        elif text:
            strays.append((max(sum(own < column for own in kept) - 1, 0), text))
    return replace(row, texts=texts, strays=strays)
