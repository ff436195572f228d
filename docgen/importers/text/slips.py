"""Cells that slipped into the rows above them when a page break upset the recognition."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from docgen.i18n import _
from docgen.importers.paper import Remark
from docgen.importers.text.columns import Fitted, Shape
from docgen.importers.text.entries import Entry
from docgen.importers.text.joins import breaks_off, joined

_FEWEST = 3
_LINE_ENDS = re.compile(
    r"((?:[^\W\d_]{1,12},? ){0,3}[^\W\d_]{1,12}-(?:и|а|в|с|на|по|или)) (?=[«\"]?[А-ЯЁ])"
)


def settle(rows: Sequence[Fitted], above: Entry | None, shape: Shape) -> None:
    """Moves cells down by a row where a page begins with a full row that has no number.

    The row above the page break is complete, so they belong to the next; the run ends with a row
    that has only a number and an activity.
    """
    if above is None or not rows or not _is_ahead(rows[0], above, shape):
        return
    end = _bare_row(rows, shape)
    if not end:
        return
    first = shape.activity + 1
    for index in range(end, 0, -1):
        rows[index].texts[first:] = rows[index - 1].texts[first:]
        remark = Remark(0.5, _("stood a row higher after a page break"))
        for column in rows[index].filled:
            if column >= first:
                rows[index].remarks.setdefault(column, []).append(remark)
    rows[0].texts[first:] = [""] * (shape.width - first)


def _is_ahead(row: Fitted, above: Entry, shape: Shape) -> bool:
    """Whether the cells of a row without a number are not what is missing in the row above."""
    if row.numbered(shape) or row.loose:
        return False
    cells = [column for column in row.filled if column > shape.activity]
    begun = [column for column in cells if not row.texts[column][:1].islower()]
    full = [column for column in cells if above.texts[column]]
    return len(cells) >= _FEWEST and begun == cells and len(full) * 2 > len(cells)


def _bare_row(rows: Sequence[Fitted], shape: Shape) -> int:
    """The first row with only a number and an activity, 0 where another kind comes before."""
    for index, row in enumerate(rows[1:], 1):
        if not row.numbered(shape):
            return 0
        if row.filled == sorted((shape.number, shape.activity)):
            return index
    return 0


def rejoin(entries: Sequence[Entry], shape: Shape) -> None:
    """Makes cells whole that were merged over several rows and cut at the border of the rows."""
    for column in range(shape.activity + 1, shape.width):
        for above, below in pairwise(entries):
            end, start = above.texts[column], below.texts[column]
            merged = breaks_off(end) and start[:1].islower()
            if merged and not above.is_heading and not below.is_heading:
                above.texts[column], below.texts[column] = joined(end, start), ""
                for each in (above, below):
                    each.remark(column, Remark(0.5, _("a cell over several rows was cut in two")))


def spread(entries: Sequence[Entry], shape: Shape) -> None:
    """Gives rows their own cells back where one took up those of the rows below.

    It ends with the same words as many times as there are rows below with nothing in the column.
    """
    for index, entry in enumerate(entries):
        for column in range(shape.activity + 1, shape.width):
            if column in entry.remarks and not entry.is_heading:
                _spread(entry, _empty_below(entries[index + 1 :], column), column)


def _empty_below(entries: Sequence[Entry], column: int) -> list[Entry]:
    empty: list[Entry] = []
    for entry in entries:
        if entry.is_heading or entry.texts[column]:
            break
        empty.append(entry)
    return empty


def _spread(entry: Entry, below: Sequence[Entry], column: int) -> None:
    times = len(below)
    words = entry.texts[column].split()
    if times < 2:
        return
    for length in range(len(words) // times, 1, -1):
        rest, tail = words[: len(words) - length * times], words[len(words) - length * times :]
        parts = [tail[at : at + length] for at in range(0, len(tail), length)]
        if rest and all(part == parts[0] for part in parts):
            entry.texts[column] = " ".join(rest)
            for other, part in zip(below, parts, strict=True):
                other.texts[column] = " ".join(part)
            for each in (entry, *below):
                each.remark(column, Remark(0.5, _("the cells of several rows stood in one")))
            return


def part_line_ends(entries: Sequence[Entry], shape: Shape) -> list[str]:
    """The ends of narrow lines that stood at the head of the cell beside: «ОО Школ-и Сайт …».

    No text has a word whose hyphen a conjunction follows. Where in their own cell they belong only
    a person can see, so both cells are remarked on.
    """
    left: list[str] = []
    for entry in entries:
        for column in range(shape.activity + 2, shape.width):
            found = _LINE_ENDS.match(entry.texts[column])
            if found and entry.texts[column - 1]:
                left.append(found[1])
                entry.texts[column] = entry.texts[column][found.end() :]
                reason = _("“%(text)s” are the ends of lines of the cell at the left")
                for each in (column - 1, column):
                    entry.remark(each, Remark(0.3, reason % {"text": found[1]}))
    return left
