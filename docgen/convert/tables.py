"""Finds the long tables of a document and rebuilds them in groups of whole pages.

LibreOffice lays out one table in quadratic time: at each page end it formats all remaining rows
anew. Groups of rows that each fill whole pages, start on a new page and repeat the heading look
the same and take linear time. `pagination.py` finds out which rows fill a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

LONG = 800
"""Tables up to so many rows are left as they are."""

_ROW = re.compile(rb"<w:tr[ >].*?</w:tr>", re.DOTALL)
_NESTING = re.compile(rb"<(/?)w:(tbl|txbxContent)[ >]")
_HEADING = re.compile(rb'<w:tblHeader(?: w:val="(?:1|true|on)")? ?/>')
_SECTION = re.compile(rb"<w:sectPr[ >].*?</w:sectPr>", re.DOTALL)
_UNSUITABLE = (b"<w:vMerge", b"<w:footnoteReference", b"<w:endnoteReference", b"<w:drawing")


@dataclass(frozen=True, slots=True)
class LongTable:
    """A table by its place in the main part, cut up; `section` is its page set-up."""

    start: int
    end: int
    opening: bytes
    heading: tuple[bytes, ...]
    rows: tuple[bytes, ...]
    section: bytes
    section_start: int
    """Where the contents of its section begin."""

    def piece(self, start: int, end: int, *, headed: bool = True) -> bytes:
        """The rows from `start` to before `end` as a table of their own."""
        heading = self.heading if headed else ()
        return b"".join((self.opening, *heading, *self.rows[start:end], b"</w:tbl>"))


def find_long_tables(body: bytes) -> tuple[LongTable, ...]:
    """The long tables of the main part that can be cut: no nesting, merging down, or pictures."""
    if body.count(b"</w:tr>") <= LONG:
        return ()
    sections = list(_SECTION.finditer(body))
    found = (_long_table(body, start, end, sections) for start, end in _plain_tables(body))
    return tuple(table for table in found if table is not None)


def spacer(points: int, *, new_page: bool = False) -> bytes:
    """An empty paragraph exactly so high, which no one sees."""
    break_before = b"<w:pageBreakBefore/>" if new_page else b""
    return (
        b'<w:p><w:pPr><w:keepNext w:val="0"/>%b<w:widowControl w:val="0"/>'
        b'<w:spacing w:before="0" w:after="0" w:line="%d" w:lineRule="exact"/>'
        b'<w:ind w:left="0" w:right="0" w:firstLine="0"/>'
        b'<w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr></w:pPr></w:p>'
    ) % (break_before, points * 20)


def regroup(body: bytes, groups: Sequence[tuple[LongTable, Sequence[int]]]) -> bytes:
    """The main part with each table in groups that begin at the given rows, each on a new page."""
    result: list[bytes] = []
    seen = 0
    for table, starts in groups:
        bounds = [*starts, len(table.rows)]
        pieces = (table.piece(*pair) for pair in pairwise(bounds))
        result += [body[seen : table.start], spacer(1, new_page=True).join(pieces)]
        seen = table.end
    return b"".join((*result, body[seen:]))


def _plain_tables(body: bytes) -> Iterator[tuple[int, int]]:
    """Start and end of each table that stands in the body itself and holds no other."""
    depth = start = 0
    plain = True
    for tag in _NESTING.finditer(body):
        if not tag[1]:
            if depth == 0:
                start, plain = tag.start(), tag[2] == b"tbl"
            else:
                plain = False
            depth += 1
            continue
        depth -= 1
        if depth == 0 and plain:
            yield start, tag.end()


def _long_table(
    body: bytes, start: int, end: int, sections: Sequence[re.Match[bytes]]
) -> LongTable | None:
    text = body[start:end]
    rows = _ROW.findall(text)
    opening = text[: text.index(b"<w:tr")] if rows else b""
    section = next((found[0] for found in sections if found.start() >= end), None)
    whole = len(opening) + sum(map(len, rows)) + len(b"</w:tbl>") == len(text)
    if len(rows) <= LONG or section is None or not whole or any(s in text for s in _UNSUITABLE):
        return None
    heading = next((i for i, row in enumerate(rows) if not _HEADING.search(row)), len(rows))
    begin = max((found.end() for found in sections if found.end() <= start), default=0)
    paragraph = body.find(b"</w:p>", begin) + len(b"</w:p>") if begin else _body_start(body)
    return LongTable(
        start, end, opening, tuple(rows[:heading]), tuple(rows[heading:]), section, paragraph
    )


def _body_start(body: bytes) -> int:
    return body.index(b"<w:body>") + len(b"<w:body>")
