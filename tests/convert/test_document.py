from __future__ import annotations

import io
import zipfile

import pytest

from docgen.convert import document
from docgen.convert.document import measure, read_body, with_body, without_comments
from docgen.errors import ConversionError
from tests.convert.documents import body_of, make_docx


def archive(**members: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as result:
        for name, content in members.items():
            result.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return target.getvalue()


@pytest.mark.parametrize(
    "rubbish",
    [
        b"",
        b"PK",
        b"<html>",
        make_docx("x")[:-30],
        archive(mimetype=b"application/vnd.oasis.opendocument.text"),
        archive(word__document_xml=b"<x/>"),
    ],
)
def test_refuses_what_is_no_docx(rubbish: bytes) -> None:
    with pytest.raises(ConversionError) as caught:
        read_body(rubbish)
    assert caught.value.code == "document-unreadable"


def test_refuses_an_opendocument_file_in_the_guise_of_a_docx() -> None:
    target = io.BytesIO(make_docx("x"))
    with zipfile.ZipFile(target, "a") as result:
        result.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    with pytest.raises(ConversionError):
        read_body(target.getvalue())


def test_refuses_a_document_that_unpacks_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "_MAX_UNZIPPED", 1000)
    with pytest.raises(ConversionError) as caught:
        read_body(make_docx("x"))
    assert caught.value.code == "document-too-large"


def test_counts_rows() -> None:
    assert measure(read_body(make_docx("x", rows=7))).rows == 7


def test_another_main_part_leaves_the_rest_alone() -> None:
    before = make_docx("x")
    after = with_body(before, b"<other/>")
    assert body_of(after) == b"<other/>"
    with zipfile.ZipFile(io.BytesIO(before)) as old, zipfile.ZipFile(io.BytesIO(after)) as new:
        assert old.namelist() == new.namelist()
        assert old.read("word/styles.xml") == new.read("word/styles.xml")


def test_marks_of_comments_go_and_the_text_stays() -> None:
    body = (
        b'<w:p><w:commentRangeStart w:id="0"/><w:r><w:t>text</w:t></w:r>'
        b'<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r></w:p>'
    )
    assert without_comments(body) == b"<w:p><w:r><w:t>text</w:t></w:r><w:r></w:r></w:p>"
