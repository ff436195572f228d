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


def doubled() -> bytes:
    """An archive with two members of one name."""
    stream = io.BytesIO(PLAIN)
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(BODY, archive.read(BODY))
    return stream.getvalue()


def header(content: str) -> bytes:
    """The plain file with a header of this content."""
    return changed(
        "word/header1.xml", f"<w:hdr {WORD} {WORD.replace(':w', ':z')}>{content}</w:hdr>"
    )


WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
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
    "encoding nobody reads": (
        changed(STYLES, '<?xml version="1.0" encoding="UTF-7"?><a/>'),
        "package-xml",
    ),
    "a name twice": (doubled(), "package-names"),
    "a name twice but for its letters": (changed(BODY.upper(), "<a/>"), "package-names"),
    "a name outside": (changed("word/../../a.xml", "<a/>"), "package-names"),
    "a name from the root": (changed("/a.xml", "<a/>"), "package-names"),
    "a name with a backslash": (changed("..\\a.xml", "<a/>"), "package-names"),
}


INSTRUCTION = "<w:instrText>{}</w:instrText>"
BEGIN, SEPARATE = ('<w:fldChar w:fldCharType="begin"/>', '<w:fldChar w:fldCharType="separate"/>')
END = '<w:fldChar w:fldCharType="end"/>'


@pytest.mark.parametrize(
    "content",
    [
        INSTRUCTION.format("INCLUDE") + INSTRUCTION.format('PICTURE "http://a/b"'),
        '<w:fldSimple w:instr="DDE a b"/>',
        INSTRUCTION.format(" ddeauto a b"),
        "<z:instrText>LINK Excel.Sheet.12 a.xlsx</z:instrText>",
        BEGIN + INSTRUCTION.format("PAGE") + END + BEGIN + INSTRUCTION.format("RD a.docx") + END,
        BEGIN + INSTRUCTION.format("PAGE") + SEPARATE + INSTRUCTION.format("DDE a b") + END,
        BEGIN + BEGIN + INSTRUCTION.format("PAGE") + END + INSTRUCTION.format("DDE a b") + END,
        INSTRUCTION.format("&#68;DE a b"),
        INSTRUCTION.format("DD{{ letter }} a b"),
    ],
)
def test_refuses_fields_that_read_other_files(content: str) -> None:
    with pytest.raises(TemplateRefused) as error:
        open_package(header(content))
    assert error.value.code == "package-fields"


@pytest.mark.parametrize(
    "content",
    [
        INSTRUCTION.format(" PAGE \\* MERGEFORMAT"),
        BEGIN + INSTRUCTION.format("PAGE") + SEPARATE + END + INSTRUCTION.format(" "),
        INSTRUCTION.format('HYPERLINK "http://a/import dde link"'),
        INSTRUCTION.format('HYPERLINK "{{ address }}"'),
        "<w:t>DDE a b</w:t>",
    ],
)
def test_keeps_other_fields(content: str) -> None:
    assert "word/header1.xml" in open_package(header(content)).members


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
