"""Files sent to be saved, never to be shown by the browser."""

from __future__ import annotations

import re
from io import BytesIO

from flask import Response, send_file

from docgen.i18n import _
from docgen.models.registry import StoredDocument

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": XLSX,
    "json": "application/json",
}
_UNSAFE = re.compile(r'[\x00-\x1f/\\:*?"<>|]+')


def attachment(name: str, data: bytes, media_type: str) -> Response:
    """The content under its name (RFC 5987 where it is Russian), as an attachment."""
    return send_file(BytesIO(data), media_type, as_attachment=True, download_name=name)


def as_file(data: bytes, kind: str, stored: StoredDocument) -> Response:
    """A document under its number, without what some system refuses in names of files."""
    worded = _("order %(id)s") if stored.number else _("draft order %(id)s")
    name = worded % {"id": stored.number or stored.id}
    return attachment(_UNSAFE.sub("-", f"{name}.{kind}"), data, MEDIA_TYPES[kind])
