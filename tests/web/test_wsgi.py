from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from docgen.store.database import Database
from docgen.store.schema import upgrade
from tests.conftest import ROOT

pytestmark = pytest.mark.slow


def begin(home: Path) -> subprocess.CompletedProcess[str]:
    """A WSGI server's first step."""
    environment = {**os.environ, "DOCGEN_HOME": str(home), "DOCGEN_LANG": "en"}
    command = [sys.executable, "-c", "import wsgi; print(wsgi.app.name)"]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False
    )


def test_refuses_a_database_without_the_newest_tables(tmp_path: Path) -> None:
    refused = begin(tmp_path)
    assert refused.returncode != 0
    assert refused.stderr.rstrip().endswith("docgen db upgrade")


def test_serves_a_database_with_the_newest_tables(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/docgen.db")
    upgrade(database)
    database.close()
    assert begin(tmp_path).stdout == "docgen.web\n"
