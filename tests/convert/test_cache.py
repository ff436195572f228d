from __future__ import annotations

import os
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest

from docgen.convert import CachedConverter, PdfOptions
from docgen.convert.failures import failure
from docgen.errors import ConversionError
from tests.convert.test_pool import PDF


class Counting:
    """A converter that counts what it is asked for."""

    def __init__(self) -> None:
        self.asked: list[bytes] = []
        self.closed = False

    def convert(self, docx: bytes, *, options: PdfOptions = PdfOptions()) -> bytes:  # noqa: B008
        self.asked.append(docx)
        if docx == b"bad":
            raise failure("document-unreadable")
        return PDF

    def close(self) -> None:
        self.closed = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


def cached(
    folder: Path, limit: int = 10**6, version: str = "7.4"
) -> tuple[CachedConverter, Counting]:
    inner = Counting()
    return CachedConverter(inner, folder, limit, version=version), inner


def test_an_unchanged_document_is_not_converted_twice(tmp_path: Path) -> None:
    converter, inner = cached(tmp_path)
    assert converter.convert(b"one") == converter.convert(b"one") == PDF
    assert inner.asked == [b"one"]


def test_keeps_pdfs_over_a_restart(tmp_path: Path) -> None:
    cached(tmp_path)[0].convert(b"one")
    converter, inner = cached(tmp_path)
    converter.convert(b"one")
    assert inner.asked == []


@pytest.mark.parametrize(
    "options",
    [PdfOptions(pdfa=True), PdfOptions(title="О мерах"), PdfOptions(language="en-GB")],
)
def test_other_options_make_another_pdf(tmp_path: Path, options: PdfOptions) -> None:
    converter, inner = cached(tmp_path)
    converter.convert(b"one")
    converter.convert(b"one", options=options)
    assert len(inner.asked) == 2


def test_another_libreoffice_makes_another_pdf(tmp_path: Path) -> None:
    cached(tmp_path)[0].convert(b"one")
    converter, inner = cached(tmp_path, version="24.2")
    converter.convert(b"one")
    assert inner.asked == [b"one"]


def test_the_longest_unused_goes_first(tmp_path: Path) -> None:
    converter, inner = cached(tmp_path, limit=2 * len(PDF))
    for number, name in enumerate((b"one", b"two")):
        converter.convert(name)
        for file in tmp_path.glob("*.pdf"):
            os.utime(file, (number, number)) if file.stat().st_mtime > 10 else None
    converter.convert(b"one")
    converter.convert(b"three")
    assert sum(file.stat().st_size for file in tmp_path.iterdir()) <= 2 * len(PDF)
    inner.asked.clear()
    converter.convert(b"one")
    converter.convert(b"two")
    assert inner.asked == [b"two"]


def test_a_damaged_file_is_replaced(tmp_path: Path) -> None:
    converter, inner = cached(tmp_path)
    converter.convert(b"one")
    (file,) = tmp_path.glob("*.pdf")
    file.write_bytes(PDF[:40])
    assert converter.convert(b"one") == PDF
    assert len(inner.asked) == 2
    assert file.read_bytes() == PDF


def test_failures_are_not_kept(tmp_path: Path) -> None:
    converter, _ = cached(tmp_path)
    with pytest.raises(ConversionError):
        converter.convert(b"bad")
    assert list(tmp_path.iterdir()) == []


def test_a_cache_that_cannot_be_written_costs_no_pdf(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    converter, _ = cached(tmp_path)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert converter.convert(b"one") == PDF
    assert list(tmp_path.iterdir()) == []


def test_closing_closes_the_inner_converter(tmp_path: Path) -> None:
    converter, inner = cached(tmp_path)
    with converter:
        pass
    assert inner.closed
