from __future__ import annotations

from dataclasses import replace
from time import perf_counter

import pytest
from hypothesis import given, settings

from docgen.amendments.differences import diff_orders
from docgen.amendments.words import marks
from docgen.context import printed_order
from docgen.models import Annex, Item, Order, Point, Section
from docgen.models.differences import OrderDiff
from docgen.services.documents import Documents
from tests.amendments.orders import ORDERS, TEXT


def table(*activities: str) -> Order:
    items = tuple(Item({"activity": text, "executor": "ЦНППМ"}) for text in activities)
    return order_of(Section(items))


def order_of(*sections: Section) -> Order:
    annex = Annex("План", sections, layout="roadmap")
    return Order("smolensk", "Об утверждении", "В целях", (), (annex,))


def told(documents: Documents, old: Order, new: Order) -> list[tuple[str, str, str]]:
    """What is told of the rows: old number, new number and what happened."""
    diff = printed_diff(documents, old, new)
    return [(i.old_number, i.new_number, "+".join(i.kinds)) for i in diff.items()]


def printed_diff(documents: Documents, old: Order, new: Order) -> OrderDiff:
    region = documents.regions["smolensk"]
    return diff_orders(printed_order(old, region), printed_order(new, region))


WEBINAR = "Установочный вебинар для участников проекта"
SURVEY = "Анкетирование кураторов школ и руководителей"
SEMINAR = "Семинар по рисковым профилям школ"
REPORT = "Отчёт о реализации первого этапа"


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        pytest.param(table(WEBINAR, SURVEY, SEMINAR), [], id="equal"),
        pytest.param(
            table(WEBINAR, REPORT, SURVEY, SEMINAR),
            [("", "2.", "added"), ("2.", "3.", "renumbered"), ("3.", "4.", "renumbered")],
            id="inserted",
        ),
        pytest.param(
            table(WEBINAR, SEMINAR),
            [("2.", "", "removed"), ("3.", "2.", "renumbered")],
            id="removed",
        ),
        pytest.param(
            table(SURVEY, SEMINAR, WEBINAR),
            [
                ("2.", "1.", "renumbered"),
                ("3.", "2.", "renumbered"),
                ("1.", "3.", "moved+renumbered"),
            ],
            id="moved",
        ),
        pytest.param(
            table(WEBINAR, SURVEY.replace("школ", "гимназий"), SEMINAR),
            [("2.", "2.", "changed")],
            id="changed",
        ),
        pytest.param(
            table(SURVEY.replace("школ", "гимназий"), WEBINAR, SEMINAR),
            [("2.", "1.", "changed+moved+renumbered"), ("1.", "2.", "renumbered")],
            id="moved and changed",
        ),
    ],
)
def test_rows_are_told_by_what_they_say(
    documents: Documents, new: Order, expected: list[tuple[str, str, str]]
) -> None:
    assert told(documents, table(WEBINAR, SURVEY, SEMINAR), new) == expected


def test_a_row_that_changes_its_section_is_one_that_moved(documents: Documents) -> None:
    rows = tuple(Item({"activity": text}) for text in (WEBINAR, SURVEY, SEMINAR))
    old = order_of(Section(rows[:2], "Начало"), Section(rows[2:], "Итоги"))
    new = order_of(Section(rows[:1], "Начало"), Section(rows[1:], "Итоги"))
    assert told(documents, old, new) == [("2.", "2.", "moved")]


def test_a_renamed_section_is_told_by_its_rows(documents: Documents) -> None:
    rows = tuple(Item({"activity": text}) for text in (WEBINAR, SURVEY))
    old, new = order_of(Section(rows, "Организация")), order_of(Section(rows, "Начало работы"))
    (section,) = printed_diff(documents, old, new).annexes[0].sections
    assert section.kinds == ("changed",)


def test_marks_name_the_words_that_changed() -> None:
    found = marks("до 1 марта 2022 года", "до 1 апреля 2022 года")
    assert [(mark.kind, mark.text) for mark in found] == [
        ("same", "до 1 "),
        ("deleted", "марта"),
        ("added", "апреля"),
        ("same", " 2022 года"),
    ]


@given(TEXT, TEXT)
def test_marks_hold_both_texts(old: str, new: str) -> None:
    found = marks(old, new)
    assert "".join(mark.text for mark in found if mark.kind != "added") == old
    assert "".join(mark.text for mark in found if mark.kind != "deleted") == new


@pytest.mark.slow
@given(ORDERS)
@settings(max_examples=30, deadline=None)
def test_an_order_does_not_differ_from_itself(order: Order) -> None:
    assert not diff_orders(order, order)


def test_nested_points_are_told_one_by_one(documents: Documents) -> None:
    old = replace(table(), points=(Point("Отделу:", points=(Point("Следить."), Point("Ждать."))),))
    new = replace(table(), points=(Point("Отделу:", points=(Point("Следить."),)), Point("Всё.")))
    diff = printed_diff(documents, old, new)
    assert [(p.old_number, p.new_number, p.kinds) for p in diff.points] == [
        ("1", "1", ()),
        ("", "2", ("added",)),
    ]
    assert [(p.old_number, p.kinds) for p in diff.points[0].points] == [("1.2", ("removed",))]


@pytest.mark.slow
def test_a_long_table_takes_no_square_time(documents: Documents) -> None:
    texts = [f"Мероприятие {n} для школ района, этап {n % 7}" for n in range(5800)]
    changed = [text.replace("школ", "гимназий") for text in texts]
    start = perf_counter()
    diff = printed_diff(documents, table(*texts), table(*reversed(changed)))
    assert sum("changed" in item.kinds for item in diff.items()) > 5700
    assert perf_counter() - start < 30
