"""All rows of all tables as lines of JSON, the same from SQLite and from PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Date, DateTime, Integer, MetaData, Table, func, select, text

from docgen.store.database import Database
from docgen.store.tables import METADATA

_AT_ONCE = 500


@contextmanager
def snapshot(database: Database) -> Iterator[Connection]:
    """One moment of the database, whatever is written meanwhile."""
    if database.is_sqlite:
        with database.read() as connection:
            yield connection
        return
    still = database.engine.execution_options(
        isolation_level="REPEATABLE READ", postgresql_readonly=True
    )
    with still.connect() as connection:
        yield connection


def names() -> list[str]:
    """The names of the tables; none refers to one after it."""
    return [table.name for table in METADATA.sorted_tables]


def lines(connection: Connection, name: str) -> Iterator[bytes]:
    """The rows of a table, each a line, in the order of their keys."""
    table = METADATA.tables[name]
    rows = connection.execution_options(yield_per=_AT_ONCE).execute(
        select(table).order_by(*table.primary_key.columns)
    )
    for row in rows:
        yield json.dumps(dict(row._mapping), default=_text, ensure_ascii=False).encode() + b"\n"


def load(connection: Connection, name: str, given: Iterable[bytes]) -> int:
    """How many rows the table got from these lines; its keys go on after the last of them.

    The table is taken as it stands in the database, which may be of an older form.
    """
    table = Table(name, MetaData(), autoload_with=connection, resolve_fks=False)
    readers = _readers(table)
    count = 0
    waiting = iter(given)
    while batch := [_row(line, readers) for line in islice(waiting, _AT_ONCE)]:
        connection.execute(table.insert(), batch)
        count += len(batch)
    _go_on(connection, table)
    return count


def _readers(table: Table) -> dict[str, Any]:
    """How the texts of dates and moments become values again, by column."""
    readers: dict[str, Any] = {}
    for column in table.columns:
        if isinstance(column.type, DateTime):
            readers[column.name] = datetime.fromisoformat
        elif isinstance(column.type, Date):
            readers[column.name] = date.fromisoformat
    return readers


def _row(line: bytes, readers: dict[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(line)
    for name, read in readers.items():
        if values[name] is not None:
            values[name] = read(values[name])
    return values


def _go_on(connection: Connection, table: Table) -> None:
    """PostgreSQL's own counter of the key starts after the greatest one loaded."""
    key = list(table.primary_key.columns)
    if connection.dialect.name == "sqlite" or len(key) != 1 or not isinstance(key[0].type, Integer):
        return
    last = connection.scalar(select(func.max(key[0])))
    if last is not None:
        sequence = func.pg_get_serial_sequence(table.name, key[0].name)
        connection.execute(select(func.setval(sequence, last)))


def put_aside(connection: Connection, name: str) -> None:
    """PostgreSQL's tables stand in another schema, and the usual one is empty."""
    connection.execute(text(f'ALTER SCHEMA public RENAME TO "{name}"'))
    connection.execute(text("CREATE SCHEMA public"))


def take_back(connection: Connection, name: str) -> None:
    """What was put aside is the usual schema again; what was begun in its place is gone."""
    connection.execute(text("DROP SCHEMA public CASCADE"))
    connection.execute(text(f'ALTER SCHEMA "{name}" RENAME TO public'))


def is_empty(database: Database) -> bool:
    """Whether the database has no table at all."""
    found = MetaData()
    found.reflect(database.engine)
    return not found.tables


def _text(value: Any) -> str:
    return str(value.isoformat())
