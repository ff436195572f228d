"""Who is at work in the folder of the service: many who serve, or one who exchanges its data."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from docgen.errors import ConflictError
from docgen.i18n import _


@contextmanager
def serving(home: Path) -> Iterator[None]:
    """Nobody exchanges the data inside the block; ConflictError where somebody is at it."""
    message = _("The data of the service is being restored; wait until that is over.")
    with _holding(home, fcntl.LOCK_SH, message):
        yield


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Nobody serves inside the block; ConflictError where somebody does."""
    with _holding(home, fcntl.LOCK_EX, _("The service is running; stop it first.")):
        yield


@contextmanager
def _holding(home: Path, kind: int, refusal: str) -> Iterator[None]:
    home.mkdir(parents=True, exist_ok=True)
    with (home / "in-use").open("a") as file:
        try:
            fcntl.flock(file, kind | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ConflictError(refusal, code="service-running") from error
        yield
