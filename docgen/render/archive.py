"""ZIP archives written member by member: ready ones copied, new ones deflated as they arrive.

Times are fixed, so the same members give the same bytes.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from io import BytesIO
from types import ModuleType

from docgen.render.package import Member

try:
    from isal import isal_zlib

    _deflate: ModuleType = isal_zlib
except ImportError:  # no wheel for this machine
    _deflate = zlib

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_VERSION = 20
_UTF8_NAME = 0x800
_MIDNIGHT, _FIRST_DAY = 0, 0x21  # 1980-01-01 00:00, the first moment a ZIP can name
DEFLATED = 8


def deflated(name: str, pieces: Iterable[bytes | memoryview]) -> Member:
    """A member made of pieces, compressed as they come."""
    compressor = _deflate.compressobj(1, zlib.DEFLATED, -zlib.MAX_WBITS)
    stored: list[bytes] = []
    checksum = size = 0
    for piece in pieces:
        checksum = _deflate.crc32(piece, checksum)
        size += len(piece)
        stored.append(compressor.compress(piece))
    stored.append(compressor.flush())
    return Member(name, b"".join(stored), DEFLATED, checksum, size)


def archive(members: Iterable[Member]) -> bytes:
    """The ZIP file with these members, in this order."""
    stream = BytesIO()
    directory: list[bytes] = []
    for member in members:
        name, fields = member.name.encode(), _fields(member)
        directory.append(
            _CENTRAL.pack(b"PK\1\2", _VERSION, *fields, 0, 0, 0, 0, stream.tell()) + name
        )
        stream.write(_LOCAL.pack(b"PK\3\4", *fields))
        stream.write(name)
        stream.write(member.stored)
    start = stream.tell()
    stream.write(b"".join(directory))
    size, count = stream.tell() - start, len(directory)
    stream.write(_END.pack(b"PK\5\6", 0, 0, count, count, size, start, 0))
    return stream.getvalue()


def _fields(member: Member) -> tuple[int, ...]:
    sizes = member.checksum, len(member.stored), member.size, len(member.name.encode()), 0
    return _VERSION, _UTF8_NAME, member.method, _MIDNIGHT, _FIRST_DAY, *sizes
