from __future__ import annotations

import tarfile
import threading
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from docgen.errors import ConflictError, InputError, NotFoundError
from docgen.models.accounts import Role, Scope
from docgen.services import backup
from docgen.services.jobs import Jobs
from docgen.services.registry import Registry
from docgen.store import audit, dump, holdings, occupancy
from docgen.store import jobs as job_rows
from docgen.store.database import Database
from docgen.store.files import Files
from docgen.store.tables import METADATA, accounts, files
from tests.services.conftest import example

CLERK = Scope(Role.CLERK, "smolensk", login="ivanova")


def fill(database: Database, kept: Files, count: int = 3) -> None:
    with database.begin() as connection:
        for n in range(count):
            values = {"login": f"u{n}", "name": "Анна", "role": "clerk", "region": "smolensk"}
            connection.execute(accounts.insert().values(values))
            data = f"файл {n}".encode()
            holdings.hold(connection, kept.put(data), len(data), "application/pdf")
            audit.record(connection, CLERK, "a", details={"вид": n})
            job_rows.enqueue(connection, CLERK, "canary", {"n": n})


def contents(database: Database) -> dict[str, list[bytes]]:
    with dump.snapshot(database) as connection:
        return {name: list(dump.lines(connection, name)) for name in dump.names()}


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.integration)])
def other_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database without tables: the other one of a pair."""
    if request.param == "postgresql":
        url: str = request.getfixturevalue("postgres").empty()
        return url
    return f"sqlite:///{tmp_path / 'new' / 'docgen.db'}"


def test_a_backup_restores_equal_into_either_database(
    database: Database, other_url: str, registry: Registry, tmp_path: Path
) -> None:
    kept = Files(tmp_path / "files")
    fill(database, kept)
    document = registry.create(CLERK, example("smolensk"))
    made = backup.back_up(database, kept, tmp_path / "b.tar")
    assert made.rows["accounts"] == 3
    home = tmp_path / "new"
    backup.restore(tmp_path / "b.tar", home, other_url)
    restored = Database(other_url)
    assert contents(restored) == contents(database)
    assert list(Files(home / "files").names()) == list(kept.names())
    fill_more = Jobs(restored, Files(home / "files"), {"canary": lambda *_: {}})
    assert fill_more.enqueue(CLERK, "canary", {}).id == 4
    assert registry.read(CLERK, document.id)[0] == document
    restored.close()


def test_what_was_there_is_put_aside_only_when_asked(database: Database, tmp_path: Path) -> None:
    kept = Files(tmp_path / "files")
    fill(database, kept, 1)
    backup.back_up(database, kept, tmp_path / "b.tar")
    fill_later = Files(tmp_path / "files").put(b"later")
    url = database.url.render_as_string(hide_password=False)
    with pytest.raises(ConflictError) as caught:
        backup.restore(tmp_path / "b.tar", tmp_path, url)
    assert caught.value.code == "home-not-empty"
    before = contents(database)
    with database.begin() as connection:
        audit.record(connection, CLERK, "later")
    database.close()
    _made, aside = backup.restore(tmp_path / "b.tar", tmp_path, url, force=True)
    assert aside.startswith("before-")
    restored = Database(url)
    assert contents(restored) == before
    restored.close()
    assert Files(tmp_path / f"files.{aside}").read(fill_later) == b"later"
    assert fill_later not in list(Files(tmp_path / "files").names())


def test_a_changed_backup_is_refused_and_nothing_is_touched(
    database: Database, tmp_path: Path
) -> None:
    fill(database, Files(tmp_path / "files"))
    path = tmp_path / "b.tar"
    backup.back_up(database, Files(tmp_path / "files"), path)
    data = path.read_bytes()
    for place in (data.index("Анна".encode()), data.index("файл 1".encode()), len(data) // 2):
        path.write_bytes(data[:place] + b"\0" + data[place + 1 :])
        with pytest.raises(InputError) as caught:
            backup.restore(path, tmp_path / "new", f"sqlite:///{tmp_path / 'new.db'}")
        assert caught.value.code == "backup-damaged"
    path.write_bytes(data[: len(data) // 2])
    with pytest.raises(InputError):
        backup.verify(path)
    assert not (tmp_path / "new.db").exists()


def test_a_damaged_stored_file_makes_no_backup(database: Database, tmp_path: Path) -> None:
    kept = Files(tmp_path / "files")
    kept.path(kept.put(b"a")).write_bytes(b"b")
    with pytest.raises(NotFoundError):
        backup.back_up(database, kept, tmp_path / "b.tar")
    assert not (tmp_path / "b.tar").exists()


def test_a_running_service_is_not_restored_over(database: Database, tmp_path: Path) -> None:
    backup.back_up(database, Files(tmp_path / "files"), tmp_path / "b.tar")
    home = tmp_path / "new"
    with occupancy.serving(home), occupancy.serving(home), pytest.raises(ConflictError) as caught:
        backup.restore(tmp_path / "b.tar", home, f"sqlite:///{home / 'docgen.db'}")
    assert caught.value.code == "service-running"


@pytest.mark.slow
def test_a_backup_under_load_is_of_one_moment(database: Database, tmp_path: Path) -> None:
    """Each transaction writes a file, its row and a line of the log: the three never part."""
    kept, over = Files(tmp_path / "files"), threading.Event()

    def load(name: int) -> None:
        turn = 0
        while not over.is_set():
            turn += 1
            data = f"{name}-{turn}".encode()
            with database.begin() as connection:
                holdings.hold(connection, kept.put(data), len(data), "application/pdf")
                audit.record(connection, CLERK, "a", kept.put(data))

    writers = [threading.Thread(target=load, args=(n,)) for n in range(3)]
    for writer in writers:
        writer.start()
    try:
        for n in range(4):
            backup.back_up(database, kept, tmp_path / f"{n}.tar")
    finally:
        over.set()
        for writer in writers:
            writer.join()
    sizes = []
    for n in range(4):
        backup.verify(tmp_path / f"{n}.tar")
        home = tmp_path / f"home{n}"
        backup.restore(tmp_path / f"{n}.tar", home, f"sqlite:///{home / 'docgen.db'}")
        sizes.append(consistent(home))
    assert sizes == sorted(sizes)
    assert sizes[-1] > 0


def consistent(home: Path) -> int:
    restored: Any = Database(f"sqlite:///{home / 'docgen.db'}")
    with restored.read() as connection:
        rows = set(connection.scalars(select(files.c.hash)))
        told = set(connection.scalars(select(METADATA.tables["audit"].c.object)))
        count: int = connection.scalar(select(func.count()).select_from(files))
    restored.close()
    assert rows == told
    assert rows <= set(Files(home / "files").names())
    return count


def test_the_file_of_a_backup_is_for_its_owner_only(database: Database, tmp_path: Path) -> None:
    backup.back_up(database, Files(tmp_path / "files"), tmp_path / "b.tar")
    assert (tmp_path / "b.tar").stat().st_mode & 0o077 == 0
    with tarfile.open(tmp_path / "b.tar") as archive:
        assert archive.getnames()[-1] == "manifest.json"
