from __future__ import annotations

import base64
import io
import re
import zipfile
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from docx import Document
from docxtpl import DocxTemplate, InlineImage, RichText
from lxml import etree

from docgen.errors import RenderError, TemplateError
from docgen.render import CompiledTemplate, Hyperlink, Linked, compile_template
from tests.render.reference import filled_by_docxtpl, meaning
from tests.render.word import W, cell, docx, paragraph, row, table

NS = {"w": W, "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships"}
SITE = "https://example.org/?a=1&b=2"
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
)


def filled(body: str, **values: Any) -> bytes:
    return compile_template(docx(body), trusted=True).render(values)


def body_of(data: bytes) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def texts(data: bytes) -> list[str]:
    return ["".join(each.itertext()) for each in body_of(data).iter(f"{{{W}}}p")]


# --- links ----------------------------------------------------------------------------------


def test_prints_a_link_inside_text_in_the_format_of_the_run() -> None:
    link = Linked(("см. ", Hyperlink(SITE, "сайт"), "; почта"))
    data = filled(paragraph("А {{ v }} Б", run='<w:rStyle w:val="x"/><w:i/>'), v=link)
    found = body_of(data).find(".//w:hyperlink", NS)
    assert found is not None
    assert etree.tostring(found.find("w:r/w:rPr", NS), encoding="unicode").endswith(
        '><w:rStyle w:val="Hyperlink"/><w:i/></w:rPr>'
    )
    assert texts(data)[0] == "А см. сайт; почта Б"
    relation = Document(io.BytesIO(data)).part.rels[found.get(f"{{{NS['r']}}}id")]
    assert relation.target_ref == SITE
    assert relation.is_external


def test_prints_a_link_as_runs_of_its_own() -> None:
    data = filled(paragraph("А {{r v }} Б"), v=Linked(("см.\n", Hyperlink(SITE))))
    assert texts(data)[0] == f"А см.{SITE} Б"
    assert body_of(data).find(".//w:p/w:hyperlink/w:r/w:t", NS) is not None


def test_gives_one_relationship_to_one_address() -> None:
    link = Hyperlink(SITE)
    data = filled(paragraph("{{ a }} {{ b }} {{ c }}"), a=link, b=link, c=Hyperlink("mailto:a@b.c"))
    targets = [each.target_ref for each in Document(io.BytesIO(data)).part.rels.values()]
    assert targets.count(SITE) == 1
    assert "mailto:a@b.c" in targets


def test_links_in_headers_belong_to_the_header() -> None:
    template = compile_template(docx("<w:p/>", header=paragraph("{{ v }}")), trusted=True)
    with zipfile.ZipFile(io.BytesIO(template.render({"v": Hyperlink(SITE)}))) as archive:
        assert "https://example.org" in archive.read("word/_rels/header.xml.rels").decode()


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "ftp://x", "x"])
def test_prints_an_address_that_is_not_web_or_mail_as_text(url: str) -> None:
    data = filled(paragraph("{{ v }}"), v=Hyperlink(url))
    assert body_of(data).find(".//w:hyperlink", NS) is None
    assert texts(data)[0] == url


# --- column widths --------------------------------------------------------------------------


def columns(data: bytes) -> list[list[str | None]]:
    width = f"{{{W}}}w"
    return [
        [each.get(width) for each in grid.findall("w:gridCol", NS)]
        for grid in body_of(data).iter(f"{{{W}}}tblGrid")
    ]


LOOP = ("{%tc for c in cols %}", "{% colwidth c.w %}{{ c.h }}", "{%tc endfor %}")


@pytest.mark.parametrize("widths", [[], [500], [100, 200, 300, 400, 500, 600, 700]])
def test_makes_the_grid_from_the_loop_of_a_row(widths: list[int]) -> None:
    body = table(row(*LOOP), row("{% colspan cols|length %}раздел"), columns=3)
    data = filled(body, cols=[{"w": width, "h": "x"} for width in widths])
    assert columns(data) == [[str(width) for width in widths]]


def test_counts_cells_around_the_loop_and_spans() -> None:
    wide = cell("z", properties='<w:tcW w:w="70" w:type="dxa"/><w:gridSpan w:val="2"/>')
    body = table(row("{% colwidth 30 %}x", *LOOP, wide), columns=1)
    assert columns(filled(body, cols=[{"w": 40, "h": "y"}])) == [["30", "40", "70", "70"]]


def test_sets_the_width_of_the_cell_and_keeps_its_other_properties() -> None:
    shaded = cell("{% colwidth 30 %}x", properties='<w:tcW w:w="1"/><w:shd w:fill="FF0000"/>')
    data = filled(
        table(
            row(shaded, "<w:tc><w:p><w:r><w:t>{% colwidth 40 %}y</w:t></w:r></w:p></w:tc>"),
            columns=2,
        )
    )
    properties = body_of(data).findall(".//w:tcPr", NS)
    assert [each.find("w:tcW", NS).get(f"{{{W}}}w") for each in properties] == ["30", "40"]
    assert properties[0].find("w:shd", NS) is not None


# --- text -----------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["А & Б", "<select>x", "</w:t>", "\"'", "&amp;", "{{ x }}", "{_{"])
def test_prints_text_as_it_is(text: str) -> None:
    assert texts(filled(paragraph("{{ v }}"), v=text))[0] == text


@pytest.mark.parametrize("character", ["\0", "\x08", "\x0b", "\x1f", "\ud800", "\ufffe", "\uffff"])
@pytest.mark.parametrize("body", [paragraph("{{ row.v }}"), paragraph("{{r row.v }}")])
def test_refuses_a_character_no_xml_can_hold(character: str, body: str) -> None:
    with pytest.raises(RenderError) as error:
        filled(body, row={"v": f"до{character}после"})
    assert error.value.code == "illegal-character"
    assert error.value.problems[0].path == "row.v"


def test_takes_a_key_before_a_method_and_a_method_where_it_is_called() -> None:
    body = paragraph("{{ d.items }} {% for k, v in d.items() %}{{ k }}={{ v }} {% endfor %}")
    assert texts(filled(body, d={"items": 1, "b": 2}))[0] == "1 items=1 b=2 "


OLD = "<w:rPrChange w:id='2'><w:rPr><w:i/></w:rPr></w:rPrChange>"
IN_LINK = f"<w:p><w:hyperlink w:anchor='a'>{paragraph('{{ v }}')[5:-6]}</w:hyperlink></w:p>"


@pytest.mark.parametrize("strict", [True, False])
@pytest.mark.parametrize(
    "body",
    [
        IN_LINK,
        IN_LINK.replace("<w:r>", "<w:r><w:rPr>{{ empty }}</w:rPr>"),
        paragraph("{{ v }}", run=f"<w:b/>{OLD}"),
        paragraph("{{ v }}", run=f"{{{{ empty }}}}<w:b/>{OLD}"),
    ],
)
def test_keeps_text_where_a_paragraph_cannot_be_split(body: str, strict: bool) -> None:
    template = compile_template(docx(body), trusted=True, strict=strict)
    data = template.render({"v": "а\aб\fв\nг\tд", "empty": ""})
    assert re.sub(r"[^а-я]", "", "".join(texts(data))) == "абвгд"


# --- errors ---------------------------------------------------------------------------------


def test_says_which_paragraph_of_which_part_cannot_be_read() -> None:
    with pytest.raises(TemplateError) as error:
        filled(paragraph("первый") + paragraph("второй {{ a b }}"))
    assert error.value.code == "template-syntax"
    assert error.value.problems[0].path == "word/document.xml:2"
    assert "второй {{ a b }}" in error.value.message


def test_says_which_paragraph_failed() -> None:
    with pytest.raises(TemplateError) as error:
        filled(paragraph("первый") + paragraph("второй {{ 1 / zero }}"), zero=0)
    assert error.value.code == "template-failed"
    assert error.value.problems[0].path == "word/document.xml:2"


@pytest.mark.parametrize("text", ["{{ a.b.absent }}", "{% if a.b.absent %}{% endif %}"])
def test_names_what_the_data_lacks(text: str) -> None:
    with pytest.raises(TemplateError) as error:
        filled(paragraph(text), a={"b": {}})
    assert error.value.code == "unknown-variable"
    assert error.value.problems[0].path.endswith("absent")


def test_refuses_a_rich_text_that_breaks_the_document() -> None:
    broken = RichText("x", style='a"><w:p>')
    with pytest.raises(RenderError) as error:
        filled(paragraph("{{r v }}"), v=broken)
    assert error.value.code == "markup-broken"


def test_refuses_a_link_whose_address_stayed_elsewhere() -> None:
    template = docx(paragraph("{{r v }}"))
    elsewhere = DocxTemplate(io.BytesIO(template))
    elsewhere.init_docx()
    link = RichText("x", url_id=elsewhere.build_url_id("https://example.org"))
    with pytest.raises(RenderError) as error:
        filled(paragraph("{{r v }}"), v=link)
    assert error.value.code == "markup-broken"
    assert "Hyperlink" in error.value.message


def test_links_stay_links_in_a_loop_from_one_paragraph_into_another() -> None:
    body = paragraph("{% for v in links %}{{ v }}", run="<w:b/>") + paragraph("x{% endfor %}")
    made = filled(body, links=[Hyperlink("https://example.org")] * 2)
    assert len(body_of(made).findall(".//w:hyperlink", NS)) == 2


# --- what docxtpl alone can print -----------------------------------------------------------


def picture(template: bytes) -> InlineImage:
    return InlineImage(DocxTemplate(io.BytesIO(template)), io.BytesIO(PIXEL))


def test_leaves_pictures_to_docxtpl_and_says_so() -> None:
    template = docx(paragraph("{{ title }} {{ picture }}"))
    compiled = compile_template(template, trusted=True)
    assert isinstance(compiled, CompiledTemplate)
    result = compiled.render_result({"title": "Герб", "picture": picture(template)})
    assert result.engine == "docxtpl"
    document = DocxTemplate(io.BytesIO(template))
    expected = filled_by_docxtpl(
        template,
        {"title": "Герб", "picture": InlineImage(document, io.BytesIO(PIXEL))},
        into=document,
    )
    assert meaning(result.data) == meaning(expected)
    with zipfile.ZipFile(io.BytesIO(result.data)) as archive:
        assert archive.read("word/media/image1.png") == PIXEL


def test_prints_widths_and_links_beside_pictures() -> None:
    template = docx(table(row(*LOOP), columns=3) + paragraph("{{ link }} {{ picture }}"))
    values = {"cols": [{"w": 7, "h": "x"}], "link": Linked(("а ", Hyperlink(SITE)))}
    data = compile_template(template, trusted=True).render(values | {"picture": picture(template)})
    assert columns(data) == [["7"]]
    assert body_of(data).find(".//w:hyperlink", NS) is not None


def test_compiles_the_same_bytes_once() -> None:
    template = docx(paragraph("{{ a }}"))
    assert compile_template(template, trusted=True) is compile_template(template, trusted=True)
    assert compile_template(template, trusted=True) is not compile_template(template)


def test_threads_share_a_template_without_sharing_data() -> None:
    template = compile_template(
        docx(paragraph("{%p for x in rows %}") + paragraph("{{ v }}") + paragraph("{%p endfor %}")),
        trusted=True,
    )
    values = [{"v": f"документ-{number}\nстрока", "rows": range(200)} for number in range(16)]
    alone = [template.render(each) for each in values]
    with ThreadPoolExecutor(16) as threads:
        assert list(threads.map(template.render, values * 4)) == alone * 4


def test_lists_parts_and_variables() -> None:
    body = paragraph("{{ a.b }} {% for x in rows %}{{ x }}{% endfor %}")
    template = compile_template(docx(body, footer=paragraph("{{ c }}")))
    assert template.variables() == {"a", "rows", "c"}
    assert template.parts == ("word/document.xml", "word/footer.xml")


def test_writes_archives_that_every_reader_accepts() -> None:
    data = filled(paragraph("{{ a }}"), a="ё" * 100_000)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert re.search("ё{100000}", texts(data)[0])
