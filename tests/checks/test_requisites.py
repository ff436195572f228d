from datetime import date

import pytest

from docgen.checks import check_reading
from docgen.models.readings import Doubt, PrintedStamp, Reading, Unplaced
from tests.checks.sheets import codes, only, order, region, row


def stamped(*stamps, **changes):
    return check_reading(Reading(order(**changes), stamps), region())


@pytest.mark.parametrize(
    ("day", "number"),
    [
        (date(2021, 12, 30), "275-осн/д"),
        (date(2022, 4, 28), "245-ссл/г"),
        (date(2022, 4, 28), None),
    ],
)
def test_finds_a_stamp_of_another_date_or_number(day, number):
    (found,) = stamped(PrintedStamp(("Приложение",), date=day, number=number))
    assert (found.code, found.severity, found.path) == (
        "stamp-mismatch",
        "error",
        "annexes[0].stamp",
    )
    assert found.suggestion == "от 30.12.2021 № 245-ссл/г"


@pytest.mark.parametrize("number", ["245-ссл/г", "245–ССЛ/Г", "№ 245-ссл /г", None])
def test_accepts_the_same_number_however_it_is_typed(number):
    assert stamped(PrintedStamp((), date=date(2021, 12, 30), number=number)) == []


def test_finds_a_stamp_left_blank():
    (found,) = stamped(PrintedStamp(("Приложение", "от ____ № ____"), blank=True))
    assert found.code == "stamp-blank"


def test_a_draft_may_have_blank_stamps():
    assert stamped(PrintedStamp((), blank=True), date=None, number=None) == []


def test_a_data_file_has_no_stamps_to_compare():
    assert codes(order()) == []


def test_a_number_without_a_date_is_noted():
    assert only(order(date=None), "number-in-draft").path == "number"


@pytest.mark.parametrize("text", ["{{ title }}", "{% for row in rows %}", "Школа {# заметка", "}}"])
def test_finds_tags_left_over(text):
    assert only(order(row(activity=text)), "leftover-tag").severity == "error"


@pytest.mark.parametrize(
    "text",
    ["Прика\ufffd", "#Н/Д", "#REF!", "Ошибка! Источник ссылки не найден.", "None", "nan школ"],
)
def test_finds_values_lost(text):
    assert only(order(row(activity=text)), "value-lost").severity == "error"


@pytest.mark.parametrize(
    "text", ["#школадоверия", "{1, 2}", "10% от {плана}", "Null-гипотеза", "Nonet"]
)
def test_takes_no_other_signs_for_tags(text):
    assert codes(order(row(activity=text))) == []


def test_tells_what_an_import_could_not_place():
    found = only(order(unplaced=("010915 *",)), "unplaced-text")
    assert (found.path, found.severity) == ("unplaced[0]", "info")


def test_tells_what_the_reader_was_not_sure_of():
    reading = Reading(
        order(),
        doubts=(Doubt("annexes[0].title", "абзац 7", 0.4, "нет заголовка"),),
        unplaced=(Unplaced("010915 *", "абзац 2"),),
    )
    found = check_reading(reading, region())
    assert [f.code for f in found] == ["unplaced-text", "doubtful-value"]
    assert all(f.severity == "info" for f in found)
