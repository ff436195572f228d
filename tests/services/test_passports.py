from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import docx
import pytest
from docx.document import Document
from lxml import etree

from docgen.convert import PdfOptions
from docgen.errors import InputError
from docgen.export.data import order_values
from docgen.services.documents import Documents
from docgen.services.passports import Verification
from tests.conftest import EXAMPLES, REGIONS, ROOT


@pytest.fixture(scope="module")
def made(documents: Documents) -> bytes:
    return documents.render(documents.load(EXAMPLES / "smolensk.yaml"))


def verified(documents: Documents, data: bytes, folder: Path) -> Verification:
    path = folder / "order.docx"
    path.write_bytes(data)
    return documents.verify(path)


def saved(document: Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("region", REGIONS)
def test_a_document_is_known_as_untouched(
    documents: Documents, region: str, tmp_path: Path
) -> None:
    order = documents.load(EXAMPLES / f"{region}.yaml")
    found = verified(documents, documents.render(order), tmp_path)
    assert found.verdict == "untouched"
    assert found.passport is not None
    assert json.loads(found.passport.data) == order_values(order)
    assert all(comparison.same for comparison in found.comparisons)


def test_saving_without_a_change_leaves_a_document_untouched(
    documents: Documents, made: bytes, tmp_path: Path
) -> None:
    again = saved(docx.Document(io.BytesIO(made)))
    assert verified(documents, again, tmp_path).verdict == "untouched"


def test_an_edit_is_shown_word_by_word(documents: Documents, made: bytes, tmp_path: Path) -> None:
    document = docx.Document(io.BytesIO(made))
    cell = document.tables[0].rows[2].cells[2]
    cell.paragraphs[0].runs[0].text = "до 1 мая 2022 года"
    found = verified(documents, saved(document), tmp_path)
    assert found.verdict == "edited"
    (edit,) = found.edits
    assert "мая" in next(mark.text for mark in edit.marks if mark.kind == "added")


def test_a_passport_that_was_tampered_with_is_told(
    documents: Documents, made: bytes, tmp_path: Path
) -> None:
    def forge(data: bytes) -> bytes:
        return data.replace("Кольцова".encode(), "Смирнова".encode())

    forged = exchanged(exchanged(made, "customXml/item1.xml", forge), "word/document.xml", forge)
    assert verified(documents, forged, tmp_path).verdict == "forged"


def exchanged(data: bytes, name: str, change) -> bytes:  # type: ignore[no-untyped-def]
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for member in old.namelist():
            content = old.read(member)
            new.writestr(member, change(content) if member == name else content)
    return stream.getvalue()


def test_a_document_of_another_program_has_no_passport(
    documents: Documents, tmp_path: Path
) -> None:
    found = verified(documents, (ROOT / "templates/order.docx").read_bytes(), tmp_path)
    assert found.verdict == "none"


def test_a_file_that_is_no_document_is_refused(documents: Documents, tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        verified(documents, b"PK not at all", tmp_path)
    assert refused.value.code == "not-docx"


def test_another_template_is_noticed(documents: Documents, made: bytes, tmp_path: Path) -> None:
    def older(data: bytes) -> bytes:
        return data.replace(
            b'<template name="order.docx" sha256="', b'<template name="x" sha256="0'
        )

    found = verified(documents, exchanged(made, "customXml/item1.xml", older), tmp_path)
    assert {c.kind: c.same for c in found.comparisons}["template"] is None


def test_the_passport_is_a_part_with_a_type_and_relations(made: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert package.testzip() is None
        types = package.read("[Content_Types].xml").decode()
        relations = package.read("word/_rels/document.xml.rels").decode()
        properties = package.read("customXml/_rels/item1.xml.rels").decode()
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(package.read(name))
    assert 'PartName="/customXml/itemProps1.xml"' in types
    assert 'Target="../customXml/item1.xml"' in relations
    assert 'Target="itemProps1.xml"' in properties


def test_core_properties_name_the_document(made: bytes) -> None:
    properties = docx.Document(io.BytesIO(made)).core_properties
    assert properties.title.startswith("Об утверждении")
    assert properties.author == "ГАУ ДПО СОИРО"


@pytest.mark.integration
def test_libreoffice_opens_a_document_with_a_passport(documents: Documents, made: bytes) -> None:
    assert documents.convert(made, PdfOptions()).startswith(b"%PDF")
