import pytest

from docgen.models import Section
from tests.checks.published import published, regions
from tests.checks.sheets import annex, codes, findings, order, row

ROMAN = regions()["moscow_oblast"]


def numbered(*numbers):
    return order(*(row(number) for number in numbers))


@pytest.mark.parametrize(
    "numbers", [("1.", "2.", "3."), (None, None), ("1.1", "1.2", "2.1"), ("",)]
)
def test_accepts_numbers_that_count_up(numbers):
    assert codes(numbered(*numbers)) == []


def test_finds_a_number_given_twice_and_says_which_comes_next():
    found = findings(numbered("4.1", "4.2", "4.2"))
    assert [(f.code, f.path, f.suggestion) for f in found] == [
        ("duplicate-number", "annexes[0].sections[0].items[2].number", "4.3")
    ]


def test_a_given_number_may_not_repeat_a_counted_one():
    assert codes(numbered(None, None, "2.")) == ["duplicate-number"]


def test_finds_a_number_left_out():
    found = findings(numbered("1.", "2.", "4."))
    assert [(f.code, f.suggestion) for f in found] == [("number-gap", "3")]


def test_a_table_begins_with_its_first_number():
    found = findings(numbered("2.", "3."))
    assert [(f.code, f.path, f.suggestion) for f in found] == [
        ("number-gap", "annexes[0].sections[0].items[0].number", "1")
    ]


def test_sections_that_begin_anew_are_no_duplicates():
    rows = (row("1."), row("2."))
    sheet = annex()
    twice = type(sheet)(
        title=sheet.title, layout="roadmap", sections=(Section(rows, "А"), Section(rows, "Б"))
    )
    assert codes(order(annexes=(twice,))) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. Сбор данных 2. Анализ 3. Отчет", []),
        ("1.Сбор 2.Анализ", []),
        ("1. Сбор 2. Анализ 3. Отчет 3. Вывод 4. Итог", ["duplicate-number"]),
        ("1. Сбор 3. Анализ", ["number-gap"]),
        ("1. Сбор 2. Анализ. Затем: 1. Отчет 2. Итог", []),
        ("1. Сбор к 24.02. Затем отчет", []),
    ],
)
def test_counts_the_members_of_a_list_in_a_cell(text, expected):
    found = [f.code for f in findings(order(row(activity=text)))]
    assert [code for code in found if "number" in code] == expected


def test_finds_a_section_left_out():
    (gap,) = [f for f in published("moscow_oblast").findings() if f.code == "section-gap"]
    assert gap.path == "annexes[0].sections[3].number"
    assert gap.suggestion == "IV"


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        (("1. Первый", "2. Второй"), []),
        (("1. Первый", "3. Третий"), ["section-gap"]),
        (("I. Первый", "II. Второй", "II. Третий"), ["duplicate-number"]),
        (("IV. Четвертый", "У. Пятый"), []),
    ],
)
def test_reads_the_numbers_of_sections_from_their_titles(titles, expected):
    sections = tuple(Section((row(),), title) for title in titles)
    sheet = type(annex())(title="План-график", layout="roadmap", sections=sections)
    assert codes(order(annexes=(sheet,))) == expected
