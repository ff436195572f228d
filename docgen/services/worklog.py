"""What a run over many inputs has done, line by line, so that the next one goes on from there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from docgen.errors import InputError
from docgen.i18n import _


class Worklog:
    """The lines of a file: a name, the digest of what it was made from, and what to remember."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with writing(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            self._done = {name: (digest, *rest) for name, digest, *rest in _lines(path)}
            self._file = path.open("ab", buffering=0)

    def __contains__(self, name: str) -> bool:
        return name in self._done

    def recall(self, name: str, digest: str) -> tuple[Any, ...] | None:
        """What was noted of the name; None where it is not done, or was made from other data."""
        noted = self._done.get(name)
        return noted[1:] if noted and noted[0] == digest else None

    def note(self, name: str, digest: str, *rest: Any) -> None:
        """Writes down that the name is done; where there is no room it will be done again."""
        with suppress(OSError):  # begins a line of its own: the one before may be torn
            self._file.write(b"\n" + json.dumps([name, digest, *rest]).encode())

    def close(self) -> None:
        """Ends writing; the file stays."""
        self._file.close()

    def discard(self) -> None:
        """Ends writing and takes the file away: all is done."""
        self.close()
        self._path.unlink(missing_ok=True)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """InputError `not-writable` in place of what the system says when a file cannot be written."""
    try:
        yield
    except OSError as error:
        values = {"path": path, "reason": error.strerror or error}
        message = _("%(path)s cannot be written: %(reason)s.") % values
        raise InputError(message, code="not-writable") from error


def _lines(path: Path) -> list[list[Any]]:
    """The whole lines of a worklog; one that an interruption tore counts not."""
    lines = []
    for line in path.read_text("utf-8").splitlines() if path.is_file() else ():
        try:
            lines.append(json.loads(line))
        except ValueError:
            continue
    return lines
