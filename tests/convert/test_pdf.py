from __future__ import annotations

import io

import pypdf
import pytest

from docgen.convert import LibreOfficePool
from docgen.convert.pdf import page_count
from tests.convert.documents import make_docx
from tests.convert.test_pool import PDF


def test_counts_the_pages_of_a_whole_pdf() -> None:
    assert page_count(PDF) == 1


@pytest.mark.parametrize("cut", [0, 3, 30, len(PDF) // 2, len(PDF) - 12])
def test_a_truncated_pdf_has_no_pages(cut: int) -> None:
    assert page_count(PDF[:cut]) == 0


@pytest.mark.parametrize(
    "rubbish", [b"PK\3\4", b"%PDF-1.7\n", b"%PDF-1.7\nstartxref\n9\n%%EOF\n", PDF[9:]]
)
def test_rubbish_has_no_pages(rubbish: bytes) -> None:
    assert page_count(rubbish) == 0


def test_a_pdf_without_pages_is_none() -> None:
    assert page_count(PDF.replace(b"/Count 1", b"/Count 0")) == 0


@pytest.mark.integration
def test_agrees_with_a_pdf_reader_on_long_documents(pool: LibreOfficePool) -> None:
    pdf = pool.convert(make_docx(*["абзац"] * 900))
    assert page_count(pdf) == len(pypdf.PdfReader(io.BytesIO(pdf)).pages) > 10
