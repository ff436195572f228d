from datetime import date

import pytest

from tests.checks.sheets import codes, findings, only, order, row

PATH = "annexes[0].sections[0].items[0]"


@pytest.mark.parametrize(
    ("printed", "mended"),
    [
        ("18.01.32021", "18.01.2021"),
        ("18.01.20211", "18.01.2021"),
        ("05.13.2021", ""),
        ("02.15.2022", "15.02.2022"),
        ("31 апреля 2022 года", ""),
    ],
)
def test_finds_dates_that_stand_in_no_calendar(printed, mended):
    found = only(order(preamble=f"На основании письма от {printed} № 5"), "impossible-date")
    assert found.severity == "error"
    assert found.path == "preamble"
    assert mended in found.suggestion


def test_tells_how_long_the_month_is():
    found = only(order(row(indicator="Отчет сдан 31.04.2022")), "impossible-date")
    assert "30.04.2022" in found.suggestion


@pytest.mark.parametrize(
    "text",
    [
        "от 30.11.2021 № 1044-ОД",
        "пункты 1.1, 1.2.3 и 2.10.1 плана",
        "в 2020, 2021 годах",
        "версия 10.15.3",
        "5 июня 2022 года",
    ],
)
def test_takes_no_other_figures_for_dates(text):
    assert codes(order(preamble=f"На основании письма {text}")) == []


@pytest.mark.parametrize("deadline", ["17.01.2022", "Январь 2022 г.", "до 27.02.2022"])
def test_finds_deadlines_over_before_the_order(deadline):
    late = order(row(deadline=deadline), date=date(2022, 2, 28))
    assert only(late, "date-before-order").path == f"{PATH}.deadline"


@pytest.mark.parametrize("deadline", ["28.02.2022", "Февраль 2022 г.", "Январь – март 2022 г."])
def test_accepts_deadlines_not_over_on_the_day_of_the_order(deadline):
    assert codes(order(row(deadline=deadline), date=date(2022, 2, 28))) == []


def test_a_draft_has_no_deadlines_in_the_past():
    assert codes(order(row(deadline="Январь 2022 г."), date=None, number=None)) == []


@pytest.mark.parametrize("deadline", ["22.12.2020", "Март 2024 г.", "2024 год"])
def test_finds_years_outside_the_project(deadline):
    assert "deadline-year-outside-project" in codes(order(row(deadline=deadline)))


def test_an_order_of_a_later_project_is_not_measured_by_the_profile():
    later = order(
        row(deadline="Март 2025 г."),
        years=None,
        date=date(2025, 1, 20),
        title="Об утверждении плана-графика на 2025 год",
    )
    assert codes(later) == []


@pytest.mark.parametrize(
    ("deadline", "mended"),
    [
        ("март", "март 2022"),
        ("Октябрь, ноябрь", "Октябрь, ноябрь 2022"),
        ("II квартал", ""),
        ("С апреля ежеквартально", ""),
    ],
)
def test_finds_months_and_quarters_without_a_year(deadline, mended):
    found = only(order(row(deadline=deadline)), "year-missing")
    assert found.severity == "info"
    assert mended in found.suggestion


def test_a_year_missing_matters_more_in_a_project_of_two_years():
    found = only(order(row(deadline="март"), years=(2022, 2023)), "year-missing")
    assert found.severity == "warning"


def test_finds_a_day_without_a_year_in_other_cells():
    found = only(order(row(indicator="Вебинар 24.02. (Киров)", activity="Вебинар")), "year-missing")
    assert found.path == f"{PATH}.indicator"


@pytest.mark.parametrize(
    "deadline",
    [
        "В течение года",
        "Еженедельно по графику",
        "по мере поступления запросов",
        "в соответствии с приказом от 25.02.2022 № 66",
        "по плану работы на 2022 год",
        "Май, октябрь 2022 г.",
        "1-й и 3-й понедельник 2022 г.",
        "III-IV кварталы 2022 года",
        "ежемесячно, до 5 числа",
        "каждый вторник в 15.00",
        "15 числа каждого месяца",
        "в каникулярное время",
        "не позднее 3 рабочих дней после совещания",
    ],
)
def test_leaves_sound_deadlines_alone(deadline):
    assert codes(order(row(deadline=deadline))) == []


@pytest.mark.parametrize(
    ("deadline", "mended"),
    [
        ("Сентбярь 2022 г.", "Сентябрь 2022 г."),
        ("октябрр", "октябрь"),
        ("", ""),
        ("35 квартал", ""),
        ("???", ""),
        ("–", ""),
    ],
)
def test_finds_deadlines_it_cannot_read(deadline, mended):
    found = [f for f in findings(order(row(deadline=deadline))) if f.code == "deadline-unparsed"]
    assert found
    assert mended in found[0].suggestion
