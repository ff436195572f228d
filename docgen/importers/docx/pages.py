"""The pages of a document: their sizes and margins, and where their numbers stand."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from docgen.importers.docx.names import WP, R, W, millimetres, number, switched_on, value
from docgen.importers.docx.styles import Styles, paragraph_properties
from docgen.models.readings import PageFacts

_A4 = (11906, 16838)
_ALIGN = {"center": "centre", "right": "right", "outside": "right", "left": "left"}
References = dict[tuple[str, str], str]
"""The part of each running text: by `header` or `footer`, and by `default`, `first`, `even`."""


class Pages:
    """Reads the facts of sections; `parts` are the running texts by the id that refers to them."""

    def __init__(self, styles: Styles, parts: dict[str, etree._Element]) -> None:
        self._styles = styles
        self._parts = parts

    def facts(self, body: etree._Element) -> Iterator[PageFacts]:
        """One entry a section, in order; a section without running texts has those before it."""
        references: References = {}
        for section in body.iter(W + "sectPr"):
            references = references | dict(_references(section))
            yield self._section(section, references)

    def _section(self, section: etree._Element, references: References) -> PageFacts:
        size, margins = section.find(W + "pgSz"), section.find(W + "pgMar")
        place = self._place(references, "default")
        titled = switched_on(section.find(W + "titlePg"))
        return PageFacts(
            width=millimetres(number(value(size, "w")) or _A4[0]),
            height=millimetres(number(value(size, "h")) or _A4[1]),
            left=_margin(margins, "left") + _margin(margins, "gutter"),
            right=_margin(margins, "right"),
            top=_margin(margins, "top"),
            bottom=_margin(margins, "bottom"),
            number_place=place,
            first_numbered=bool(self._place(references, "first") if titled else place),
        )

    def _place(self, references: References, kind: str) -> str | None:
        for where, side in (("header", "top"), ("footer", "bottom")):
            part = self._parts.get(references.get((where, kind), ""))
            align = None if part is None else self._align(part)
            if align:
                return f"{side}-{align}"
        return None

    def _align(self, part: etree._Element) -> str | None:
        """Where the page number stands in a running text, None where there is none."""
        for paragraph in part.iter(W + "p"):
            if any("PAGE" in instruction.split() for instruction in _instructions(paragraph)):
                return self._paragraph_align(paragraph)
        return None

    def _paragraph_align(self, paragraph: etree._Element) -> str:
        own = paragraph.find(W + "pPr")
        frame = None if own is None else own.find(W + "framePr")
        framed = value(frame, "xAlign") or _floating(paragraph)
        if framed:
            return _ALIGN.get(framed, "left")
        style = None if own is None else value(own.find(W + "pStyle"))
        tabs = sum(1 for _tab in paragraph.iterfind(f"{W}r/{W}tab"))
        if tabs:
            return "centre" if tabs == 1 else "right"
        properties = self._styles.paragraph(style) | paragraph_properties(own)
        return _ALIGN.get(properties.get("align", "left"), "left")


def _references(section: etree._Element) -> Iterator[tuple[tuple[str, str], str]]:
    for where in ("header", "footer"):
        for element in section.iterfind(f"{W}{where}Reference"):
            yield (where, element.get(W + "type", "default")), _identity(element)


def _identity(element: etree._Element) -> str:
    return element.get(R + "id", "")


def _instructions(paragraph: etree._Element) -> Iterator[str]:
    yield "".join(element.text or "" for element in paragraph.iter(W + "instrText"))
    yield from (element.get(W + "instr", "") for element in paragraph.iter(W + "fldSimple"))


def _floating(paragraph: etree._Element) -> str | None:
    """How the shape that the paragraph stands in is aligned, if it is in one."""
    shape = next(paragraph.iterancestors(f"{WP}anchor"), None)
    align = None if shape is None else shape.find(f"{WP}positionH/{WP}align")
    return None if align is None else align.text


def _margin(margins: etree._Element | None, side: str) -> float:
    found = value(margins, side)
    if found is None and side in ("left", "right"):
        found = value(margins, "start" if side == "left" else "end")
    return millimetres(abs(number(found) or 0))
