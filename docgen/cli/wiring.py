"""The services for the length of one command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from docgen.bootstrap import (
    Service,
    build_documents,
    build_reports,
    build_service,
    settings_in_force,
)
from docgen.ondemand import on_demand
from docgen.services.documents import Documents

if TYPE_CHECKING:
    from docgen.services import amendments
    from docgen.services.reports import Reports
    from docgen.store import schema
else:
    amendments = on_demand("docgen.services.amendments")
    schema = on_demand("docgen.store.schema")


@contextmanager
def open_documents() -> Iterator[Documents]:
    """The use cases of orders; LibreOffice, if it was needed, ends with the block."""
    documents = build_documents(settings_in_force())
    try:
        yield documents
    finally:
        documents.close()


@contextmanager
def open_amendments() -> Iterator[amendments.Amendments]:
    """The use cases of changing orders; LibreOffice, if it was needed, ends with the block."""
    with open_documents() as documents:
        yield amendments.Amendments(documents)


@contextmanager
def open_reports() -> Iterator[Reports]:
    """The use cases of stage reports; LibreOffice, if it was needed, ends with the block."""
    reports = build_reports(settings_in_force())
    try:
        yield reports
    finally:
        reports.close()


@contextmanager
def open_service() -> Iterator[Service]:
    """The whole service, its database in its newest form."""
    service = build_service(settings_in_force())
    try:
        schema.upgrade(service.database)
        yield service
    finally:
        service.close()
