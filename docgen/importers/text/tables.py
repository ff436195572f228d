"""A table of recognised text made whole: its items, its sections, and what had to be mended."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from docgen.importers.headings import Headings
from docgen.importers.paper import Cell, Line, Remark, Row, Table
from docgen.importers.text.columns import Page, Shape, fitted
from docgen.importers.text.entries import Entries, Entry
from docgen.importers.text.slips import part_line_ends, rejoin, settle, spread

Mend = Callable[[Entry], None]


def made_table(
    names: Sequence[str], pages: Sequence[Page], headings: Headings, mend: Mend
) -> tuple[Table, list[str]]:
    """The table under these headings, and the texts that found no place in it.

    `mend` puts right the words of each row.
    """
    shape = _shape(names, headings)
    entries = Entries(shape)
    for page in pages:
        rows = fitted(page, shape)
        settle(rows, entries.last, shape)
        for index, row in enumerate(rows):
            entries.take(row, rows[index + 1] if index + 1 < len(rows) else None)
    spread(entries.found, shape)
    rejoin(entries.found, shape)
    entries.left += part_line_ends(entries.found, shape)
    for entry in entries.found:
        mend(entry)
    head = Row(tuple(Cell((Line(name),)) for name in names))
    return Table((head, *map(_row, entries.found))), entries.left


def _shape(names: Sequence[str], headings: Headings) -> Shape:
    keys = [match.key for match in headings.match(names)]
    number = keys.index("number") if "number" in keys else -1
    activity = keys.index("activity") if "activity" in keys else number + 1
    return Shape(len(names), number, activity)


def _row(entry: Entry) -> Row:
    if entry.is_heading:
        remarks = tuple(each for own in entry.remarks.values() for each in own)
        text = " ".join(filter(None, entry.texts))
        return Row((Cell((Line(text),), span=len(entry.texts), remarks=remarks),))
    return Row(tuple(_cell(entry, column) for column in range(len(entry.texts))))


def _cell(entry: Entry, column: int) -> Cell:
    text = entry.texts[column]
    remarks: tuple[Remark, ...] = tuple(entry.remarks.get(column, ()))
    return Cell((Line(text),) if text else (), remarks=remarks)
