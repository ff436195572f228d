"""The rows of a table told apart: items, headings of sections, and ends of rows cut in two."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from docgen.i18n import _
from docgen.importers.paper import Remark
from docgen.importers.text.columns import Fitted, Shape
from docgen.importers.text.joins import joined, likelihood, places

_NUMBERED_HEADING = re.compile(r"(?:[IVXУХІ]{1,5}|\d{1,2})\.\s+[«\"]?[А-ЯЁ]")
_SHORTEST_HEADING = 12


@dataclass(slots=True)
class Entry:
    """A row made whole, with remarks by column; a heading has its text in the first column."""

    texts: list[str]
    is_heading: bool = False
    remarks: dict[int, list[Remark]] = field(default_factory=dict)

    def remark(self, column: int, *remarks: Remark) -> None:
        """Notes why the cell may not be what was printed."""
        if remarks:
            self.remarks.setdefault(column, []).extend(remarks)


class Entries:
    """Gathers entries row by row; `left` are the texts that found no place."""

    def __init__(self, shape: Shape) -> None:
        self._shape = shape
        self.found: list[Entry] = []
        self.left: list[str] = []

    @property
    def last(self) -> Entry | None:
        """The last item."""
        return next((entry for entry in reversed(self.found) if not entry.is_heading), None)

    def take(self, row: Fitted, below: Fitted | None) -> None:
        """Adds the row, as what it is; `below` is the next one of the page."""
        if self._is_heading(row):
            heading = [" ".join(filter(None, row.texts)), *[""] * (self._shape.width - 1)]
            self.found.append(Entry(heading, is_heading=True))
        elif row.loose:
            self._take_loose(row.texts[0])
        elif self._goes_on(row):
            self._continue(row, below)
        else:
            self._add(row)

    def _is_heading(self, row: Fitted) -> bool:
        """Whether a text that stands alone heads the rows below, and ends no row above."""
        if len(row.filled) != 1 or row.strays or row.narrow:
            return False
        column = row.filled[0]
        text = row.texts[column]
        if _NUMBERED_HEADING.match(text):
            return True
        if column > max(self._shape.activity, 0) or not text[:1].isupper():
            return False
        above = self.last.texts[self._shape.activity] if self.last else ""
        return len(text) >= _SHORTEST_HEADING and likelihood(above, text) <= 0

    def _goes_on(self, row: Fitted) -> bool:
        """Whether the row is the end of one above it: it has no number of its own."""
        last = self.last
        if last is None or row.numbered(self._shape):
            return False
        fragments = _fragments(row)
        if self._shape.number >= 0 and len(fragments) < self._shape.width - 1:
            return True
        if self._shape.number < 0 and all(row.texts):
            return row.texts[self._shape.activity][0].islower()
        placed = places(fragments, last.texts, self._shape.number + 1)
        return sum(fit for _column, _text, fit, _move in placed) > 0

    def _add(self, row: Fitted) -> None:
        entry = Entry(list(row.texts), remarks=dict(row.remarks))
        number = self._shape.number
        if number >= 0 and not row.numbered(self._shape):
            entry.remark(number, Remark(0.5, _("the row has no number")))
        self.found.append(entry)
        for column, text in row.strays:
            self._add_stray(entry, column, text)

    def _add_stray(self, entry: Entry, column: int, text: str) -> None:
        """Words that the ends of narrow lines lost to a column beside: often read twice."""
        if text.lower() in entry.texts[column].lower():
            reason = _("“%(text)s” beside the cell was left out: the cell has it already")
            self.left.append(text)
        else:
            reason = _("“%(text)s” stood in a column of its own")
            entry.texts[column] = joined(entry.texts[column], text)
        entry.remark(column, Remark(0.4, reason % {"text": text}))

    def _take_loose(self, text: str) -> None:
        """A line without tabs inside a table ends the cell that it goes on with best."""
        last = self.last
        if last is None:
            self.left.append(text)
            return
        columns = range(self._shape.number + 1, self._shape.width)
        column = max(columns, key=lambda each: (likelihood(last.texts[each], text), each))
        last.texts[column] = joined(last.texts[column], text)
        last.remark(column, Remark(0.4, _("a line below the table was taken for its end")))

    def _continue(self, row: Fitted, below: Fitted | None) -> None:
        last = self.last
        if last is None:
            return
        fragments = [each for each in _fragments(row) if not self._is_repeated(each, last, below)]
        for column, text, fit, move in places(fragments, last.texts, self._shape.number + 1):
            last.texts[column] = joined(last.texts[column], text)
            last.remark(column, _cut(fit, move))
        for column, remarks in row.remarks.items():
            last.remark(column, *remarks)

    def _is_repeated(self, fragment: tuple[int, str], last: Entry, below: Fitted | None) -> bool:
        """Whether the text only repeats the end of the cell above, or the cell below."""
        column, text = fragment
        above = last.texts[column]
        copied = below is not None and below.texts[column] == text and len(text) > 3
        repeated = (copied and bool(above)) or (len(text) > 3 and above.endswith(text))
        if repeated:
            reason = _("“%(text)s” after a page break was left out: it stands beside already")
            last.remark(column, Remark(0.7, reason % {"text": text}))
            self.left.append(text)
        return repeated


def _fragments(row: Fitted) -> list[tuple[int, str]]:
    """The texts of a row by column; one in the column of numbers is for the next."""
    own = [(column, row.texts[column]) for column in row.filled]
    return sorted([*own, *row.strays], key=lambda each: each[0])


def _cut(fit: float, move: int) -> Remark:
    if move:
        return Remark(0.6, _("cut by a page break; its end stood in another column"))
    if fit < 0:
        return Remark(0.4, _("cut by a page break; its end hardly goes on with it"))
    return Remark(0.85, _("cut by a page break and joined again"))
