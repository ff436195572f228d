"""A document taken apart: the order's own text, and each annex with its stamp, title and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from docgen.importers.grids import Grid, recognised
from docgen.importers.headings import Headings
from docgen.importers.marks import POINT, document_word, issued
from docgen.importers.paper import Block, Line, Table, one_line
from docgen.importers.stamps import LONGEST_STAMP, begins_stamp, stamp_length

TITLE_STYLE = "Заголовок приложения"
_CONTINUES = re.compile(r"продолжение\s+(?:таблицы|приложения)", re.IGNORECASE)
_MOST_ROWS_OF_FRAME = 2
_LONGEST_TITLE = 3
"""Lines that the title of an annex has at the most where it stands above the stamp."""

Flow = list[Line | Grid]


@dataclass(slots=True)
class AnnexDraft:
    """An annex as found: `titles` are the lines above each of its tables but the first."""

    stamp: list[Line] = field(default_factory=list)
    heading: list[Line] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    titles: list[list[Line]] = field(default_factory=list)
    after: list[Line] = field(default_factory=list)


def flow_of(blocks: Sequence[Block], headings: Headings) -> Flow:
    """The blocks with tables of data on grids, and tables that only arrange text as lines."""
    flow: Flow = []
    for block in blocks:
        if isinstance(block, Line):
            flow.append(block)
            continue
        before = flow[-1] if flow and isinstance(flow[-1], Grid) else None
        grid = recognised(block, headings, before)
        if grid is not None:
            flow.append(grid)
        else:
            flow += _unfolded(block, headings)
    return flow


def _unfolded(table: Table, headings: Headings) -> Iterator[Line | Grid]:
    """The lines of a table that frames text, cell by cell; of a long one row by row."""
    for row in table.rows:
        if len(table.rows) > _MOST_ROWS_OF_FRAME and len(row.cells) > 1:
            yield Line("\t".join(one_line(cell.text) for cell in row.cells).strip(), cell=True)
            continue
        for cell in row.cells:
            yield from flow_of(cell.blocks, headings)


def taken_apart(flow: Flow) -> tuple[list[Line], list[AnnexDraft]]:
    """The lines of the order's own text, and its annexes.

    Lines right before a table without a stamp head its annex if they begin a page; otherwise they
    are left among the order's own, where their roles tell.
    """
    start = next((place for place, part in enumerate(flow) if _opens(part)), len(flow))
    front = [part for part in flow[:start] if isinstance(part, Line)]
    drafts = list(_annexes(flow[start:]))
    pages = [place for place, line in enumerate(front) if line.new_page and place]
    if drafts and not drafts[0].stamp and pages:
        drafts[0].heading = front[pages[-1] :]
        front = front[: pages[-1]]
    elif drafts and not drafts[0].heading and _is_lone_title(front):
        front, drafts[0].heading = [], front
    return front, drafts


def _is_lone_title(front: Sequence[Line]) -> bool:
    """Whether the lines are too few for an order and nothing in them is of one: a table's title."""
    return 0 < len(front) <= _LONGEST_TITLE and not any(
        document_word(line.text) or issued(line.text) or POINT.match(line.text) for line in front
    )


def _opens(part: Line | Grid) -> bool:
    return isinstance(part, Grid) or begins_stamp(part)


def _annexes(flow: Flow) -> Iterator[AnnexDraft]:
    draft: AnnexDraft | None = None
    place = 0
    while place < len(flow):
        part = flow[place]
        if isinstance(part, Line) and begins_stamp(part):
            if draft is not None:
                yield draft
            lines = _lines_from(flow, place)
            length = stamp_length(lines)
            draft = AnnexDraft(stamp=lines[:length])
            place += length
            continue
        draft = draft or AnnexDraft()
        begun = _begun(draft)
        if isinstance(part, Grid) and begun is not None:
            heading, draft.after = draft.after[begun:], draft.after[:begun]
            yield draft
            draft = AnnexDraft(heading=heading)
        _add(draft, part)
        place += 1
    if draft is not None:
        yield draft


def _lines_from(flow: Flow, place: int) -> list[Line]:
    lines: list[Line] = []
    for part in flow[place : place + LONGEST_STAMP]:
        if not isinstance(part, Line):
            break
        lines.append(part)
    return lines


def _begun(draft: AnnexDraft) -> int | None:
    """From which of the lines since the last table they head another annex: on its own page."""
    lines = draft.after if draft.grids else []
    if lines and lines[0].style == TITLE_STYLE:
        return 0
    return next((at for at in reversed(range(len(lines))) if lines[at].new_page), None)


def _add(draft: AnnexDraft, part: Line | Grid) -> None:
    if isinstance(part, Line):
        (draft.after if draft.grids else draft.heading).append(part)
        return
    previous = draft.grids[-1] if draft.grids else None
    between = [line for line in draft.after if not _CONTINUES.match(line.text)]
    if previous is not None and draft.after and not between:
        part = replace(part, continues=part.continues or part.width == previous.width)
    if previous is not None:
        draft.after = []
    draft.titles.append(between)
    draft.grids.append(part)
