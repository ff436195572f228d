from __future__ import annotations

import struct
import zipfile
from io import BytesIO

import pytest

from docgen.errors import InputError
from docgen.importers.evidence import MAX_BYTES, accept_upload, clean_name

PDF = b"%PDF-1.4\n%%EOF"


def png(width: int, height: int) -> bytes:
    header = struct.pack(">II", width, height) + b"\x08\x02\x00\x00\x00"
    return b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + header + b"\x00" * 4


def jpeg(width: int, height: int) -> bytes:
    frame = b"\xff\xc0\x00\x11\x08" + struct.pack(">HH", height, width) + b"\x03" + b"\x00" * 9
    return b"\xff\xd8\xff\xe0\x00\x04ab" + frame


def office(*members: str, size: int = 1) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in ("[Content_Types].xml", *members):
            archive.writestr(member, b"x" * size)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PDF, "pdf"),
        (png(4000, 3000), "png"),
        (jpeg(4000, 3000), "jpg"),
        (office("word/document.xml"), "docx"),
        (office("xl/workbook.xml", "xl/embeddings/a.xlsx"), "xlsx"),
    ],
)
def test_the_content_tells_the_kind_whatever_the_name(data: bytes, kind: str) -> None:
    assert accept_upload("отчёт.html", data).name == f"отчёт.html.{kind}"


def macro_enabled(kind: str) -> bytes:
    types = f'<Types><Override ContentType="application/vnd.ms-{kind}.main+xml"/></Types>'
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("word/document.xml", "x")
    return stream.getvalue()


def with_bytes(data: bytes, at: int, value: bytes) -> bytes:
    return data[:at] + value + data[at + len(value) :]


DIRECTORY = office("word/document.xml").index(b"PK\x01\x02")


@pytest.mark.parametrize("name", ["a.docm", "a.DOTX", "a.docx"])
def test_a_word_file_is_kept_under_the_ending_of_its_content(name: str) -> None:
    assert accept_upload(name, office("word/document.xml")).name == "a.docx"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (with_bytes(office("word/document.xml", size=50), 49, b"\xff" * 4), "file-unsafe"),
        (with_bytes(office("word/document.xml"), DIRECTORY + 8, b"\x01"), "file-unsafe"),
        (macro_enabled("word.document.macroEnabled"), "file-unsafe"),
        (macro_enabled("word.template.macroEnabledTemplate"), "file-unsafe"),
        (b"", "file-empty"),
        (b"%PDF-" + b"x" * MAX_BYTES, "file-too-large"),
        (b"<html><script>alert(1)</script>", "file-kind"),
        (b"MZ\x90\x00", "file-kind"),
        (b"GIF89a<script>", "file-kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x'/>", "file-kind"),
        (office("evil.txt"), "file-kind"),
        (office("word/document.xml", "word/vbaProject.bin"), "file-unsafe"),
        (office("word/document.xml", "word/embeddings/oleObject1.bin"), "file-unsafe"),
        (office("word/document.xml", size=5_000_000), "file-unsafe"),
        (b"PK\x03\x04" + b"\x00" * 100, "file-unsafe"),
        (png(100_000, 100_000), "file-unsafe"),
        (png(0, 10), "file-unsafe"),
        (jpeg(60_000, 60_000), "file-unsafe"),
        (b"\xff\xd8\xff", "file-unsafe"),
        (b"\xff\xd8" + b"\xff" * 5000, "file-unsafe"),
        (b"\xff\xd8\xff\xe0\x00\x00" + b"\x00" * 50, "file-unsafe"),
    ],
)
def test_hostile_files_are_refused(data: bytes, code: str) -> None:
    with pytest.raises(InputError) as refused:
        accept_upload("протокол.pdf", data)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\x\\Протокол № 1.PDF", "Протокол № 1.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie x.pdf"),
        ("\u202efdp.exe", "fdp.exe.pdf"),
        ("...", "файл.pdf"),
        ("", "файл.pdf"),
        ('"><img src=x>.pdf', "img src=x.pdf"),
        ("я" * 500, "я" * 120 + ".pdf"),
    ],
)
def test_names_are_safe_to_show_and_to_save_under(name: str, clean: str) -> None:
    assert clean_name(name, "pdf").replace("file", "файл") == clean
