"""Messages over a pipe: each is its length and then its bytes."""

from __future__ import annotations

import os
import select
import struct
import time
from itertools import chain

OUT_OF_MEMORY = 12
"""The exit status of a process that could not even answer."""

_LENGTH = struct.Struct(">Q")
_CHUNK = 1 << 20


class LateError(Exception):
    """The deadline passed before the whole message did."""


def send(descriptor: int, *messages: bytes, deadline: float = float("inf")) -> None:
    """Write messages; raises `LateError` or `BrokenPipeError`.

    They go together: each write by itself would wake the other side for it.
    """
    framed = ((_LENGTH.pack(len(message)), message) for message in messages)
    view = memoryview(b"".join(chain.from_iterable(framed)))
    while view:
        _wait(descriptor, select.POLLOUT, deadline)
        view = view[os.write(descriptor, view[:_CHUNK]) :]


def receive(descriptor: int, deadline: float = float("inf")) -> bytes:
    """Read a message; raises `LateError`, or `EOFError` when the other side is gone."""
    (length,) = _LENGTH.unpack(_exactly(descriptor, _LENGTH.size, deadline))
    return _exactly(descriptor, length, deadline)


def _exactly(descriptor: int, length: int, deadline: float) -> bytes:
    data = bytearray()
    while len(data) < length:
        _wait(descriptor, select.POLLIN, deadline)
        piece = os.read(descriptor, min(_CHUNK, length - len(data)))
        if not piece:
            raise EOFError
        data += piece
    return bytes(data)


def _wait(descriptor: int, event: int, deadline: float) -> None:
    if deadline == float("inf"):
        return
    poll = select.poll()
    poll.register(descriptor, event)
    if not poll.poll(max(0.0, deadline - time.monotonic()) * 1000):
        raise LateError
