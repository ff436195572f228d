from __future__ import annotations

import pytest

from docgen.convert.tables import LONG, find_long_tables, regroup

SECTION = '<w:sectPr><w:pgSz w:w="16838" w:h="11906"/></w:sectPr>'


def row(number: int, *, heading: bool = False) -> str:
    mark = "<w:trPr><w:tblHeader/></w:trPr>" if heading else ""
    return f"<w:tr>{mark}<w:tc><w:p><w:r><w:t>{number}</w:t></w:r></w:p></w:tc></w:tr>"


def table(rows: int, *, heading: int = 1, more: str = "") -> str:
    cells = "".join(row(number, heading=number < heading) for number in range(rows))
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{cells}{more}</w:tbl>"


def body(*parts: str) -> bytes:
    return f"<w:document><w:body>{''.join(parts)}{SECTION}</w:body></w:document>".encode()


def test_finds_the_rows_and_the_heading_of_a_long_table() -> None:
    (found,) = find_long_tables(body("<w:p/>", table(3), table(LONG + 9, heading=2), "<w:p/>"))
    assert len(found.heading) == 2
    assert len(found.rows) == LONG + 7


@pytest.mark.parametrize(
    "more",
    [
        '<w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr><w:p/></w:tc></w:tr>',
        "<w:tr><w:tc><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl><w:p/></w:tc></w:tr>",
        "<w:tr><w:tc><w:p><w:r><w:drawing/></w:r></w:p></w:tc></w:tr>",
        '<w:sdt><w:sdtContent><w:p w:x="1"/></w:sdtContent></w:sdt>',
    ],
)
def test_leaves_tables_alone_that_cannot_be_cut(more: str) -> None:
    assert find_long_tables(body(table(LONG + 9, more=more))) == ()


def test_leaves_ordinary_tables_alone() -> None:
    assert find_long_tables(body(table(LONG), table(LONG))) == ()


def test_regrouping_keeps_every_row_once_and_repeats_the_heading() -> None:
    text = body("<w:p>a</w:p>", table(LONG + 9), "<w:p>b</w:p>")
    (found,) = find_long_tables(text)
    result = regroup(text, [(found, [0, 100, 350])]).decode()
    numbers = [part.split("<")[0] for part in result.split("<w:t>")[1:]]
    expected = [str(number) for number in range(1, LONG + 9)]
    assert [number for number in numbers if number != "0"] == expected
    assert numbers.count("0") == 3
    assert result.count("<w:pageBreakBefore/>") == 2
    assert result.startswith("<w:document><w:body><w:p>a</w:p><w:tbl>")
    assert result.endswith(f"</w:tbl><w:p>b</w:p>{SECTION}</w:body></w:document>")
