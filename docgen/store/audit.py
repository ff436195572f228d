"""What happened, by whom, to what: rows are added and never changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, insert, select, true

from docgen.models.accounts import Scope
from docgen.store.tables import audit


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the audit log; `object` reads like `document:17`."""

    id: int
    at: datetime
    login: str
    region: str | None
    action: str
    object: str
    details: Mapping[str, Any]


_ADD = insert(audit)


def record(
    connection: Connection, scope: Scope, action: str, subject: str = "", **details: Any
) -> None:
    """The log has one more line, in the transaction that did what it tells of."""
    connection.execute(
        _ADD,
        {
            "account_id": scope.account_id,
            "login": scope.login,
            "region": scope.region,
            "action": action,
            "object": subject,
            "details": details,
        },
    )


def entries(
    connection: Connection, scope: Scope, *, before: int | None = None, limit: int = 100
) -> list[Entry]:
    """The newest lines first; `before` is the id that the former page ended with."""
    wanted = select(audit).where(seen_by(scope)).order_by(audit.c.id.desc()).limit(limit)
    if before is not None:
        wanted = wanted.where(audit.c.id < before)
    return [
        Entry(row.id, row.at, row.login, row.region, row.action, row.object, row.details)
        for row in connection.execute(wanted)
    ]


def seen_by(scope: Scope) -> ColumnElement[bool]:
    """Which lines a scope may read: those of its region."""
    return true() if scope.region is None else audit.c.region == scope.region
