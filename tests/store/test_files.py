from __future__ import annotations

import os
from pathlib import Path

import pytest

from docgen.errors import InputError, NotFoundError
from docgen.store.files import Files, write_whole


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


def test_a_content_is_put_once_and_read_back(tmp_path: Path) -> None:
    files = Files(tmp_path)
    name = files.put(b"order")
    made = files.path(name).stat().st_mtime_ns
    assert files.put(b"order") == name
    assert files.path(name).stat().st_mtime_ns == made
    assert files.read(name) == b"order"
    assert list(files.names()) == [name]


def test_a_damaged_content_is_refused_and_mended_by_putting_it_again(tmp_path: Path) -> None:
    files = Files(tmp_path)
    name = files.put(b"order")
    files.path(name).write_bytes(b"0rder")
    with pytest.raises(NotFoundError) as caught:
        files.read(name)
    assert caught.value.code == "file-damaged"
    files.put(b"order")
    assert files.read(name) == b"order"


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "A" * 64, "0" * 64])
def test_an_absent_content_is_not_found_whatever_its_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(NotFoundError):
        Files(tmp_path).read(name)
