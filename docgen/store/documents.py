"""Documents and their versions. A version is written once; a document only points at its newest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    func,
    insert,
    select,
    true,
    update,
)

from docgen.errors import ConflictError, InputError, NotFoundError, Problem
from docgen.i18n import _
from docgen.models.accounts import Role, Scope
from docgen.models.pages import Page
from docgen.models.registry import Misgiving, State, StoredDocument, Version
from docgen.store.tables import accounts, document_versions, documents, now

SORTS: Mapping[str, ColumnElement[Any]] = {
    "updated": documents.c.updated_at,
    "created": documents.c.created_at,
    "title": documents.c.title,
    "number": documents.c.number,
    "date": documents.c.date,
}
"""What lists are sorted by; a minus before the name turns the order round."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a version holds: its data file as JSON, and what lists show of it."""

    data: str
    title: str
    number: str | None = None
    date: date | None = None

    @property
    def hash(self) -> str:
        """The SHA-256 of the data in hexadecimal digits."""
        return hashlib.sha256(self.data.encode()).hexdigest()


def create(
    connection: Connection,
    scope: Scope,
    region: str,
    kind: str,
    content: Content,
    *,
    reason: str = "",
    amends: int | None = None,
    doubts: Iterable[Misgiving] = (),
) -> StoredDocument:
    """A new draft with its first version."""
    refuse_foreign(scope, region)
    made = connection.execute(
        insert(documents)
        .values(
            region=region,
            kind=kind,
            amends_id=amends,
            author_id=scope.account_id,
            doubts=[doubt.as_dict() for doubt in doubts],
            **_shown(content),
        )
        .returning(documents.c.id)
    )
    number: int = made.scalar_one()
    _write_version(connection, scope, number, 1, content, reason)
    return get(connection, scope, number)


def refuse_foreign(scope: Scope, region: str) -> None:
    """InputError where the region is not the scope's own."""
    if scope.region not in (None, region):
        message = _("documents of this region are kept by others; yours is “%(code)s”")
        problem = Problem("region", message % {"code": scope.region}, "foreign-region")
        raise InputError(_("The document was not accepted."), (problem,), code="foreign-region")


def get(connection: Connection, scope: Scope, number: int) -> StoredDocument:
    """The document; NotFoundError where the scope does not see one with this id."""
    row = connection.execute(_documents(scope).where(documents.c.id == number)).one_or_none()
    if row is None:
        raise NotFoundError(_("There is no such document."))
    return _document(row)


def find(
    connection: Connection,
    scope: Scope,
    *,
    search: str = "",
    state: State | None = None,
    sort: str = "-updated",
    page: int = 1,
    page_size: int = 50,
) -> Page[StoredDocument]:
    """Documents whose title or number holds every word of the search; withdrawn ones on demand."""
    conditions = [documents.c.words.contains(word, autoescape=True) for word in fold(search)]
    conditions.append(
        documents.c.state != State.WITHDRAWN if state is None else documents.c.state == state
    )
    column = SORTS.get(sort.removeprefix("-"), documents.c.updated_at)
    order = column.desc().nulls_last() if sort.startswith("-") else column.asc().nulls_last()
    wanted = _documents(scope).where(*conditions)
    total = connection.execute(
        select(func.count()).select_from(documents).where(_seen(scope), *conditions)
    ).scalar_one()
    rows = connection.execute(
        wanted.order_by(order, documents.c.id.desc())
        .limit(page_size)
        .offset((page - 1) * page_size)
    )
    return Page(tuple(map(_document, rows)), total, page, page_size)


def add_version(
    connection: Connection,
    scope: Scope,
    number: int,
    read: int,
    content: Content,
    *,
    reason: str = "",
    state: State = State.DRAFT,
) -> StoredDocument:
    """The draft with one version more, made from the version `read`.

    ConflictError where it is registered (`registered`), withdrawn (`withdrawn`) or has a newer
    version than was read (`version-changed`).
    """
    changed = connection.execute(
        update(documents)
        .where(
            documents.c.id == number,
            documents.c.version == read,
            documents.c.state == State.DRAFT,
            _seen(scope),
        )
        .values(version=read + 1, state=state, updated_at=now(), **_shown(content))
    )
    if not changed.rowcount:
        refuse_stale(get(connection, scope, number), read)
    _write_version(connection, scope, number, read + 1, content, reason)
    return get(connection, scope, number)


def claim(connection: Connection, scope: Scope, number: int, read: int) -> StoredDocument:
    """The draft, which no other transaction changes until this one ends.

    ConflictError as in `add_version`.
    """
    wanted = _documents(scope).where(documents.c.id == number).with_for_update(of=documents)
    row = connection.execute(wanted).one_or_none()
    document = get(connection, scope, number) if row is None else _document(row)
    refuse_stale(document, read)
    return document


def refuse_stale(document: StoredDocument, read: int) -> None:
    """ConflictError unless the document is a draft whose newest version is the one read."""
    if document.state == State.REGISTERED:
        message = _("The document is registered and can no longer be changed; amend it instead.")
        raise ConflictError(message, code="registered")
    if document.state == State.WITHDRAWN:
        raise ConflictError(_("The draft was withdrawn; restore it first."), code="withdrawn")
    if document.version != read:
        raise ConflictError(
            _("Someone saved version %(new)d meanwhile; you began with version %(old)d.")
            % {"new": document.version, "old": read},
            code="version-changed",
        )


def set_state(
    connection: Connection, scope: Scope, number: int, before: State, after: State
) -> StoredDocument:
    """The document in another state; ConflictError where it was not in the former one."""
    changed = connection.execute(
        update(documents)
        .where(documents.c.id == number, documents.c.state == before, _seen(scope))
        .values(state=after, updated_at=now())
    )
    document = get(connection, scope, number)
    if not changed.rowcount:
        refuse_stale(document, document.version)
        raise ConflictError(_("The document is a draft."), code="not-withdrawn")
    return document


def set_doubts(
    connection: Connection, scope: Scope, number: int, doubts: Iterable[Misgiving]
) -> None:
    """The document keeps only these doubts of its import."""
    plain = [doubt.as_dict() for doubt in doubts]
    where = and_(documents.c.id == number, _seen(scope))
    connection.execute(update(documents).where(where).values(doubts=plain))


def version_of(
    connection: Connection, scope: Scope, number: int, version: int | None = None
) -> Version:
    """A version with its data, the newest one where none is named."""
    wanted = _versions(scope, document_versions.c.data).where(
        documents.c.id == number,
        document_versions.c.version == (documents.c.version if version is None else version),
    )
    row = connection.execute(wanted).one_or_none()
    if row is None:
        raise NotFoundError(_("There is no such document or version."))
    return Version(**row._mapping)


def versions(connection: Connection, scope: Scope, number: int) -> list[Version]:
    """All versions without their data, the newest first; NotFoundError without any."""
    wanted = _versions(scope).where(documents.c.id == number)
    rows = connection.execute(wanted.order_by(document_versions.c.version.desc()))
    found = [Version(**row._mapping) for row in rows]
    if not found:
        raise NotFoundError(_("There is no such document."))
    return found


def amendments(connection: Connection, scope: Scope, number: int) -> list[StoredDocument]:
    """What amends the document, registered or still drafted, in the order of its dates."""
    wanted = _documents(scope).where(
        documents.c.amends_id == number, documents.c.state != State.WITHDRAWN
    )
    rows = connection.execute(wanted.order_by(documents.c.date.asc().nulls_last(), documents.c.id))
    return list(map(_document, rows))


def fold(text: str) -> list[str]:
    """The words of a text as searches compare them: small letters, «е» for «ё»."""
    return text.casefold().replace("ё", "е").split()


def _shown(content: Content) -> dict[str, Any]:
    return {
        "title": content.title,
        "number": content.number,
        "date": content.date,
        "words": " ".join(fold(f"{content.title} {content.number or ''}")),
    }


def _write_version(
    connection: Connection, scope: Scope, number: int, version: int, content: Content, reason: str
) -> None:
    connection.execute(
        insert(document_versions).values(
            document_id=number,
            version=version,
            data=content.data,
            hash=content.hash,
            reason=reason,
            author_id=scope.account_id,
        )
    )


def _seen(scope: Scope) -> ColumnElement[bool]:
    """Which documents a scope sees: its region's; a coordinator only those in force."""
    conditions: list[ColumnElement[bool]] = [true()]
    if scope.region is not None:
        conditions.append(documents.c.region == scope.region)
    if scope.role is Role.COORDINATOR:
        conditions.append(documents.c.state == State.REGISTERED)
    return and_(*conditions)


def _documents(scope: Scope) -> Select[Any]:
    columns = [column for column in documents.c if column.name not in ("author_id", "words")]
    return (
        select(*columns, _author())
        .join_from(documents, accounts, documents.c.author_id == accounts.c.id, isouter=True)
        .where(_seen(scope))
    )


def _versions(scope: Scope, *further: ColumnElement[Any]) -> Select[Any]:
    made = document_versions.c
    joined = document_versions.join(documents, made.document_id == documents.c.id).outerjoin(
        accounts, made.author_id == accounts.c.id
    )
    return (
        select(
            *(made.document_id, made.version, made.hash, made.reason, made.author_id),
            *(_author(), made.created_at, *further),
        )
        .select_from(joined)
        .where(_seen(scope))
    )


def _author() -> ColumnElement[str]:
    return func.coalesce(accounts.c.name, "").label("author")


def _document(row: Row[Any]) -> StoredDocument:
    values = dict(row._mapping)
    doubts = tuple(Misgiving(**doubt) for doubt in values.pop("doubts"))
    return StoredDocument(**values | {"state": State(values["state"]), "doubts": doubts})
