from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from docgen.errors import InputError, NotFoundError, UnavailableError
from docgen.store.files import Contents, Files, write_whole
from tests.buckets import ACTS, Held
from tests.conftest import ROOT
from tests.disks import fill, small_disk


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


def test_putting_a_content_again_writes_nothing(tmp_path: Path) -> None:
    files = Files(tmp_path)
    made = files.path(files.put(b"order")).stat().st_mtime_ns
    assert files.path(files.put(b"order")).stat().st_mtime_ns == made


def test_a_content_is_kept_under_its_hash_and_read_back(held: Held) -> None:
    name = held.contents.put(b"order")
    assert name == sha256(b"order").hexdigest()
    assert held.contents.put(b"order") == name
    assert held.contents.put(b"another") != name
    assert held.contents.read(name) == b"order"
    assert held.contents.read(held.contents.put(b"")) == b""


def test_a_damaged_content_is_refused_and_mended_by_putting_it_again(held: Held) -> None:
    name = held.contents.put(b"order")
    held.spoil(name, b"0rder")
    with pytest.raises(NotFoundError) as caught:
        held.contents.read(name)
    assert caught.value.code == "file-damaged"
    held.contents.put(b"order")
    assert held.contents.read(name) == b"order"


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "A" * 64, "0" * 64])
def test_an_absent_content_is_not_found_whatever_its_name(held: Held, name: str) -> None:
    with pytest.raises(NotFoundError) as caught:
        held.contents.read(name)
    assert caught.value.code == "file-missing"


PUTS = """
import sys
from docgen.bootstrap import kept_files, settings_in_force
contents = kept_files(settings_in_force())
print("ready", flush=True)
sys.stdin.readline()
for number in range(20):
    print(contents.put(b"%d" % number * 100_000))
"""


def test_two_processes_put_the_same_contents_at_once(
    held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOCGEN_FILES", held.setting)
    command = [sys.executable, "-c", PUTS]
    both = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT)
        for _ in range(2)
    ]
    for process in both:
        assert process.stdout
        assert process.stdout.readline() == b"ready\n"
    told = [process.communicate(b"\n")[0].split() for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert told[0] == told[1]
    for number, name in enumerate(told[0]):
        assert held.contents.read(name.decode()) == b"%d" % number * 100_000


def test_looking_whether_a_store_is_reachable_leaves_it_as_it_was(held: Held) -> None:
    name = held.contents.put(b"order")
    before = held.inventory()
    held.contents.require_reachable()
    assert held.inventory() == before
    assert held.contents.read(name) == b"order"


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_a_folder_that_cannot_be_used_is_told_of(
    tmp_path: Path, act: Callable[[Contents], object]
) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UnavailableError) as caught:
        act(Files(tmp_path / "file" / "held"))
    assert caught.value.code == "files-unavailable"


def test_a_full_disk_keeps_what_it_held_and_takes_the_rest_later(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 512) as disk:
        files = Files(disk / "held")
        name = files.put(b"before")
        ballast = fill(disk)
        with pytest.raises(UnavailableError):
            files.put(b"later" * 10_000)
        with pytest.raises(UnavailableError):
            files.require_reachable()
        assert files.read(name) == b"before"
        ballast.unlink()
        assert files.read(files.put(b"later" * 10_000)) == b"later" * 10_000
