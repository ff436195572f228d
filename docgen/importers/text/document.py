"""A recognised text as paper: the lines of the order, and its tables made whole."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace

from docgen.i18n import _
from docgen.importers.grids import counts, is_heading
from docgen.importers.headings import Headings, bare
from docgen.importers.paper import Block, Line, Paper, one_line
from docgen.importers.stamps import begins_stamp
from docgen.importers.text.columns import Page
from docgen.importers.text.tables import Mend, made_table
from docgen.models.readings import Unplaced


@dataclass(slots=True)
class Found:
    """A table as found: its headings, its pages, and lines that may belong to it or follow it."""

    headings: list[str]
    pages: list[Page] = field(default_factory=lambda: [[]])
    waiting: list[Line] = field(default_factory=list)

    def take(self, cells: list[str]) -> None:
        """Adds a row; lines that were waiting stood between two rows of the table."""
        if self.waiting:
            self.pages += [[[line.text] for line in self.waiting], []]
            self.waiting.clear()
        self.pages[-1].append(cells)

    def turn(self) -> None:
        """Begins a new page."""
        if self.pages[-1] and not self.waiting:
            self.pages.append([])


def read_paper(lines: Sequence[str], headings: Headings, mend: Mend) -> Paper:
    """The document in the lines; `mend` puts right the words of a row. What it took is remarked on.

    Cells stand between tabs, an empty line is a gap or a page break.
    """
    blocks: list[Block] = []
    debris: list[Unplaced] = []
    for part in _parts(lines, headings):
        if isinstance(part, Line):
            blocks.append(part)
            continue
        table, left = made_table(part.headings, part.pages, headings, mend)
        blocks.append(table)
        debris += [Unplaced(each, _("a table cut by a page break")) for each in left]
    return Paper(tuple(blocks), debris=tuple(debris))


def _parts(lines: Sequence[str], headings: Headings) -> Iterator[Line | Found]:
    found: Found | None = None
    gap = False
    for line in lines:
        if not line.strip():
            gap = True
            if found is not None:
                found.turn()
            continue
        cells = [one_line(cell) for cell in line.split("\t")]
        if len(cells) > 1 and is_heading(cells, headings):
            if found is not None and not _repeats(found, cells):
                yield from _turned(found)
                found = None
            found = found or Found(_trimmed(cells))
        elif found is None:
            yield Line(line.strip(" "), gap=gap)
        elif len(cells) > 1:
            _take_row(found, cells)
        else:
            found = yield from _after_row(found, Line(cells[0], gap=gap))
        gap = False
    if found is not None:
        yield from _closed(found)


def _take_row(found: Found, cells: list[str]) -> None:
    if any(cells) and not counts(_trimmed(cells)):
        found.take(cells)


def _after_row(found: Found, line: Line) -> Generator[Line | Found, None, Found | None]:
    """Keeps the line for the table, unless it begins the stamp of the next annex."""
    if begins_stamp(line):
        yield from _closed(found)
        yield line
        return None
    found.waiting.append(line)
    return found


def _closed(found: Found) -> Iterator[Line | Found]:
    """The table, then the lines after its last row, which are no part of it."""
    yield found
    yield from found.waiting


def _turned(found: Found) -> Iterator[Line | Found]:
    """The table, then the lines that head the next, on a page of their own."""
    yield found
    for index, line in enumerate(found.waiting):
        yield replace(line, new_page=index == 0)


def _repeats(found: Found, cells: list[str]) -> bool:
    return [bare(cell) for cell in _trimmed(cells)] == [bare(name) for name in found.headings]


def _trimmed(cells: list[str]) -> list[str]:
    end = max((index for index, cell in enumerate(cells, 1) if cell), default=0)
    return cells[:end]
