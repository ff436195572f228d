"""The records that a ZIP archive keeps about a member; times are fixed, so bytes are, too."""

from __future__ import annotations

import struct
from typing import NamedTuple

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5HL")
_OFFSET = struct.Struct("<L")
_END = struct.Struct("<4s4H2LH")
_VERSION = 20
_UTF8_NAME = 0x800
_MIDNIGHT, _FIRST_DAY = 0, 0x21  # 1980-01-01 00:00, the first moment a ZIP can name


class Records(NamedTuple):
    """What stands before a member's data, and its entry in the directory around the offset."""

    local: bytes
    entry: bytes
    name: bytes

    def directory_entry(self, offset: int) -> bytes:
        """The entry of a member whose local record starts at `offset`."""
        return self.entry + _OFFSET.pack(offset) + self.name


def records(name: str, method: int, checksum: int, stored: int, size: int) -> Records:
    """The records of a member: `stored` bytes in the archive, `size` once inflated."""
    encoded = name.encode()
    moment = _MIDNIGHT, _FIRST_DAY
    fields = _VERSION, _UTF8_NAME, method, *moment, checksum, stored, size, len(encoded), 0
    central = _CENTRAL.pack(b"PK\1\2", _VERSION, *fields, 0, 0, 0, 0)
    return Records(_LOCAL.pack(b"PK\3\4", *fields) + encoded, central, encoded)


def end_record(count: int, size: int, start: int) -> bytes:
    """The end of an archive whose directory has `count` entries in `size` bytes at `start`."""
    return _END.pack(b"PK\5\6", 0, 0, count, count, size, start, 0)
