"""DOCX to PDF through LibreOffice, behind one small interface; see docs/conversion.md."""

from __future__ import annotations

from docgen.convert.choice import LibreOfficePool
from docgen.convert.contract import Converter, PdfOptions, Stats
from docgen.convert.failures import CODES, INSTALL_COMMAND
from docgen.convert.pool import Limits

__all__ = [
    "CODES",
    "INSTALL_COMMAND",
    "Converter",
    "LibreOfficePool",
    "Limits",
    "PdfOptions",
    "Stats",
]
