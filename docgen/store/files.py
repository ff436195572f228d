"""Files written whole or not at all, and contents kept by their hash."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Protocol

from docgen.errors import InputError, NotFoundError, UnavailableError
from docgen.i18n import _

_HASH = re.compile(r"[0-9a-f]{64}")


def write_whole(path: Path, data: bytes) -> None:
    """The file at `path` holds `data`, on disk; on any failure it is as it was before.

    Written aside, synced, renamed over, and the folder synced, so that a power cut leaves the
    former file or the new one. Raises InputError when the folder cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, data)
    except OSError as error:
        raise InputError(
            _("%(path)s cannot be written: %(reason)s.")
            % {"path": path, "reason": error.strerror or error},
            code="not-writable",
        ) from error


def _replace(path: Path, data: bytes) -> None:
    with put_in_place(path) as file:
        file.write(data)


@contextmanager
def put_in_place(path: Path, mode: int = 0o666) -> Iterator[BinaryIO]:
    """What the block writes stands at `path` once it is over and on disk; else nothing changes."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
    aside = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
            os.fchmod(file.fileno(), mode & ~_umask())
        aside.replace(path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class Contents(Protocol):
    """Contents by their SHA-256, in a folder or a bucket; what was put once is never changed."""

    def put(self, data: bytes) -> str:
        """The hash under which the content is kept for good; putting it again changes nothing."""

    def read(self, name: str) -> bytes:
        """The content, proved by its hash; NotFoundError where it is absent or was damaged."""

    def require_reachable(self) -> None:
        """UnavailableError where nothing can be put or read now."""


class Files:
    """Contents by their SHA-256 in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, data: bytes) -> str:
        """The hash under which the content is on disk; putting it again costs no writing."""
        name = sha256(data).hexdigest()
        path = self.path(name)
        with _at_hand():
            if not _holds(path, data):
                path.parent.mkdir(parents=True, exist_ok=True)
                _replace(path, data)
        return name

    def read(self, name: str) -> bytes:
        """The content, proved by its hash; NotFoundError where it is absent or was damaged."""
        path = self.path(name)
        with _at_hand():
            try:
                data = path.read_bytes()
            except FileNotFoundError as error:
                raise lost(name, "file-missing") from error
        return proved(name, data)

    def path(self, name: str) -> Path:
        """Where the content with this hash stands, or would stand."""
        return self.folder / place(name)

    def require_reachable(self) -> None:
        """UnavailableError where the folder is not there or takes no content, as a full disk."""
        with _at_hand():
            self.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self.folder) as canary:
                canary.write(b"docgen")
                canary.flush()
                os.fsync(canary.fileno())


@contextmanager
def _at_hand() -> Iterator[None]:
    """A disk that is full, or a share that is away, is told as one error."""
    try:
        yield
    except OSError as error:
        message = _("The folder of stored files cannot be used: %(reason)s.")
        values = {"reason": error.strerror or error}
        raise UnavailableError(message % values, code="files-unavailable") from error


def place(name: str) -> str:
    """The path of a content inside its folder or bucket; NotFoundError where it is no hash."""
    if not _HASH.fullmatch(name):
        raise lost(name, "file-missing")
    return f"{name[:2]}/{name[2:4]}/{name}"


def proved(name: str, data: bytes) -> bytes:
    """The data, which has the hash; NotFoundError where it was damaged."""
    if sha256(data).hexdigest() != name:
        raise lost(name, "file-damaged")
    return data


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.read_bytes() == data
    except FileNotFoundError:
        return False


def lost(name: str, code: str) -> NotFoundError:
    """The error of a content that cannot be given."""
    message = _("The stored file %(name)s is absent or was damaged.") % {"name": name[:12]}
    return NotFoundError(message, code=code)


def write_new(path: Path, data: bytes) -> None:
    """The file at `path` holds `data`, for its owner only, unless one stood there already.

    Of several processes that start at once one writes, and all find the same whole file.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    aside = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            path.hardlink_to(aside)
    finally:
        aside.unlink()
    _sync_folder(path.parent)
