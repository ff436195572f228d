"""Pages of documents as pictures, kept while the document is looked at."""

from __future__ import annotations

import hashlib
import re
import shutil
from contextlib import suppress
from pathlib import Path

from docgen.convert.pdf import page_count
from docgen.convert.pictures import page_picture
from docgen.errors import NotFoundError
from docgen.i18n import _
from docgen.models.registry import Preview
from docgen.services.documents import Documents
from docgen.store.files import write_whole

KEPT = 3
"""How many editions of one document are kept as pictures; older ones are made again when asked."""

_KEY = re.compile(r"[0-9a-f]{32}")


class Previews:
    """Pictures by document and by the hash of what it looks like."""

    def __init__(self, folder: Path, documents: Documents) -> None:
        self._folder = folder
        self._documents = documents

    def of(self, number: int, docx: bytes) -> Preview:
        """The preview of a document that looks like this; ConversionError without LibreOffice."""
        key = hashlib.sha256(docx).hexdigest()[:32]
        file = self._folder / str(number) / key / "pages.pdf"
        if not file.exists():
            write_whole(file, self._documents.convert(docx))
            self._forget(file.parent.parent)
        return Preview(key, page_count(file.read_bytes()))

    def picture(self, number: int, key: str, page: int) -> bytes:
        """One page as PNG; NotFoundError where no preview with this key was made."""
        folder = self._folder / str(number) / key
        kept = folder / f"{page}.png"
        if _KEY.fullmatch(key) and kept.exists():
            return kept.read_bytes()
        pdf = folder / "pages.pdf"
        if not _KEY.fullmatch(key) or not pdf.exists():
            raise NotFoundError(_("The preview is no longer kept; open it again."))
        data = pdf.read_bytes()
        if not 1 <= page <= page_count(data):
            raise NotFoundError(_("There is no such page."))
        picture = page_picture(data, page)
        write_whole(kept, picture)
        return picture

    def _forget(self, folder: Path) -> None:
        """Only the newest previews of a document stay."""
        with suppress(OSError):  # another thread forgets the same ones
            newest = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
            for old in newest[KEPT:]:
                shutil.rmtree(old, ignore_errors=True)
