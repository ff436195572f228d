"""Where in Word a tag stands badly: split, in fields, links, text boxes; styles that are gone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from docgen.i18n import _
from docgen.render.faults import Edit, TemplateFault
from docgen.render.marks import Mark, holders, mark_pieces, paragraph_fault
from docgen.render.package import Package
from docgen.render.places import Page, Paragraph, W
from docgen.render.shapes import nearest

_TAG = re.compile(r"\{\{|\{%|%7B%7B", re.IGNORECASE)
_MARKUP = re.compile(r"<[^>]*>")
_STYLES = ("pStyle", "rStyle", "tblStyle")
_UNSEEN = (f"{W}lang", f"{W}noProof")
_UNFILLED = re.compile(r"endnotes|glossary|chart|diagram|drawing")
_BUILT_IN = frozenset(("Normal", "DefaultParagraphFont", "TableNormal", "NoList"))


def mark_faults(marks: Sequence[Mark]) -> Iterator[TemplateFault]:
    """What is wrong with where each tag stands."""
    for mark in marks:
        if mark.tag.endless:
            continue
        yield from _split(mark)
        around = set.intersection(*map(set, holders(mark))) if holders(mark) else set()
        if "hyperlink" in around:
            message = _("the tag is inside a link: its text changes, its address does not")
            yield mark.fault("tag-in-hyperlink", message, _("remove the link from the tag"))
        if "fldSimple" in around or _in_field_result(mark):
            yield _in_field(mark.paragraph, (mark.tag.start, mark.tag.end))
        if mark.paragraph.in_textbox and not mark.paragraph.is_copy:
            message = _("the tag is in a text box, which long texts do not fit")
            advice = _("move it into the text or a table cell when the text is cut off")
            yield mark.fault("tag-in-textbox", message, advice)


def _split(mark: Mark) -> Iterator[TemplateFault]:
    pieces = mark_pieces(mark)
    if len(pieces) < 2:
        return
    advice = _("delete the tag and type it in one go: %(tag)s") % {"tag": mark.meant}
    edits = (Edit(mark.tag.start, mark.tag.end, mark.typed),)
    if len(holders(mark)) > 1:
        message = _(
            "the tag begins in one link, field or correction and ends in another or outside"
        )
        yield mark.fault("tag-across-elements", message, advice, edits)
    elif len({_formatting(piece.element) for piece in pieces}) > 1:
        message = _("the tag is split by formatting; the value gets that of the first letter")
        yield mark.fault("split-tag", message, advice, edits)


def _formatting(element: etree._Element) -> tuple[bytes, ...]:
    """The properties of a run that can be seen; the language of spelling cannot."""
    run = element.getparent()
    properties = None if run is None else run.find(f"{W}rPr")
    seen = () if properties is None else properties
    return tuple(etree.tostring(each) for each in seen if each.tag not in _UNSEEN)


def _in_field_result(mark: Mark) -> bool:
    """Whether the tag stands where Word puts the result of a field of this paragraph."""
    texts = {piece.element for piece in mark_pieces(mark)}
    depth = 0
    for element in mark.paragraph.element.iter(f"{W}fldChar", f"{W}t"):
        if element.tag == f"{W}fldChar":
            depth += {"separate": 1, "end": -1}.get(element.get(f"{W}fldCharType", ""), 0)
        elif depth > 0 and element in texts:
            return True
    return False


def _in_field(paragraph: Paragraph, span: tuple[int, int] = (0, 0)) -> TemplateFault:
    message = _("the tag is in a field: Word wipes the value out when it updates fields")
    advice = _("delete the field and type the tag as ordinary text")
    return paragraph_fault(paragraph, "tag-in-field", message, advice, span)


def page_faults(
    page: Page, paragraphs: Sequence[Paragraph], package: Package
) -> Iterator[TemplateFault]:
    """Tags in the instructions of fields and in the addresses of links."""
    for paragraph in paragraphs:
        instructions = [each.text or "" for each in paragraph.element.iter(f"{W}instrText")]
        simple = [each.get(f"{W}instr", "") for each in paragraph.element.iter(f"{W}fldSimple")]
        if any(_TAG.search(each) for each in ("".join(instructions), *simple)):
            yield _in_field(paragraph)
    for relation in package.relations(page.name):
        if relation.external and _TAG.search(relation.target):
            yield _in_address(page, paragraphs, relation.identity, relation.target)


def _in_address(
    page: Page, paragraphs: Sequence[Paragraph], identity: str, address: str
) -> TemplateFault:
    message = _("the address of a link is not filled: %(address)s") % {"address": address}
    advice = _("remove the link and print the address with a tag")
    for paragraph in paragraphs:
        for link in paragraph.element.iter(f"{W}hyperlink"):
            if identity in link.attrib.values():
                return paragraph_fault(paragraph, "tag-in-link-address", message, advice)
    return TemplateFault("tag-in-link-address", page.label, address, message, advice, page.name)


def unfilled_parts(package: Package, filled: frozenset[str]) -> Iterator[TemplateFault]:
    """Tags in parts of the file that are copied as they are: endnotes, charts, diagrams."""
    for name, kind in package.content_types.items():
        if name in filled or not _UNFILLED.search(kind) or not kind.endswith("xml"):
            continue
        text = _MARKUP.sub("", package.read(name).decode("utf-8", "replace"))
        found = _TAG.search(text)
        if found is not None:
            message = _("the tag stands in an endnote, chart or diagram, which is not filled")
            advice = _("move it into the text, a table, a header or a footnote")
            shown = text[found.start() : found.start() + 80]
            yield TemplateFault("tag-not-filled", name, shown, message, advice, name)


def style_faults(
    paragraphs: Sequence[Paragraph], styles: etree._Element | None, wanted: Sequence[str]
) -> Iterator[TemplateFault]:
    """Styles that are used and not defined, and wanted ones that are missing."""
    found = [] if styles is None else styles.findall(f"{W}style")
    defined = {style.get(f"{W}styleId", "") for style in found} | _BUILT_IN
    seen = set(defined)
    for paragraph in paragraphs:
        for identity in _styles_of(paragraph):
            if identity not in seen:
                seen.add(identity)
                yield _missing_style(paragraph, identity, defined)
    for identity in wanted:
        if identity not in seen:
            message = _("the style “%(name)s” is missing, and values need it") % {"name": identity}
            advice = _("add a style of that name in Word")
            yield TemplateFault("missing-style", _("styles"), "", message, advice)


def _styles_of(paragraph: Paragraph) -> Iterator[str]:
    table = paragraph.around("tbl")
    properties = [paragraph.element.find(f"{W}pPr")]
    properties += [None if table is None else table.find(f"{W}tblPr")]
    runs = (piece.element.getparent() for piece in paragraph.pieces)
    properties += [None if run is None else run.find(f"{W}rPr") for run in runs]
    for group in properties:
        if group is not None:
            yield from (
                each.get(f"{W}val", "") for name in _STYLES for each in group.findall(f"{W}{name}")
            )


def _missing_style(paragraph: Paragraph, identity: str, defined: set[str]) -> TemplateFault:
    message = _("the style “%(name)s” is not defined in the file") % {"name": identity}
    best, _distance = nearest(identity, defined - _BUILT_IN)
    if best:
        advice = _("choose the style “%(name)s” for this paragraph") % {"name": best}
    else:
        advice = _("choose another style in Word, or copy this one from a shipped template")
    end = len(paragraph.text)
    return paragraph_fault(paragraph, "missing-style", message, advice, (0, end))
