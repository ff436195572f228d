"""Documents that other programs made of the examples: every cell comes through."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from html import escape
from pathlib import Path

import pytest

from docgen.importers.docx import read_docx
from docgen.models import Order
from docgen.models.numbering import item_numbers, section_heading
from tests.importers.orders import DOCUMENTS, EXAMPLES, REGIONS, example

pytestmark = pytest.mark.integration
NAMES = [path.stem for path in EXAMPLES]


def page(order: Order) -> str:
    """The order as a web page: titles in paragraphs, the stamp in a table without borders."""
    profile = REGIONS[order.region].profile
    lines = [*profile.letterhead.lines, "ПРИКАЗ", f"{order.printed_date} № {order.number}"]
    parts = [order.city or "", order.title, order.preamble, "ПРИКАЗЫВАЮ:"]
    points = [f"{number}. {point.text}" for number, point in enumerate(order.points, 1)]
    text = "".join(f"<p>{escape(each)}</p>" for each in (*lines, *filter(None, parts), *points))
    signatory = order.signatory
    signed = (
        f"<table><tr><td>{signatory.post}</td><td>{signatory.name}</td></tr></table>"
        if signatory
        else ""
    )
    annexes = "".join(_annex(order, index) for index in range(len(order.annexes)))
    return f'<html><head><meta charset="utf-8"></head><body>{text}{signed}{annexes}</body></html>'


def _annex(order: Order, index: int) -> str:
    region, annex = REGIONS[order.region], order.annexes[index]
    stamp = "<br>".join(map(escape, region.stamp(order, index)))
    rows = "".join(_rows(order, index))
    return (
        f'<table style="page-break-before: always"><tr><td></td><td>{stamp}</td></tr></table>'
        f'<p align="center">{escape(annex.title)}</p><table border="1">{rows}</table>'
    )


def _rows(order: Order, index: int) -> Iterator[str]:
    annex = order.annexes[index]
    layout = REGIONS[order.region].layout(annex)
    yield _row("th", *(column.heading for column in layout.columns))
    for place, (section, numbers) in enumerate(
        zip(annex.sections, item_numbers(annex, layout), strict=True)
    ):
        if section.title:
            heading = escape(section_heading(section, place, layout))
            yield f'<tr><td colspan="{len(layout.columns)}">{heading}</td></tr>'
        for item, due in zip(section.items, numbers, strict=True):
            texts = {**item.values, "number": due if item.number is None else item.number}
            yield _row("td", *(texts.get(column.key, "") for column in layout.columns))


def _row(tag: str, *texts: str) -> str:
    return f"<tr>{''.join(f'<{tag}>{escape(text)}</{tag}>' for text in texts)}</tr>"


def office(folder: Path, source: Path, *options: str) -> bytes:
    """The DOCX that LibreOffice makes of a file."""
    subprocess.run(
        [
            *("soffice", "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"),
            *(*options, "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "out")),
            str(source),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return (folder / "out" / f"{source.stem}.docx").read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_reads_every_cell_of_a_web_page_saved_by_libreoffice(name: str, tmp_path: Path) -> None:
    order = example(name)
    source = tmp_path / f"{name}.html"
    source.write_text(page(order), encoding="utf-8")
    reading = read_docx(office(tmp_path, source, "--infilter=HTML (StarWriter)"), name, REGIONS)
    assert reading.order.annexes == order.annexes
    assert reading.order.region == name
    assert (reading.order.title, reading.order.signatory) == (order.title, order.signatory)
    assert [stamp and stamp.number for stamp in reading.stamps] == [order.number] * len(
        order.annexes
    )


@pytest.mark.parametrize("name", NAMES)
def test_reads_our_own_document_after_libreoffice_saved_it(name: str, tmp_path: Path) -> None:
    order = example(name)
    source = tmp_path / f"{name}.docx"
    source.write_bytes(DOCUMENTS.render(order))
    reading = read_docx(office(tmp_path, source), name, REGIONS)
    assert reading.order == order
    assert reading.unplaced == ()
    assert reading.layout is not None
    assert reading.layout.pages[-1].number_place == "top-centre"
