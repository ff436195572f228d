"""A corrected copy of a template: mechanical faults mended, comments at the others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from docgen.render.archive import archive, deflated
from docgen.render.comments import add_comments
from docgen.render.doctor import diagnose
from docgen.render.expected import Names
from docgen.render.faults import Edit, TemplateFault
from docgen.render.gate import open_package
from docgen.render.package import Member, Package
from docgen.render.places import Paragraph, W, pages, paragraphs
from docgen.render.spelling import edited

_PASSES = 6  # an edit may bring another fault to light
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True)
class Repaired:
    """The corrected copy, what was mended in it, and what is left for a person."""

    data: bytes
    mended: tuple[TemplateFault, ...]
    remaining: tuple[TemplateFault, ...]


def repair(docx: bytes, names: Names | None = None) -> Repaired:
    """The template with its mechanical faults mended; faults that remain stand in comments.

    A file too dangerous to open is left as it is.
    """
    mended: list[TemplateFault] = []
    faults = diagnose(docx, names)
    for _pass in range(_PASSES):
        mendable = [fault for fault in faults if fault.edits]
        if not mendable:
            break
        docx = _edited(open_package(docx), mendable)
        mended += mendable
        faults = diagnose(docx, names)
    remaining = [fault for fault in faults if fault.severity != "info"]
    if remaining and not any(fault.code == "package-refused" for fault in remaining):
        docx = add_comments(open_package(docx), remaining)
    return Repaired(docx, _once(mended), tuple(faults))


def _once(faults: Iterable[TemplateFault]) -> tuple[TemplateFault, ...]:
    """Each fault once: an edit put off to the next pass is told once."""
    return tuple({(fault.path, fault.code, fault.message): fault for fault in faults}.values())


def _edited(package: Package, faults: list[TemplateFault]) -> bytes:
    """The package with the edits of all faults made."""
    edits: dict[tuple[str, int], list[Edit]] = {}
    for fault in faults:
        edits.setdefault((fault.part, fault.paragraph), []).extend(fault.edits)
    members = dict(package.members)
    for page in pages(package):
        changed = False
        for paragraph in paragraphs(page, frozenset()):
            wanted = edits.get((page.name, paragraph.number), [])
            if wanted and not page.readonly:
                _edit(paragraph, wanted)
                changed = True
        if changed:
            members[page.name] = _member(page.name, page.root)
    return archive(members.values())


def _member(name: str, root: etree._Element) -> Member:
    xml = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    return deflated(name, [xml])


def _edit(paragraph: Paragraph, edits: list[Edit]) -> None:
    """Make the edits, the last first; of two that overlap, the first is made."""
    chosen: list[Edit] = []
    for edit in sorted(set(edits), key=lambda each: (each.start, each.end)):
        if not chosen or edit.start >= chosen[-1].end:
            chosen.append(edit)
    texts = {piece: _own_edits(piece.start, piece.end, chosen) for piece in paragraph.pieces}
    for piece, own in texts.items():
        element = piece.element
        if not own:
            continue
        if element.tag == f"{W}t":
            element.text = edited(element.text or "", own)
            element.set(_SPACE, "preserve")
        elif (run := element.getparent()) is not None:
            run.remove(element)


def _own_edits(start: int, end: int, edits: list[Edit]) -> list[Edit]:
    """The edits inside one piece; of an edit over several pieces the first gets the text."""
    own = []
    for edit in edits:
        first, last = max(edit.start, start), min(edit.end, end)
        if first < last:
            own.append(Edit(first - start, last - start, edit.text if first == edit.start else ""))
        elif edit.start == edit.end and start < edit.start <= end:
            own.append(Edit(edit.start - start, edit.start - start, edit.text))
    return own
