"""Documents over HTTP: drafted, checked, registered, amended, downloaded (docs/registry.md)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import asdict
from functools import reduce
from typing import Any

from flask import Response, url_for
from flask_smorest import Blueprint
from flask_smorest.pagination import PaginationParameters

from docgen.errors import ConflictError
from docgen.export.differences import diff_values
from docgen.i18n import _
from docgen.models import Finding
from docgen.models.accounts import Role
from docgen.models.registry import CheckedItem, StoredDocument, Version
from docgen.services.registry import Registry
from docgen.web import current
from docgen.web.access import allow
from docgen.web.api import document_shapes as shapes
from docgen.web.api.schemas import ETAG, LOCATION, MEDIA_TYPES, file_answer
from docgen.web.downloads import as_file

api = Blueprint(
    "api_documents",
    __name__,
    url_prefix="/api/v1/documents",
    description="Orders and amending orders: drafts, versions, registration.",
)

clerks = allow(Role.CLERK)
readers = allow(Role.CLERK, Role.ANALYST, Role.ADMINISTRATOR)

_ETAG = re.compile(r'"(\d{1,9})-(\d{1,9})"')
Answer = tuple[Any, int, dict[str, str]]


def registry() -> Registry:
    """The registry of the service at hand."""
    return current.service().registry


def _tagged(stored: StoredDocument, body: Any = None, status: int = 200) -> Answer:
    """The answer with the tag of the newest version."""
    headers = {"ETag": f'"{stored.etag}"'}
    if status == 201:
        headers["Location"] = url_for("api_documents.read", number=stored.id)
    return stored if body is None else body, status, headers


def _seen(number: int, condition: dict[str, Any]) -> int:
    """The version that If-Match names; ConflictError without one (428) or for another's (412)."""
    tag = condition["if_match"]
    if tag is None:
        message = _("Send If-Match with the ETag of the version you have read.")
        raise ConflictError(message, code="version-needed")
    if tag.strip() == "*":
        return registry().read(current.scope(), number)[0].version
    found = _ETAG.fullmatch(tag.strip())
    if found is None or int(found[1]) != number:
        registry().read(current.scope(), number)
        raise ConflictError(_("If-Match is not a tag of this document."), code="version-changed")
    return int(found[2])


def of_seen_version(conflict: str) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
    """What changes of the version that If-Match names have in common; `conflict` explains a 409."""
    parts = (
        clerks,
        api.alt_response(428, description="If-Match is missing"),
        api.alt_response(412, description="Someone saved meanwhile; `problems` may tell what"),
        api.alt_response(409, description=conflict),
        api.response(200, shapes.DocumentShape, headers=ETAG),
        api.arguments(shapes.Condition, location="headers"),
    )
    return lambda view: reduce(lambda wrapped, part: part(wrapped), parts, view)


@api.get("")
@api.arguments(shapes.DocumentQuery, location="query")
@api.response(200, shapes.DocumentShape(many=True))
@api.paginate(page_size=50, max_page_size=200)
@readers
def documents(
    query: dict[str, Any], pagination_parameters: PaginationParameters
) -> list[StoredDocument]:
    """The documents of the caller's region"""
    found = registry().documents(
        current.scope(),
        **query,
        page=pagination_parameters.page,
        page_size=pagination_parameters.page_size,
    )
    pagination_parameters.item_count = found.total
    return list(found.rows)


@api.post("")
@api.arguments(shapes.NewDocument)
@api.response(201, shapes.DocumentShape, headers={**ETAG, **LOCATION})
@clerks
def create(body: dict[str, Any]) -> Answer:
    """A draft is made"""
    made = registry().create(current.scope(), body["values"], body["reason"])
    return _tagged(made, status=201)


@api.post("/check")
@api.arguments(shapes.Values)
@api.response(200, shapes.FindingShape(many=True))
@clerks
def check(body: dict[str, Any]) -> list[Finding]:
    """Values are checked and not kept"""
    return registry().check(current.scope(), body["values"])


@api.post("/check-row")
@api.arguments(shapes.RowToCheck)
@api.response(200, shapes.CheckedRow)
@clerks
def check_row(body: dict[str, Any]) -> CheckedItem:
    """One row is checked while it is typed"""
    first, last = body["years"]
    return registry().check_item(
        current.scope(), body["region"], body["layout"], (first, last), body["item"]
    )


@api.get("/<int:number>")
@api.arguments(shapes.VersionQuery, location="query")
@api.response(200, shapes.FullDocument, headers=ETAG)
@readers
def read(query: dict[str, Any], number: int) -> Answer:
    """A document with the values of a version"""
    stored, values = registry().read(current.scope(), number, query["version"])
    return _tagged(stored, {**_plain(stored), "values": values})


def _plain(stored: StoredDocument) -> dict[str, Any]:
    return {name: getattr(stored, name) for name in stored.__slots__}


@api.put("/<int:number>")
@of_seen_version("The document is registered or withdrawn")
@api.arguments(shapes.NewDocument)
def update(condition: dict[str, Any], body: dict[str, Any], number: int) -> Answer:
    """A draft gets a new version"""
    version = _seen(number, condition)
    saved = registry().update(current.scope(), number, version, body["values"], body["reason"])
    return _tagged(saved)


@api.delete("/<int:number>")
@of_seen_version("The document is registered or withdrawn")
def withdraw(condition: dict[str, Any], number: int) -> Answer:
    """A draft is withdrawn; it can be restored"""
    version = _seen(number, condition)
    return _tagged(registry().withdraw(current.scope(), number, version))


@api.post("/<int:number>/restore")
@api.response(200, shapes.DocumentShape, headers=ETAG)
@api.alt_response(409, description="The document is not withdrawn")
@clerks
def restore(number: int) -> Answer:
    """A withdrawn draft is a draft again"""
    return _tagged(registry().restore(current.scope(), number))


@api.get("/<int:number>/findings")
@api.arguments(shapes.VersionQuery, location="query")
@api.response(200, shapes.FindingShape(many=True))
@api.alt_response(422, description="An amendment that no longer fits its order")
@readers
def findings(query: dict[str, Any], number: int) -> list[Finding]:
    """What the checks find in a version"""
    return registry().findings(current.scope(), number, query["version"])


@api.post("/<int:number>/acknowledgements")
@of_seen_version("The document is registered or withdrawn")
@api.arguments(shapes.Acknowledgement)
def acknowledge(condition: dict[str, Any], body: dict[str, Any], number: int) -> Answer:
    """A finding is signed for, with a reason"""
    version, finding = _seen(number, condition), (body["code"], body["path"])
    scope = current.scope()
    return _tagged(registry().acknowledge(scope, number, version, finding, body["reason"]))


@api.get("/<int:number>/next-number")
@api.arguments(shapes.DayQuery, location="query")
@api.response(200, shapes.NextNumber)
@clerks
def next_number(query: dict[str, Any], number: int) -> dict[str, str]:
    """The number that the journal would give now; others may take it first"""
    return {"number": registry().next_number(current.scope(), number, query["date"])}


@api.post("/<int:number>/registration")
@of_seen_version("Registered or withdrawn already, or the number is not free")
@api.arguments(shapes.Registration)
def register(condition: dict[str, Any], body: dict[str, Any], number: int) -> Answer:
    """A draft gets its date and number and can no longer be changed"""
    version = _seen(number, condition)
    return _tagged(registry().register(current.scope(), number, version, **body))


@api.get("/<int:number>/versions")
@api.response(200, shapes.VersionShape(many=True))
@readers
def versions(number: int) -> list[Version]:
    """Every version, the newest first"""
    return registry().versions(current.scope(), number)


@api.get("/<int:number>/diff")
@api.arguments(shapes.DiffQuery, location="query")
@api.response(200, shapes.Difference)
@readers
def diff(query: dict[str, Any], number: int) -> dict[str, Any]:
    """What changed from one version to another"""
    found = registry().diff(current.scope(), number, query["old"], query["new"])
    return diff_values(found.changed())


@api.get("/<int:number>/amendments")
@api.response(200, shapes.DocumentShape(many=True))
@readers
def amendments(number: int) -> list[StoredDocument]:
    """The orders that amend this one"""
    registry().read(current.scope(), number)
    return registry().amendments(current.scope(), number)


@api.post("/<int:number>/amendments")
@api.arguments(shapes.Values)
@api.response(201, shapes.DocumentShape, headers={**ETAG, **LOCATION})
@api.alt_response(409, description="The order is not registered")
@clerks
def amend(body: dict[str, Any], number: int) -> Answer:
    """The order that leads to these values is drafted"""
    return _tagged(registry().amend(current.scope(), number, body["values"]), status=201)


@api.get("/<int:number>/edition")
@api.response(200, shapes.Values)
@api.alt_response(409, description="The order is not registered")
@readers
def edition(number: int) -> dict[str, Any]:
    """The edition in force: the order with all its registered amendments"""
    return {"values": registry().edition_values(current.scope(), number)}


_FILES = file_answer(*(MEDIA_TYPES[kind] for kind in ("docx", "pdf", "xlsx", "json")))


@api.get("/<int:number>/edition.<any(docx,pdf,xlsx,json):kind>")
@api.doc(responses=_FILES)
@api.alt_response(409, description="The order is not registered")
@api.alt_response(503, description="No PDF can be made now")
@readers
def edition_file(number: int, kind: str) -> Response:
    """The edition in force as a file"""
    stored, _values = registry().read(current.scope(), number)
    return as_file(registry().consolidated_file(current.scope(), number, kind), kind, stored)


@api.get("/<int:number>/files/<any(docx,pdf,xlsx,json):kind>")
@api.arguments(shapes.VersionQuery, location="query")
@api.doc(responses=_FILES)
@api.alt_response(503, description="No PDF can be made now")
@readers
def file(query: dict[str, Any], number: int, kind: str) -> Response:
    """A version as a file"""
    stored, _values = registry().read(current.scope(), number, query["version"])
    return as_file(registry().file(current.scope(), number, query["version"], kind), kind, stored)


journal_api = Blueprint(
    "api_journal",
    __name__,
    url_prefix="/api/v1/journal",
    description="The registration journal.",
)


@journal_api.get("")
@journal_api.arguments(shapes.JournalQuery, location="query")
@journal_api.response(200, shapes.EntryShape(many=True))
@journal_api.paginate(page_size=50, max_page_size=200)
@readers
def journal(
    query: dict[str, Any], pagination_parameters: PaginationParameters
) -> list[dict[str, Any]]:
    """The lines of the journal, the newest first"""
    found = registry().journal(
        current.scope(),
        year=query["year"],
        page=pagination_parameters.page,
        page_size=pagination_parameters.page_size,
    )
    pagination_parameters.item_count = found.total
    return [asdict(line) for line in found.rows]
