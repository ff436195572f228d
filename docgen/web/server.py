"""Waitress before the application, ended without breaking off a request."""

from __future__ import annotations

import logging
import socket
import sys
import time
from typing import Any

from flask import Flask
from waitress.server import create_server

from docgen.errors import InputError
from docgen.i18n import _
from docgen.settings import Settings

GRACE_SECONDS = 30
_SWITCH_SECONDS = 0.0005
"""How long a thread that is done waiting waits for Python itself: a tenth of what is usual.

Whoever has the turn to write asks SQLite a dozen short questions, and everybody waits for them.
"""
_FORWARDED = {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"}


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there, on any free port for 0; several servers may share it.

    InputError (`cannot-listen`) where the address is taken, forbidden or not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=1024)
    except (OSError, OverflowError) as error:
        message = _("Cannot listen on %(host)s, port %(port)d: %(reason)s. Name another: --port.")
        told = {"host": host, "port": port, "reason": getattr(error, "strerror", None) or error}
        raise InputError(message % told, code="cannot-listen") from error


class Server:
    """Answers what comes to a listening socket, from `run` until `stop` was called."""

    def __init__(self, app: Flask, settings: Settings, listening: socket.socket) -> None:
        self._stopping = False
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # waiting is no warning
        self._server: Any = create_server(app, sockets=[listening], **_adjustments(settings))

    def run(self) -> None:
        """Answers; after `stop` accepts nothing new and finishes what was begun."""
        sys.setswitchinterval(_SWITCH_SECONDS)
        while not self._stopping:
            self._turn(1.0)
        self._server.del_channel()
        self._server.socket.close()
        until = time.monotonic() + GRACE_SECONDS
        while self._busy() and time.monotonic() < until:
            self._turn(0.1)
        self._server.task_dispatcher.shutdown(timeout=1)

    def stop(self) -> None:
        """Ends `run`; may be called from a signal's handler."""
        self._stopping = True
        self._server.pull_trigger()

    def _turn(self, seconds: float) -> None:
        self._server.asyncore.loop(timeout=seconds, map=self._server._map, count=1)

    def _busy(self) -> bool:
        """Whether any connection has a request or an answer on its way."""
        channels = list(self._server.active_channels.values())
        return any(c.requests or c.total_outbufs_len for c in channels)


def _adjustments(settings: Settings) -> dict[str, Any]:
    """How waitress is to behave; a proxy is believed only where the settings name it."""
    given: dict[str, Any] = {
        "threads": settings.threads,
        "connection_limit": 1000,
        "channel_timeout": 60,
        "ident": None,
        "max_request_body_size": 64 * 1024 * 1024,
        "clear_untrusted_proxy_headers": False,
    }
    if settings.trusted_proxy:
        given |= {"trusted_proxy": settings.trusted_proxy, "trusted_proxy_headers": _FORWARDED}
    return given
