"""Files that confirm what a coordinator says: known by their content, never by their name.

Nothing here is parsed: a picture's size is read from its header, an archive from its directory
and its list of types.
"""

from __future__ import annotations

import io
import re
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from docgen.errors import InputError
from docgen.i18n import _
from docgen.render.gate import MAX_ENTRIES, MAX_RATIO, MAX_SIZE

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 60_000_000
MAX_NAME = 120
_OFFICE = "application/vnd.openxmlformats-officedocument."
KINDS: Mapping[str, str] = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "docx": f"{_OFFICE}wordprocessingml.document",
    "xlsx": f"{_OFFICE}spreadsheetml.sheet",
}
"""What may be attached: the ending and the media type of each kind."""

_PNG = b"\x89PNG\r\n\x1a\n"
_MAIN_PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}
_MACROS = re.compile(r"vbaProject|vbaData|/activeX|/macrosheets/|/oleObject", re.IGNORECASE)
_SISTERS = {"docx": (".docm", ".dotx", ".dotm"), "xlsx": (".xlsm", ".xltx", ".xltm")}
"""Endings of the same program that say no more than the content does."""
_TYPES = "[Content_Types].xml"
_MAX_TYPES = 1 << 20
_DAMAGED = (
    zipfile.BadZipFile,
    ValueError,
    OverflowError,
    RuntimeError,
    EOFError,
    OSError,
    zlib.error,
)
"""What the library raises for an archive it cannot read; RuntimeError for an encrypted one."""
_UNSAFE = re.compile(r'[\\/:*?"<>|]+')


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that may be kept: a name safe to show and to save under, and its media type."""

    name: str
    media_type: str


def accept_upload(name: str, data: bytes) -> Upload:
    """The file's clean name and its true type; InputError says why it cannot be kept.

    Codes: `file-empty`, `file-too-large`, `file-kind`, `file-unsafe`.
    """
    if not data:
        raise _refused(_("the file is empty"), name, "file-empty")
    if len(data) > MAX_BYTES:
        raise _refused(_("the file is larger than 10 MB"), name, "file-too-large")
    kind = _kind(data, name)
    return Upload(clean_name(name, kind), KINDS[kind])


def clean_name(name: str, kind: str) -> str:
    """The name without folders, invisible characters and false endings, not too long."""
    last = PurePosixPath(name.replace("\\", "/")).name
    shown = "".join(char for char in last if unicodedata.category(char)[0] != "C")
    safe = _UNSAFE.sub(" ", unicodedata.normalize("NFC", shown))
    stem = " ".join(safe.split()).strip(" .")
    if stem.lower().endswith((f".{kind}", ".jpeg", *_SISTERS.get(kind, ()))):
        stem = stem.rpartition(".")[0].rstrip(" .")
    named = stem[:MAX_NAME] or _("file")
    return f"{named}.{kind}"


def _kind(data: bytes, name: str) -> str:
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(_PNG):
        return _picture("png", _png_size(data), name)
    if data.startswith(b"\xff\xd8\xff"):
        return _picture("jpg", _jpeg_size(data), name)
    if data.startswith(b"PK\x03\x04"):
        return _office_kind(data, name)
    raise _refused(
        _("the file is of another kind; attach pdf, jpg, png, docx or xlsx"), name, "file-kind"
    )


def _picture(kind: str, size: tuple[int, int] | None, name: str) -> str:
    if size is None or 0 in size:
        raise _refused(_("the picture is damaged"), name, "file-unsafe")
    if size[0] * size[1] > MAX_PIXELS:
        raise _refused(_("the picture has more than 60 million points"), name, "file-unsafe")
    return kind


def _png_size(data: bytes) -> tuple[int, int] | None:
    if len(data) < 33 or data[12:16] != b"IHDR":
        return None
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Width and height from the frame header; None where the segments do not lead to one."""
    at = 2
    while at + 9 <= len(data):
        if data[at] != 0xFF:
            return None
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
        elif 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        else:
            at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None


def _office_kind(data: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            with archive.open(_TYPES) if _TYPES in archive.NameToInfo else io.BytesIO() as file:
                types = file.read(_MAX_TYPES)
    except _DAMAGED as error:
        raise _refused(_("the file is damaged"), name, "file-unsafe") from error
    names = {member.filename for member in members}
    kind = next((kind for part, kind in _MAIN_PARTS.items() if part in names), None)
    if kind is None or _TYPES not in names:
        raise _refused(
            _("the file is of another kind; attach pdf, jpg, png, docx or xlsx"), name, "file-kind"
        )
    if b"macroEnabled" in types or any(_MACROS.search(f"/{member}") for member in names):
        raise _refused(_("the file holds macros or embedded objects"), name, "file-unsafe")
    size = sum(member.file_size for member in members)
    if len(members) > MAX_ENTRIES or size > min(MAX_SIZE, MAX_RATIO * len(data)):
        raise _refused(_("the file is too large once unpacked"), name, "file-unsafe")
    return kind


def _refused(reason: str, name: str, code: str) -> InputError:
    shown = clean_name(name, "")[:-1]
    return InputError(
        _("“%(name)s” cannot be attached: %(reason)s.") % {"name": shown, "reason": reason},
        code=code,
    )
