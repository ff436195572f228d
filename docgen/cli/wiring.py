"""The services for the length of one command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from docgen.bootstrap import build_documents, build_reports, settings_in_force
from docgen.services.amendments import Amendments
from docgen.services.documents import Documents
from docgen.services.reports import Reports


@contextmanager
def open_documents() -> Iterator[Documents]:
    """The use cases of orders; LibreOffice, if it was needed, ends with the block."""
    documents = build_documents(settings_in_force())
    try:
        yield documents
    finally:
        documents.close()


@contextmanager
def open_reports() -> Iterator[Reports]:
    """The use cases of stage reports; LibreOffice, if it was needed, ends with the block."""
    reports = build_reports(settings_in_force())
    try:
        yield reports
    finally:
        reports.close()


@contextmanager
def open_amendments() -> Iterator[Amendments]:
    """The use cases of changing orders; LibreOffice, if it was needed, ends with the block."""
    with open_documents() as documents:
        yield Amendments(documents)
