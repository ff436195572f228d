"""ZIP archives written member by member: ready ones copied, new ones deflated as they arrive."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from types import ModuleType

from docgen.render.package import Member
from docgen.render.records import end_record

try:
    from isal import isal_zlib

    _deflate: ModuleType = isal_zlib
except ImportError:  # no wheel for this machine
    _deflate = zlib

STORED, DEFLATED = 0, 8


def deflated(name: str, pieces: Iterable[bytes | memoryview]) -> Member:
    """A member made of pieces, compressed as they come."""
    compressor = _deflate.compressobj(1, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed: list[bytes] = []
    checksum = size = 0
    for piece in pieces:
        checksum = _deflate.crc32(piece, checksum)
        size += len(piece)
        packed.append(compressor.compress(piece))
    packed.append(compressor.flush())
    return Member(name, b"".join(packed), DEFLATED, checksum, size)


def stored(name: str, data: bytes) -> Member:
    """A member kept as it is: quicker than deflating, for those of a few hundred bytes."""
    return Member(name, data, STORED, _deflate.crc32(data), len(data))


def archive(members: Iterable[Member]) -> bytes:
    """The ZIP file with these members, in this order."""
    pieces: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for member in members:
        records = member.records
        pieces += (records.local, member.stored)
        directory.append(records.directory_entry(offset))
        offset += len(records.local) + len(member.stored)
    size = sum(map(len, directory))
    return b"".join((*pieces, *directory, end_record(len(directory), size, offset)))
