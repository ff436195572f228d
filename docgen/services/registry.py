"""The registry: documents drafted, checked, registered, amended (docs/registry.md)."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from docgen.amendments.compose import Requisites
from docgen.checks import check_order
from docgen.checks.refusal import refuse_errors
from docgen.errors import (
    ConflictError,
    InputError,
    LanguageError,
    Problem,
    refused_field,
)
from docgen.export.data import order_values
from docgen.i18n import _
from docgen.models import Amendment, Annex, Approve, Finding, Item, Order, Point, Section
from docgen.models.accounts import Scope
from docgen.models.pages import Page
from docgen.models.registry import (
    CREATED,
    REGISTERED,
    CheckedItem,
    Imported,
    JournalEntry,
    Misgiving,
    State,
    StoredDocument,
)
from docgen.regions import Region
from docgen.services.documents import document_values
from docgen.services.editions import Editions, Values, order_in
from docgen.services.interpretation import meaning
from docgen.services.starters import starter_order
from docgen.services.uploads import read_upload, standing_doubts
from docgen.store import audit
from docgen.store import documents as shelf
from docgen.store import journal as journals

_ROW = "annexes[0].sections[0].items[0]."


class Registry(Editions):
    """The use cases of kept documents; each call is a transaction of its own."""

    # -- drafts -------------------------------------------------------------------------------

    def documents(
        self,
        scope: Scope,
        *,
        search: str = "",
        state: State | None = None,
        sort: str = "-updated",
        page: int = 1,
        page_size: int = 50,
    ) -> Page[StoredDocument]:
        """What the scope sees, a page of it; a minus before a name of `SORTS` turns it round."""
        with self._database.read() as connection:
            return shelf.find(
                connection,
                scope,
                search=search,
                state=state,
                sort=sort,
                page=page,
                page_size=page_size,
            )

    def starter(self, scope: Scope, region: str | None, year: int) -> dict[str, Any]:
        """The values that a new order of the region begins with."""
        found = self._documents.regions.find(scope.region or region)
        return order_values(starter_order(found, year))

    def create(
        self, scope: Scope, values: Values, reason: str = "", doubts: Sequence[Misgiving] = ()
    ) -> StoredDocument:
        """A new draft; InputError names everything that keeps the values from being an order."""
        document = self._document(values)
        if isinstance(document, Amendment):
            raise InputError(
                _("An amending order is made from the order it amends."), code="not-an-order"
            )
        return self._create(scope, document, values, reason=reason or CREATED, doubts=doubts)

    def _create(
        self, scope: Scope, document: Order | Amendment, values: Values, **options: Any
    ) -> StoredDocument:
        order = order_in(document)
        content = _content(values, order)
        with self._database.begin() as connection:
            made = shelf.create(connection, scope, order.region, order.kind, content, **options)
            audit.record(connection, scope, "document.created", f"document:{made.id}")
        return made

    def update(
        self, scope: Scope, number: int, version: int, values: Values, reason: str = ""
    ) -> StoredDocument:
        """The draft as it stands after a change to the version that was read.

        Values that are those of the newest version make no version more. ConflictError where
        someone else saved one (`version-changed`) or it is registered (`registered`).
        """
        order = order_in(self._document(values))
        content = _content(values, order)
        try:
            return self._save(scope, number, version, order, content, reason)
        except ConflictError as error:
            if error.code == "version-changed":
                error.problems = self._changes(scope, number, version)
            raise

    def _save(
        self,
        scope: Scope,
        number: int,
        version: int,
        order: Order,
        content: shelf.Content,
        reason: str,
    ) -> StoredDocument:
        with self._database.begin() as connection:
            stored = shelf.claim(connection, scope, number, version)
            _refuse_another_kind(stored, order)
            if shelf.version_of(connection, scope, number).hash == content.hash:
                return stored
            saved = shelf.add_version(connection, scope, number, version, content, reason=reason)
            details = {"version": saved.version}
            audit.record(connection, scope, "document.changed", f"document:{number}", **details)
        return saved

    def _changes(self, scope: Scope, number: int, since: int) -> tuple[Problem, ...]:
        """What others changed since a version, place by place, with the new words."""
        return tuple(
            Problem("", "".join(mark["text"] for mark in row["new"]), "changed", row["place"])
            for row in self.comparison(scope, number, since)
        )

    def withdraw(self, scope: Scope, number: int, version: int) -> StoredDocument:
        """The draft taken out of the list; its versions stay and it can be restored."""
        with self._database.begin() as connection:
            shelf.claim(connection, scope, number, version)
            stored = shelf.set_state(connection, scope, number, State.DRAFT, State.WITHDRAWN)
            audit.record(connection, scope, "document.withdrawn", f"document:{number}")
        return stored

    def restore(self, scope: Scope, number: int) -> StoredDocument:
        """The withdrawn draft back in the list."""
        with self._database.begin() as connection:
            stored = shelf.set_state(connection, scope, number, State.WITHDRAWN, State.DRAFT)
            audit.record(connection, scope, "document.restored", f"document:{number}")
        return stored

    # -- checks -------------------------------------------------------------------------------

    def check(self, scope: Scope, values: Values) -> list[Finding]:
        """What the checks find in values; InputError where they are no order of the region."""
        document = self._document(values)
        shelf.refuse_foreign(scope, order_in(document).region)
        return self._documents.check_order(document) if isinstance(document, Order) else []

    def check_item(
        self, scope: Scope, region: str, layout: str, years: tuple[int, int], item: Values
    ) -> CheckedItem:
        """What one row says, in words, and what the checks find in it alone."""
        found = self._documents.regions.find(region)
        if layout not in found.profile.layouts:
            words = {"words": ", ".join(found.profile.layouts)}
            raise refused_field("layout", _("expected one of: %(words)s") % words, "unknown-word")
        texts = {key: str(text) for key, text in item.items() if key in found.profile.item_keys}
        number = texts.pop("number", None) or None
        annex = Annex("", (Section((Item(texts, number),)),), layout=layout)
        order = Order(region, "", "", (Point(form=Approve(0)),), (annex,), years=years)
        shelf.refuse_foreign(scope, region)
        return CheckedItem(
            meaning("deadline", texts.get("deadline", ""), years),
            meaning("indicator", texts.get("indicator", ""), years),
            tuple(
                replace(finding, path=finding.path.removeprefix(_ROW))
                for finding in check_order(order, found)
                if finding.path.startswith(_ROW)
            ),
        )

    def wordings(self, values: Values) -> list[str]:
        """How the region words each point given as a form; empty for text and where it cannot."""
        order = order_in(self._document(values))
        region = self._documents.regions.find(order.region)
        return ["\n".join(_wording(region, order, point)) for point in order.points]

    def acknowledge(
        self, scope: Scope, number: int, version: int, finding: tuple[str, str], reason: str
    ) -> StoredDocument:
        """The draft in which its author signs for a finding, told by code and path."""
        if not reason.strip():
            message = _("Say why the finding may stand.")
            problem = Problem("reason", message, "missing-key")
            raise InputError(message, (problem,), code="missing-key")
        code, path = finding
        _stored, values = self.read(scope, number, version)
        known = [each for each in values.get("acknowledged", []) if _told_by(each) != finding]
        entry = {"code": code, "path": path, "reason": reason.strip()}
        return self.update(
            scope, number, version, {**values, "acknowledged": [*known, entry]}, reason
        )

    # -- uploads ------------------------------------------------------------------------------

    def import_file(
        self, scope: Scope, name: str, data: bytes, region: str | None = None
    ) -> Imported:
        """The order in an uploaded file; the scope's own region is expected in it."""
        return read_upload(self._documents, name, data, scope.region or region)

    def standing_doubts(self, stored: StoredDocument, values: Values) -> list[Misgiving]:
        """What the import was not sure of and no one has mended or settled."""
        return standing_doubts(stored.doubts, values)

    def settle_doubts(self, scope: Scope, number: int, texts: frozenset[str] | None = None) -> None:
        """The doubts about these texts are looked into; all of them where none are named."""
        with self._database.begin() as connection:
            stored = shelf.get(connection, scope, number)
            left = [d for d in stored.doubts if texts is not None and d.text not in texts]
            shelf.set_doubts(connection, scope, number, left)

    # -- registration -------------------------------------------------------------------------

    def next_number(self, scope: Scope, number: int, day: datetime.date) -> str:
        """The number that the journal would give the document now; others may take it first."""
        with self._database.read() as connection:
            stored = shelf.get(connection, scope, number)
            return journals.following(
                connection,
                region=stored.region,
                year=day.year,
                pattern=self._pattern(stored.region),
            )

    def register(
        self,
        scope: Scope,
        document_id: int,
        version: int,
        *,
        date: datetime.date,
        journal: str = "orders",
        number: str | None = None,
    ) -> StoredDocument:
        """The document under its date and number; from now on it cannot be changed.

        FindingsError where the checks find what no one may sign and no one acknowledged;
        ConflictError as in `update`, or where the number is not free. The number comes from the
        journal in the transaction that writes the last version, so none is lost or given twice.
        """
        stored, values = self.read(scope, document_id)
        shelf.refuse_stale(stored, version)
        number = (number or "").strip() or None
        provisional = number or self.next_number(scope, document_id, date)
        values |= {"date": date.isoformat(), "number": provisional}
        document = self._document(values)
        message = _("The document has mistakes that no one may sign: mend or acknowledge them.")
        refuse_errors(self._findings(scope, stored, document), message)
        with self._database.begin() as connection:
            shelf.claim(connection, scope, document_id, version)
            given = journals.register(
                connection,
                scope,
                document_id,
                region=stored.region,
                day=date,
                pattern=self._pattern(stored.region),
                name=journal,
                number=number,
            )
            values["number"] = given
            order = replace(order_in(document), number=given)
            registered = shelf.add_version(
                connection,
                scope,
                document_id,
                version,
                _content(values, order),
                reason=REGISTERED,
                state=State.REGISTERED,
            )
            subject = f"document:{document_id}"
            audit.record(connection, scope, "document.registered", subject, number=given)
        return registered

    def journal(
        self, scope: Scope, *, year: int | None = None, page: int = 1, page_size: int = 50
    ) -> Page[JournalEntry]:
        """The registration journal of orders, the newest line first."""
        with self._database.read() as connection:
            return journals.entries(connection, scope, year=year, page=page, page_size=page_size)

    def _pattern(self, region: str) -> str:
        return self._documents.regions.find(region).profile.journal.number

    # -- amendments ---------------------------------------------------------------------------

    def amend(
        self, scope: Scope, number: int, new_values: Values, draft: StoredDocument | None = None
    ) -> StoredDocument:
        """The draft of the order that turns the edition in force into the new values.

        `draft` is an earlier draft of that amendment, which gets the new wording as a version.
        """
        old = self.consolidated(scope, number)
        new = self._document(new_values)
        if isinstance(new, Amendment):
            raise InputError(_("Give the order as it is to read, not an amendment of it."))
        amendment = self._amendments.amend(old, new, Requisites())
        values = document_values(amendment)
        if draft is not None:
            return self.update(scope, draft.id, draft.version, values)
        return self._create(scope, amendment, values, reason=CREATED, amends=number)


def _wording(region: Region, order: Order, point: Point) -> Iterator[str]:
    if point.form is not None:
        try:
            worded = region.word(order, point.form)
        except (LanguageError, IndexError):
            return
        yield worded.text
        yield from (inner.text for inner in worded.points)


def _content(values: Values, order: Order) -> shelf.Content:
    data = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return shelf.Content(data, order.title, order.number, order.date)


def _refuse_another_kind(stored: StoredDocument, order: Order) -> None:
    if (stored.region, stored.kind) != (order.region, order.kind):
        message = _("The region and the kind of a document stay what they are.")
        raise InputError(message, (Problem("region", message, "another-order"),))


def _told_by(entry: Mapping[str, str]) -> tuple[str, str]:
    return entry["code"], entry["path"]
