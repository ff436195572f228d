from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docgen.errors import ConversionError, InputError, RenderError
from docgen.models import Item, Order, Section
from docgen.render.package import opened
from docgen.render.readback import document_text
from docgen.services.documents import Documents, read_back
from tests.conftest import EXAMPLES, REGIONS, ROOT

ROWS = {
    "astrakhan": [26],
    "kirov": [31, 10],
    "moscow_oblast": [30],
    "smolensk": [58],
    "yugra": [18],
}


def read_tables(data: bytes) -> list[list[list[str]]]:
    """The tables as python-docx reads them; a spanning row gives one cell."""
    tables = []
    for table in docx.Document(io.BytesIO(data)).tables:
        rows = []
        for row in table.rows:
            cells = {id(cell._tc): cell.text for cell in row.cells}
            rows.append(list(cells.values()))
        tables.append(rows)
    return tables


def expected_table(documents: Documents, order: Order, index: int) -> list[list[str]]:
    """What the table of an annex must hold, worked out from the data alone."""
    annex = order.annexes[index]
    layout = documents.regions[order.region].layout(annex)
    rows = [[column.heading for column in layout.columns]]
    if layout.column_numbers:
        rows.append([str(number) for number in range(1, len(layout.columns) + 1)])
    running = 0
    for section_index, section in enumerate(annex.sections):
        if section.title is not None:
            number = section.number or SECTION_STYLES[layout.sections](section_index)
            rows.append([f"{number} {section.title}".strip()])
        for item_index, item in enumerate(section.items):
            running += 1
            style = ITEM_STYLES[layout.items](section_index, item_index, running)
            texts = [item.get(column.key) for column in layout.columns if column.key != "number"]
            rows.append([item.number or style, *texts])
    return rows


SECTION_STYLES = {
    "none": lambda index: "",
    "arabic": lambda index: f"{index + 1}.",
    "roman": lambda index: ["I.", "II.", "III.", "IV.", "V.", "VI.", "VII."][index],
}
ITEM_STYLES = {
    "through": lambda section, item, running: f"{running}.",
    "section": lambda section, item, running: f"{item + 1}.",
    "hierarchical": lambda section, item, running: f"{section + 1}.{item + 1}",
}


@pytest.mark.parametrize("region", REGIONS)
def test_every_cell_of_a_published_order_is_in_its_table(documents: Documents, region: str) -> None:
    order = documents.load(EXAMPLES / f"{region}.yaml")
    tables = read_tables(documents.render(order))
    assert [sum(1 for _ in annex.items()) for annex in order.annexes] == ROWS[region]
    assert tables == [expected_table(documents, order, i) for i in range(len(order.annexes))]


@pytest.mark.parametrize("region", REGIONS)
def test_a_published_order_reads_as_in_its_golden_file(
    documents: Documents, region: str, request: pytest.FixtureRequest
) -> None:
    golden = ROOT / "tests" / "golden" / f"{region}.order.txt"
    docx_bytes = documents.render(documents.load(EXAMPLES / f"{region}.yaml"))
    text = document_text(docx_bytes).replace("\u00a0", "␣")
    if request.config.getoption("--update-golden"):
        golden.write_text(text, "utf-8")
    assert text == golden.read_text("utf-8")


def test_the_same_order_gives_the_same_bytes(documents: Documents) -> None:
    order = documents.load(EXAMPLES / "kirov.yaml")
    assert documents.render(order) == documents.render(order)


def test_an_order_without_annexes_ends_on_its_portrait_page(documents: Documents) -> None:
    order = replace(documents.load(EXAMPLES / "smolensk.yaml"), annexes=())
    document = docx.Document(io.BytesIO(documents.render(order)))
    assert [section.page_width < section.page_height for section in document.sections] == [True]
    assert document.tables == []


def test_annexes_lie_on_landscape_pages(documents: Documents) -> None:
    document = docx.Document(io.BytesIO(documents.render(documents.load(EXAMPLES / "kirov.yaml"))))
    shapes = [section.page_width < section.page_height for section in document.sections]
    assert shapes == [True, False]
    margins = [(s.left_margin.mm, s.right_margin.mm, s.top_margin.mm) for s in document.sections]
    assert all(round(left) == 30 and round(right) == 10 for left, right, _top in margins)


def test_a_draft_prints_blanks_for_date_and_number(documents: Documents) -> None:
    draft = replace(documents.load(EXAMPLES / "astrakhan.yaml"), date=None, number=None)
    text = document_text(documents.render(draft))
    assert "от ____________ № ________" in text.replace("\u00a0", " ")


def test_yugra_draft_keeps_the_blank_of_its_stamp(documents: Documents) -> None:
    draft = replace(documents.load(EXAMPLES / "yugra.yaml"), date=None, number=None)
    assert "« ____ » _____ 2022 г. №" in document_text(documents.render(draft)).replace(
        "\u00a0", " "
    )


NASTY = [
    "А & Б",
    "<select>x</select>",
    "</w:t></w:r>",
    'кавычки "прямые" и «ёлочки»',
    "табуляция\tвнутри",
    "первая строка\nвторая строка",
    "🙂 смайлик",
    "{{ не метка }} {% и это %}",
    "= 1 + 1",
    "a" * 5000,
]


@pytest.mark.parametrize("text", NASTY)
def test_any_printable_text_comes_out_whole(documents: Documents, text: str) -> None:
    order = documents.load(EXAMPLES / "smolensk.yaml")
    annex = replace(order.annexes[0], sections=(Section((Item({"activity": text}),)),))
    tables = read_tables(documents.render(replace(order, annexes=(annex,))))
    assert tables[0][1][1] == text


printable = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=60
)


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cells=st.lists(st.tuples(printable, printable, printable), min_size=1, max_size=6))
def test_generated_cells_come_out_whole(
    documents: Documents, cells: list[tuple[str, str, str]]
) -> None:
    order = documents.load(EXAMPLES / "smolensk.yaml")
    items = tuple(
        Item({"activity": first, "deadline": second, "indicator": third})
        for first, second, third in cells
    )
    annex = replace(order.annexes[0], sections=(Section(items),))
    tables = read_tables(documents.render(replace(order, annexes=(annex,))))
    assert [(row[1], row[2], row[4]) for row in tables[0][1:]] == cells


def test_links_in_cells_are_links(documents: Documents) -> None:
    data = documents.render(documents.load(EXAMPLES / "astrakhan.yaml"))
    document = docx.Document(io.BytesIO(data))
    addresses = {
        link.address
        for row in document.tables[0].rows
        for paragraph in row.cells[5].paragraphs
        for link in paragraph.hyperlinks
    }
    assert "https://www.astrcmo.ru/500plus/" in addresses


def test_a_lost_value_and_a_leftover_tag_are_refused(documents: Documents) -> None:
    data = documents.render(documents.load(EXAMPLES / "smolensk.yaml"))
    with pytest.raises(RenderError) as refused:
        read_back(opened(data), ["Ректор", "этого в приказе нет"])
    assert [problem.code for problem in refused.value.problems] == ["value-lost"]


def test_a_failed_run_leaves_the_former_file(documents: Documents, tmp_path: Path) -> None:
    former = tmp_path / "order.docx"
    former.write_bytes(b"former")
    broken = tmp_path / "order.yaml"
    broken.write_text("region: smolensk\n", "utf-8")
    with pytest.raises(InputError):
        documents.generate(broken, tmp_path, ("docx",))
    assert former.read_bytes() == b"former"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["order.docx", "order.yaml"]


def test_json_holds_the_same_order(documents: Documents, tmp_path: Path) -> None:
    made = documents.generate(EXAMPLES / "kirov.yaml", tmp_path, ("json",)).files[0]
    assert documents.load(made) == documents.load(EXAMPLES / "kirov.yaml")
    assert json.loads(made.read_text("utf-8"))["region"] == "kirov"


def test_without_libreoffice_the_docx_is_written_and_the_remedy_named(
    documents: Documents, tmp_path: Path
) -> None:
    def no_converter() -> None:
        raise ConversionError("apt install libreoffice", code="libreoffice-missing")

    bare = Documents(documents.regions, documents._templates, no_converter)  # type: ignore[arg-type]
    made = bare.generate(EXAMPLES / "smolensk.yaml", tmp_path, ("docx", "pdf"))
    assert [path.name for path in made.files] == ["smolensk.docx"]
    assert made.refusal is not None
    assert made.refusal.code == "libreoffice-missing"


@pytest.mark.parametrize("region", REGIONS)
def test_the_package_has_nothing_that_word_would_repair(documents: Documents, region: str) -> None:
    data = documents.render(documents.load(EXAMPLES / f"{region}.yaml"))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        names = package.namelist()
    assert len(names) == len(set(names))
    body = docx.Document(io.BytesIO(data)).element.body
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    assert all(cell[-1].tag == f"{w}p" for cell in body.iter(f"{w}tc"))
    for table in body.iter(f"{w}tbl"):
        columns = len(table.findall(f"{w}tblGrid/{w}gridCol"))
        for row in table.findall(f"{w}tr"):
            spans = [
                int(span.get(f"{w}val"))
                if (span := cell.find(f"{w}tcPr/{w}gridSpan")) is not None
                else 1
                for cell in row.findall(f"{w}tc")
            ]
            assert sum(spans) == columns
    ids = [element.get("id") for element in body.iter() if element.get("id")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", ["order.docx", "order.txt", "order.pdf"])
def test_a_document_is_no_data_file_and_the_command_that_makes_one_is_named(
    documents: Documents, tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_bytes(b"")
    with pytest.raises(InputError, match=f"docgen import {name} -o order.yaml") as caught:
        documents.generate(tmp_path / name, tmp_path, ("docx",))
    assert caught.value.code == "not-an-order"
