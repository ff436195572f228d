"""Pages of a PDF as pictures, for those who look before they sign."""

from __future__ import annotations

import io
from threading import Lock

import pypdfium2

SCALE = 1.5
"""Pixels for each point of the page: 108 dots an inch."""

_reading = Lock()
"""PDFium works for one thread at a time."""


def page_picture(pdf: bytes, number: int) -> bytes:
    """The page with this number, counted from 1, as a PNG in shades of grey."""
    with _reading:
        document = pypdfium2.PdfDocument(pdf)
        try:
            picture = document[number - 1].render(scale=SCALE, grayscale=True).to_pil()
        finally:
            document.close()
    file = io.BytesIO()
    picture.quantize(16).save(file, "PNG")
    return file.getvalue()
