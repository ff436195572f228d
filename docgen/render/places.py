"""The paragraphs of a DOCX with their places as a person names them in Word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from docgen.i18n import _
from docgen.render.package import Package, parse
from docgen.render.properties import tagged_properties

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_HEADINGS = ("heading", "title", "заголовок", "название")
_SIGNS = {
    f"{W}tab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "\u2011",
    f"{W}softHyphen": "\u00ad",
}
_SHOWN_HEADING = 60


@dataclass(frozen=True, slots=True)
class Piece:
    """A text or sign element of a paragraph and the characters it holds, from `start` to `end`."""

    element: etree._Element
    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class Paragraph:
    """A paragraph: its part, its number there from 1, its place in words, its text by pieces."""

    part: str
    number: int
    place: str
    element: etree._Element
    pieces: tuple[Piece, ...]
    text: str

    def around(self, element: str) -> etree._Element | None:
        """The nearest row (`tr`), cell (`tc`), table (`tbl`) … that the paragraph is in."""
        return next(self.element.iterancestors(f"{W}{element}"), None)

    @property
    def depth(self) -> tuple[str, ...]:
        """The names of the elements around, from the nearest out."""
        return tuple(str(each.tag) for each in self.element.iterancestors())

    @property
    def in_textbox(self) -> bool:
        """Whether it is in a text box."""
        return self.around("txbxContent") is not None

    @property
    def is_copy(self) -> bool:
        """Whether it only repeats another for old programs."""
        return next(self.element.iterancestors(_FALLBACK), None) is not None


@dataclass(frozen=True, slots=True)
class Page:
    """A part of the package that is filled: its name, what Word calls it, its XML.

    Document properties stand in `root` as paragraphs, and are `readonly`.
    """

    name: str
    label: str
    root: etree._Element
    readonly: bool = False


def pages(package: Package) -> Iterator[Page]:
    """The parts in which tags are filled: the text, headers, footers and footnotes."""
    document = package.document
    yield Page(document, _("main text"), parse(package.read(document)))
    for kind, label in (("header", _("page header")), ("footer", _("page footer"))):
        for name in package.related(document, kind):
            yield Page(name, label, parse(package.read(name)))
    for name, content in package.content_types.items():
        if content == _FOOTNOTES:
            yield Page(name, _("footnote"), parse(package.read(name)))
    for name in package.related("", "core-properties"):
        yield Page(name, _("document properties"), _as_paragraphs(package.read(name)), True)


def _as_paragraphs(properties: bytes) -> etree._Element:
    root = etree.Element(f"{W}document")
    for text in tagged_properties(parse(properties)):
        paragraph = etree.SubElement(root, f"{W}p")
        run = etree.SubElement(paragraph, f"{W}r")
        etree.SubElement(run, f"{W}t").text = text
    return root


def paragraphs(page: Page, headings: frozenset[str]) -> list[Paragraph]:
    """The paragraphs of a part in reading order; `headings` are the ids of heading styles."""
    return list(_Reader(page, headings).read())


def heading_styles(styles: etree._Element | None) -> frozenset[str]:
    """The ids of the styles that make headings."""
    found = [] if styles is None else styles.findall(f"{W}style")
    return frozenset(style.get(f"{W}styleId", "") for style in found if _is_heading(style))


def _is_heading(style: etree._Element) -> bool:
    name = style.find(f"{W}name")
    named = "" if name is None else name.get(f"{W}val", "").lower()
    return named.startswith(_HEADINGS) or style.find(f"{W}pPr/{W}outlineLvl") is not None


@dataclass(slots=True)
class _Container:
    """What has been counted so far in a body, a cell, a footnote or a text box."""

    words: tuple[str, ...]
    alone: bool = False  # a cell of one paragraph: its number says nothing
    nested: bool = False
    paragraphs: int = 0
    tables: int = 0


@dataclass(slots=True)
class _Reader:
    page: Page
    headings: frozenset[str]
    number: int = 0
    heading: str = ""
    notes: int = field(default=0)

    def read(self) -> Iterator[Paragraph]:
        yield from self._blocks(self.page.root, _Container((self.page.label,)))

    def _blocks(self, parent: etree._Element, here: _Container) -> Iterator[Paragraph]:
        for child in parent:
            if child.tag == f"{W}p":
                yield from self._paragraph(child, here)
            elif child.tag == f"{W}tbl":
                here.tables += 1
                yield from self._table(child, here)
            elif child.tag == f"{W}footnote":
                yield from self._note(child)
            else:
                yield from self._blocks(child, here)

    def _note(self, note: etree._Element) -> Iterator[Paragraph]:
        if note.get(f"{W}type") is None:
            self.notes += 1
        label = _("footnote %(number)d") % {"number": self.notes}
        yield from self._blocks(note, _Container((label,)))

    def _paragraph(self, element: etree._Element, here: _Container) -> Iterator[Paragraph]:
        self.number += 1
        here.paragraphs += 1
        words = [here.words[0], *self._heading_words(), *here.words[1:]]
        if not here.alone:
            words.append(_("paragraph %(number)d") % {"number": here.paragraphs})
        pieces = tuple(_pieces(element))
        text = "".join(_text_of(piece.element) for piece in pieces)
        number = self.number
        yield Paragraph(self.page.name, number, ", ".join(words), element, pieces, text)
        for box in element.iter(f"{W}txbxContent"):
            if next(box.iterancestors(f"{W}p")) is element:
                inside = _Container((*here.words, _("text box")), nested=True)
                yield from self._blocks(box, inside)
        if self._is_heading(element) and len(here.words) == 1:
            self.heading = text.strip() or self.heading

    def _is_heading(self, element: etree._Element) -> bool:
        style = element.find(f"{W}pPr/{W}pStyle")
        outline = element.find(f"{W}pPr/{W}outlineLvl") is not None
        return outline or (style is not None and style.get(f"{W}val") in self.headings)

    def _heading_words(self) -> list[str]:
        if not self.heading:
            return []
        text = self.heading
        if len(text) > _SHOWN_HEADING:
            text = text[: _SHOWN_HEADING - 1] + "…"
        return [_("below the heading “%(text)s”") % {"text": text}]

    def _table(self, table: etree._Element, here: _Container) -> Iterator[Paragraph]:
        name = _("nested table %(number)d") if here.nested else _("table %(number)d")
        words = (*here.words, name % {"number": here.tables})
        for number, row in enumerate(_inner(table, "tr"), 1):
            column = 1
            for cell in _inner(row, "tc"):
                where = (
                    *words,
                    _("row %(number)d") % {"number": number},
                    _("column %(number)d") % {"number": column},
                )
                alone = len(cell.findall(f"{W}p")) == 1
                yield from self._blocks(cell, _Container(where, alone=alone, nested=True))
                column += _span(cell)


def _inner(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """The rows of a table or cells of a row, in content controls too, none of nested tables."""
    for child in parent:
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag not in (f"{W}tr", f"{W}tc", f"{W}p"):
            yield from _inner(child, name)


def _span(cell: etree._Element) -> int:
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    value = "" if span is None else span.get(f"{W}val", "")
    return int(value) if value.isdigit() else 1


def _pieces(paragraph: etree._Element) -> Iterator[Piece]:
    position = 0
    for element in paragraph.iter(f"{W}t", *_SIGNS):
        run = element.getparent()
        if run is None or run.tag != f"{W}r":
            continue
        if next(element.iterancestors(f"{W}p")) is paragraph:
            end = position + len(_text_of(element))
            yield Piece(element, position, end)
            position = end


def _text_of(element: etree._Element) -> str:
    return _SIGNS.get(str(element.tag)) or element.text or ""
