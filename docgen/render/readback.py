"""The document read back: does it say everything it was given, and nothing but that?"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from docgen.render.package import Package, opened

_PIECE = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>|<(w:(?:tab|br|cr|noBreakHyphen)\b|/w:p>)")
_MARKS = {"": "", "w:tab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-", "/w:p>": "\n"}
TAG_MARKS = ("{{", "}}", "{%", "%}", "{#", "#}")


def document_text(docx: bytes) -> str:
    """The text of the document's body, paragraphs as lines.

    Raises zipfile's errors, or `TemplateError` for damaged contents; KeyError without a body.
    """
    return body_text(opened(docx))


def body_text(package: Package) -> str:
    """The same of a package that is open already."""
    xml = package.read("word/document.xml").decode()
    text = "".join([text or _MARKS[mark] for text, mark in _PIECE.findall(xml)])
    return html.unescape(text) if "&" in text else text


def lost_texts(text: str, expected: Iterable[str]) -> list[str]:
    """Those of the expected texts that the document does not say, white space aside."""
    body = ""
    lost: list[str] = []
    end = 0
    for value in expected:
        # Most values stand in reading order, so the search goes on from the last one found.
        start = text.find(value, end)
        if start >= 0:
            end = start + len(value)
            continue
        body = body or " ".join(text.split())
        if " ".join(value.split()) not in body:
            lost.append(value)
    return lost


def leftover_tags(text: str, expected: Iterable[str]) -> list[str]:
    """Lines of the document with template marks that no value brought in."""
    if "{" not in text and "}" not in text:  # one of them is in every mark
        return []
    values = " ".join("\n".join(expected).split())
    return [
        line
        for line in text.splitlines()
        if any(mark in line for mark in TAG_MARKS) and " ".join(line.split()) not in values
    ]
