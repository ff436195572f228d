"""The database of the service: SQLite by default, PostgreSQL by URL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, make_url
from sqlalchemy.dialects import postgresql, sqlite

from docgen.store.turn import Turn

__all__ = ["Connection", "Database"]

BUSY_SECONDS = 30
"""How long a transaction waits for another writer of SQLite before it gives up."""


class Database:
    """Connections to one database; each `begin()` is a transaction that commits or rolls back."""

    def __init__(self, url: str | URL) -> None:
        self.url = make_url(url)
        self.engine = _sqlite(self.url) if self.is_sqlite else _server(self.url)
        self._turn = Turn(Path(f"{self.url.database}-turn")) if self.is_sqlite else None

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is a file of this machine."""
        return self.url.get_backend_name() == "sqlite"

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """A transaction that may write; on SQLite it holds the writer's place from its start."""
        turn = nullcontext() if self._turn is None else self._turn.taken()
        with turn, self.engine.begin() as connection:
            self._start(connection, "BEGIN IMMEDIATE")
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that only reads; it never waits for a writer."""
        with self.engine.connect() as connection:
            self._start(connection, "BEGIN")
            yield connection

    def _start(self, connection: Connection, statement: str) -> None:
        """Begins the transaction on SQLite, by the driver itself.

        SQLAlchemy's event takes ten times as long as SQLite, and slows down each statement.
        """
        if self.is_sqlite:
            driver: Any = connection.connection.driver_connection
            driver.execute(statement)

    def close(self) -> None:
        """Lets go of all connections; the next transaction opens new ones."""
        self.engine.dispose()
        if self._turn is not None:
            self._turn.close()


def insert_once(connection: Connection, table: Table, **values: Any) -> bool:
    """Whether the row was new; one that a unique key knows already stays as it is."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(table).values(**values).on_conflict_do_nothing()
    return connection.execute(statement).rowcount == 1


def _server(url: URL) -> Engine:
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    return create_engine(
        url, pool_pre_ping=True, pool_size=10, max_overflow=10, hide_parameters=True
    )


def _sqlite(url: URL) -> Engine:
    """An engine that keeps what it acknowledged through a power cut, and never upgrades a lock.

    pysqlite's own transactions begin late and fail as "locked" when a reader turns writer, so
    each transaction is begun here (domain.md section 7).
    """
    engine = create_engine(url, pool_size=20, max_overflow=20, hide_parameters=True)
    event.listen(engine, "connect", _configure)
    return engine


def _configure(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()
