"""Word's own ways with text: changes, fields, boxes, content controls, lists."""

from __future__ import annotations

import pytest

from docgen.importers.docx.document import read_paper
from docgen.importers.paper import Line, Table
from tests.importers.word import cell, docx, numbering, paragraph, row, run, table


def texts(*blocks: str, **parts: str) -> list[str]:
    paper = read_paper(docx(*blocks, **parts), "o.docx")
    return [block.printed for block in paper.blocks if isinstance(block, Line)]


def inserted(xml: str) -> str:
    return f'<w:ins w:id="1" w:author="а">{xml}</w:ins>'


def deleted(text: str) -> str:
    gone = run(text).replace("w:t>", "w:delText>").replace("<w:t ", "<w:delText ")
    return f'<w:del w:id="2" w:author="а">{gone}</w:del>'


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        (
            run("до ") + inserted(run("новое ")) + deleted("старое ") + run("после"),
            "до новое после",
        ),
        (
            f'<w:moveFrom w:id="3">{run("раз")}</w:moveFrom>'
            f'<w:moveTo w:id="3">{run("раз")}</w:moveTo>',
            "раз",
        ),
        ('<w:hyperlink r:id="x">' + run("сайт") + "</w:hyperlink>" + run(" школы"), "сайт школы"),
        ("<w:sdt><w:sdtPr/><w:sdtContent>" + run("поле") + "</w:sdtContent></w:sdt>", "поле"),
        ('<w:fldSimple w:instr=" DATE ">' + run("01.02.2023") + "</w:fldSimple>", "01.02.2023"),
        (run("скрытое", "<w:vanish/>") + run("видно"), "видно"),
        (run("дорож") + "<w:r><w:softHyphen/></w:r>" + run("ная ка\u00adрта"), "дорожная карта"),
        (run("план") + "<w:r><w:noBreakHyphen/></w:r>" + run("график"), "план-график"),
        (run("№\u00a05,\u2009раз"), "№ 5, раз"),
        (run("до") + '<w:commentRangeStart w:id="0"/>' + run(" после"), "до после"),
        (run("сно") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + run("ска"), "сноска"),
    ],
)
def test_reads_the_text_that_is_seen(xml: str, expected: str) -> None:
    assert texts(paragraph(xml)) == [expected]


def test_reads_the_result_of_a_field_not_its_code() -> None:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = "<w:r><w:instrText> REF a </w:instrText></w:r>" + run("код")
    field = mark("begin") + code + mark("separate") + run("ответ") + mark("end")
    assert texts(paragraph(field + run(" дальше"))) == ["ответ дальше"]


def test_joins_paragraphs_whose_mark_was_deleted() -> None:
    gone = '<w:rPr><w:del w:id="1" w:author="а"/></w:rPr>'
    assert texts(paragraph("Об утверждении ", properties=gone), paragraph("плана")) == [
        "Об утверждении плана"
    ]


def test_leaves_out_deleted_rows_and_keeps_inserted_ones() -> None:
    rows = (
        row("старая", "1", properties='<w:del w:id="1" w:author="а"/>'),
        row("новая", "2", properties='<w:ins w:id="1" w:author="а"/>'),
    )
    (block,) = read_paper(docx(table(*rows)), "o.docx").blocks
    assert isinstance(block, Table)
    assert [[each.text for each in line.cells] for line in block.rows] == [["новая", "2"]]


def test_reads_a_text_box_once() -> None:
    box = f"<w:txbxContent>{paragraph('в рамке')}</w:txbxContent>"
    both = (
        "<w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    assert texts(paragraph(both + run("рядом"))) == ["в рамке", "рядом"]


def test_reads_rows_and_paragraphs_inside_content_controls() -> None:
    control = f"<w:sdt><w:sdtContent>{row('а', 'б')}</w:sdtContent></w:sdt>"
    outer = f"<w:sdt><w:sdtContent>{paragraph('текст')}</w:sdtContent></w:sdt>"
    paper = read_paper(docx(outer, table(control)), "o.docx")
    first, second = paper.blocks
    assert isinstance(first, Line)
    assert isinstance(second, Table)
    assert (first.text, second.width) == ("текст", 2)


LISTS = numbering(
    [("decimal", "%1."), ("decimal", "%1.%2."), ("russianLower", "%3)")],
    [("upperRoman", "%1.")],
    [("bullet", "·")],
    overrides='<w:num w:numId="9"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="1"/></w:lvlOverride></w:num>',
)


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([(1, 0), (1, 1), (1, 1), (1, 0), (1, 1)], ["1.", "1.1.", "1.2.", "2.", "2.1."]),
        ([(1, 0), (1, 1), (1, 2), (1, 2), (1, 1)], ["1.", "1.1.", "а)", "б)", "1.2."]),
        ([(1, 0), (2, 0), (1, 0), (2, 0)], ["1.", "I.", "2.", "II."]),
        ([(1, 0), (1, 0), (9, 0), (9, 0)], ["1.", "2.", "1.", "2."]),
        ([(3, 0), (0, 0), (77, 0)], ["–", "", ""]),
        ([(1, 1), (1, 1)], ["1.1.", "1.2."]),
    ],
)
def test_counts_lists_as_word_does(marks: list[tuple[int, int]], expected: list[str]) -> None:
    blocks = [paragraph("п", numbered=mark) for mark in marks]
    assert texts(*blocks, numbering=LISTS) == [f"{label} п".strip() for label in expected]


def test_numbers_paragraphs_through_their_style() -> None:
    style = (
        '<w:style w:type="paragraph" w:styleId="L"><w:name w:val="Список"/><w:pPr><w:numPr>'
        '<w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    listed = '<w:pStyle w:val="L"/>'
    off = listed + '<w:numPr><w:numId w:val="0"/></w:numPr>'
    blocks = [paragraph("п", properties=own) for own in (listed, off, listed)]
    assert texts(*blocks, styles=style, numbering=LISTS) == ["1. п", "п", "2. п"]


def test_remembers_page_breaks_and_gaps() -> None:
    paper = read_paper(
        docx(
            paragraph("раз"),
            paragraph('<w:r><w:br w:type="page"/></w:r>'),
            paragraph("два"),
            paragraph("три\nчетыре"),
        ),
        "o.docx",
    )
    found = [
        (line.text, line.new_page, line.gap, line.joined)
        for line in paper.blocks
        if isinstance(line, Line)
    ]
    assert found == [
        ("раз", False, False, False),
        ("два", True, True, False),
        ("три", False, False, False),
        ("четыре", False, False, True),
    ]


def test_counts_columns_that_a_row_leaves_out() -> None:
    late = row(cell("в"), properties='<w:gridBefore w:val="2"/>')
    (block,) = read_paper(docx(table(("а", "б", "в"), late)), "o.docx").blocks
    assert isinstance(block, Table)
    assert (block.width, block.rows[1].before) == (3, 2)
