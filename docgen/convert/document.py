"""Looks into a DOCX before LibreOffice does: rubbish goes no further, long documents get time."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass

from docgen.convert.failures import failure

BODY = "word/document.xml"
_MANIFEST = "[Content_Types].xml"
_OPENDOCUMENT = "mimetype"  # by this member LibreOffice would take the file for ODF
_MAX_UNZIPPED = 400 * 1024 * 1024

_COMMENT_MARKS = re.compile(
    rb"<w:commentRange(?:Start|End)\b[^>]*/>|<w:commentReference\b[^>]*/>|<w:annotationRef\b[^>]*/>"
)
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Measure:
    """How much there is to convert: table rows, and bytes of the main part."""

    rows: int
    size: int


def read_body(docx: bytes) -> bytes:
    """The main part of a DOCX; raises `document-unreadable` for anything else."""
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as archive:
            names = archive.namelist()
            if BODY not in names or _MANIFEST not in names or _OPENDOCUMENT in names:
                raise failure("document-unreadable")
            if sum(entry.file_size for entry in archive.infolist()) > _MAX_UNZIPPED:
                raise failure("document-too-large")
            return archive.read(BODY)
    except _UNREADABLE as error:
        raise failure("document-unreadable") from error


def measure(body: bytes) -> Measure:
    """The size of a document by its main part."""
    return Measure(rows=body.count(b"</w:tr>"), size=len(body))


def without_comments(body: bytes) -> bytes:
    """The main part without the marks that tie Word's comments to the text.

    A PDF to be signed shows none, and LibreOffice 7.4 without a screen breaks off when a document
    with comments is opened through UNO.
    """
    return _COMMENT_MARKS.sub(b"", body)


def with_body(docx: bytes, body: bytes) -> bytes:
    """The same DOCX with another main part."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(docx)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as result,
    ):
        for name in source.namelist():
            result.writestr(name, body if name == BODY else source.read(name))
    return target.getvalue()
