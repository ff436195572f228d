"""Files written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from docgen.errors import InputError
from docgen.i18n import _


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
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
    aside = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            os.fchmod(file.fileno(), 0o666 & ~_umask())
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
