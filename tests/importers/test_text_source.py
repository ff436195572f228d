"""Files that are no text of an order are refused at once; encodings do not matter."""

from __future__ import annotations

import time

import pytest

from docgen.errors import InputError
from docgen.importers.text import read_text
from docgen.importers.text.source import MAX_BYTES, lines_of
from tests.importers.orders import REGIONS
from tests.importers.scans import items, scanned

TEXT = scanned("1.|Семинар|март|ЦНППМ|Справка|Сайт")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_reads_every_usual_encoding(encoding: str) -> None:
    reading = read_text(TEXT.encode(encoding), "scan.txt", REGIONS)
    assert reading.order.region == "smolensk"
    assert items(reading)[0].get("activity") == "Семинар"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "document-empty"),
        (b" \n\n\t\n", "document-empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "file-not-text"),
        (b"%PDF-1.7\n\xe2\xe3\xcf\xd3\0", "file-not-text"),
        (bytes(range(128, 256)) * 9 + b"latin letters here" * 99, "file-not-text"),
        (b"a" * (MAX_BYTES + 1), "document-too-long"),
        (b"1\t2\n" * 60_000, "document-too-long"),
        (b"\t" * 300_000, "document-empty"),
        (b"x" + b"\t" * 300_000, "document-too-long"),
    ],
)
def test_refuses_what_is_no_text_of_an_order(data: bytes, code: str) -> None:
    with pytest.raises(InputError) as refused:
        read_text(data, "scan.txt", REGIONS)
    assert refused.value.code == code


@pytest.mark.slow
@pytest.mark.parametrize(
    "hostile",
    [
        "<" * 200_000,
        "<p " * 100_000,
        "&" * 200_000,
        "- " * 200_000,
        "|" * 100_000,
        "« " * 100_000,
        "1." * 200_000,
        "а-" * 200_000,
    ],
)
def test_odd_texts_take_no_more_than_seconds(hostile: str) -> None:
    start = time.perf_counter()
    read_text((TEXT + "\n" + hostile).encode(), "scan.txt", REGIONS)
    read_text((TEXT + f"\n2.\t{hostile}\tмарт\tЦ\tС\tС").encode(), "scan.txt", REGIONS)
    assert time.perf_counter() - start < 20


@pytest.mark.slow
def test_a_table_with_thousands_of_rows_is_read_in_seconds() -> None:
    start = time.perf_counter()
    rows = [f"{n % 900 + 1}.|Семинар для школ|март|ЦНППМ|Справка|Сайт" for n in range(10_000)]
    reading = read_text(scanned(*rows).encode(), "scan.txt", REGIONS, "smolensk")
    assert len(items(reading)) == 10_000
    assert time.perf_counter() - start < 20


def test_drops_tags_bold_marks_entities_and_rows_of_dashes() -> None:
    text = "**ПРИКАЗ**\n<p>а</p>\t<u>б&nbsp;в</u>\n--\t---\t--\n| x | y |\n« ____ » _____ 2022 г."
    assert [line.strip(" ") for line in lines_of(text)] == [
        "ПРИКАЗ",
        "а \tб в",
        "x\ty",
        "« ____ » _____ 2022 г.",
    ]
