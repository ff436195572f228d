"""Tokens and invitations: secrets kept as SHA-256, shown once to those they are for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Row,
    Table,
    bindparam,
    insert,
    select,
    true,
    update,
)

from docgen.models.accounts import Account, Invitation, Role, Scope, Token
from docgen.store.accounts import SHOWN, account_of
from docgen.store.tables import accounts, invitations, tokens

_TOKEN = [column for column in tokens.c if column.name != "hash"]
_INVITATION = [column for column in invitations.c if column.name not in ("hash", "author_id")]


def add_token(connection: Connection, values: Mapping[str, Any]) -> int:
    """The id of a new token."""
    return _add(connection, tokens, values)


def add_invitation(connection: Connection, values: Mapping[str, Any]) -> int:
    """The id of a new invitation."""
    return _add(connection, invitations, values)


def _add(connection: Connection, table: Table, values: Mapping[str, Any]) -> int:
    key = connection.execute(insert(table).values(values)).inserted_primary_key
    return int(key[0])  # type: ignore[index]


def token(connection: Connection, number: int, account_id: int) -> Token | None:
    """The token of this account."""
    wanted = select(*_TOKEN).where(tokens.c.id == number, tokens.c.account_id == account_id)
    return next((_token(row) for row in connection.execute(wanted)), None)


_BEARER = (
    select(*_TOKEN, *SHOWN)
    .join(accounts, tokens.c.account_id == accounts.c.id)
    .where(tokens.c.hash == bindparam("digest"))
)


def bearer(connection: Connection, digest: str) -> tuple[Token, Account] | None:
    """The token with this hash, working or not, and whose it is."""
    row = connection.execute(_BEARER, {"digest": digest}).one_or_none()
    if row is None:
        return None
    of_token, of_account = row[: len(_TOKEN)], row[len(_TOKEN) :]
    return Token(**_named(_TOKEN, of_token)), account_of(_named(SHOWN, of_account))


def _named(columns: Sequence[Column[Any]], values: Sequence[Any]) -> dict[str, Any]:
    return {column.name: value for column, value in zip(columns, values, strict=True)}


def tokens_of(connection: Connection, account_id: int) -> list[Token]:
    """The tokens of an account that were not revoked, the newest first."""
    wanted = select(*_TOKEN).where(tokens.c.account_id == account_id, tokens.c.revoked_at.is_(None))
    return [_token(row) for row in connection.execute(wanted.order_by(tokens.c.id.desc()))]


def mark_used(connection: Connection, number: int, at: datetime) -> None:
    """The token was last used then."""
    connection.execute(update(tokens).where(tokens.c.id == number).values(used_at=at))


def revoke(
    connection: Connection, account_id: int, at: datetime, number: int | None = None
) -> None:
    """The token, or every token of the account, opens nothing any more."""
    only = true() if number is None else tokens.c.id == number
    connection.execute(
        update(tokens)
        .where(tokens.c.account_id == account_id, tokens.c.revoked_at.is_(None), only)
        .values(revoked_at=at)
    )


def invitation_by_hash(connection: Connection, digest: str) -> Invitation | None:
    """The invitation with this hash, working or not."""
    wanted = select(*_INVITATION).where(invitations.c.hash == digest)
    return next((_invitation(row) for row in connection.execute(wanted)), None)


def invitation(connection: Connection, scope: Scope, number: int) -> Invitation | None:
    """The invitation, when the scope sees it."""
    wanted = select(*_INVITATION).where(invitations.c.id == number, _seen_by(scope))
    return next((_invitation(row) for row in connection.execute(wanted)), None)


def open_invitations(connection: Connection, scope: Scope, at: datetime) -> list[Invitation]:
    """The invitations that still work, the newest first."""
    wanted = select(*_INVITATION).where(
        _seen_by(scope), invitations.c.used_at.is_(None), invitations.c.expires_at > at
    )
    rows = connection.execute(wanted.order_by(invitations.c.id.desc()))
    return [_invitation(row) for row in rows]


def use(connection: Connection, number: int, at: datetime) -> bool:
    """Whether the invitation was still unused; of several who come at once one is let in."""
    used = connection.execute(
        update(invitations)
        .where(
            invitations.c.id == number,
            invitations.c.used_at.is_(None),
            invitations.c.expires_at > at,
        )
        .values(used_at=at)
    )
    return used.rowcount == 1


def bind(connection: Connection, number: int, account_id: int) -> None:
    """The invitation names the account that came of it."""
    connection.execute(
        update(invitations).where(invitations.c.id == number).values(account_id=account_id)
    )


def _expire(connection: Connection, at: datetime, matching: ColumnElement[bool]) -> None:
    """The unused invitations that match open nothing from then on."""
    connection.execute(
        update(invitations)
        .where(matching, invitations.c.used_at.is_(None), invitations.c.expires_at > at)
        .values(expires_at=at)
    )


def withdraw(connection: Connection, number: int, at: datetime) -> None:
    """The invitation opens nothing any more."""
    _expire(connection, at, invitations.c.id == number)


def withdraw_of(connection: Connection, account_id: int, at: datetime) -> None:
    """No link to a new password of the account works any more."""
    _expire(connection, at, invitations.c.account_id == account_id)


def _seen_by(scope: Scope) -> ColumnElement[bool]:
    return true() if scope.region is None else invitations.c.region == scope.region


def _token(row: Row[Any]) -> Token:
    return Token(**row._mapping)


def _invitation(row: Row[Any]) -> Invitation:
    values = dict(row._mapping)
    return Invitation(**values | {"role": Role(values["role"])})
