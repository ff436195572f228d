"""Files sent to be saved, never to be shown by the browser."""

from __future__ import annotations

import re
import unicodedata
from io import BytesIO
from urllib.parse import quote

from flask import Response, send_file

from docgen.i18n import _
from docgen.models.registry import StoredDocument
from docgen.services import kinds
from docgen.services.documents import FORMATS

MEDIA_TYPES = {kind: kinds.MEDIA_TYPES[kind] for kind in FORMATS}
"""Of the files that an order is downloaded as."""
XLSX = MEDIA_TYPES["xlsx"]
_LATIN: dict[str, str] = dict(
    zip("абвгдеёзийклмнопрстуфхъыьэ", [*"abvgdeeziiklmnoprstufh", "", "y", "", "e"], strict=True)
)
_LATIN |= {"ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya"}
_LATIN |= {"–": "-", "—": "-"}
_UNSAFE = re.compile(r'[\x00-\x1f/\\:*?"<>|]+')


def attachment(name: str, data: bytes, media_type: str) -> Response:
    """The content under its name (RFC 5987 where it is Russian), as an attachment."""
    response = send_file(BytesIO(data), media_type, as_attachment=True, download_name=name)
    if not name.isascii():
        full = f"UTF-8''{quote(name, safe='')}"
        response.headers.set(
            "Content-Disposition", "attachment", filename=latin(name), **{"filename*": full}
        )
    return response


def latin(name: str) -> str:
    """The name for programs that know only ASCII: «приказ № 16.docx» is “prikaz No 16.docx”."""
    spelt = "".join(_spelt(char) for char in unicodedata.normalize("NFC", name))
    plain = unicodedata.normalize("NFKD", spelt).encode("ascii", "ignore").decode()
    stem, dot, ending = plain.rpartition(".")
    return f"{stem.strip() or 'file'}{dot}{ending}" if dot else plain.strip() or "file"


def _spelt(char: str) -> str:
    spelt = _LATIN.get(char.lower(), char)
    return spelt if char.islower() else spelt.capitalize()


def as_file(data: bytes, kind: str, stored: StoredDocument) -> Response:
    """A document under its number, without what some system refuses in names of files."""
    worded = _("order %(id)s") if stored.number else _("draft order %(id)s")
    name = worded % {"id": stored.number or stored.id}
    return attachment(_UNSAFE.sub("-", f"{name}.{kind}"), data, MEDIA_TYPES[kind])
