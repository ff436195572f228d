"""The tables made, or brought to their newest form."""

from __future__ import annotations

from docgen.store.database import Database
from docgen.store.tables import METADATA


def upgrade(database: Database) -> None:
    """The database has all tables in their newest form; what it held stays."""
    METADATA.create_all(database.engine)
