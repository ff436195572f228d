from __future__ import annotations

import pytest

from docgen.models.reports import Goal
from docgen.reports.subjects import kind_of, rule_of, scope_of, theme_of
from docgen.reports.wording import change_text, goal_text, municipalities_of, took_part


@pytest.mark.parametrize(
    ("done", "of", "text"),
    [
        (27, 29, "из 29 школ приняли участие 27 (93,1%)"),
        (21, 21, "из 21 школы приняла участие 21 (100%)"),
        (1, 3, "из 3 школ приняла участие 1 (33,3%)"),
        (0, 5, "из 5 школ приняли участие 0 (0%)"),
    ],
)
def test_taking_part_agrees_with_the_numbers(done: int, of: int, text: str) -> None:
    assert took_part(done, of) == text


def test_of_municipalities_agrees() -> None:
    assert municipalities_of(21) == "21 муниципального образования"
    assert municipalities_of(12) == "12 муниципальных образований"


@pytest.mark.parametrize(
    ("value", "text"), [(4.2, "+4,2 п.п."), (-1, "−1 п.п."), (0.01, "0"), (None, "–")]
)
def test_a_change_has_its_sign(value: float | None, text: str) -> None:
    assert change_text(value) == text


@pytest.mark.parametrize(
    ("goal", "text"),
    [
        (Goal(1, "percent", "share", "ОО", "ge", 60, None, True), "не менее 60%"),
        (Goal(1, "count", "number", "школ", "eq", 29, None, True), "29"),
        (Goal(1, "count", "number", "", "between", 140, 145, True), "140–145"),
        (
            Goal(1, "times", "least", "", "ge", 1, None, True, "quarter"),
            "не менее 1 раза в квартал",
        ),
        (Goal(1, "percent", "share", "", None, None, None, True), ""),
    ],
)
def test_a_target_reads_as_printed(goal: Goal, text: str) -> None:
    assert goal_text(goal) == text


@pytest.mark.parametrize(
    ("subject", "kind"),
    [
        ("ОО, кураторов, муниципальных координаторов", "schools"),
        ("муниципальных координаторов", "municipalities"),
        ("муниципальных кураторов", "schools"),
        ("педагогов школ", "people"),
        ("сайтов школ-участниц проекта", "schools"),
        ("концептуальных документов", "people"),
        ("мер", "people"),
        ("совещаний", None),
    ],
)
def test_the_first_word_that_names_somebody_decides(subject: str, kind: str | None) -> None:
    assert kind_of(subject) == kind


@pytest.mark.parametrize(
    ("unit", "subject", "rule"),
    [
        ("percent", "ОО", "share"),
        ("percent", "педагогических работников", "mean"),
        ("count", "школ", "number"),
        ("count", "вебинаров", "sum"),
        ("times", "", "least"),
    ],
)
def test_each_unit_has_its_rule(unit: str, subject: str, rule: str) -> None:
    assert rule_of(unit, subject) == rule


def test_without_targets_the_indicator_then_the_executors_say_who_reports() -> None:
    assert scope_of(["совещаний"], "", "ОО") == "region"
    assert scope_of([], "Документы размещены школами", "") == "school"
    assert scope_of([], "", "Муниципальные координаторы") == "municipality"
    assert scope_of([], "Создан раздел", "ЦНППМ") == "region"


def test_questions_are_no_surveys() -> None:
    assert theme_of("Повышение квалификации по вопросам введения ФГОС") == "training"
    assert theme_of("Анкетирование кураторов школ") == "survey"
