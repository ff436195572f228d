from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.errors import LanguageError
from docgen.language.workdays import CalendarUnknown, add_working_days, is_working_day

DAYS = st.dates(date(2020, 6, 1), date(2027, 6, 1))


@pytest.mark.parametrize(
    "day",
    [
        "2021-02-20",
        "2022-03-05",
        "2024-04-27",
        "2024-11-02",
        "2024-12-28",
        "2025-11-01",
        "2027-02-20",
    ],
)
def test_moved_weekend_days_are_at_work(day):
    assert is_working_day(date.fromisoformat(day))


@pytest.mark.parametrize(
    "day",
    [
        *("2020-05-04", "2020-06-24", "2021-02-22", "2021-11-05", "2021-12-31", "2022-03-07"),
        *("2022-05-03", "2022-05-10", "2023-02-24", "2023-05-08", "2023-11-06", "2024-04-29"),
        *("2024-05-10", "2024-12-30", "2025-05-02", "2025-05-08", "2025-06-13", "2025-11-03"),
        *("2025-12-31", "2026-01-09", "2026-03-09", "2026-05-11", "2027-11-05", "2022-01-08"),
    ],
)
def test_holidays_and_days_moved_to_weekdays_are_off(day):
    assert not is_working_day(date.fromisoformat(day))


@pytest.mark.parametrize("day", [4, 5, 6, 7])
def test_days_the_president_declared_non_working_are_off(day):
    assert not is_working_day(date(2021, 5, day))


@pytest.mark.parametrize(
    ("year", "number"),
    [(2022, 247), (2023, 247), (2024, 248), (2025, 247), (2026, 247), (2027, 247)],
)
def test_year_has_as_many_working_days_as_the_official_norm(year, number):
    first = date(year, 1, 1)
    days = [first + timedelta(days=at) for at in range((date(year + 1, 1, 1) - first).days)]
    assert sum(is_working_day(day) for day in days) == number


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        ("2022-03-04", 1, "2022-03-05"),
        ("2022-03-04", 2, "2022-03-09"),
        ("2022-03-09", -1, "2022-03-05"),
        ("2021-12-30", 1, "2022-01-10"),
        ("2022-06-11", 0, "2022-06-11"),
        ("2025-04-30", 3, "2025-05-07"),
    ],
)
def test_counts_working_days(day, n, expected):
    assert add_working_days(date.fromisoformat(day), n) == date.fromisoformat(expected)


@given(DAYS, st.integers(1, 60))
def test_counting_there_and_back_from_a_working_day_returns(day, n):
    start = add_working_days(day, 1)
    assert add_working_days(add_working_days(start, n), -n) == start


@pytest.mark.parametrize("day", [date(2019, 12, 31), date(2028, 1, 1)])
def test_refuses_a_year_outside_the_table(day):
    with pytest.raises(CalendarUnknown) as refusal:
        is_working_day(day)
    assert isinstance(refusal.value, LanguageError)
    assert refusal.value.code == "calendar-unknown"
    assert str(day.year) in refusal.value.message
