"""Real databases for tests: a SQLite file, and a PostgreSQL started for the run."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine

from docgen.store.database import Database
from docgen.store.schema import upgrade

MISSING = "PostgreSQL is not installed on this machine"


def postgres_binaries() -> Path | None:
    """The folder of initdb and pg_ctl, the newest one; None without PostgreSQL."""
    found = shutil.which("initdb")
    folders = [Path(found).parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def running_postgres(folder: Path) -> Iterator[str]:
    """The URL of a server of our own, without a database name; it ends with the block."""
    binaries = postgres_binaries()
    assert binaries is not None, MISSING
    as_owner: dict[str, str] = {}
    if os.getuid() == 0:  # PostgreSQL refuses to run as root
        as_owner = {"user": "postgres"}
        shutil.chown(folder, "postgres")
    data, port = folder / "data", free_port()

    def run(*command: str) -> None:
        subprocess.run(command, check=True, capture_output=True, cwd=folder, **as_owner)  # type: ignore[call-overload]

    run(f"{binaries}/initdb", "-D", f"{data}", "-A", "trust", "-U", "docgen", "-E", "UTF8")
    options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={folder}"
    log = f"{folder}/log"
    run(f"{binaries}/pg_ctl", "-D", f"{data}", "-w", "-o", options, "-l", log, "start")
    try:
        yield f"postgresql+psycopg://docgen@127.0.0.1:{port}"
    finally:
        run(f"{binaries}/pg_ctl", "-D", f"{data}", "-m", "immediate", "stop")


class Postgres:
    """Empty databases of one server, each copied from a template that has the tables."""

    def __init__(self, server: str) -> None:
        self._server = server
        self._count = 0
        self._admin = create_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT")
        self._execute("CREATE DATABASE prepared")
        prepared = Database(f"{server}/prepared")
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
        return f"{self._server}/{name}"

    def close(self) -> None:
        self._admin.dispose()

    def _execute(self, statement: str) -> None:
        with self._admin.connect() as connection:
            connection.exec_driver_sql(statement)
