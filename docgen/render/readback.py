"""The document read back: does it say everything it was given, and nothing but that?"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterable, Iterator

_PIECE = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>|<w:(tab|br|cr|noBreakHyphen)\b|</w:p>")
_MARKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
TAG_MARKS = ("{{", "}}", "{%", "%}", "{#", "#}")


def document_text(docx: bytes) -> str:
    """The text of the document's body, paragraphs as lines."""
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        xml = package.read("word/document.xml").decode()
    return "".join(_pieces(xml))


def _pieces(xml: str) -> Iterator[str]:
    for found in _PIECE.finditer(xml):
        text, mark = found.groups()
        if text is not None:
            yield html.unescape(text) if "&" in text else text
        else:
            yield _MARKS[mark] if mark else "\n"


def lost_texts(text: str, expected: Iterable[str]) -> list[str]:
    """Those of the expected texts that the document does not say, white space aside."""
    body = " ".join(text.split())
    lost: list[str] = []
    end = 0
    for value in expected:
        wanted = " ".join(value.split())
        # Most values stand in reading order, so the search goes on from the last one found.
        start = body.find(wanted, end)
        if start < 0:
            start = body.find(wanted)
        if start < 0:
            lost.append(value)
        else:
            end = start + len(wanted)
    return lost


def leftover_tags(text: str, expected: Iterable[str]) -> list[str]:
    """Lines of the document with template marks that no value brought in."""
    if not any(mark in text for mark in TAG_MARKS):
        return []
    values = " ".join("\n".join(expected).split())
    return [
        line
        for line in text.splitlines()
        if any(mark in line for mark in TAG_MARKS) and " ".join(line.split()) not in values
    ]
