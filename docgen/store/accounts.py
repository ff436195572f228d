"""Accounts, their passwords as hashes, and the failures to sign in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    bindparam,
    delete,
    false,
    func,
    insert,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from docgen.models.accounts import Account, Role, Scope
from docgen.models.pages import Page
from docgen.store.tables import accounts, attempts, municipalities

SHOWN = (
    accounts.c.id,
    accounts.c.login,
    accounts.c.name,
    accounts.c.role,
    accounts.c.region,
    accounts.c.municipality_id,
    accounts.c.active,
    accounts.c.epoch,
    accounts.c.created_at,
)

_INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def seen_by(scope: Scope) -> ColumnElement[bool]:
    """Which accounts a scope sees: its own, and an administrator those of the region."""
    if scope.role is not Role.ADMINISTRATOR:
        return accounts.c.id == scope.account_id if scope.account_id is not None else false()
    return true() if scope.region is None else accounts.c.region == scope.region


def add(connection: Connection, account: Mapping[str, Any]) -> int:
    """The id of a new account with these columns."""
    key = connection.execute(insert(accounts).values(account)).inserted_primary_key
    return int(key[0])  # type: ignore[index]


def find(connection: Connection, scope: Scope, number: int) -> Account | None:
    """The account, when the scope sees it."""
    return _account(connection.execute(_by_id(scope), {"number": number}).first())


@lru_cache(maxsize=1024)
def _by_id(scope: Scope) -> Select[Any]:
    return select(*SHOWN).where(accounts.c.id == bindparam("number"), seen_by(scope))


def find_login(connection: Connection, login: str) -> Account | None:
    """The account that signs in by this login, wherever it belongs."""
    return _account(connection.execute(select(*SHOWN).where(accounts.c.login == login)).first())


def password_hash(connection: Connection, number: int) -> str | None:
    """The hash of the account's password; None while it has none."""
    wanted = select(accounts.c.password_hash).where(accounts.c.id == number)
    return connection.execute(wanted).scalar()


def page(
    connection: Connection,
    scope: Scope,
    *,
    search: str = "",
    role: Role | None = None,
    active: bool | None = None,
    number: int = 1,
    size: int = 50,
) -> Page[Account]:
    """The accounts in view, by name; `search` is part of a name or login."""
    wanted = [seen_by(scope)]
    if search:
        # SQLite folds only Latin letters, so Cyrillic words are sought in three spellings.
        spellings = {search, search.lower(), search.title()}
        columns = (accounts.c.name, accounts.c.login)
        wanted.append(or_(*(c.contains(s, autoescape=True) for c in columns for s in spellings)))
    if role is not None:
        wanted.append(accounts.c.role == role)
    if active is not None:
        wanted.append(accounts.c.active == active)
    counted = select(func.count()).select_from(accounts).where(*wanted)
    total = connection.execute(counted).scalar_one()
    rows = connection.execute(
        select(*SHOWN)
        .where(*wanted)
        .order_by(accounts.c.name, accounts.c.id)
        .limit(size)
        .offset((number - 1) * size)
    )
    return Page([account_of(row._mapping) for row in rows], total, number, size)


def change(connection: Connection, number: int, **values: Any) -> None:
    """The account has these values in its columns."""
    connection.execute(update(accounts).where(accounts.c.id == number).values(values))


def end_sessions(connection: Connection, number: int) -> None:
    """Every session of the account is over: its epoch is the next one."""
    change(connection, number, epoch=accounts.c.epoch + 1)


def unlimited_administrators(connection: Connection) -> int:
    """How many active administrators see every region."""
    wanted = select(func.count()).where(
        accounts.c.role == Role.ADMINISTRATOR, accounts.c.region.is_(None), accounts.c.active
    )
    return connection.execute(wanted).scalar_one()


def municipality_choices(connection: Connection, scope: Scope) -> list[tuple[int, str, str]]:
    """Municipalities an account may be bound to, as (id, region, name)."""
    wanted = select(municipalities.c.id, municipalities.c.region, municipalities.c.name)
    if scope.region is not None:
        wanted = wanted.where(municipalities.c.region == scope.region)
    rows = connection.execute(wanted.order_by(municipalities.c.region, municipalities.c.name))
    return [(row.id, row.region, row.name) for row in rows]


# -- failures to sign in --------------------------------------------------------------------------


def count_attempt(
    connection: Connection, login_hash: str, at: datetime, forget: datetime
) -> tuple[int, datetime | None]:
    """How many attempts failed in a row, this one included, and until when the login is locked.

    Those who come at once are counted one after another. What is older than `forget` is gone.
    """
    connection.execute(delete(attempts).where(attempts.c.updated_at < forget))
    added = _INSERT[connection.dialect.name](attempts).values(
        login_hash=login_hash, failures=1, updated_at=at
    )
    counted = added.on_conflict_do_update(
        index_elements=["login_hash"], set_={"failures": attempts.c.failures + 1, "updated_at": at}
    ).returning(attempts.c.failures, attempts.c.locked_until)
    row = connection.execute(counted).one()
    return row.failures, row.locked_until


def lock(connection: Connection, login_hash: str, until: datetime) -> None:
    """The login is refused until then."""
    connection.execute(
        update(attempts).where(attempts.c.login_hash == login_hash).values(locked_until=until)
    )


def forget_attempts(connection: Connection, login_hash: str) -> None:
    """The login has no failures."""
    connection.execute(delete(attempts).where(attempts.c.login_hash == login_hash))


def account_of(values: Mapping[Any, Any]) -> Account:
    """The account of these columns."""
    return Account(**{**values, "role": Role(values["role"])})


def _account(row: Row[*tuple[Any, ...]] | None) -> Account | None:
    return None if row is None else account_of(row._mapping)
