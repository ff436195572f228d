from __future__ import annotations

import os
from pathlib import Path

import pytest

from docgen.errors import InputError
from docgen.store.files import write_whole


def test_writes_into_a_new_folder(tmp_path: Path) -> None:
    write_whole(tmp_path / "a" / "b.txt", b"data")
    assert (tmp_path / "a" / "b.txt").read_bytes() == b"data"


def test_a_crash_while_writing_leaves_the_former_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "order.docx"
    path.write_bytes(b"former")

    def full_disk(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(InputError) as caught:
        write_whole(path, b"new")
    assert caught.value.code == "not-writable"
    assert path.read_bytes() == b"former"
    assert list(tmp_path.iterdir()) == [path]


def test_the_file_has_the_rights_of_an_ordinary_one(tmp_path: Path) -> None:
    write_whole(tmp_path / "a", b"")
    (tmp_path / "b").touch()
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "b").stat().st_mode
