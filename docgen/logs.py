"""Log lines as data: JSON for machines, short lines on a terminal; never a person's data.

Whoever logs names what it is about by ids. Messages of exceptions may quote a document, so only
those of the machine itself – files, network, database – are kept beside the place of the fault.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any, TextIO

import structlog

_OF_THE_MACHINE = ("OSError", "OperationalError", "InterfaceError", "DBAPIError")
_FRAMES = 12


def configure(stream: TextIO | None = None) -> None:
    """Everything logged in this process goes to the stream: standard error by default."""
    stream = stream or sys.stderr
    terminal = stream.isatty()
    renderer: Any = (
        structlog.dev.ConsoleRenderer(pad_event_to=0)
        if terminal
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    moment = structlog.processors.TimeStamper(
        fmt="%H:%M:%S" if terminal else "iso", utc=not terminal
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.ExtraAdder(),
            moment,
        ],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            _without_messages,
            renderer,
        ],
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("docgen").setLevel(logging.INFO)


@contextmanager
def about(**ids: Any) -> Iterator[None]:
    """What is logged inside the block carries these ids."""
    with structlog.contextvars.bound_contextvars(**ids):
        yield


def _without_messages(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """The exception as its kind and places; its words only where they are the machine's own."""
    error = event.pop("exc_info", None)
    error = error[1] if isinstance(error, tuple) else error
    if isinstance(error, BaseException):
        kinds = {kind.__name__ for kind in type(error).__mro__}
        event["error"] = type(error).__name__
        if kinds.intersection(_OF_THE_MACHINE):
            event["reason"] = str(error)
        frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
        event["trace"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return event
