"""Tables of recognised texts are made whole, and whatever was mended is doubted."""

from __future__ import annotations

import pytest

from tests.importers.scans import cells, doubted, items, read

ROW = "1.|Семинар для школ|10.02.2022|ЦНППМ|100% ОО приняли участие|Справка"
NEXT = "2.|Совещание|11.02.2022|ИРО|Проведено|Сайт"


def test_copies_a_whole_row_without_a_doubt() -> None:
    reading = read(ROW)
    assert items(reading)[0].values == {
        "activity": "Семинар для школ",
        "deadline": "10.02.2022",
        "executor": "ЦНППМ",
        "indicator": "100% ОО приняли участие",
        "information": "Справка",
    }
    assert items(reading)[0].number is None
    assert not doubted(reading)


def test_joins_a_row_cut_by_a_page_break() -> None:
    reading = read(
        "1.|Участие координатора с представителями|март|ФГБУ «Федеральный институт|Справка|",
        "",
        "|министерства в вебинаре||оценки качества образования»||",
        NEXT,
    )
    assert cells(reading, "activity")[0] == (
        "Участие координатора с представителями министерства в вебинаре"
    )
    assert (
        cells(reading, "executor")[0] == "ФГБУ «Федеральный институт оценки качества образования»"
    )
    assert doubted(reading) == {"0.activity", "0.executor"}


def test_moves_the_end_of_a_cell_back_from_the_column_beside() -> None:
    reading = read(
        "1.|Мониторинг|17.06.2022|ГАОУ «Институт|Отчёт направлен.|https://iro.ru/500plus/",
        "",
        "||||развития образования»||",
    )
    assert cells(reading, "executor") == ["ГАОУ «Институт развития образования»"]
    assert cells(reading, "indicator") == ["Отчёт направлен."]
    assert doubted(reading) == {"0.executor"}


def test_leaves_out_columns_that_are_empty_in_all_rows() -> None:
    reading = read(
        "1.|Мониторинг сайтов|май|Центр|||Участие 29 школ|Сайт",
        "2.|Анкетирование|июнь|ЦНППМ|||Приняли участие|Сайт школ",
    )
    assert cells(reading, "indicator") == ["Участие 29 школ", "Приняли участие"]
    assert cells(reading, "information") == ["Сайт", "Сайт школ"]


def test_keeps_words_of_a_made_up_column_with_the_cell_at_its_left() -> None:
    reading = read(
        "1.|Ведение страницы|весь год|Координатор.|Страницы на сайте.|на|Сайт института|",
        "2.|Публикации в сети|весь год|Координатор.|Одна публикация.|школ|Социальные сети|",
    )
    assert cells(reading, "indicator") == ["Страницы на сайте.", "Одна публикация. школ"]
    assert cells(reading, "information") == ["Сайт института", "Социальные сети"]
    assert {"0.indicator", "1.indicator"} <= doubted(reading)
    assert "на" in [each.text for each in reading.unplaced]


def test_parts_a_number_from_the_activity_it_stuck_to() -> None:
    reading = read(
        "1. Организация участия школ|весь год|ЦНППМ|Отчёт|Справка",
        "2. «Методический десант»|март|ЦНППМ|Проведён|Сайт",
    )
    assert cells(reading, "activity") == ["Организация участия школ", "«Методический десант»"]
    assert [item.number for item in items(reading)] == [None, None]


def test_puts_cells_back_that_slipped_into_the_rows_above() -> None:
    reading = read(
        "6.|Аудит документов и антирисковых|29.03.2022|ЦНППМ|Документы размещены|",
        "",
        "программ|Еженедельно|ЦНППМ|Не менее 75% смотрят вебинары|Релиз",
        "7. Организация участия школ|Ежеквартально|ЦНППМ|Реализовано 40% мер|",
        "8. Организация опросов||||",
    )
    assert cells(reading, "activity")[0] == "Аудит документов и антирисковых программ"
    assert cells(reading, "deadline") == ["29.03.2022", "Еженедельно", "Ежеквартально"]
    assert cells(reading, "information") == ["", "Релиз", ""]
    assert {"1.deadline", "2.indicator"} <= doubted(reading)


def test_gives_rows_their_cells_back_where_one_took_up_those_below() -> None:
    reading = read(
        "1.|Вебинары|март|ЦНППМ|Проведены|Сайт регионального",
        "",
        "|||||объединения Сайт ЦНППМ (iro.ru) Сайт ЦНППМ (iro.ru)",
        "2.|Консультации|март|ЦНППМ|Проведены|",
        "3.|Марафон|март|ЦНППМ|Проведён|",
    )
    assert cells(reading, "information") == [
        "Сайт регионального объединения",
        "Сайт ЦНППМ (iro.ru)",
        "Сайт ЦНППМ (iro.ru)",
    ]


def test_makes_a_cell_over_several_rows_whole() -> None:
    reading = read(
        "1.|Справка|март|ИРО|подготовка информации по результатам|",
        "2.|Анализ|май|ИРО|проведения работы|",
    )
    assert cells(reading, "indicator") == [
        "подготовка информации по результатам проведения работы",
        "",
    ]
    assert {"0.indicator", "1.indicator"} <= doubted(reading)


def test_leaves_out_an_end_that_stands_there_already() -> None:
    reading = read(
        "1.|Опыт|март|ЦНППМ|Три встречи|Сайт «Школа» Новости (iro.ru)",
        "",
        "|||||Новости (iro.ru)",
        NEXT,
    )
    assert cells(reading, "information")[0] == "Сайт «Школа» Новости (iro.ru)"
    assert "Новости (iro.ru)" in [each.text for each in reading.unplaced]
    assert "0.information" in doubted(reading)


@pytest.mark.parametrize(
    "heading",
    [
        "Муниципальные мероприятия и практики|||||",
        "|Муниципальные мероприятия и практики||||",
        "II. Муниципальные мероприятия|||||",
        "||||II. Муниципальные мероприятия|",
        "II. Муниципальные мероприятия",
    ],
)
def test_tells_the_heading_of_a_section(heading: str) -> None:
    reading = read(ROW, "", heading, "", NEXT)
    sections = reading.order.annexes[0].sections
    assert [len(section.items) for section in sections] == [1, 1]
    assert (sections[1].title or "").startswith("Муниципальные мероприятия")


def test_reads_a_cyrillic_numeral_as_roman_and_doubts_it() -> None:
    reading = read(ROW, "У. Сопровождение обучающихся|||||", NEXT)
    section = reading.order.annexes[0].sections[1]
    assert (section.number, section.title) == ("V.", "Сопровождение обучающихся")
    assert "annexes[0].sections[1].title" in {doubt.path for doubt in reading.doubts}


def test_a_row_after_a_heading_may_end_the_row_before_it() -> None:
    reading = read(
        "1.|Участие школ|2022|ИРО, региональные координаторы, муниципальные|Доля школ.|Справка.",
        "",
        "||||II. Информационное сопровождение||",
        "||||координаторы.||",
        "1.|Ведение страниц|2022|Директора|Сайты|Сайт|",
    )
    assert cells(reading, "executor") == [
        "ИРО, региональные координаторы, муниципальные координаторы.",
        "Директора",
    ]


def test_a_line_without_tabs_ends_the_last_cell() -> None:
    reading = read("1.|Отчёт|май|ИРО|Отчёт|Информация на сайте", "", "АСОУ.", "", NEXT)
    assert cells(reading, "information")[0] == "Информация на сайте АСОУ."
    assert "0.information" in doubted(reading)


def test_parts_the_ends_of_lines_from_the_cell_beside() -> None:
    reading = read("1.|Сопровождение|2022|ИРО|100% участие наставников|ОО Школ-и Сайт ИРО")
    assert cells(reading, "information") == ["Сайт ИРО"]
    assert doubted(reading) == {"0.indicator", "0.information"}
    assert "ОО Школ-и" in [each.text for each in reading.unplaced]


def test_skips_headings_printed_again_and_rows_of_column_numbers() -> None:
    again = "№|Задачи|Сроки реализации|Исполнители|Показатель реализации"
    reading = read("1|2|3|4|5|6", ROW, "", f"{again}|Информационное сопровождение проекта", NEXT)
    assert cells(reading, "activity") == ["Семинар для школ", "Совещание"]


def test_a_table_under_other_headings_is_another_annex() -> None:
    reading = read(
        ROW,
        "",
        "**Муниципальный план",
        "поддержки школ**",
        "",
        "№|Наименование мероприятия|Срок исполнения|Исполнители",
        "1.|Собеседование|май|Отдел",
    )
    assert [annex.title for annex in reading.order.annexes] == [
        "Региональный план-график",
        "Муниципальный план поддержки школ",
    ]


def test_a_row_that_lost_its_number_stays_a_row() -> None:
    reading = read(ROW, "|Совещание|11.02.2022|ИРО|Проведено|Сайт", NEXT)
    assert cells(reading, "activity") == ["Семинар для школ", "Совещание", "Совещание"]
    assert "1.number" in doubted(reading)


def test_reads_the_requisites_around_the_table() -> None:
    order = read(ROW).order
    assert (str(order.date), order.number) == ("2021-12-30", "245-ссл/г")
    assert order.signatory is not None
    assert order.signatory.name == "О.С. Кольцова"
