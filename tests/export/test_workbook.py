"""What a clerk finds in the workbook of an order."""

from __future__ import annotations

import io
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from docgen.errors import InputError
from docgen.export.workbook import write_workbook
from docgen.models import (
    Annex,
    Appoint,
    Approve,
    Assign,
    Column,
    Item,
    Layout,
    Order,
    Person,
    Point,
    Profile,
    Revision,
    Section,
    Signatory,
)
from docgen.schemas.profile import load_profile
from docgen.services.documents import Documents

PROFILES = Path(__file__).parents[2] / "regional_profiles"
YUGRA = load_profile(PROFILES / "yugra.yaml")
KIROV = load_profile(PROFILES / "kirov.yaml")
ORDER = Order(
    region="kirov",
    title="Об утверждении дорожной карты",
    preamble="На основании письма",
    years=(2021, 2022),
    points=(
        Point("Обеспечить:", points=(Point("Исполнение."), Point("Отчёт."))),
        Point(form=Approve(0)),
        Point(form=Appoint("координатор", Person("Иванова И.И.", "методист", "f"))),
        Point(form=Assign("отдел образования", ("обеспечить", "доложить"))),
    ),
    signatory=Signatory("Начальник", "И.В. Ситчихина"),
    annexes=(
        Annex(
            "Дорожная карта",
            (
                Section((Item({"activity": "Семинар", "deadline": "март"}),), title="Обеспечение"),
                Section((Item({"activity": "Отчёт"}), Item({}, "")), title="Анализ", number=""),
            ),
            layout="roadmap",
        ),
    ),
)


def opened(order: Order, profile: Profile = KIROV) -> Workbook:
    names = [annex.layout or "roadmap" for annex in order.annexes]
    return openpyxl.load_workbook(io.BytesIO(write_workbook(order, profile, names)))


def texts(sheet: Worksheet, row: int) -> list[str]:
    return [str(cell.value) for cell in sheet[row] if cell.value is not None]


def with_title(title: str) -> Order:
    return replace(ORDER, title=title)


def test_has_a_sheet_for_each_part() -> None:
    assert opened(ORDER).sheetnames == [
        "Приказ",
        "Пункты",
        "Приложение 1",
        "Ознакомлены",
        "Замечания",
        "Как заполнять",
    ]


def test_prints_the_headings_of_the_profile_word_for_word() -> None:
    for profile in (KIROV, YUGRA):
        order = replace(ORDER, region=profile.code)
        sheet = opened(order, profile)["Приложение 1"]
        assert texts(sheet, 4) == [each.heading for each in profile.layouts["roadmap"].columns]


def test_numbers_rows_and_sections_as_the_document_does() -> None:
    sheet = opened(ORDER)["Приложение 1"]
    assert [sheet.cell(row, 1).value for row in range(5, 10)] == [
        "1. Обеспечение",
        "1.1",
        "Анализ",
        "2.1",
        "без номера",
    ]


def test_merges_section_rows_over_the_table() -> None:
    sheet = opened(ORDER)["Приложение 1"]
    merged = {str(cells) for cells in sheet.merged_cells.ranges}
    assert merged >= {"A5:E5", "A7:E7"}


def test_wraps_every_cell_of_a_table_and_keeps_it_text() -> None:
    sheet = opened(ORDER)["Приложение 1"]
    cells = [cell for row in sheet["A6:E6"] for cell in row]
    assert all(cell.alignment.wrap_text and cell.number_format == "@" for cell in cells)


def test_gives_columns_the_profile_s_widths() -> None:
    sheet = opened(ORDER)["Приложение 1"]
    widths = [sheet.column_dimensions[letter].width for letter in "ABCDE"]
    shares = [column.width for column in KIROV.layouts["roadmap"].columns]
    for width, share in zip(widths[1:], shares[1:], strict=True):
        assert width / sum(widths) == pytest.approx(share / sum(shares), abs=0.02)


def test_prints_landscape_a4_with_the_heading_on_every_page() -> None:
    sheet = opened(ORDER)["Приложение 1"]
    setup = sheet.page_setup
    assert (setup.orientation, setup.paperSize, sheet.print_title_rows) == ("landscape", 9, "$4:$4")
    assert sheet.freeze_panes == "A5"


def test_offers_kinds_and_layouts_as_lists() -> None:
    book = opened(ORDER)
    lists = [
        (str(each.sqref), each.formula1)
        for sheet in ("Пункты", "Приложение 1")
        for each in book[sheet].data_validations.dataValidation
    ]
    assert lists == [
        ("B2:B1048576", '"текст,контроль,утвердить,назначить,поручить,рекомендовать"'),
        ("G2:G1048576", '"м,ж"'),
        ("C2", '"roadmap,municipal_plan"'),
    ]


def test_lays_out_points_as_numbered_rows() -> None:
    sheet = opened(ORDER)["Пункты"]
    assert [texts(sheet, row) for row in range(2, 9)] == [
        ["1", "текст", "Обеспечить:"],
        ["1.1", "текст", "Исполнение."],
        ["1.2", "текст", "Отчёт."],
        ["2", "утвердить", "Приложение 1"],
        ["3", "назначить", "координатор", "методист", "Иванова И.И.", "ж"],
        ["4", "поручить", "обеспечить", "отдел образования"],
        ["доложить"],
    ]


@pytest.mark.parametrize("text", ["=1+1", "+7", "-5", "@SUM(A1)", "66", "https://a.ru", "1.10"])
def test_keeps_text_that_looks_like_something_else(text: str) -> None:
    cell = opened(with_title(text))["Приказ"]["B7"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


@pytest.mark.slow
def test_gives_the_same_bytes_at_any_time() -> None:
    first = write_workbook(ORDER, KIROV, ["roadmap"])
    time.sleep(2.1)  # a ZIP keeps times in steps of two seconds
    assert write_workbook(ORDER, KIROV, ["roadmap"]) == first


@pytest.mark.parametrize(("letter", "most"), [("я", 32_767), ("😀", 16_383)])
def test_refuses_a_text_longer_than_a_cell(letter: str, most: int) -> None:
    assert opened(with_title(letter * most))["Приказ"]["B7"].value == letter * most
    with pytest.raises(InputError) as caught:
        opened(with_title(letter * (most + 1)))
    problem = caught.value.problems[0]
    assert (problem.code, problem.path, "B7" in problem.place) == ("cell-too-long", "title", True)


def test_names_every_text_longer_than_a_cell() -> None:
    long = "я" * 40_000
    annex = Annex(long, (Section((Item({"activity": long}),), title=long),), layout="roadmap")
    with pytest.raises(InputError) as caught:
        opened(replace(ORDER, points=(Point(long),), annexes=(annex,)))
    assert [problem.path for problem in caught.value.problems] == [
        "points[0]",
        "annexes[0].title",
        "annexes[0].sections[0].title",
        "annexes[0].sections[0].items[0].activity",
    ]


def test_adds_a_column_for_a_value_the_layout_has_no_place_for() -> None:
    layouts = {"roadmap": Layout((Column("activity", "Что", 1), Column("deadline", "Когда", 1)))}
    item = Item({"activity": "Семинар", "document": "Протокол"}, "7")
    annex = Annex("План", (Section((item,)),), layout="roadmap")
    sheet = opened(replace(ORDER, annexes=(annex,)), replace(KIROV, layouts=layouts))[
        "Приложение 1"
    ]
    assert texts(sheet, 4) == ["Что", "Когда", "Number", "Document"]
    assert texts(sheet, 5) == ["Семинар", "7", "Протокол"]


def test_generates_from_a_workbook_what_it_generates_from_yaml(
    documents: Documents, tmp_path: Path
) -> None:
    source = PROFILES.parent / "examples" / "moscow_oblast.yaml"
    documents.generate(source, tmp_path, ["docx", "xlsx"])
    documents.generate(tmp_path / "moscow_oblast.xlsx", tmp_path / "again", ["docx"])
    again = tmp_path / "again" / "moscow_oblast.docx"
    assert again.read_bytes() == (tmp_path / "moscow_oblast.docx").read_bytes()


def test_starts_an_order_of_every_region(documents: Documents, tmp_path: Path) -> None:
    for code in documents.regions:
        documents.write_starter(code, 2025, tmp_path / f"{code}.xlsx")
        assert documents.load(tmp_path / f"{code}.xlsx").region == code


def test_says_in_which_cell_a_fault_stands(documents: Documents, tmp_path: Path) -> None:
    path = tmp_path / "order.xlsx"
    documents.write_starter("smolensk", 2025, path)
    book = openpyxl.load_workbook(path)
    book["Приказ"]["B4"] = "31.02.2025"
    book.save(path)
    with pytest.raises(InputError) as caught:
        documents.load(path)
    assert [(each.path, "B4" in each.place) for each in caught.value.problems] == [("date", True)]


def test_keeps_forms_revisions_and_text_without_a_place_on_sheets_of_their_own() -> None:
    order = replace(
        ORDER,
        forms={"Ким А.А.": {"accusative": "Кима А.А."}},
        revisions=(Revision(date(2022, 3, 1), "31-а"), Revision(None, "7")),
        unplaced=("лишний текст",),
    )
    book = opened(order)
    assert book.sheetnames[-4:] == ["Склонение", "Изменения", "Без места", "Как заполнять"]
    assert texts(book["Изменения"], 2) == ["01.03.2022", "31-а"]
