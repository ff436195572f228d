"""The text of a file, whatever its encoding, without the marks that recognition leaves in it."""

from __future__ import annotations

import codecs
import html
import re

from docgen.errors import InputError
from docgen.i18n import _
from docgen.importers.paper import plain_text

MAX_BYTES = 5 * 1024 * 1024
MAX_LINES = 50_000
MAX_CELLS = 250_000

_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_BREAKS = re.compile(r"</?(?:p|br|div|li|ul|ol)\b[^<>]{0,200}>", re.IGNORECASE)
_TAGS = re.compile(
    r"</?(?:u|b|i|s|em|strong|span|font|sup|sub|small|center|a|table|tbody|thead|html|body)\b"
    r"[^<>]{0,200}>",
    re.IGNORECASE,
)
_BOLD = re.compile(r"\*\*|^#{1,6}\s+", re.MULTILINE)
_RULES = re.compile(r"[\s|:\t_=*-]*-{2,}[\s|:\t_=*-]*|-{3,}|\*{3,}")
_PIPES = re.compile(r"\s*(?<!\\)\|\s*")


def decoded(data: bytes, name: str) -> str:
    """The text in UTF-8, UTF-16 or Windows-1251; InputError for what is no text or too long."""
    if len(data) > MAX_BYTES:
        raise InputError(
            _("%(name)s: the document is too long for an order.") % {"name": name},
            code="document-too-long",
        )
    text = _decoded(data)
    if text is None or _NOT_TEXT.search(text):
        raise InputError(
            _("%(name)s: this is not a text file, or its encoding is unknown. Save it as UTF-8.")
            % {"name": name},
            code="file-not-text",
        )
    if not text.strip():
        raise InputError(_("%(name)s holds no text.") % {"name": name}, code="document-empty")
    if text.count("\n") > MAX_LINES or text.count("\t") > MAX_CELLS:
        raise InputError(
            _("%(name)s: the document is too long for an order.") % {"name": name},
            code="document-too-long",
        )
    return text


def _decoded(data: bytes) -> str | None:
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1251"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text if encoding != "cp1251" or _is_russian(text) else None
    return None


def _is_russian(text: str) -> bool:
    letters = [letter for letter in text[:100_000] if letter.isalpha()]
    russian = sum("а" <= letter <= "я" for letter in letters)
    return russian * 2 > len(letters)


def lines_of(text: str) -> list[str]:
    """The lines without tags, marks of bold type and rows of dashes; cells between tabs."""
    unmarked = _BOLD.sub("", _TAGS.sub("", _BREAKS.sub(" ", text)))
    plain = plain_text(html.unescape(unmarked).replace("\f", "\n\n").replace("\r\n", "\n"))
    return [_tabbed(line) for line in plain.split("\n") if not _RULES.fullmatch(line.strip())]


def _tabbed(line: str) -> str:
    """The row of a table drawn with vertical bars as one with tabs."""
    bare = line.strip()
    if len(bare) > 2 and bare.startswith("|") and bare.endswith("|"):
        return _PIPES.sub("\t", bare[1:-1])
    return line
