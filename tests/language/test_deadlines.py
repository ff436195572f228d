import re
import time
from copy import deepcopy
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from docgen.language.deadlines import LONGEST_READ, Interval, parse_deadline, read
from tests.language.deadline_table import cases, table

DOCS = Path(__file__).parents[2] / "docs" / "deadlines.md"
YEARS = st.tuples(st.integers(2015, 2030), st.integers(2015, 2030))
VOCABULARY = re.findall(
    r"\S+",
    """
    до с по в и не позднее течение года 2022 2023 г. годов 15 31 30 марта март февраля II III
    квартал полугодие 15.03.2022 31.02.2022 17.01 - – , ; ( ) « » ежемесячно еженедельно раз
    2 раза месяц понедельник 2-й последняя неделя каждый рабочих дней после совещания плану
    учебного период проекта конца начала за 3 дня трехдневный срок через № от / . 11.2022 далее
    """,
)
FRAGMENTS = st.lists(st.sampled_from(VOCABULARY), max_size=14).map(" ".join)
TEXTS = FRAGMENTS | st.text(max_size=60)


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case.rule}: {case.text}")
def test_reads_the_printed_deadline(case):
    assert parse_deadline(case.text, case.years).as_dict() == case.expected


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.text)
def test_reads_the_same_with_other_spaces_dashes_and_case(case):
    text = case.text.replace(" ", "\u00a0 ").replace("–", "—").replace("-", "‑")
    got = parse_deadline(f" \n{text}\t", case.years).as_dict()
    expected = deepcopy(case.expected)
    assert (got.pop("condition") is None) == (expected.pop("condition") is None)
    anchors = [form.get("relative", {}).pop("anchor", None) for form in (got, expected)]
    assert (anchors[0] is None) == (anchors[1] is None)
    assert got == expected


@given(TEXTS, YEARS)
@example("с 29.02.2024 по 28.02.2024", (2024, 2024))
@example("9" * 5000, (2022, 2022))
@example("0-04.2022", (2022, 2022))
@example("(" * 5000, (2022, 2022))
@example("\ud800 31.12.2100 – 01.01", (2100, 2100))
def test_never_raises_and_never_ends_before_it_starts(text, years):
    for interval in parse_deadline(text, years).intervals:
        assert interval.end is not None
        assert interval.start is None or interval.start <= interval.end
        assert 1900 <= interval.end.year <= 2102


@given(TEXTS, YEARS)
def test_every_word_is_understood_or_stands_in_the_condition(text, years):
    reading = read(text, years)
    condition = reading.deadline.condition or ""
    assert condition in text
    for word in re.finditer(r"[^\W_]+", text):
        understood = any(
            start < word.end() and word.start() < end for start, end in reading.understood
        )
        assert understood or word.group() in condition


@given(TEXTS, YEARS)
def test_kind_agrees_with_what_was_found(text, years):
    deadline = parse_deadline(text, years)
    assert (deadline.kind in ("conditional", "relative")) == (deadline.intervals == ())
    assert (deadline.precision is None) == (deadline.intervals == ())
    assert (deadline.kind == "relative") == ("relative" in deadline.as_dict())
    assert not deadline.year_inferred or deadline.intervals


def test_keeps_the_end_of_a_text_too_long_to_be_a_deadline():
    text = "до 15.03.2022, далее " + "слово " * LONGEST_READ + "и конец 01.06.2022"
    deadline = parse_deadline(text, (2022, 2022))
    assert deadline.intervals == (Interval(None, date(2022, 3, 15)),)
    assert deadline.condition == text[text.index("далее") :]


def test_empty_cell_has_no_condition():
    assert parse_deadline(" \n", (2022, 2022)).as_dict() == {
        "kind": "conditional",
        "intervals": [],
        "precision": None,
        "recurrence": None,
        "condition": None,
        "year_inferred": False,
    }


def test_project_years_may_come_in_any_order_and_size():
    assert parse_deadline("весь период", (2023, 2022)).intervals == (
        Interval(date(2022, 1, 1), date(2023, 12, 31)),
    )
    assert parse_deadline("март", (0, 99999)).intervals[0].start == date(1900, 3, 1)


@pytest.mark.parametrize(
    "piece",
    ["1,", "1 и ", "1.", "март ", "(", "до ", "в течение ", "9", "2 раза ", "а", "по плану "],
)
def test_longest_text_takes_under_ten_milliseconds(piece):
    text = (piece * 10_000)[:10_000]
    took = []
    for _ in range(7):
        begun = time.process_time()
        parse_deadline(text, (2022, 2023))
        took.append(time.process_time() - begun)
    assert min(took) < 0.01


def test_docs_show_the_table_of_cases():
    assert table() in DOCS.read_text("utf-8"), "run python -m tests.language.deadline_table"
