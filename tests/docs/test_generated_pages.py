"""Pages made from the code are as the code makes them today."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.docs.pages import DOCS, PAGES


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages made anew in a process of their own: help is worded when modules are read."""
    folder = tmp_path_factory.mktemp("pages")
    command = [sys.executable, "-m", "tests.docs.pages", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, env={**os.environ, "COLUMNS": "40"})
    return folder


@pytest.mark.parametrize("name", PAGES)
def test_page_is_current(name: str, written: Path) -> None:
    fresh, kept = (folder.joinpath(name).read_text("utf-8") for folder in (written, DOCS))
    assert kept == fresh, f"run: {sys.executable} -m tests.docs.pages"
