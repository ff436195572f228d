"""The blocks of a document's body, in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from docgen.importers.docx.names import WRAPPERS, W, length, number, value
from docgen.importers.docx.numbering import Numbering
from docgen.importers.docx.setting import Setting
from docgen.importers.docx.styles import Properties, Styles, paragraph_properties
from docgen.importers.docx.text import ParagraphText
from docgen.importers.paper import Block, Cell, Line, Row, Table, plain_text

MAX_SPAN = 100


class Body:
    """Reads paragraphs and tables, minding what carries over from one to the next.

    That is a page break, an empty line, text whose paragraph mark was deleted, and the count of
    automatic numbers.
    """

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles = styles
        self._numbering = numbering
        self._setting = Setting(styles)
        self._depth = 0  # of tables around
        self._new_page = False
        self._gap = False
        self._carried = ""

    def blocks(self, container: etree._Element) -> Iterator[Block]:
        """The blocks of a body, a cell or a text box."""
        for child in container:
            if child.tag == W + "p":
                yield from self._paragraph(child)
            elif child.tag == W + "tbl":
                yield self._table(child)
            elif child.tag in WRAPPERS:
                yield from self.blocks(child)

    def _paragraph(self, element: etree._Element) -> Iterator[Block]:
        own = element.find(W + "pPr")
        gathered = ParagraphText(element)
        for box in gathered.boxes:
            yield from self.blocks(box)
        text = self._carried + gathered.text
        if _mark_deleted(own):
            self._carried = text
            return
        self._carried = ""
        yield from self._lines(text, own, gathered)
        if own is not None and own.find(W + "sectPr") is not None:
            self._new_page = True

    def _lines(
        self, text: str, own: etree._Element | None, gathered: ParagraphText
    ) -> Iterator[Line]:
        """The printed lines of a paragraph; one that is empty leaves a gap."""
        style = value(own.find(W + "pStyle")) if own is not None else None
        properties, label, depth = self._resolved(style, own)
        self._new_page |= bool(properties.get("break"))
        facts = self._setting.facts("" if self._depth else text, properties, gathered)
        name, left = self._styles.name(style), length(properties.get("left"))
        joined = False
        for page, printed in enumerate(text.split("\f")):
            self._new_page |= page > 0
            for piece in printed.split("\n"):
                words = plain_text(piece).strip(" ")
                if not label and (not words or words.isspace()):
                    continue
                breaks = self._new_page, self._gap
                yield Line(words, label, depth, name, *breaks, joined, left=left, facts=facts)
                self._new_page = self._gap = False
                joined, label = True, ""
        if not joined:
            self._gap = True

    def _resolved(
        self, style: str | None, own: etree._Element | None
    ) -> tuple[Properties, str, int]:
        """The paragraph's properties, its automatic number and the depth of it."""
        inherited = self._styles.paragraph(style)
        direct = paragraph_properties(own)
        identity = direct.get("num") or inherited.get("num", "0")
        depth = number(direct.get("level") or inherited.get("level", "0")) or 0
        level = self._numbering.level(identity, depth)
        if level is None:
            return inherited | direct, "", 0
        label = self._numbering.label(identity, depth)
        return inherited | level.properties | direct, label, depth

    def _table(self, element: etree._Element) -> Table:
        on_page = self._new_page
        self._depth += 1
        rows = tuple(
            Row(tuple(self._cells(row)), _left_out(row))
            for row in _inner(element, "tr")
            if not _marked(row.find(W + "trPr"), "del")
        )
        self._depth -= 1
        self._new_page = self._gap = False
        return Table(_on_page(rows) if on_page else rows)

    def _cells(self, row: etree._Element) -> Iterator[Cell]:
        for element in _inner(row, "tc"):
            own = element.find(W + "tcPr")
            if _marked(own, "cellDel"):
                continue
            self._gap = self._new_page = False
            blocks = tuple(self.blocks(element))
            yield Cell(blocks, _span(own), _continued(own))


def _on_page(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rows with the page break before the table noted on its first line."""
    for place, row in enumerate(rows):
        for index, cell in enumerate(row.cells):
            if cell.blocks and isinstance(cell.blocks[0], Line):
                first = replace(cell.blocks[0], new_page=True)
                begun = replace(cell, blocks=(first, *cell.blocks[1:]))
                cells = (*row.cells[:index], begun, *row.cells[index + 1 :])
                return (*rows[:place], Row(cells, row.before), *rows[place + 1 :])
    return rows


def _inner(element: etree._Element, name: str) -> Iterator[etree._Element]:
    for child in element:
        if child.tag == W + name:
            yield child
        elif child.tag in WRAPPERS:
            yield from _inner(child, name)


def _mark_deleted(own: etree._Element | None) -> bool:
    mark = None if own is None else own.find(W + "rPr")
    return mark is not None and (_marked(mark, "del") or _marked(mark, "moveFrom"))


def _marked(properties: etree._Element | None, name: str) -> bool:
    return properties is not None and properties.find(W + name) is not None


def _left_out(row: etree._Element) -> int:
    before = row.find(f"{W}trPr/{W}gridBefore")
    return min(number(value(before)) or 0, MAX_SPAN)


def _span(own: etree._Element | None) -> int:
    span = None if own is None else number(value(own.find(W + "gridSpan")))
    return min(max(span or 1, 1), MAX_SPAN)


def _continued(own: etree._Element | None) -> bool:
    """Whether the cell goes on from the one above, or, in old files, from the one at the left."""
    for name in ("vMerge", "hMerge"):
        merge = None if own is None else own.find(W + name)
        if merge is not None and merge.get(W + "val", "continue") == "continue":
            return True
    return False
