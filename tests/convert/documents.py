"""Documents for the tests, and what conversions may leave behind."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx


def make_docx(*paragraphs: str, rows: int = 0, font: str = "Times New Roman") -> bytes:
    """A document with these paragraphs and a table of six columns with a repeated heading."""
    document = docx.Document()
    document.styles["Normal"].font.name = font
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if rows:
        table = document.add_table(rows=rows, cols=3)
        for number, row in enumerate(table.rows):
            row.cells[0].text = f"{number + 1}."
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def temporary_files() -> set[str]:
    """What conversions may have left in the temporary folders."""
    folders = (Path("/tmp"), Path("/var/tmp"))
    names = (path.name for folder in folders for path in folder.iterdir())
    return {name for name in names if name.startswith(("docgen-pdf-", "OSL_PIPE_"))}


_IMAGE = (
    '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
    'wordprocessingDrawing"><wp:extent cx="914400" cy="914400"/><wp:docPr id="{0}" name="i{0}"/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData'
    ' uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic xmlns:pic="http://'
    'schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="{0}"'
    ' name="i{0}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip xmlns:r="http://schemas.'
    'openxmlformats.org/officeDocument/2006/relationships" r:link="canary{0}"/><a:stretch>'
    '<a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext'
    ' cx="914400" cy="914400"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
    "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
)
_RELATION = (
    '<Relationship Id="canary{0}" TargetMode="External" Target="{1}" Type="http://schemas.'
    'openxmlformats.org/officeDocument/2006/relationships/image"/>'
)


def rewrite(document: bytes, **parts: bytes) -> bytes:
    """The document with other bytes for `body` (the main part) or `relations` (its links)."""
    names = {"body": "word/document.xml", "relations": "word/_rels/document.xml.rels"}
    changed = {names[key]: value for key, value in parts.items()}
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(document)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as result,
    ):
        for name in source.namelist():
            result.writestr(name, changed.get(name, source.read(name)))
    return target.getvalue()


def body_of(document: bytes) -> bytes:
    """The main part."""
    with zipfile.ZipFile(io.BytesIO(document)) as source:
        return source.read("word/document.xml")


def link_images(document: bytes, *addresses: str) -> bytes:
    """The document with pictures that are linked, not embedded."""
    with zipfile.ZipFile(io.BytesIO(document)) as source:
        relations = source.read("word/_rels/document.xml.rels").decode()
    numbered = list(enumerate(addresses, 9000))
    pictures = "".join(_IMAGE.format(number) for number, _ in numbered)
    links = "".join(_RELATION.format(number, address) for number, address in numbered)
    return rewrite(
        document,
        body=body_of(document).replace(b"<w:body>", b"<w:body>" + pictures.encode()),
        relations=relations.replace("</Relationships>", links + "</Relationships>").encode(),
    )
