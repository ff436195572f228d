from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from docgen.errors import ConflictError
from docgen.models.accounts import Scope
from docgen.store import audit, schema
from docgen.store.database import Database
from docgen.store.tables import METADATA
from tests.databases import Postgres


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.integration)])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgresql":
        server: Postgres = request.getfixturevalue("postgres")
        return server.empty()
    return f"sqlite:///{tmp_path / 'docgen.db'}"


def test_the_steps_lead_to_the_tables_of_the_program(database: Database) -> None:
    with database.read() as connection:
        # Alembic reads an empty default of SQLite as another one than it wrote.
        options = {"compare_type": True, "compare_server_default": not database.is_sqlite}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, METADATA) == []
    schema.require_newest(database)


def test_an_upgrade_again_changes_nothing(database: Database) -> None:
    schema.upgrade(database)
    assert schema.present(database) == schema.newest()


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit SET action = 'b'", "DELETE FROM audit", "DELETE FROM audit WHERE id = 1"],
)
def test_the_database_refuses_to_change_the_audit_log(database: Database, statement: str) -> None:
    with database.begin() as connection:
        audit.record(connection, Scope.of_service(), "a")
    with pytest.raises(DBAPIError, match="append only"), database.begin() as connection:
        connection.execute(text(statement))
    with database.read() as connection:
        assert [e.action for e in audit.entries(connection, Scope.of_service())] == ["a"]


def test_a_database_of_a_newer_docgen_is_left_alone(database: Database) -> None:
    with database.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(ConflictError) as caught:
        schema.upgrade(database)
    assert caught.value.code == "schema-newer"
    with pytest.raises(ConflictError) as caught:
        schema.require_newest(database)
    assert caught.value.code == "schema-differs"


def _upgrade(url: str) -> None:
    database = Database(url)
    schema.upgrade(database)
    database.close()


@pytest.mark.slow
def test_processes_that_start_at_once_upgrade_once(empty_url: str) -> None:
    starting = multiprocessing.get_context("spawn")
    processes = [starting.Process(target=_upgrade, args=(empty_url,)) for _ in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0] * 4
    database = Database(empty_url)
    schema.require_newest(database)
    database.close()


def test_a_step_that_breaks_leaves_the_database_as_it_was(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database(empty_url)

    def break_off(*_: object) -> None:
        raise OSError

    with monkeypatch.context() as patched:
        patched.setattr("alembic.op.execute", break_off)
        with pytest.raises(OSError):  # noqa: PT011 - our own
            schema.upgrade(database)
    assert schema.present(database) is None
    schema.upgrade(database)
    database.close()
