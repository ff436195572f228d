from __future__ import annotations

import io
import zipfile

import pytest

from docgen.errors import TemplateError, TemplateRefused
from docgen.render import compile_template, open_package
from tests.render.word import docx, paragraph

PLAIN = docx(paragraph("{{ a }}"))
RELATION = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId9" Target="{target}" TargetMode="External" Type="http://'
    'schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"/></Relationships>'
)


def changed(name: str, data: bytes | str, *, remove: str = "") -> bytes:
    """The plain file with one member replaced or added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as old, zipfile.ZipFile(stream, "w", 8) as new:
        for each in old.namelist():
            if each not in (name, remove):
                new.writestr(each, old.read(each))
        new.writestr(name, data)
    return stream.getvalue()


def typed(old: str, new: str) -> bytes:
    """The plain file with a change in its content types."""
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as archive:
        types = archive.read("[Content_Types].xml").decode()
    assert old in types
    return changed("[Content_Types].xml", types.replace(old, new))


def many_entries() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(2_001):
            archive.writestr(f"x{number}", b"")
    return stream.getvalue()


def lying_size() -> bytes:
    """An archive whose directory says a member is smaller than it unpacks to."""
    data = bytearray(changed("word/extra.xml", b"<a>" + b" " * 5_000 + b"</a>"))
    start = data.rfind(b"PK\1\2")
    assert data[start + 46 :].startswith(b"word/extra.xml")
    data[start + 24 : start + 28] = (10).to_bytes(4, "little")
    return bytes(data)


BODY, STYLES = "word/document.xml", "word/styles.xml"
DOCTYPE = '<!DOCTYPE a [<!ENTITY b "c">]>'
UTF16 = f'<?xml version="1.0" encoding="UTF-16"?>{DOCTYPE}<a>&b;</a>'.encode("utf-16")
REFUSED = {
    "encrypted or old": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "package-encrypted"),
    "too many parts": (many_entries(), "package-entries"),
    "a bomb": (changed("word/x.xml", b"<a>" + b" " * 5_000_000 + b"</a>"), "package-ratio"),
    "too large": (changed("word/x.bmp", bytes(101 * 1024 * 1024)), "package-size"),
    "doctype": (changed(STYLES, f"{DOCTYPE}<a/>"), "package-doctype"),
    "doctype in UTF-16": (changed(STYLES, UTF16), "package-doctype"),
    "doctype in the body": (
        changed(BODY, f"{DOCTYPE}<a>&b;</a>"),
        "package-doctype",
    ),
    "broken XML": (changed(STYLES, "<a>"), "package-xml"),
    "macros": (changed("word/vbaProject.bin", b"x"), "package-macros"),
    "macro type": (
        typed(
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            "application/vnd.ms-word.document.macroEnabled.main+xml",
        ),
        "package-macros",
    ),
    "embedded object": (changed("word/embeddings/book1.xlsx", b"x"), "package-objects"),
    "active control": (changed("word/activeX/activeX1.xml", "<a/>"), "package-macros"),
    "linked picture": (
        changed(
            "word/_rels/document.xml.rels",
            RELATION.format(kind="image", target="file:///etc/passwd"),
        ),
        "package-external",
    ),
    "remote template": (
        changed(
            "word/_rels/settings.xml.rels",
            RELATION.format(kind="attachedTemplate", target="http://example.org/t.dotm"),
        ),
        "package-external",
    ),
    "relations of an absent part": (
        changed("word/_rels/header9.xml.rels", RELATION.format(kind="image", target="http://a/b")),
        "package-external",
    ),
    "field that reads a file": (
        changed(
            "word/header1.xml",
            '<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p>'
            "<w:r><w:instrText>INCLUDE</w:instrText></w:r>"
            '<w:r><w:instrText>PICTURE "http://a/b"</w:instrText></w:r></w:p></w:hdr>',
        ),
        "package-fields",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refuses(name: str) -> None:
    data, code = REFUSED[name]
    with pytest.raises(TemplateRefused) as error:
        compile_template(data)
    assert error.value.code == code


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\3\4", b"plain text", PLAIN[:-30], PLAIN[: len(PLAIN) // 2], lying_size()],
    ids=["nothing", "start", "text", "no end", "half", "lying size"],
)
def test_refuses_what_is_not_a_docx(data: bytes) -> None:
    with pytest.raises(TemplateError) as error:
        open_package(data)
    assert error.value.code == "not-docx"


def test_lets_hyperlinks_pass() -> None:
    xml = RELATION.format(kind="hyperlink", target="https://example.org")
    assert open_package(changed("word/_rels/document.xml.rels", xml)).document == BODY


def test_reads_members_in_their_order() -> None:
    package = open_package(PLAIN)
    assert next(iter(package.members)) == "[Content_Types].xml"
    assert package.content_types["word/document.xml"].endswith("document.main+xml")
