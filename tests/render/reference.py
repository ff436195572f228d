"""What docxtpl makes of a template, in a form that can be compared."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

from docx import Document
from docxtpl import DocxTemplate
from lxml import etree

PROPERTIES = ("author", "comments", "identifier", "language", "subject", "title")
_COMPARED = ("word/document", "word/header", "word/footer", "word/footnotes")


def filled_by_docxtpl(
    template: bytes,
    context: Mapping[str, Any],
    *,
    autoescape: bool = True,
    into: DocxTemplate | None = None,
) -> bytes:
    document = into or DocxTemplate(io.BytesIO(template))
    document.render(dict(context), autoescape=autoescape)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def meaning(data: bytes) -> dict[str, Any]:
    """Exclusive C14N of every part that may hold tags, and the core properties."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts: dict[str, Any] = {
            name: canonical(archive.read(name))
            for name in archive.namelist()
            if name.startswith(_COMPARED) and name.endswith(".xml")
        }
    properties = Document(io.BytesIO(data)).core_properties
    return parts | {name: getattr(properties, name) for name in PROPERTIES}


def canonical(xml: bytes) -> str:
    root = etree.fromstring(xml, etree.XMLParser(remove_blank_text=True))
    return etree.tostring(root, method="c14n", exclusive=True).decode()
