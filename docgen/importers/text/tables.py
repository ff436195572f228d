"""A table of recognised text made whole: its items, its sections, and what had to be mended."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.importers.headings import Headings
from docgen.importers.paper import Cell, Line, Remark, Row, Table
from docgen.importers.text.columns import Page, Shape, fitted
from docgen.importers.text.entries import Entries, Entry
from docgen.importers.text.slips import part_line_ends, rejoin, settle, spread
from docgen.importers.text.vocabulary import Vocabulary
from docgen.importers.text.words import mended, mended_heading


def made_table(
    names: Sequence[str], pages: Sequence[Page], headings: Headings, vocabulary: Vocabulary
) -> tuple[Table, list[str]]:
    """The table under these headings, and the texts that found no place in it."""
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
        _mend(entry, vocabulary)
    head = Row(tuple(Cell((Line(name),)) for name in names))
    return Table((head, *map(_row, entries.found))), entries.left


def _shape(names: Sequence[str], headings: Headings) -> Shape:
    keys = [match.key for match in headings.match(names)]
    number = keys.index("number") if "number" in keys else -1
    activity = keys.index("activity") if "activity" in keys else number + 1
    return Shape(len(names), number, activity)


def _mend(entry: Entry, vocabulary: Vocabulary) -> None:
    """Puts right the words that recognition misread, with a remark for each cell."""
    for column, text in enumerate(entry.texts):
        mend = mended_heading if entry.is_heading else mended
        entry.texts[column], remarks = mend(text, vocabulary)
        entry.remark(column, *remarks)


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
