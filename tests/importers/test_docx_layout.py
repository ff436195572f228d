from __future__ import annotations

import pytest

from docgen.importers.docx import read_docx
from docgen.models.readings import LayoutFacts, ParagraphFacts
from tests.importers.orders import DOCUMENTS, REGIONS, example
from tests.importers.word import docx, lines, paragraph, run, table

PAGE = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>'
ORDER = lines("УПРАВЛЕНИЕ", "ПРИКАЗ", "01.02.2023 № 5", "Об утверждении плана")


def layout(*blocks: str, references: str = "", titled: bool = False, **parts: str) -> LayoutFacts:
    first = "<w:titlePg/>" if titled else ""
    section = (
        f'<w:sectPr>{references}<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134"'
        f' w:right="567" w:bottom="1134" w:left="1701"/>{first}</w:sectPr>'
    )
    reading = read_docx(docx(ORDER, *blocks, section=section, **parts), "o.docx", REGIONS)
    assert reading.layout is not None
    return reading.layout


def header(kind: str = "default", name: str = "header1") -> str:
    return f'<w:{name.rstrip("12")}Reference w:type="{kind}" r:id="{name}"/>'


def preamble(*blocks: str, **parts: str) -> ParagraphFacts:
    facts = layout(*blocks, lines("ПРИКАЗЫВАЮ:", "1. Утвердить."), **parts)
    return next(each for each in facts.paragraphs if each.role == "preamble")


def test_measures_pages_in_millimetres() -> None:
    (page,) = layout().pages
    assert (page.width, page.height) == (210.0, 297.0)
    assert (page.left, page.right, page.top, page.bottom) == (30.0, 10.0, 20.0, 20.0)
    assert (page.number_place, page.first_numbered) == (None, False)


@pytest.mark.parametrize(
    ("xml", "place"),
    [
        (paragraph(PAGE, align="center"), "top-centre"),
        (paragraph(PAGE, align="right"), "top-right"),
        (paragraph(PAGE), "top-left"),
        (paragraph("<w:r><w:tab/></w:r>" + PAGE), "top-centre"),
        (paragraph("<w:r><w:tab/><w:tab/></w:r>" + PAGE), "top-right"),
        (paragraph(PAGE, properties='<w:framePr w:xAlign="center"/>'), "top-centre"),
        (
            paragraph('<w:fldSimple w:instr=" PAGE \\* MERGEFORMAT "/>', align="center"),
            "top-centre",
        ),
        (
            f"<w:sdt><w:sdtContent>{paragraph(PAGE, align='center')}</w:sdtContent></w:sdt>",
            "top-centre",
        ),
        (paragraph("УПРАВЛЕНИЕ", align="center"), None),
        (paragraph("<w:r><w:instrText> NUMPAGES </w:instrText></w:r>"), None),
    ],
)
def test_finds_the_page_number(xml: str, place: str | None) -> None:
    (page,) = layout(references=header(), header1=xml).pages
    assert (page.number_place, page.first_numbered) == (place, place is not None)


def test_finds_a_page_number_at_the_foot() -> None:
    facts = layout(references=header(name="footer1"), footer1=paragraph(PAGE, align="center"))
    assert facts.pages[0].number_place == "bottom-centre"


@pytest.mark.parametrize(("first", "numbered"), [(paragraph(""), False), (paragraph(PAGE), True)])
def test_knows_whether_the_first_page_is_numbered(first: str, numbered: bool) -> None:
    (page,) = layout(
        references=header() + header("first", "header2"),
        titled=True,
        header1=paragraph(PAGE, align="center"),
        header2=first,
    ).pages
    assert (page.number_place, page.first_numbered) == ("top-centre", numbered)


STYLES = (
    "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii='Arial' w:hAnsi='Arial'/>"
    "<w:sz w:val='22'/></w:rPr></w:rPrDefault></w:docDefaults>"
    "<w:style w:type='paragraph' w:default='1' w:styleId='a'><w:name w:val='Normal'/>"
    "<w:pPr><w:spacing w:line='360' w:lineRule='auto'/></w:pPr></w:style>"
    "<w:style w:type='paragraph' w:styleId='b'><w:name w:val='Body'/><w:basedOn w:val='a'/>"
    "<w:pPr><w:ind w:firstLine='709'/><w:jc w:val='both'/></w:pPr>"
    "<w:rPr><w:sz w:val='28'/></w:rPr></w:style>"
    "<w:style w:type='character' w:styleId='c'><w:name w:val='Big'/>"
    "<w:rPr><w:sz w:val='40'/></w:rPr></w:style>"
)
TEXT = "В целях повышения качества образования"


@pytest.mark.parametrize(
    ("block", "font", "size", "align", "first", "spacing"),
    [
        (paragraph(TEXT), "Arial", 11.0, "left", 0.0, 1.5),
        (paragraph(TEXT, properties='<w:pStyle w:val="b"/>'), "Arial", 14.0, "justify", 12.5, 1.5),
        (paragraph(run(TEXT, '<w:rStyle w:val="c"/>')), "Arial", 20.0, "left", 0.0, 1.5),
        (paragraph(run(TEXT, '<w:sz w:val="24"/>')), "Arial", 12.0, "left", 0.0, 1.5),
        (
            paragraph(
                run("В ", '<w:sz w:val="80"/>') + run(TEXT[2:], '<w:rFonts w:hAnsi="PT Serif"/>')
            ),
            "PT Serif",
            11.0,
            "left",
            0.0,
            1.5,
        ),
        (
            paragraph(
                TEXT, properties='<w:spacing w:line="240"/><w:ind w:hanging="567"/>', align="center"
            ),
            "Arial",
            11.0,
            "center",
            -10.0,
            1.0,
        ),
    ],
)
def test_resolves_type_through_styles_and_defaults(
    block: str, font: str, size: float, align: str, first: float, spacing: float
) -> None:
    facts = preamble(block, styles=STYLES)
    assert (facts.font, facts.size, facts.align) == (font, size, align)
    assert (facts.first_line, facts.spacing) == (first, spacing)


def test_lists_the_sizes_of_type_in_tables() -> None:
    small = paragraph(run("Вебинар", '<w:sz w:val="18"/>'))
    block = table(("№", "Мероприятие", "Срок"), ("1", small, "март"))
    assert layout(block, styles=STYLES).table_sizes == (9.0, 11.0)


def test_gives_each_paragraph_its_role() -> None:
    data = DOCUMENTS.render(example("kirov"))
    facts = read_docx(data, "kirov.docx", REGIONS).layout
    assert facts is not None
    roles = dict.fromkeys(each.role for each in facts.paragraphs)
    assert list(roles) == [
        *("letterhead", "document", "requisite", "title", "preamble", "operative", "point"),
        *("signature", "stamp", "annex-title"),
    ]
    assert [page.number_place for page in facts.pages] == ["top-centre", "top-centre"]
    assert [page.first_numbered for page in facts.pages] == [False, True]
