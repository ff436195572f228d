"""The rows of grids told apart into sections and items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from docgen.importers.grids import Grid, GridRow
from docgen.importers.headings import Headings, Match
from docgen.importers.paper import Remark, one_line
from docgen.models import Item, Layout, Section
from docgen.models.numbering import split_heading

_ROMAN = re.compile(r"[IVXLCІХ]+[.)]?")
_COUNT = re.compile(r"\d+[.)]?")


@dataclass(slots=True)
class ItemDraft:
    """An item with where it stood, the texts of columns that have no key, remarks by key."""

    item: Item
    table: int
    row: int
    sure: bool = True
    strange: dict[str, str] = field(default_factory=dict)
    remarks: dict[str, tuple[Remark, ...]] = field(default_factory=dict)


@dataclass(slots=True)
class SectionDraft:
    """A section with where its heading stood; `row` is 0 for one without a heading."""

    title: str | None
    number: str | None
    table: int
    row: int
    items: list[ItemDraft] = field(default_factory=list)
    sure: bool = True
    remarks: tuple[Remark, ...] = ()

    def section(self) -> Section:
        """The section as a value."""
        return Section(tuple(draft.item for draft in self.items), self.title, self.number)


@dataclass(frozen=True, slots=True)
class ReadGrid:
    """A grid with the meaning of each of its columns."""

    grid: Grid
    matches: tuple[Match, ...]

    @property
    def keys(self) -> list[str | None]:
        """The key of each column."""
        return [match.key for match in self.matches]

    def within(self, layout: Layout) -> ReadGrid:
        """The same without the keys that the layout does not print; numbers are always kept."""
        own = {"number", *(column.key for column in layout.columns)}
        matches = (
            match if match.key is None or match.key in own else Match(None, 0.0, foreign=True)
            for match in self.matches
        )
        return replace(self, matches=tuple(matches))

    def heading(self, key: str) -> str:
        """What stands over the column of this key."""
        return next(
            (name for name, own in zip(self.grid.headings, self.keys, strict=True) if own == key),
            "",
        )


def read_grids(grids: Sequence[Grid], headings: Headings) -> list[ReadGrid]:
    """The grids with their columns understood; one that continues another takes its meaning."""
    read: list[ReadGrid] = []
    for grid in grids:
        if grid.continues and read and read[-1].grid.width == grid.width:
            matches = read[-1].matches
        else:
            matches = tuple(headings.match(grid.headings))
        read.append(ReadGrid(grid, matches))
    return read


def read_sections(grids: Sequence[ReadGrid], titles: Sequence[str]) -> list[SectionDraft]:
    """The sections of an annex's tables; `titles` are those printed above each table, if any."""
    sections: list[SectionDraft] = []
    for table, (read, title) in enumerate(zip(grids, titles, strict=True), 1):
        if title:
            number, rest = split_heading(title)
            sections.append(SectionDraft(rest, number, table, 0))
        for row, heading in _told_apart(read):
            if heading is not None:
                number, rest = split_heading(heading)
                sections.append(SectionDraft(rest, number, table, row.place, sure=row.widest > 1))
                sections[-1].remarks = tuple(each for own in row.remarks.values() for each in own)
            else:
                if not sections:
                    sections.append(SectionDraft(None, None, table, 0))
                sections[-1].items.append(_item(row, read, table))
    return sections or [SectionDraft(None, None, 1, 0)]


def _told_apart(read: ReadGrid) -> Iterator[tuple[GridRow, str | None]]:
    """Each row with the heading it is, None for an item."""
    width = read.grid.width
    spanned = any(row.widest >= width for row in read.grid.rows)
    numbers = _column(read, "number")
    rows = read.grid.rows
    for index, row in enumerate(rows):
        after = rows[index + 1] if index + 1 < len(rows) else None
        yield row, _heading(row, width, spanned, numbers, after)


def _heading(
    row: GridRow, width: int, spanned: bool, numbers: int | None, after: GridRow | None
) -> str | None:
    """The section heading that the row is: one cell over all columns, or one text for all."""
    filled = row.filled
    texts = [one_line(text) for text in row.texts if text]
    if row.widest >= width or (len(filled) == 1 and row.widest >= max(width - 1, 2)):
        return texts[0]
    if len(texts) == width > 2 and len(set(texts)) == 1:
        return texts[0]
    if len(filled) == 1 and not spanned and _stands_alone(row, filled[0], numbers):
        return texts[0]
    if len(filled) == 2 and numbers == filled[0] and _heads(row, width, spanned, after):
        number = texts[0] if texts[0].endswith(".") else f"{texts[0].rstrip(')')}."
        return f"{number} {texts[1]}"
    return None


def _stands_alone(row: GridRow, column: int, numbers: int | None) -> bool:
    """A text without a number and without anything beside it heads the rows below."""
    text = row.texts[column]
    return not row.continued and not (column == numbers and _COUNT.fullmatch(text))


def _heads(row: GridRow, width: int, spanned: bool, after: GridRow | None) -> bool:
    """Whether a row of only a number and a text heads a section: «II | Мероприятия | | |»."""
    number = row.texts[row.filled[0]].strip(" .)")
    if row.widest >= width - row.filled[1] and row.widest > 1:
        return True
    if spanned or not number:
        return False
    below = "" if after is None else after.texts[row.filled[0]]
    return bool(_ROMAN.fullmatch(number)) or below.startswith(f"{number}.1")


def _item(row: GridRow, read: ReadGrid, table: int) -> ItemDraft:
    values: dict[str, str] = {}
    strange: dict[str, str] = {}
    for heading, match, text in zip(read.grid.headings, read.matches, row.texts, strict=True):
        if match.key is not None and text:
            begun = values.get(match.key)
            values[match.key] = f"{begun} – {text}" if begun else text
        elif text:
            strange[heading] = text
    printed = values.pop("number", "")
    has_numbers = _column(read, "number") is not None
    number = one_line(printed) if has_numbers else None
    keys = read.keys
    remarks = {keys[column] or "": own for column, own in row.remarks.items()}
    return ItemDraft(Item(values, number), table, row.place, strange=strange, remarks=remarks)


def _column(read: ReadGrid, key: str) -> int | None:
    keys = read.keys
    return keys.index(key) if key in keys else None
