from __future__ import annotations

from collections.abc import Sequence

import pytest

from docgen.importers.docx import read_docx
from docgen.models import Section
from docgen.models.readings import Reading
from tests.importers.orders import REGIONS
from tests.importers.word import LANDSCAPE, cell, docx, lines, numbering, paragraph, row, table

HEADINGS = ("№ п/п", "Мероприятие", "Срок", "Ответственные", "Результат")
FIRST = ("1.", "Вебинар", "март", "ИРО", "100% школ")
SECOND = ("2.", "Семинар", "апрель", "РМК", "5 семинаров")
ORDER = lines("УПРАВЛЕНИЕ ОБРАЗОВАНИЯ", "ПРИКАЗ", "01.02.2023 № 5", "Об утверждении плана") + lines(
    "В целях развития", "ПРИКАЗЫВАЮ:", "1. Утвердить план (приложение).", "Директор\tИ.И. Петров"
)
STAMP = paragraph("Приложение", properties="<w:pageBreakBefore/>") + lines(
    "к приказу от 01.02.2023 № 5", "План мероприятий"
)


def read(*blocks: str, **parts: str) -> Reading:
    return read_docx(docx(ORDER, STAMP, *blocks, section=LANDSCAPE, **parts), "o.docx", REGIONS)


def sections(*blocks: str, **parts: str) -> tuple[Section, ...]:
    (annex,) = read(*blocks, **parts).order.annexes
    return annex.sections


def rows(*blocks: str, **parts: str) -> list[tuple[str, ...]]:
    """Every item as number, activity, deadline, executor and indicator."""
    return [
        (item.number or "", *map(item.get, ("activity", "deadline", "executor", "indicator")))
        for section in sections(*blocks, **parts)
        for item in section.items
    ]


def titles(*blocks: str) -> list[tuple[str | None, str | None, int]]:
    return [(each.number, each.title, len(each.items)) for each in sections(*blocks)]


def test_reads_columns_in_any_order() -> None:
    order = (3, 1, 4, 0, 2)

    def shuffled(texts: Sequence[str]) -> list[str]:
        return [texts[place] for place in order]

    assert rows(table(shuffled(HEADINGS), shuffled(FIRST), shuffled(SECOND))) == [FIRST, SECOND]


def test_skips_column_numbers_and_repeated_headings() -> None:
    counts = ("1", "2", "3", "4", "5")
    assert rows(table(HEADINGS, counts, FIRST, HEADINGS, counts, SECOND)) == [FIRST, SECOND]


@pytest.mark.parametrize("heading_again", [True, False])
def test_joins_a_table_split_by_a_page_break(heading_again: bool) -> None:
    rest = [HEADINGS, SECOND] if heading_again else [SECOND]
    assert rows(table(HEADINGS, FIRST), paragraph(""), table(*rest)) == [FIRST, SECOND]


def test_joins_a_table_over_the_words_continuation_of_the_table() -> None:
    blocks = table(HEADINGS, FIRST), paragraph("Продолжение таблицы 1"), table(HEADINGS, SECOND)
    assert rows(*blocks) == [FIRST, SECOND]


def test_leaves_cells_empty_that_go_on_from_above() -> None:
    merged = row("1.", cell("Вебинар", merge="restart"), "март", cell("ИРО", merge="restart"), "5")
    below = row("2.", cell(merge="continue"), "май", cell(merge="continue"), "6")
    assert rows(table(HEADINGS, merged, below)) == [
        ("1.", "Вебинар", "март", "ИРО", "5"),
        ("2.", "", "май", "", "6"),
    ]


def test_gives_a_text_over_several_columns_to_the_first_of_them() -> None:
    spanning = row("1.", "Вебинар", cell("март, ИРО", span=2), "5")
    assert rows(table(HEADINGS, spanning)) == [("1.", "Вебинар", "март, ИРО", "", "5")]


HEAD = row(cell("I. Общие", span=5))


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        (row(cell("I. Общие", span=5)), ("I.", "Общие")),
        (row(cell("Общие мероприятия", span=5)), ("", "Общие мероприятия")),
        (row(*["Общие"] * 5), ("", "Общие")),
        (row("", "Общие мероприятия", "", "", ""), ("", "Общие мероприятия")),
        (row("I", "Общие", "", "", ""), ("I.", "Общие")),
        (row("I.", cell("Общие", span=4)), ("I.", "Общие")),
        (row("Раздел 1. Общие", "", "", "", ""), ("", "Раздел 1. Общие")),
    ],
)
def test_knows_the_heading_of_a_section(heading: str, expected: tuple[str, str]) -> None:
    (read_section,) = sections(table(HEADINGS, heading, FIRST))
    assert (read_section.number or "", read_section.title) == expected
    assert len(read_section.items) == 1


def test_takes_a_numbered_row_over_its_subnumbers_for_a_section() -> None:
    first, second = ("1.1.", *FIRST[1:]), ("2.1.", *SECOND[1:])
    heads = ("1.", "Общие", "", "", ""), ("2.", "Особые", "", "", "")
    assert titles(table(HEADINGS, heads[0], first, heads[1], second)) == [
        ("1.", "Общие", 1),
        ("2.", "Особые", 1),
    ]


def test_keeps_an_item_of_which_only_the_activity_is_known() -> None:
    assert rows(table(HEADINGS, ("1.", "Вебинар", "", "", ""), SECOND)) == [
        ("1.", "Вебинар", "", "", ""),
        SECOND,
    ]


def test_reads_rows_numbered_by_word() -> None:
    def numbered(*texts: str) -> str:
        return row(cell(paragraph("", numbered=(1, 0))), *texts)

    blocks = table(HEADINGS, numbered(*FIRST[1:]), numbered(*SECOND[1:]))
    assert rows(blocks, numbering=numbering([("decimal", "%1.")])) == [FIRST, SECOND]


def test_reads_headings_on_two_levels() -> None:
    top = row(
        cell("№", merge="restart"),
        cell("Мероприятие", merge="restart"),
        cell("Реализация", span=2),
        cell("Результат", merge="restart"),
    )
    below = row(
        cell(merge="continue"),
        cell(merge="continue"),
        "Срок",
        "Исполнитель",
        cell(merge="continue"),
    )
    assert rows(table(top, below, FIRST)) == [FIRST]


def test_takes_a_title_over_the_headings_for_the_annex_when_it_has_none() -> None:
    data = docx(
        ORDER,
        lines("УТВЕРЖДЕН", "приказом от 01.02.2023 № 5"),
        table(row(cell("Дорожная карта", span=5)), HEADINGS, FIRST),
    )
    (annex,) = read_docx(data, "o.docx", REGIONS).order.annexes
    assert annex.title == "Дорожная карта"


def test_keeps_lines_of_a_cell_apart() -> None:
    several = row("1.", cell(lines("Вебинар", "для школ")), "март\nапрель", "ИРО", "5")
    assert rows(table(HEADINGS, several)) == [
        ("1.", "Вебинар\nдля школ", "март\nапрель", "ИРО", "5")
    ]


def test_keeps_the_text_of_a_table_inside_a_cell() -> None:
    inner = table(("школа 1", "10"), ("школа 2", "20")) + paragraph("")
    assert rows(table(HEADINGS, row(*FIRST[:4], cell(inner)))) == [
        (*FIRST[:4], "школа 1 10\nшкола 2 20")
    ]


def test_names_a_heading_it_does_not_know_and_keeps_its_texts() -> None:
    reading = read(table((*HEADINGS, "Бюджет, руб."), (*FIRST, "5000")))
    assert any("Бюджет, руб." in doubt.reason for doubt in reading.doubts)
    assert [(entry.text, "Бюджет, руб." in entry.place) for entry in reading.unplaced] == [
        ("5000", True)
    ]


def test_gives_each_key_to_one_column_only() -> None:
    headings = ("№", "Задачи", "Мероприятия", "Сроки", "Исполнитель")
    (section,) = sections(table(headings, ("1", "Цель", "Вебинар", "март", "ИРО")))
    assert section.items[0].values == {
        "tasks": "Цель",
        "activity": "Вебинар",
        "deadline": "март",
        "executor": "ИРО",
    }


def test_takes_a_line_over_a_further_table_for_its_section() -> None:
    blocks = table(HEADINGS, FIRST), paragraph("Раздел 2"), table(HEADINGS, SECOND)
    assert titles(*blocks) == [(None, None, 1), ("", "Раздел 2", 1)]


def test_begins_another_annex_at_another_stamp() -> None:
    second = lines("Приложение № 2", "к приказу", "от 01.02.2023 № 5", "Сетевой план")
    reading = read(table(HEADINGS, FIRST), second, table(HEADINGS, SECOND))
    assert [annex.title for annex in reading.order.annexes] == ["План мероприятий", "Сетевой план"]
    assert [stamp and stamp.mark for stamp in reading.stamps] == [None, "2"]


def test_begins_another_annex_without_a_stamp_on_another_page() -> None:
    title = paragraph("Сетевой план", properties="<w:pageBreakBefore/>")
    reading = read(table(HEADINGS, FIRST), title, table(HEADINGS, SECOND))
    assert [annex.title for annex in reading.order.annexes] == ["План мероприятий", "Сетевой план"]
    assert reading.stamps[1] is None


def test_keeps_an_annex_without_a_table_and_its_text() -> None:
    reading = read(paragraph("1. Общие положения"))
    assert [annex.title for annex in reading.order.annexes] == ["План мероприятий"]
    assert [entry.text for entry in reading.unplaced] == ["1. Общие положения"]


def test_says_where_each_cell_stands() -> None:
    places = read(table(HEADINGS, FIRST, SECOND)).places
    found = places["annexes[0].sections[0].items[1].deadline"]
    assert all(word in found for word in ("1", "2", '"Срок"'))


def test_tells_rows_apart_whose_numbers_begin_anew() -> None:
    head = row(cell("II. Особые", span=5))
    places = read(table(HEADINGS, HEAD, FIRST, head, ("1.", *SECOND[1:]))).places
    first, second = (places[f"annexes[0].sections[{index}].items[0]"] for index in (0, 1))
    assert ("I.1" in first, "II.1" in second) == (True, True)


def test_joins_the_two_columns_of_a_period() -> None:
    headings = ("№", "Мероприятие", "Дата начала", "Дата окончания", "Ответственный")
    assert rows(table(headings, ("1", "Курсы", "01.02", "10.02", "ИРО"))) == [
        ("1", "Курсы", "01.02 – 10.02", "ИРО", "")
    ]


def test_takes_the_line_right_above_the_first_table_for_its_section() -> None:
    blocks = table(HEADINGS, FIRST), paragraph("Раздел II. Методика"), table(HEADINGS, SECOND)
    assert titles(paragraph("Раздел I. Кадры"), *blocks) == [
        ("", "Раздел I. Кадры", 1),
        ("", "Раздел II. Методика", 1),
    ]


def test_reads_the_rows_of_a_table_it_cannot_place() -> None:
    reading = read(table(("Иванов И.И.", "ректор"), ("Петров П.П.", "методист"), ("а", "б")))
    assert [entry.text for entry in reading.unplaced] == [
        "Иванов И.И. ректор",
        "Петров П.П. методист",
        "а б",
    ]
