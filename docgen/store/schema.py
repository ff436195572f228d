"""The tables made, or brought to their newest form.

There is no way back: a step back would drop what was entered since. Who wants the former program
again restores the backup made before the upgrade.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from docgen.errors import ConflictError
from docgen.i18n import _
from docgen.store.database import Database

_STEPS = Path(__file__).with_name("migrations")
_LOCK = 7_305_816_412
"""PostgreSQL's advisory lock that upgrades of one database stand in line for."""


def upgrade(database: Database, revision: str = "head") -> None:
    """The database has all tables in their newest form; what it held stays.

    One transaction does it all, so that a broken step changes nothing; of several processes
    that start at once the first does it and the others find it done. ConflictError where a
    newer docgen was there before.
    """
    config = _config()
    with database.begin() as connection:
        if not database.is_sqlite:  # on SQLite a transaction has the writer's place already
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        if _present(connection) not in _known(config):
            message = _("The database was made by a newer docgen; install that one, or restore.")
            raise ConflictError(message, code="schema-newer")
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def present(database: Database) -> str | None:
    """The step that the database stands at; None for an empty one."""
    with database.read() as connection:
        return _present(connection)


def newest() -> str:
    """The last step that this program knows."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    if head is None:
        raise AssertionError("there is at least one step")
    return head


def require_newest(database: Database) -> None:
    """ConflictError tells how to bring the tables to the form that this program needs."""
    if present(database) != newest():
        message = _("The tables of the database are not those of this docgen: docgen db upgrade")
        raise ConflictError(message, code="schema-differs")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_STEPS).replace("%", "%%"))
    return config


def _present(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _known(config: Config) -> set[str | None]:
    steps = ScriptDirectory.from_config(config).walk_revisions()
    return {None, *(step.revision for step in steps)}
