"""Orders in PDF: a text layer is read as printed, and dangerous files do no harm."""

from __future__ import annotations

import io
import time
import zlib

import pypdf
import pytest

from docgen.convert import PdfOptions
from docgen.errors import InputError
from docgen.importers import pdf_pages
from docgen.importers.pdf import MAX_BYTES, read_pdf
from docgen.models import Order
from tests.importers.orders import DOCUMENTS, EXAMPLES, REGIONS, example


def made_pdf(content: bytes, filters: bytes = b"") -> bytes:
    """A PDF of one page with this stream of drawing commands."""
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>",
        b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), filters, content),
    )
    body = b"%PDF-1.4\n"
    offsets = []
    for number, part in enumerate(parts, 1):
        offsets.append(len(body))
        body += b"%d 0 obj%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return body + (
        b"xref\n0 5\n0000000000 65535 f \n%strailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (table, len(body))
    )


def bomb() -> bytes:
    """A stream of a few megabytes that unpacks to four gigabytes."""
    packer = zlib.compressobj()
    first = packer.compress(bytes(2**24)) + packer.flush(zlib.Z_FULL_FLUSH)
    more = packer.compress(bytes(2**24)) + packer.flush(zlib.Z_FULL_FLUSH)
    return made_pdf(first + more * 255, b"/Filter/FlateDecode")


def locked() -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(made_pdf(TEXT)))
    writer.encrypt("secret", algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


TEXT = b"BT /F 12 Tf 72 700 Td (Order) Tj ET"


def test_reads_lines_of_text() -> None:
    reading = read_pdf(made_pdf(TEXT), "a.pdf", REGIONS)
    assert "Order" in [each.text for each in reading.unplaced]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "document-damaged"),
        (b"PK\3\4 a zip", "document-damaged"),
        (b"%PDF-1.7\n" + b"\xff" * 9999, "document-damaged"),
        (b"%PDF-1.7" + b" " * MAX_BYTES, "document-too-long"),
        (made_pdf(b""), "document-empty"),
    ],
)
def test_refuses_what_is_no_order(data: bytes, code: str) -> None:
    with pytest.raises(InputError) as refused:
        read_pdf(data, "a.pdf", REGIONS)
    assert refused.value.code == code


def test_refuses_a_file_with_a_password() -> None:
    with pytest.raises(InputError) as refused:
        read_pdf(locked(), "a.pdf", REGIONS)
    assert refused.value.code == "file-encrypted"


@pytest.mark.slow
def test_a_file_that_unpacks_to_gigabytes_is_refused_within_seconds() -> None:
    start = time.perf_counter()
    with pytest.raises(InputError) as refused:
        read_pdf(bomb(), "a.pdf", REGIONS)
    assert refused.value.code in ("document-too-long", "document-empty", "document-damaged")
    assert time.perf_counter() - start < 60


def _said(order: Order) -> dict[str, object]:
    """What an order says, white space aside: a line break of a cell is none in a PDF."""
    cells = [
        ("".join(key), "".join(text.split()))
        for annex in order.annexes
        for _section, _index, item in annex.items()
        for key, text in sorted(item.values.items())
    ]
    return {
        "cells": cells,
        "points": ["".join(str(point).split()) for point in order.points],
        "title": order.title,
        "preamble": order.preamble,
        "issued": (order.date, order.number, order.city),
        "signed": (order.signatory, order.acquainted, order.executor),
        "annexes": [annex.title for annex in order.annexes],
        "sections": [[s.title for s in annex.sections] for annex in order.annexes],
    }


@pytest.mark.integration
@pytest.mark.parametrize("name", [path.stem for path in EXAMPLES])
def test_our_own_pdf_says_what_its_data_say(name: str) -> None:
    order = example(name)
    pdf = DOCUMENTS.convert(DOCUMENTS.render(order), PdfOptions(title=order.title))
    reading = read_pdf(pdf, "order.pdf", REGIONS)
    assert reading.order.region == name
    assert _said(reading.order) == _said(order)
    assert not reading.unplaced


def drawn(*lines: tuple[int, list[tuple[int, str]]]) -> bytes:
    """A page with these texts at these heights and places, and no rules."""
    texts = (f"1 0 0 1 {x} {y} Tm ({text}) Tj " for y, line in lines for x, text in line)
    return made_pdf(b"BT /F 10 Tf " + "".join(texts).encode() + b"ET")


HEAD = (700, [(72, "No"), (100, "Activity"), (300, "Deadline"), (420, "Executor")])


def read_lines(data: bytes) -> tuple[list[str], list[str]]:
    doubtful: list[str] = []
    return pdf_pages.lines(data, doubtful), doubtful


def test_words_in_columns_are_a_table_without_rules() -> None:
    page = drawn(
        (740, [(72, "A plan of the project for the whole year, approved by the ministry of all")]),
        HEAD,
        (682, [(72, "1."), (100, "A seminar of"), (300, "March"), (420, "Institute")]),
        (671, [(100, "all schools")]),
        (653, [(72, "2."), (100, "A report"), (300, "April"), (420, "Centre of")]),
        (642, [(420, "quality")]),
        (600, [(72, "The end of the plan that the ministry has approved for the whole year 2022")]),
    )
    found, doubtful = read_lines(page)
    assert found[2:5] == [
        "No\tActivity\tDeadline\tExecutor",
        "1.\tA seminar of all schools\tMarch\tInstitute",
        "2.\tA report\tApril\tCentre of quality",
    ]
    assert doubtful == ["A seminar of all schools", "Centre of quality"]


def test_rows_without_space_between_begin_with_their_numbers() -> None:
    page = drawn(
        HEAD,
        (689, [(72, "1."), (100, "A seminar of"), (300, "March"), (420, "Institute")]),
        (678, [(100, "all schools")]),
        (667, [(72, "2."), (100, "A report"), (420, "Centre")]),
        (656, [(72, "3."), (100, "A visit"), (300, "May"), (420, "Centre")]),
    )
    assert read_lines(page)[0][-3:] == [
        "1.\tA seminar of all schools\tMarch\tInstitute",
        "2.\tA report\t\tCentre",
        "3.\tA visit\tMay\tCentre",
    ]


def test_prose_and_requisites_are_no_table() -> None:
    page = drawn(
        (740, [(72, "30.12.2021"), (250, "No 245"), (420, "Smolensk")]),
        (720, [(72, "On the plan")]),
        (700, [(72, "The ministry approves the plan for the whole year and all of its schools")]),
        (680, [(72, "Rector"), (420, "O. Koltsova")]),
    )
    assert read_lines(page) == (
        [
            "",
            "30.12.2021\tNo 245\tSmolensk",
            "",
            "On the plan",
            "",
            "The ministry approves the plan for the whole year and all of its schools",
            "",
            "Rector\tO. Koltsova",
        ],
        [],
    )
