from __future__ import annotations

import tarfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from docgen.errors import ConflictError, InputError, NotFoundError, UnavailableError
from docgen.models.accounts import Role, Scope
from docgen.services import backup
from docgen.services.jobs import Jobs
from docgen.services.registry import Registry
from docgen.store import audit, dump, holdings, occupancy
from docgen.store import jobs as job_rows
from docgen.store.bucket import Bucket
from docgen.store.database import Database
from docgen.store.files import Contents, Files
from docgen.store.tables import METADATA, accounts, files
from tests.buckets import S3, in_bucket, in_folder
from tests.services.conftest import example

pytestmark = pytest.mark.slow

CLERK = Scope(Role.CLERK, "smolensk", login="ivanova")


def fill(database: Database, kept: Files, count: int = 3) -> None:
    with database.begin() as connection:
        for n in range(count):
            values = {"login": f"u{n}", "name": "Анна", "role": "clerk", "region": "smolensk"}
            connection.execute(accounts.insert().values(values))
            data = f"файл {n}".encode()
            name = kept.put(data)
            holdings.hold(connection, name, len(data), "application/pdf")
            audit.record(connection, CLERK, "a", name, details={"вид": n})
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
    fresh = Files(home / "files")
    backup.restore(tmp_path / "b.tar", home, other_url, fresh)
    restored = Database(other_url)
    assert contents(restored) == contents(database)
    for n in range(3):
        assert fresh.read(kept.put(f"файл {n}".encode())) == f"файл {n}".encode()
    fill_more = Jobs(restored, fresh, {"canary": lambda *_: {}})
    assert fill_more.enqueue(CLERK, "canary", {}).id == 4
    assert registry.read(CLERK, document.id)[0] == document
    restored.close()


def test_what_was_there_is_put_aside_only_when_asked(database: Database, tmp_path: Path) -> None:
    kept = Files(tmp_path / "files")
    fill(database, kept, 1)
    backup.back_up(database, kept, tmp_path / "b.tar")
    later = kept.put(b"later")
    url = database.url.render_as_string(hide_password=False)
    with pytest.raises(ConflictError) as caught:
        backup.restore(tmp_path / "b.tar", tmp_path, url, kept)
    assert caught.value.code == "home-not-empty"
    before = contents(database)
    with database.begin() as connection:
        audit.record(connection, CLERK, "later")
    database.close()
    _made, aside = backup.restore(tmp_path / "b.tar", tmp_path, url, kept, force=True)
    assert aside.startswith("before-")
    restored = Database(url)
    assert contents(restored) == before
    restored.close()
    assert kept.read(later) == b"later"


def test_a_changed_backup_is_refused_and_nothing_is_touched(
    database: Database, tmp_path: Path
) -> None:
    kept = Files(tmp_path / "files")
    fill(database, kept)
    path = tmp_path / "b.tar"
    backup.back_up(database, kept, path)
    data = path.read_bytes()
    for place in (data.index("Анна".encode()), data.index("файл 1".encode()), len(data) // 2):
        path.write_bytes(data[:place] + b"\0" + data[place + 1 :])
        with pytest.raises(InputError) as caught:
            backup.restore(path, tmp_path / "new", f"sqlite:///{tmp_path / 'new.db'}", kept)
        assert caught.value.code == "backup-damaged"
    path.write_bytes(data[: len(data) // 2])
    with pytest.raises(InputError):
        backup.verify(path)
    assert not (tmp_path / "new.db").exists()


@pytest.mark.parametrize("spoil", [lambda path: path.write_bytes(b"b"), Path.unlink])
def test_a_stored_file_that_is_damaged_or_lost_makes_no_backup(
    database: Database, tmp_path: Path, spoil: Callable[[Path], object]
) -> None:
    kept = Files(tmp_path / "files")
    fill(database, kept, 1)
    spoil(kept.path(kept.put("файл 0".encode())))
    with pytest.raises(NotFoundError):
        backup.back_up(database, kept, tmp_path / "b.tar")
    assert not (tmp_path / "b.tar").exists()


@pytest.mark.parametrize("to_bucket", [True, False])
def test_a_backup_carries_files_from_a_folder_to_a_bucket_and_back(
    database: Database, tmp_path: Path, s3: S3, to_bucket: bool
) -> None:
    there, here = in_folder(tmp_path / "files").contents, in_bucket(s3).contents
    source, target = (there, here) if to_bucket else (here, there)
    fill(database, source)
    unknown = source.put("не названо ни одной таблицей".encode())
    backup.back_up(database, source, tmp_path / "b.tar")
    home = tmp_path / "new"
    backup.restore(tmp_path / "b.tar", home, f"sqlite:///{home / 'docgen.db'}", target)
    assert consistent(home, target) == 3
    with pytest.raises(NotFoundError):
        target.read(unknown)


def test_a_restore_overwrites_nothing_when_the_bucket_is_lost_in_the_midst(
    database: Database, tmp_path: Path, s3: S3
) -> None:
    kept = Files(tmp_path / "files")
    fill(database, kept)
    backup.back_up(database, kept, tmp_path / "b.tar")
    before = contents(database)
    url = database.url.render_as_string(hide_password=False)
    with pytest.raises(UnavailableError):
        backup.restore(tmp_path / "b.tar", tmp_path, url, Bucket(s3.absent()), force=True)
    assert contents(database) == before


def test_a_database_that_was_lost_is_restored_beside_its_files(
    database: Database, tmp_path: Path
) -> None:
    kept = Files(tmp_path / "files")
    fill(database, kept)
    backup.back_up(database, kept, tmp_path / "b.tar")
    home = tmp_path / "new"
    _made, aside = backup.restore(tmp_path / "b.tar", home, f"sqlite:///{home / 'docgen.db'}", kept)
    assert aside == ""
    assert not list(home.glob("*.before-*"))
    assert consistent(home, kept) == 3


def test_a_running_service_is_not_restored_over(database: Database, tmp_path: Path) -> None:
    backup.back_up(database, Files(tmp_path / "files"), tmp_path / "b.tar")
    home = tmp_path / "new"
    url, fresh = f"sqlite:///{home / 'docgen.db'}", Files(home / "files")
    with occupancy.serving(home), occupancy.serving(home), pytest.raises(ConflictError) as caught:
        backup.restore(tmp_path / "b.tar", home, url, fresh)
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
        fresh = Files(home / "files")
        backup.restore(tmp_path / f"{n}.tar", home, f"sqlite:///{home / 'docgen.db'}", fresh)
        sizes.append(consistent(home, fresh))
    assert sizes == sorted(sizes)
    assert sizes[-1] > 0


def consistent(home: Path, kept: Contents) -> int:
    """How many files there are, each with its line of the log and its content."""
    restored: Any = Database(f"sqlite:///{home / 'docgen.db'}")
    with restored.read() as connection:
        rows = set(connection.scalars(select(files.c.hash)))
        told = set(connection.scalars(select(METADATA.tables["audit"].c.object)))
        count: int = connection.scalar(select(func.count()).select_from(files))
    restored.close()
    assert rows == told
    for name in rows:
        kept.read(name)
    return count


def test_the_file_of_a_backup_is_for_its_owner_only(database: Database, tmp_path: Path) -> None:
    backup.back_up(database, Files(tmp_path / "files"), tmp_path / "b.tar")
    assert (tmp_path / "b.tar").stat().st_mode & 0o077 == 0
    with tarfile.open(tmp_path / "b.tar") as archive:
        assert archive.getnames()[-1] == "manifest.json"
