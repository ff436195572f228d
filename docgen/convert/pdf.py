"""Tells a PDF that opens and has pages from anything else LibreOffice may leave behind."""

from __future__ import annotations

import re

_TAIL = 2048
_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_ROOT = re.compile(rb"/Root\s+(\d+)\s+0\s+R")
_PAGES = re.compile(rb"/Type\s*/Pages\b[^>]*?/Count\s+(\d+)|/Count\s+(\d+)[^>]*?/Type\s*/Pages\b")


def page_count(pdf: bytes) -> int:
    """The number of pages, 0 for anything that is not a whole PDF as LibreOffice writes it."""
    if not pdf.startswith(b"%PDF-"):
        return 0
    start = _START.search(pdf, max(0, len(pdf) - _TAIL))
    if start is None:
        return 0
    table = int(start[1])
    if not pdf.startswith(b"xref", table) or not _ROOT.search(pdf, table):
        return 0
    return max((int(found[1] or found[2]) for found in _PAGES.finditer(pdf)), default=0)
