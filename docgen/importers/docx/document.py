"""A DOCX opened, checked and read as paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from docgen.errors import InputError
from docgen.i18n import _
from docgen.importers.docx.body import Body
from docgen.importers.docx.names import NAMESPACES, W
from docgen.importers.docx.numbering import Numbering
from docgen.importers.docx.pages import Pages
from docgen.importers.docx.styles import Styles
from docgen.importers.docx.text import ParagraphText
from docgen.importers.paper import Block, Line, Paper, Table, one_line, plain_text
from docgen.render.gate import open_package
from docgen.render.package import Package, parse

MAX_PIECES = 250_000
"""Paragraphs and cells that a document may have: ten thousand rows of ten columns have 200,000."""
MAX_RUNS = 600_000
MAX_BLOCKS = 30_000
"""Paragraphs and tables that may stand in the body itself."""
MAX_TAGS = 3_000_000
"""Tags that a part may have before it is parsed: each costs the parser memory."""
_RUNNING = ("header", "footer")


def read_paper(data: bytes, name: str) -> Paper:
    """The document in these bytes as paper.

    Raises TemplateRefused or TemplateError for a file that is dangerous, damaged or no DOCX, and
    InputError for one that is too long or holds no text.
    """
    package = open_package(data)
    root = _part(package, package.document)
    body = root.find(W + "body")
    if body is None:
        raise InputError(_("%(name)s holds no text.") % {"name": name}, code="document-empty")
    _check_length(body)
    styles = Styles(_related(package, "styles"), _related(package, "theme"))
    blocks = tuple(Body(styles, Numbering(_related(package, "numbering"))).blocks(body))
    if not blocks:
        message = _("%(name)s holds no text; a scan has to be recognised first.")
        raise InputError(message % {"name": name}, code="document-empty")
    running = _running(package)
    notes = [_related(package, kind) for kind in ("footnotes", "endnotes")]
    return Paper(
        blocks,
        pages=tuple(Pages(styles, running).facts(body)),
        table_sizes=tuple(sorted(set(_sizes(blocks)))),
        running=tuple(dict.fromkeys(_texts(running.values()))),
        notes=tuple(_texts(part for part in notes if part is not None)),
    )


def _part(package: Package, name: str) -> etree._Element:
    xml = package.read(name)
    if xml.count(b"<") > MAX_TAGS:
        raise InputError(_("the document is too long for an order"), code="document-too-long")
    try:
        return parse(_transitional(xml))
    except etree.XMLSyntaxError as error:
        message = _("a part of the file is damaged: %(name)s") % {"name": name}
        raise InputError(message, code="document-damaged") from error


def _check_length(body: etree._Element) -> None:
    pieces = sum(1 for _piece in body.iter(W + "p", W + "tc"))
    runs = sum(1 for _run in body.iter(W + "r"))
    if pieces > MAX_PIECES or runs > MAX_RUNS or len(body) > MAX_BLOCKS:
        raise InputError(_("the document is too long for an order"), code="document-too-long")


def _transitional(xml: bytes) -> bytes:
    """The part in the names of the transitional form of the standard, if it uses the strict."""
    for strict, transitional in NAMESPACES:
        xml = xml.replace(strict.encode(), transitional.encode())
    return xml


def _related(package: Package, kind: str) -> etree._Element | None:
    names = package.related(package.document, kind)
    return _part(package, names[0]) if names else None


def _running(package: Package) -> dict[str, etree._Element]:
    """The headers and footers by the id that sections refer to."""
    return {
        relation.identity: _part(package, relation.target)
        for relation in package.relations(package.document)
        if relation.kind in _RUNNING and relation.target in package.members
    }


def _texts(parts: Iterable[etree._Element]) -> Iterator[str]:
    for part in parts:
        for paragraph in part.iter(W + "p"):
            text = one_line(plain_text(ParagraphText(paragraph).text))
            if text and not text.isdigit():
                yield text


def _sizes(blocks: tuple[Block, ...], inside: bool = False) -> Iterator[float]:
    """The sizes of type in tables of data, of those at least three columns wide."""
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    yield from _sizes(cell.blocks, inside=inside or block.width > 2)
        elif inside and isinstance(block, Line) and block.facts and block.facts.size:
            yield block.facts.size
