"""Files sent to be saved, never to be shown by the browser."""

from __future__ import annotations

from io import BytesIO

from flask import Response, send_file

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def attachment(name: str, data: bytes, media_type: str) -> Response:
    """The content under its name (RFC 5987 where it is Russian), as an attachment."""
    return send_file(BytesIO(data), media_type, as_attachment=True, download_name=name)
