"""DOCX to PDF through LibreOffice, behind one small interface; see docs/conversion.md."""

from __future__ import annotations

from docgen.convert.cache import CachedConverter
from docgen.convert.choice import BACKENDS, Backend, LibreOfficePool, find_backend, make_converter
from docgen.convert.contract import Converter, PdfOptions, Stats
from docgen.convert.failures import CODES, INSTALL_COMMAND
from docgen.convert.limits import Limits
from docgen.convert.office import find_office

__all__ = [
    "BACKENDS",
    "CODES",
    "INSTALL_COMMAND",
    "Backend",
    "CachedConverter",
    "Converter",
    "LibreOfficePool",
    "Limits",
    "PdfOptions",
    "Stats",
    "find_backend",
    "find_office",
    "make_converter",
]
