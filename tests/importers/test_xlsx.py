"""A clerk's own workbook: other headings, titles over the table, dates and numbers as Excel has."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from docgen.errors import InputError
from docgen.importers.xlsx import read_xlsx
from docgen.models.readings import Reading
from tests.importers.orders import DOCUMENTS, EXAMPLES, REGIONS, example
from tests.importers.scans import cells, doubted, items

HEADINGS = ("№ п/п", "Наименование мероприятия", "Ответственные", "Срок исполнения", "Результат")
Fill = Callable[[openpyxl.Workbook], None]


def book(*rows: tuple[object, ...], fill: Fill | None = None, title: str = "План") -> bytes:
    """A workbook with a sheet of these rows; `fill` does what rows cannot say."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    if fill is not None:
        fill(workbook)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def read(*rows: tuple[object, ...], fill: Fill | None = None) -> Reading:
    return read_xlsx(book(*rows, fill=fill), "plan.xlsx", REGIONS, "smolensk")


def merge(*ranges: str) -> Fill:
    def fill(workbook: openpyxl.Workbook) -> None:
        for area in ranges:
            workbook.worksheets[0].merge_cells(area)

    return fill


def test_columns_in_any_order_find_their_keys() -> None:
    reading = read(HEADINGS, (1, "Семинар", "ЦНППМ", "март", "Справка"))
    assert items(reading)[0].values == {
        "activity": "Семинар",
        "executor": "ЦНППМ",
        "deadline": "март",
        "indicator": "Справка",
    }


def test_merged_rows_over_the_table_are_its_title_and_inside_it_sections() -> None:
    reading = read(
        ("Дорожная карта проекта",),
        (),
        HEADINGS,
        (1, 2, 3, 4, 5),
        ("I. Организация работы",),
        (1, "Семинар", "ЦНППМ", "март", "Справка"),
        ("Методическая помощь",),
        (2, "Вебинар", "ИРО", "май", "Отчёт"),
        fill=merge("A1:E1", "A5:E5", "A7:E7"),
    )
    annex = reading.order.annexes[0]
    assert annex.title == "Дорожная карта проекта"
    titles = [(section.number, section.title) for section in annex.sections]
    assert titles == [("I.", "Организация работы"), (None, "Методическая помощь")]
    assert cells(reading, "activity") == ["Семинар", "Вебинар"]


def test_dates_and_numbers_of_days_become_printed_dates() -> None:
    reading = read(
        HEADINGS,
        (1, "Семинар", "ЦНППМ", date(2022, 3, 1), "Справка"),
        (2, "Вебинар", "ЦНППМ", 44621, "Справка"),
        (3, "Опрос", "ЦНППМ", 2022, "Справка"),
    )
    assert cells(reading, "deadline") == ["01.03.2022", "01.03.2022", "2022"]
    assert doubted(reading) == {"1.deadline"}


def test_a_number_that_lost_its_zero_is_doubted() -> None:
    reading = read(HEADINGS, (1.1, "Семинар", "ЦНППМ", "март", "Справка"))
    assert items(reading)[0].number == "1.1"
    assert doubted(reading) == {"0.number"}


def test_percentages_read_as_excel_shows_them() -> None:
    def fill(workbook: openpyxl.Workbook) -> None:
        workbook.worksheets[0]["E2"].number_format = "0%"

    reading = read(HEADINGS, (1, "Семинар", "ЦНППМ", "март", 0.75), fill=fill)
    assert cells(reading, "indicator") == ["75%"]


def test_each_sheet_with_a_table_is_an_annex_and_empty_ones_are_nothing() -> None:
    def fill(workbook: openpyxl.Workbook) -> None:
        second = workbook.create_sheet("Муниципальный план")
        second.append(("№", "Мероприятие", "Дата", "Исполнители"))
        second.append((1, "Собеседование", "май", "Отдел"))
        workbook.create_sheet("Лист3")

    reading = read(
        ("Дорожная карта",),
        HEADINGS,
        (1, "Семинар", "ЦНППМ", "март", "Справка"),
        (),
        (None, "Ректор", None, "О.С. Кольцова"),
        fill=fill,
    )
    annexes = reading.order.annexes
    assert [annex.title for annex in annexes] == ["Дорожная карта", "Муниципальный план"]
    assert cells(reading, "activity") == ["Семинар", "Собеседование"]
    assert "Ректор О.С. Кольцова" in [each.text for each in reading.unplaced]


def test_a_sheet_with_the_text_of_the_order_gives_its_requisites() -> None:
    def fill(workbook: openpyxl.Workbook) -> None:
        plan = workbook.create_sheet("Дорожная карта")
        plan.append(HEADINGS)
        plan.append((1, "Семинар", "ЦНППМ", "март", "Справка"))

    reading = read(
        ("ПРИКАЗ",),
        ("30.12.2021", "№ 245-ссл/г"),
        ("Об утверждении плана",),
        ("На основании письма",),
        ("ПРИКАЗЫВАЮ:",),
        ("1. Утвердить план.",),
        ("Ректор", None, "О.С. Кольцова"),
        fill=fill,
    )
    order = reading.order
    assert (str(order.date), order.number) == ("2021-12-30", "245-ссл/г")
    assert (order.title, order.points[0].text) == ("Об утверждении плана", "Утвердить план.")
    assert order.signatory is not None
    assert order.signatory.post == "Ректор"
    assert [annex.title for annex in order.annexes] == ["Дорожная карта"]


def test_a_column_of_no_key_is_kept_and_named() -> None:
    headings = (*HEADINGS, "Бюджет, руб.")
    reading = read(headings, (1, "Семинар", "ЦНППМ", "март", "Справка", 1500))
    assert "1500" in [each.text for each in reading.unplaced]
    assert any("Бюджет, руб." in doubt.place for doubt in reading.doubts)


def test_counted_numbers_do_not_matter_but_other_formulas_are_refused() -> None:
    reading = read(HEADINGS, ("=ROW()-1", "Семинар", "ЦНППМ", "март", "Справка"))
    assert cells(reading, "activity") == ["Семинар"]
    with pytest.raises(InputError) as refused:
        read(HEADINGS, (1, "Семинар", "ЦНППМ", "=TODAY()", "=1/0"))
    assert [problem.code for problem in refused.value.problems] == ["formula", "formula"]
    assert "D2" in refused.value.problems[0].place


def test_an_empty_workbook_is_refused() -> None:
    with pytest.raises(InputError) as refused:
        read()
    assert refused.value.code == "document-empty"


@pytest.mark.parametrize("name", [path.stem for path in EXAMPLES])
def test_our_own_workbook_comes_back_as_it_was(name: str, tmp_path: Path) -> None:
    order = example(name)
    path = tmp_path / "order.xlsx"
    path.write_bytes(DOCUMENTS.workbook(order))
    assert DOCUMENTS.read(path).order == DOCUMENTS.load(path)


def test_a_file_of_another_kind_is_named_as_such(tmp_path: Path) -> None:
    path = tmp_path / "order.odt"
    path.write_bytes(b"odt")
    with pytest.raises(InputError) as refused:
        DOCUMENTS.read(path)
    assert refused.value.code == "file-unknown"


OTHER = ("Срок исполнения", "Участники мероприятия", "Наименование мероприятия", "Смета")


def test_a_table_matched_by_synonyms_alone_gets_the_layout_of_the_region() -> None:
    reading = read(OTHER, ("март", "Педагоги", "Семинар", "нет"))
    assert reading.order.annexes[0].layout == "roadmap"
    assert items(reading)[0].values == {"deadline": "март", "activity": "Семинар"}


def test_of_several_layouts_the_one_that_prints_most_is_taken() -> None:
    data = book(
        ("№", "Наименование мероприятия", "Срок исполнения", "Исполнители", "Результат исполнения"),
        (1, "Семинар", "март", "ЦНППМ", "Справка"),
    )
    reading = read_xlsx(data, "plan.xlsx", REGIONS, "kirov")
    assert reading.order.annexes[0].layout == "municipal_plan"


def test_columns_that_the_region_does_not_print_are_named_and_kept() -> None:
    reading = read(OTHER, ("март", "Педагоги", "Семинар", "нет"))
    assert [text.text for text in reading.unplaced] == ["Педагоги", "нет"]
    named = [doubt.place for doubt in reading.doubts if doubt.path == "annexes[0]"]
    assert [place.count("Участники") + place.count("Смета") for place in named] == [1, 1]


def test_headings_none_of_which_is_listed_make_a_table_when_all_are_alike() -> None:
    reading = read(
        ("Сроки этапа", "Ответственные за этап", "Наименование этапа работ", "Показатели этапа"),
        ("март", "ЦНППМ", "Семинар", "Справка"),
    )
    assert set(items(reading)[0].values) == {"deadline", "executor", "activity", "indicator"}
