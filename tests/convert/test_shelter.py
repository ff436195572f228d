from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from docgen.convert.shelter import Shelter


@pytest.fixture(autouse=True)
def apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def test_folder_of_a_living_pool_is_left_alone() -> None:
    first, second = Shelter(), Shelter()
    assert first.directory.exists()
    first.remove()
    second.remove()
    assert not first.directory.exists()


def test_folder_of_a_killed_pool_is_removed(tmp_path: Path) -> None:
    left = tmp_path / "docgen-pdf-left"
    (left / "office-1" / "profile").mkdir(parents=True)
    (left / "lock").touch()
    Shelter().remove()
    assert not left.exists()


def test_removing_twice_does_no_harm() -> None:
    shelter = Shelter()
    shelter.remove()
    shelter.remove()
    assert not shelter.directory.exists()
