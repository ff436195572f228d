"""Hostile and broken files: a typed error within seconds."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable

import pytest

from docgen.errors import DocgenError
from docgen.importers.docx import read_docx
from tests.importers.orders import REGIONS
from tests.importers.word import W, docx, lines, paragraph, table

GOOD = docx(lines("ПРИКАЗ", "Об утверждении", "ПРИКАЗЫВАЮ:", "1. Утвердить."))


def with_document(xml: str) -> bytes:
    """The good file with another main part."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(GOOD)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            main = name == "word/document.xml"
            target.writestr(name, xml.encode() if main else source.read(name))
    return stream.getvalue()


def body(xml: str) -> str:
    return f'<w:document xmlns:w="{W}"><w:body>{xml}</w:body></w:document>'


NESTED = 400

FILES: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "noise": lambda: bytes(range(256)) * 40,
    "truncated": lambda: GOOD[: len(GOOD) // 2],
    "encrypted": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096),
    "bomb": lambda: docx(paragraph("а"), extra={"word/media/a.xml": b"<a>" + b" " * 90_000_000}),
    "macros": lambda: docx(paragraph("а"), extra={"word/vbaProject.bin": b"x"}),
    "doctype": lambda: with_document("<!DOCTYPE a>" + body("<w:p/>")),
    "no body": lambda: with_document(f'<w:document xmlns:w="{W}"/>'),
    "no text": lambda: docx(paragraph("<w:r><w:drawing/></w:r>")),
    "a million paragraphs": lambda: with_document(body("<w:p/>" * 1_000_000)),
    "a million texts": lambda: with_document(body("<w:p><w:r><w:t>а</w:t></w:r></w:p>" * 900_000)),
    "deep tables": lambda: with_document(
        body("<w:tbl><w:tr><w:tc>" * NESTED + "</w:tc></w:tr></w:tbl>" * NESTED)
    ),
    "deep runs": lambda: with_document(
        body("<w:p>" + "<w:ins>" * 900 + "</w:ins>" * 900 + "</w:p>")
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_refuses_soon_and_by_name(name: str) -> None:
    data = FILES[name]()
    began = time.monotonic()
    with pytest.raises(DocgenError) as refusal:
        read_docx(data, "o.docx", REGIONS)
    assert time.monotonic() - began < 5
    assert refusal.value.message


ODD = {
    "a span of a million columns": table(("№", "Мероприятие", "Срок")).replace(
        "<w:tcPr></w:tcPr>", '<w:tcPr><w:gridSpan w:val="1000000"/></w:tcPr>'
    ),
    "numbers that are none": paragraph("а", properties='<w:ind w:firstLine="x" w:left="1e99"/>'),
    "a list that is not there": paragraph("а", numbered=(99, 42)),
    "an endless field": paragraph('<w:r><w:fldChar w:fldCharType="begin"/></w:r>') + paragraph("а"),
    "an empty table": "<w:tbl/>" + paragraph("а"),
    "a row without cells": "<w:tbl><w:tr/></w:tbl>" + paragraph("а"),
}


@pytest.mark.parametrize("name", ODD)
def test_reads_what_is_odd_but_harmless(name: str) -> None:
    assert read_docx(docx(lines("ПРИКАЗ"), ODD[name]), "o.docx", REGIONS).document == "ПРИКАЗ"


def test_reads_styles_that_are_based_on_each_other() -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{own}"><w:basedOn w:val="{other}"/></w:style>'
        for own, other in ("ab", "ba")
    )
    data = docx(lines("ПРИКАЗ"), paragraph("а", properties='<w:pStyle w:val="a"/>'), styles=styles)
    assert read_docx(data, "o.docx", REGIONS).document == "ПРИКАЗ"


def test_refuses_a_region_that_does_not_exist() -> None:
    with pytest.raises(DocgenError) as refusal:
        read_docx(GOOD, "o.docx", REGIONS, "atlantis")
    assert refusal.value.code == "unknown-region"
