"""Everything the service keeps in one file, and back again (docs/operations.md).

The file is a tar: `tables/<name>.jsonl`, `files/<hash>`, and last `manifest.json` with the
SHA-256 of each. It comes from one moment of the database; stored files are never changed, so
those that the moment knows of are all there.
"""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import IO

from docgen.errors import ConflictError, InputError
from docgen.i18n import _
from docgen.store import dump, holdings, occupancy, schema
from docgen.store.database import Database
from docgen.store.files import Contents, put_in_place

_FORM = 1
_MANIFEST = "manifest.json"
_TABLES, _FILES = "tables/", "files/"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds: the hash of each member, and what made it."""

    program: str
    schema: str
    made_at: str
    members: dict[str, str] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    form: int = _FORM


def back_up(database: Database, files: Contents, target: Path) -> Manifest:
    """The file at `target` holds everything, or is as it was before."""
    schema.require_newest(database)
    manifest = Manifest(version("docgen"), schema.newest(), datetime.now(UTC).isoformat())
    with put_in_place(target, 0o600) as aside, tarfile.open(fileobj=aside, mode="w") as archive:
        with dump.snapshot(database) as connection:
            for name in dump.names():
                _add_table(archive, manifest, name, dump.lines(connection, name))
            held = holdings.held(connection)
        for name in held:
            _add(archive, manifest, f"{_FILES}{name}", files.read(name))
        text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode()
        archive.addfile(_member(_MANIFEST, len(text)), io.BytesIO(text))
    return manifest


def _add_table(
    archive: tarfile.TarFile, manifest: Manifest, name: str, lines: Iterator[bytes]
) -> None:
    """A table may be longer than the memory: it is gathered on disk first."""
    digest, count = hashlib.sha256(), 0
    with tempfile.TemporaryFile() as gathered:
        for line in lines:
            gathered.write(line)
            digest.update(line)
            count += 1
        size = gathered.tell()
        gathered.seek(0)
        archive.addfile(_member(f"{_TABLES}{name}.jsonl", size), gathered)
    manifest.members[f"{_TABLES}{name}.jsonl"] = digest.hexdigest()
    manifest.rows[name] = count


def _add(archive: tarfile.TarFile, manifest: Manifest, name: str, data: bytes) -> None:
    archive.addfile(_member(name, len(data)), io.BytesIO(data))
    manifest.members[name] = hashlib.sha256(data).hexdigest()


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member


def verify(source: Path) -> Manifest:
    """The manifest of a backup that is whole; InputError names what is wrong with it."""
    try:
        with tarfile.open(source, "r:") as archive:
            found = {member.name: _digest(archive, member) for member in archive}
            manifest = Manifest(**json.loads(_open(archive, _MANIFEST).read()))
    except (OSError, tarfile.TarError, KeyError, ValueError, TypeError) as error:
        raise _damaged(source, _("it cannot be read")) from error
    del found[_MANIFEST]
    wrong = sorted(
        name
        for name in {*found, *manifest.members}
        if found.get(name) != manifest.members.get(name)
    )
    if wrong or manifest.form != _FORM:
        raise _damaged(source, ", ".join(wrong[:5]) or _("its form is not known"))
    return manifest


def _digest(archive: tarfile.TarFile, member: tarfile.TarInfo) -> str:
    content = _open(archive, member.name)
    return hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]


def _open(archive: tarfile.TarFile, name: str) -> IO[bytes]:
    content = archive.extractfile(name)
    if content is None:
        raise KeyError(name)
    return content


def _damaged(source: Path, what: str) -> InputError:
    message = _("%(name)s is no whole backup: %(what)s.") % {"name": source.name, "what": what}
    return InputError(message, code="backup-damaged")


def restore(
    source: Path, home: Path, url: str, files: Contents, *, force: bool = False
) -> tuple[Manifest, str]:
    """The service holds what the backup holds; the second value names where the former data went.

    ConflictError where there is former data and no `force`, or where the service runs. Contents
    are put before the tables that name them; those that were there stay, under their own hashes.
    """
    manifest = verify(source)
    with occupancy.alone(home):
        database = Database(url)
        try:
            former = not dump.is_empty(database)
            if former and not force:
                message = _("There is data already; add --force to put it aside.")
                raise ConflictError(message, code="home-not-empty")
            mark = datetime.now(UTC).strftime("before-%Y%m%d-%H%M%S") if former else ""
            with tarfile.open(source, "r:") as archive:
                _put_files(archive, manifest, files)
                _exchange(archive, manifest, home, database, mark)
            return manifest, mark
        finally:
            database.close()


def _put_files(archive: tarfile.TarFile, manifest: Manifest, files: Contents) -> None:
    for name in manifest.members:
        if name.startswith(_FILES):
            files.put(_open(archive, name).read())


def _exchange(
    archive: tarfile.TarFile, manifest: Manifest, home: Path, database: Database, mark: str
) -> None:
    """The tables are those of the backup; the former ones, if any, stand aside under the mark."""
    if not database.is_sqlite:
        _fill(archive, manifest, database, mark)
        return
    place = Path(str(database.url.database))
    with tempfile.TemporaryDirectory(dir=home, prefix=".restoring-") as folder:
        aside = Path(folder) / place.name
        fresh = Database(f"sqlite:///{aside}")
        _load(archive, manifest, fresh)
        fresh.close()
        database.close()
        if mark:
            _put_aside(place, mark)
        aside.replace(place)


def _put_aside(place: Path, mark: str) -> None:
    """SQLite's own files beside the database go with it."""
    for ending in ("-wal", "-shm", ""):
        beside = place.with_name(place.name + ending)
        if beside.exists():
            beside.rename(place.with_name(f"{place.name}.{mark}{ending}"))


def _fill(archive: tarfile.TarFile, manifest: Manifest, database: Database, mark: str) -> None:
    """The tables in the form of the backup, filled, then brought to the newest form."""
    if not mark:
        _load(archive, manifest, database)
        return
    with database.begin() as connection:
        dump.put_aside(connection, mark)
    try:
        _load(archive, manifest, database)
    except BaseException:
        with database.begin() as connection:
            dump.take_back(connection, mark)
        raise


def _load(archive: tarfile.TarFile, manifest: Manifest, database: Database) -> None:
    schema.upgrade(database, manifest.schema)
    with database.begin() as connection:
        for name in manifest.rows:
            dump.load(connection, name, _open(archive, f"{_TABLES}{name}.jsonl"))
    schema.upgrade(database)
