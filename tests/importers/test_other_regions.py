"""Orders of regions that are not in this repository: every column finds its key or is named."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date

import docx
import openpyxl
from docx.table import Table

from docgen.importers.readers import read_document
from docgen.models import Item
from docgen.models.readings import Reading
from tests.importers.orders import REGIONS

HEADINGS = (
    *("№ п.п.", "Мероприятие", "Срок реализации", "Ответственные исполнители"),
    *("Ожидаемый результат", "Вид документа"),
)
TOMSK = (
    "ДЕПАРТАМЕНТ ОБЩЕГО ОБРАЗОВАНИЯ ТОМСКОЙ ОБЛАСТИ",
    "ПРИКАЗ",
    "14.02.2022\t№ 201-р",
    "г. Томск",
    "Об утверждении дорожной карты проекта «500+» в Томской области в 2022 году",
    "В целях реализации проекта адресной методической помощи ПРИКАЗЫВАЮ:",
    "1. Утвердить дорожную карту согласно приложению к настоящему приказу.",
    "Начальник Департамента\tИ.Б. Грабцевич",
    "Приложение\nк приказу Департамента общего образования Томской области\nот 14.02.2022 № 201-р",
    "Дорожная карта проекта «500+» в Томской области",
)
BURYATIA = """МИНИСТЕРСТВО ОБРАЗОВАНИЯ И НАУКИ
РЕСПУБЛИКИ БУРЯТИЯ

ПРИКАЗ

«11» марта 2022 г.

№ 340

г. Улан-Удэ

Об утверждении плана-графика реализации проекта «500+» в Республике Бурятия

В соответствии с письмом ФГБУ «ФИОКО» от 22.11.2021 № 02-21/683 ПРИКАЗЫВАЮ:

1. Утвердить план-график реализации проекта «500+» (приложение).

Министр

В.А. Поздняков

Приложение
к приказу Министерства образования и науки
Республики Бурятия
от «11» марта 2022 г. № 340

План-график реализации проекта «500+» в Республике Бурятия

№ п/п|Этапы работы и мероприятия|Период исполнения|Кто отвечает|Индикатор|Итоговый документ
1|2|3|4|5|6
I этап. Подготовительный|||||
1.|Совещание с координаторами|15.03.2022|БРИОП|Участие 21 координатора|Протокол
2.|Анкетирование обучающихся и педаго-|март 2022|БРИОП, ОО|100% ОО приняли участие|Справка

|гов школ – участниц проекта||муниципальные координаторы||
"""


def add(table: Table, *texts: str, merged: bool = False) -> None:
    cells = table.add_row().cells
    for cell, text in zip(cells, texts, strict=False):
        cell.text = text
    if merged:
        cells[0].merge(cells[-1])


def order_with(table: Sequence[Sequence[str]], lines: Sequence[str] = TOMSK) -> Reading:
    """The order with a table, of whose rows those with one text are the headings of sections."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    made = document.add_table(0, len(table[0]))
    for row in table:
        add(made, *row, merged=len(row) == 1)
    file = io.BytesIO()
    document.save(file)
    return read_document(file.getvalue(), "order.docx", REGIONS)


def items(reading: Reading) -> list[Item]:
    return [item for section in reading.order.annexes[0].sections for item in section.items]


def unplaced(reading: Reading) -> list[str]:
    return [each.text for each in reading.unplaced]


def test_a_plan_with_responsible_executors_and_kinds_of_documents() -> None:
    reading = order_with(
        [
            HEADINGS,
            ("1", "2", "3", "4", "5", "6"),
            ("I. Организационные мероприятия",),
            ("1.1.", "Список школ", "до 1 марта\n2022 года", "ТОИПКРО", "100% школ", "Приказ"),
        ]
    )
    assert reading.order.region == ""
    assert reading.order.date == date(2022, 2, 14)
    assert reading.order.number == "201-р"
    assert reading.order.annexes[0].sections[0].title == "Организационные мероприятия"
    (item,) = items(reading)
    assert item.number == "1.1."
    assert item.values == {
        "activity": "Список школ",
        "deadline": "до 1 марта\n2022 года",
        "executor": "ТОИПКРО",
        "indicator": "100% школ",
        "document": "Приказ",
    }
    assert not unplaced(reading)


def test_a_column_that_no_order_has_is_named_and_its_texts_are_kept() -> None:
    reading = order_with(
        [
            ("№", "Меры", "Сроки", "Ответственный исполнитель", "Объем финансирования"),
            ("1", "Создание реестра школ", "01.03.2022", "ЦМОКО", "120,5"),
        ]
    )
    assert items(reading)[0].values == {
        "activity": "Создание реестра школ",
        "deadline": "01.03.2022",
        "executor": "ЦМОКО",
    }
    assert unplaced(reading) == ["120,5"]
    assert any("Объем финансирования" in doubt.reason for doubt in reading.doubts)


def test_a_scan_with_stages_and_a_row_cut_by_a_page() -> None:
    text = BURYATIA.replace("|", "\t")
    reading = read_document(text.encode(), "order.txt", REGIONS)
    assert reading.order.signatory is not None
    assert reading.order.signatory.name == "В.А. Поздняков"
    assert items(reading)[1].values == {
        "activity": "Анкетирование обучающихся и педагогов школ – участниц проекта",
        "deadline": "март 2022",
        "executor": "БРИОП, ОО муниципальные координаторы",
        "indicator": "100% ОО приняли участие",
        "document": "Справка",
    }
    assert not unplaced(reading)


def test_a_sheet_titled_above_its_stamp_tells_directions_from_activities() -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    for row in (
        ("Дорожная карта реализации проекта «500+» в Омской области",),
        ("Утверждена приказом Министерства образования Омской области от 21.02.2022 № 12",),
        (),
        ("№ п/п", "Направление деятельности", "Содержание работы", "Дата", "Ответственный"),
        (1, "Диагностика", "Сбор анкет школ", date(2022, 2, 28), "ИРООО"),
        (2, None, "Верификация", date(2022, 3, 15), "Кураторы"),
    ):
        sheet.append(row)
    sheet.merge_cells("B5:B6")
    file = io.BytesIO()
    workbook.save(file)
    reading = read_document(file.getvalue(), "plan.xlsx", REGIONS)
    annex = reading.order.annexes[0]
    assert annex.title == "Дорожная карта реализации проекта «500+» в Омской области"
    stamp = reading.stamps[0]
    assert stamp is not None
    assert stamp.number == "12"
    assert [item.get("activity") for item in items(reading)] == ["Сбор анкет школ", "Верификация"]
    assert unplaced(reading) == ["Диагностика"]
