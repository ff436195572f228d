"""Real databases for tests: a SQLite file, and a PostgreSQL started for the run."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, create_engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from docgen.store.database import Database
from docgen.store.schema import upgrade

MISSING = "PostgreSQL is not installed on this machine"
_START_SECONDS = 120
_END_SECONDS = 60


def postgres_binaries() -> Path | None:
    """The folder of initdb and postgres, the newest one; None without PostgreSQL."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in folders if (folder / "postgres").exists()), None)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def running_postgres(fsync: str = "off") -> Iterator[URL]:
    """The URL of a server of our own, without a database name; it ends with the block.

    It does not wait for the disk unless it is told to: no test cuts the power.

    Its folder is not one of pytest's: every run of pytest that begins shuts the parent of those
    folders to other users, and PostgreSQL is one. It listens on a socket in the folder, because a
    free port may be taken before it is listened on.
    """
    binaries = postgres_binaries()
    assert binaries is not None, MISSING
    user = "postgres" if os.getuid() == 0 else None  # PostgreSQL refuses to run as root
    with tempfile.TemporaryDirectory(prefix="docgen-postgres-") as name:
        folder = Path(name)
        if user is not None:
            shutil.chown(folder, user)
        _create(binaries, folder, user)
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                [
                    *(f"{binaries}/postgres", "-D", f"{folder}/data"),
                    *("-c", "listen_addresses=", "-c", f"unix_socket_directories={folder}"),
                    *("-c", f"fsync={fsync}"),
                ],
                stdout=log,
                stderr=log,
                cwd=folder,
                user=user,
            )
            try:
                url = URL.create("postgresql+psycopg", "docgen", query={"host": name})
                _wait(server, url, folder / "log")
                yield url
            finally:
                _end(server)


def _create(binaries: Path, folder: Path, user: str | None) -> None:
    command = [f"{binaries}/initdb", "-D", f"{folder}/data", "-A", "trust", "-U", "docgen"]
    made = subprocess.run(
        [*command, "-E", "UTF8", "-N"], capture_output=True, text=True, cwd=folder, user=user
    )
    assert made.returncode == 0, made.stderr


def _wait(server: subprocess.Popen[bytes], url: URL, log: Path) -> None:
    """Returns when the server answers; its log is shown when it never does."""
    admin = create_engine(url.set(database="postgres"), poolclass=NullPool)
    until = time.monotonic() + _START_SECONDS
    while True:
        try:
            admin.connect().close()
            return
        except OperationalError:
            assert server.poll() is None, log.read_text("utf-8")
            assert time.monotonic() < until, log.read_text("utf-8")
            time.sleep(0.05)


def _end(server: subprocess.Popen[bytes]) -> None:
    """At once and without a checkpoint: the folder is thrown away."""
    server.send_signal(signal.SIGQUIT)
    try:
        server.wait(_END_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


class Postgres:
    """Empty databases of one server, each copied from a template that has the tables."""

    def __init__(self, server: URL) -> None:
        self._server = server
        self._count = 0
        self._admin = create_engine(server.set(database="postgres"), isolation_level="AUTOCOMMIT")
        self._execute("CREATE DATABASE prepared")
        prepared = Database(server.set(database="prepared"))
        upgrade(prepared)
        prepared.close()

    def fresh(self) -> str:
        """The URL of a new database with all tables, empty."""
        return self._made("prepared")

    def empty(self) -> str:
        """The URL of a new database without tables."""
        return self._made("template0")

    def _made(self, template: str) -> str:
        self._count += 1
        name = f"test_{self._count}"
        self._execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self._server.set(database=name).render_as_string(hide_password=False)

    def close(self) -> None:
        self._admin.dispose()

    def _execute(self, statement: str) -> None:
        with self._admin.connect() as connection:
            connection.exec_driver_sql(statement)


@contextmanager
def databases(folder: Path) -> Iterator[dict[str, str]]:
    """An empty database of each kind that waits for the disk, by its name; SQLite at least."""
    here = {"SQLite": f"sqlite:///{folder / 'docgen.db'}"}
    if postgres_binaries() is None:
        yield here
        return
    with running_postgres(fsync="on") as server:
        postgres = Postgres(server)
        yield here | {"PostgreSQL": postgres.fresh()}
        postgres.close()
