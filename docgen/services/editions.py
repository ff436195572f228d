"""Kept documents as they are read: versions, differences, the edition in force, files, pages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docgen.errors import ConflictError
from docgen.export.data import order_values
from docgen.i18n import _
from docgen.models import Amendment, Finding, Order
from docgen.models.accounts import Scope
from docgen.models.differences import OrderDiff
from docgen.models.registry import Preview, State, StoredDocument, Version
from docgen.regions import Region
from docgen.schemas.reading import Document
from docgen.services.amendments import Amendments
from docgen.services.comparison import comparison_rows
from docgen.services.documents import Documents
from docgen.services.previews import Previews
from docgen.store import documents as shelf
from docgen.store.database import Database

Values = Mapping[str, Any]
"""A data file as plain values (docs/data-file.md)."""


class Editions:
    """What can be read of kept documents; nothing here changes one."""

    def __init__(self, database: Database, documents: Documents, home: Path) -> None:
        self._database = database
        self._documents = documents
        self._amendments = Amendments(documents)
        self._previews = Previews(home / "pages", documents)

    def read(
        self, scope: Scope, number: int, version: int | None = None
    ) -> tuple[StoredDocument, dict[str, Any]]:
        """The document and the values of one of its versions, the newest where none is named."""
        with self._database.read() as connection:
            stored = shelf.get(connection, scope, number)
            kept = shelf.version_of(connection, scope, number, version)
        return stored, json.loads(kept.data)

    def findings(self, scope: Scope, number: int, version: int | None = None) -> list[Finding]:
        """What the checks find in a version; for an amending order, in the edition it leads to."""
        stored, values = self.read(scope, number, version)
        return self._findings(scope, stored, self._document(values))

    def _findings(
        self, scope: Scope, stored: StoredDocument, document: Order | Amendment
    ) -> list[Finding]:
        if isinstance(document, Order):
            return self._documents.check_order(document)
        return self._documents.check_order(self._edition_after(scope, stored, document))

    def order_of(self, scope: Scope, number: int) -> Order:
        """The edition in force of a registered order; ConflictError for anything else."""
        return self.consolidated(scope, number)

    def consolidated(
        self, scope: Scope, number: int, further: tuple[str, Amendment] | None = None
    ) -> Order:
        """The registered order with all its registered amendments, and one `further` at the end.

        AmendmentError where amendments contradict each other.
        """
        stored, values = self.read(scope, number)
        order = self._document(values)
        if stored.state != State.REGISTERED or isinstance(order, Amendment):
            message = _("Only a registered order has an edition in force.")
            raise ConflictError(message, code="not-registered")
        with self._database.read() as connection:
            known = shelf.amendments(connection, scope, number)
        registered = [each for each in known if each.state == State.REGISTERED]
        loaded = [(f"№ {each.number}", self._amendment(scope, each.id)) for each in registered]
        if further is not None:
            loaded.append(further)
        return self._amendments.edition_after(order, loaded, stored.title) if loaded else order

    def edition_values(self, scope: Scope, number: int) -> dict[str, Any]:
        """The edition in force as the values of a data file."""
        return order_values(self.consolidated(scope, number))

    def edition_after(self, scope: Scope, number: int) -> Order:
        """What the order will say when this amending order, still a draft, is in force."""
        stored, _values = self.read(scope, number)
        return self._edition_after(scope, stored, self._amendment(scope, number))

    def _edition_after(self, scope: Scope, stored: StoredDocument, amendment: Amendment) -> Order:
        if stored.state == State.REGISTERED or stored.amends_id is None:
            return self.consolidated(scope, stored.amends_id or stored.id)
        return self.consolidated(scope, stored.amends_id, (_("this amendment"), amendment))

    def _amendment(self, scope: Scope, number: int) -> Amendment:
        document = self._document(self.read(scope, number)[1])
        if isinstance(document, Amendment):
            return document
        raise ConflictError(_("The document is not an amending order."), code="not-an-amendment")

    def amendments(self, scope: Scope, number: int) -> list[StoredDocument]:
        """The amending orders of an order, registered or drafted."""
        with self._database.read() as connection:
            return shelf.amendments(connection, scope, number)

    def versions(self, scope: Scope, number: int) -> list[Version]:
        """Every version with who, when and why, the newest first."""
        with self._database.read() as connection:
            return shelf.versions(connection, scope, number)

    def diff(self, scope: Scope, number: int, old: int, new: int | None = None) -> OrderDiff:
        """What changed from one version to another, the newest where none is named."""
        before, after = (order_in(self._version(scope, number, each)) for each in (old, new))
        return self._amendments.diff(before, after)

    def comparison(
        self, scope: Scope, number: int, old: int, new: int | None = None
    ) -> list[dict[str, Any]]:
        """The difference as rows: a place, the old words and the new ones, each marked."""
        before, after = (order_in(self._version(scope, number, each)) for each in (old, new))
        diff = self._amendments.diff(before, after).changed()
        return comparison_rows(diff, self._amendments.profile(after))

    def file(self, scope: Scope, number: int, version: int | None, kind: str) -> bytes:
        """A version as docx, pdf, xlsx or json; ConversionError where there is no PDF."""
        return self._documents.file(self._version(scope, number, version), kind)

    def consolidated_file(self, scope: Scope, number: int, kind: str) -> bytes:
        """The edition in force as docx, pdf, xlsx or json."""
        return self._documents.file(self.consolidated(scope, number), kind)

    def preview(self, scope: Scope, number: int, version: int | None = None) -> Preview:
        """The pages of a version; ConversionError where LibreOffice made none."""
        return self._previews.of(number, self.file(scope, number, version, "docx"))

    def page_picture(self, scope: Scope, number: int, key: str, page: int) -> bytes:
        """One page of a preview as PNG."""
        with self._database.read() as connection:
            shelf.get(connection, scope, number)
        return self._previews.picture(number, key, page)

    def pages(self, scope: Scope, number: int, version: int | None = None) -> list[bytes]:
        """All pages of a version as PNG."""
        preview = self.preview(scope, number, version)
        numbers = range(1, preview.pages + 1)
        return [self._previews.picture(number, preview.key, page) for page in numbers]

    def _version(self, scope: Scope, number: int, version: int | None) -> Order | Amendment:
        return self._document(self.read(scope, number, version)[1])

    def region(self, code: str) -> Region:
        """The region, for the headings and words of its pages."""
        return self._documents.regions.find(code)

    def _document(self, values: Values) -> Order | Amendment:
        document, name = Document(values), _("The document")
        if isinstance(values, Mapping) and values.get("kind") == "amendment":
            return self._documents.amendment_from(document, name)
        return self._documents.order_from(document, name)


def order_in(document: Order | Amendment) -> Order:
    """The order itself, or what an amending order has of one: requisites, points, signature."""
    return document.order if isinstance(document, Amendment) else document
