from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.language.deadlines import parse_deadline
from docgen.language.schedule import due_by, last_day, occurrences, overdue_days, stage_of
from tests.language.deadline_table import cases

YEARS = (2022, 2022)
STAGES = (date(2022, 6, 17), date(2022, 9, 16), date(2022, 10, 17))
LAST = date(2022, 12, 31)


def read(text):
    return parse_deadline(text, YEARS)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("до 16.06.2022", 1),
        ("17.06.2022", 0),
        ("Март, апрель 2022 г.", 48),
        ("С апреля ежеквартально", 0),
        ("по запросам", None),
        ("в трехдневный срок со дня регистрации", None),
    ],
)
def test_counts_overdue_days(text, days):
    assert overdue_days(read(text), date(2022, 6, 17)) == days


@pytest.mark.parametrize(
    ("text", "due"),
    [("до 17.06.2022", True), ("18.06.2022", False), ("июнь", False), ("по графику", None)],
)
def test_says_what_is_due(text, due):
    assert due_by(read(text), date(2022, 6, 17)) is due


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("25.02.2022", 1),
        ("до 17.06.2022", 1),
        ("30.06.2022", 2),
        ("Июнь, сентябрь 2022 г.", 3),
        ("28.12.2022", None),
        ("еженедельно", None),
    ],
)
def test_finds_the_stage_that_reports_the_item(text, stage):
    assert stage_of(read(text), STAGES) == stage


def test_stages_need_not_come_in_order():
    assert stage_of(read("30.06.2022"), STAGES[::-1]) == 2
    assert stage_of(read("до 17.06.2022"), STAGES[::-1]) == 3
    assert stage_of(read("30.06.2022"), ()) is None


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("С октября 2022 г. 2-й и 4-й понедельник", "10.10 24.10 14.11 28.11 12.12 26.12"),
        ("С 15 ноября, последняя пятница месяца", "25.11 30.12"),
        ("август – сентябрь, пятый понедельник месяца", "29.08"),
        ("ноябрь, еженедельно по средам", "02.11 09.11 16.11 23.11 30.11"),
        ("С апреля ежеквартально", "30.06 30.09 31.12"),
        ("с 10 октября ежемесячно", "31.10 30.11 31.12"),
        ("с 15 мая по 15 июля, ежемесячно", "31.05 30.06 15.07"),
        ("20–31 октября, еженедельно", "23.10 30.10 31.10"),
        ("28–31 марта, ежедневно", "28.03 29.03 30.03 31.03"),
        ("в течение года (1 раз в год)", "31.12"),
        ("апрель, октябрь, ежемесячно", "30.04 31.10"),
        ("ежемесячно", ""),
        ("до 1 сентября ежегодно", ""),
        ("март", ""),
    ],
)
def test_lists_the_days_of_a_repeated_item(text, days):
    assert [f"{day:%d.%m}" for day in occurrences(read(text), LAST)] == days.split()


def test_stops_at_the_day_asked_for():
    weekly = occurrences(read("с апреля ежеквартально"), date(2022, 10, 1))
    assert list(weekly) == [date(2022, 6, 30), date(2022, 9, 30)]


@given(st.sampled_from(cases()), st.dates(date(2020, 1, 1), date(2024, 12, 31)))
def test_sense_of_every_case_agrees_with_itself(case, on):
    deadline = parse_deadline(case.text, case.years)
    if last_day(deadline) is None:
        assert overdue_days(deadline, on) is due_by(deadline, on) is None
    elif overdue_days(deadline, on):
        assert due_by(deadline, on)
    days = list(occurrences(deadline, on))
    assert all(day <= on for day in days)
    assert len(days) <= 1 or timedelta(0) < days[1] - days[0]
