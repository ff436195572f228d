from __future__ import annotations

import io
import re

import docx
import pypdf
import pytest
from docx.oxml import OxmlElement
from hypothesis import given
from hypothesis import strategies as st

from docgen.convert import LibreOfficePool, tables
from docgen.convert.pagination import Ruler, group_starts
from tests.convert.documents import body_of, rewrite

ROWS = 260


@given(
    st.lists(st.integers(300, 3000), min_size=1, max_size=400),
    st.integers(0, 30000),
)
def test_a_group_begins_where_a_page_begins(heights: list[int], above: int) -> None:
    ruler = Ruler(tuple(map(float, heights)), heading=500, page=16500, above=above)
    starts = list(group_starts(ruler))
    assert starts[0] == 0
    assert starts == sorted(set(starts))
    for start in starts[1:]:
        room = ruler.page - ruler.heading
        left, row = room, start
        while row < len(heights) and heights[row] <= left:
            left -= heights[row]
            row += 1
        assert row > start


def test_a_row_higher_than_a_page_does_not_stop_the_others() -> None:
    ruler = Ruler((100.0, 99999.0, *[1000.0] * 200), heading=500, page=16500, above=0)
    assert len(list(group_starts(ruler))) > 2


def long_order(rows: int) -> bytes:
    """An order whose table is long enough to be regrouped, with rows of several heights."""
    document = docx.Document()
    document.add_paragraph("План-график")
    table = document.add_table(rows=2, cols=3)
    table.style = "Table Grid"
    for cell, heading in zip(table.rows[0].cells, ("Номер", "Мероприятие", "Срок"), strict=True):
        cell.text = heading
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    table.rows[1]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cell, mark in zip(table.rows[1].cells, ("@n", "@text", "май"), strict=True):
        cell.text = mark
    target = io.BytesIO()
    document.save(target)
    body = body_of(target.getvalue()).decode()
    start = body.rindex("<w:tr>")
    end = body.index("</w:tr>", start) + len("</w:tr>")
    text = "Провести вебинар для участников проекта и собрать отзывы. "
    copies = (
        body[start:end].replace("@n", f"№{number}.").replace("@text", text * (1 + number % 5))
        for number in range(1, rows + 1)
    )
    changed = body[:start] + "".join(copies) + body[end:]
    return rewrite(target.getvalue(), body=changed.encode())


def pages_of(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


@pytest.mark.integration
def test_regrouped_pages_are_those_of_the_whole_table(
    pool: LibreOfficePool, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = long_order(ROWS)
    whole = pages_of(pool.convert(document))
    monkeypatch.setattr(tables, "LONG", 100)
    regrouped = pages_of(pool.convert(document))
    numbers = [re.findall(r"№(\d+)\.", page) for page in regrouped]
    assert [number for page in numbers for number in page] == [
        str(number) for number in range(1, ROWS + 1)
    ]
    assert all(page.count("Мероприятие") == 1 for page in regrouped)
    assert numbers == [re.findall(r"№(\d+)\.", page) for page in whole]
