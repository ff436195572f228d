"""Which stored contents the tables know of: rows that others may refer to."""

from __future__ import annotations

from sqlalchemy import Connection, select

from docgen.store.database import insert_once
from docgen.store.tables import files


def hold(connection: Connection, name: str, size: int, media_type: str) -> None:
    """The table knows the content `name`, which was put before."""
    insert_once(connection, files, hash=name, size=size, media_type=media_type)


def held(connection: Connection) -> list[str]:
    """The hashes of all contents that the table knows, in order."""
    return list(connection.scalars(select(files.c.hash).order_by(files.c.hash)))
