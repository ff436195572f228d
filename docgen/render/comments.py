"""Word comments put into a document."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable

from lxml import etree

from docgen.i18n import _
from docgen.render.archive import archive, deflated
from docgen.render.faults import TemplateFault
from docgen.render.package import Member, Package, parse, relations_name
from docgen.render.places import Page, W, pages, paragraphs

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_COMMENTS = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_NAMESPACE = W.strip("{}")
_NO_RELATIONS = f'<Relationships xmlns="{_RELATIONS}"/>'.encode()
_AUTHOR = "docgen"


def add_comments(package: Package, faults: Iterable[TemplateFault]) -> bytes:
    """The package with each fault as a comment at its paragraph.

    Word takes comments in the main text only: those of other parts stand at its beginning.
    """
    page = next(pages(package))
    places = {each.number: each.element for each in paragraphs(page, frozenset())}
    name, root = _comments(package)
    for number, fault in enumerate(faults, _next_number(root)):
        own = fault.paragraph if fault.part == page.name else 0
        element = places.get(own, next(iter(places.values()), None))
        if element is not None:
            _anchor(element, number)
            root.append(_comment(number, _words(fault, here=element is places.get(own))))
    members = dict(package.members)
    members[page.name] = _member(page.name, page.root)
    members[name] = _member(name, root)
    if name not in package.members:
        _register(members, page, name)
    return archive(members.values())


def _member(name: str, root: etree._Element) -> Member:
    xml = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    return deflated(name, [xml])


def _comments(package: Package) -> tuple[str, etree._Element]:
    """The part of comments, or a fresh one."""
    names = package.related(package.document, "comments")
    if names:
        return names[0], parse(package.read(names[0]))
    folder = package.document.rpartition("/")[0]
    name = f"{folder}/comments.xml" if folder else "comments.xml"
    return name, etree.Element(f"{W}comments", nsmap={"w": _NAMESPACE})


def _next_number(root: etree._Element) -> int:
    numbers = [each.get(f"{W}id", "") for each in root.findall(f"{W}comment")]
    return max((int(each) for each in numbers if each.isdigit()), default=-1) + 1


def _words(fault: TemplateFault, *, here: bool) -> list[str]:
    """The paragraphs of a comment: what is wrong, what to do; where, when it is not here."""
    lines = [fault.message, fault.suggestion]
    return lines if here else [_("In: %(place)s.") % {"place": fault.place}, *lines]


def _comment(number: int, lines: list[str]) -> etree._Element:
    comment = etree.Element(f"{W}comment")
    for key, value in (("id", str(number)), ("author", _AUTHOR), ("initials", "d")):
        comment.set(f"{W}{key}", value)
    for line in lines:
        paragraph = etree.SubElement(comment, f"{W}p")
        run = etree.SubElement(paragraph, f"{W}r")
        etree.SubElement(run, f"{W}t").text = line
    return comment


def _anchor(paragraph: etree._Element, number: int) -> None:
    """The marks of a comment around the paragraph's content."""
    properties = paragraph.find(f"{W}pPr")
    start = _mark("commentRangeStart", number)
    paragraph.insert(0 if properties is None else 1, start)
    paragraph.append(_mark("commentRangeEnd", number))
    run = etree.SubElement(paragraph, f"{W}r")
    run.append(_mark("commentReference", number))


def _mark(name: str, number: int) -> etree._Element:
    mark = etree.Element(f"{W}{name}")
    mark.set(f"{W}id", str(number))
    return mark


def _register(members: dict[str, Member], page: Page, name: str) -> None:
    """Make the new part known to the package and to the document."""
    types = parse(members["[Content_Types].xml"].data)
    etree.SubElement(
        types, f"{{{_TYPES}}}Override", {"PartName": f"/{name}", "ContentType": _COMMENTS}
    )
    members["[Content_Types].xml"] = _member("[Content_Types].xml", types)
    rels = relations_name(page.name)
    known = members.get(rels)
    relations = parse(_NO_RELATIONS if known is None else known.data)
    taken = {each.get("Id") for each in relations}
    identity = next(f"rIdC{n}" for n in range(1, 1000) if f"rIdC{n}" not in taken)
    etree.SubElement(
        relations,
        f"{{{_RELATIONS}}}Relationship",
        {
            "Id": identity,
            "Type": f"{_OFFICE}/comments",
            "Target": posixpath.relpath(f"/{name}", f"/{posixpath.dirname(page.name)}"),
        },
    )
    members[rels] = _member(rels, relations)
