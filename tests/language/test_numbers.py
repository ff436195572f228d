import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.language.numbers import (
    NUMBER_WORDS,
    agree,
    format_number,
    format_percent,
    parse_number,
    parse_range,
    read_words,
)

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("29", 29),
        ("1 200", 1200),
        (f"1{NBSP}200", 1200),
        ("93,1%", 93.1),
        ("12,5 %", 12.5),
        ("12.5", 12.5),
        ("двух", 2),
        ("три", 3),
        ("трёх", 3),
        ("Двадцать пять", 25),
        ("сто сорок пять", 145),
        ("две тысячи двадцати двух", 2022),
        ("тысячу", 1000),
    ],
)
def test_reads_a_number_in_digits_or_words(printed, value):
    assert parse_number(printed) == value


@pytest.mark.parametrize("printed", ["", " ", "%", "школ", "500+", "три школы", "1,2,3", "семью"])
def test_refuses_what_is_not_one_number(printed):
    assert parse_number(printed) is None


@pytest.mark.parametrize(
    ("words", "taken"), [("сорок сорок", 1), ("пять двадцать", 1), ("школ", 0)]
)
def test_a_number_in_words_ends_where_no_smaller_word_follows(words, taken):
    assert read_words(words.split())[1] == taken


@pytest.mark.parametrize(
    ("printed", "ends"),
    [
        ("140-145", (140, 145)),
        ("44 – 60", (44, 60)),
        ("от 5 до 10", (5, 10)),
        ("двух-трёх", (2, 3)),
        ("80% – 100%", (80, 100)),
        ("1 200 – 1 300", (1200, 1300)),
    ],
)
def test_reads_both_ends_of_a_range(printed, ends):
    assert parse_range(printed) == ends


@pytest.mark.parametrize("printed", ["", "5", "10-5", "школ - 5", "5-школ"])
def test_refuses_what_is_no_range(printed):
    assert parse_range(printed) is None


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (29, "29"),
        (93.1, "93,1"),
        (93.0, "93"),
        (66.66, "66,7"),
        (0.05, "0,1"),
        (1200, "1200"),
        (12500, f"12{NBSP}500"),
        (-3, "\N{MINUS SIGN}3"),
    ],
)
def test_writes_a_number_as_a_clerk_does(value, printed):
    assert format_number(value) == printed


def test_writes_a_share_with_a_comma_and_no_space():
    assert format_percent(93.1) == "93,1%"
    assert format_percent(100) == "100%"
    assert format_percent(66.666, places=2) == "66,67%"


@pytest.mark.parametrize(
    ("number", "form"),
    [
        (1, "школа"),
        (2, "школы"),
        (4, "школы"),
        (5, "школ"),
        (0, "школ"),
        (11, "школ"),
        (12, "школ"),
        (14, "школ"),
        (21, "школа"),
        (102, "школы"),
        (111, "школ"),
        (1.5, "школы"),
        (-1, "школа"),
    ],
)
def test_a_noun_agrees_with_its_number(number, form):
    assert agree(number, "школа", "школы", "школ") == form


@given(st.integers(0, 999_999))
def test_a_written_number_reads_back(number):
    assert parse_number(format_number(number)) == number


@given(st.text() | st.text("0123456789 -–,%").map(lambda figures: f"от {figures}"))
def test_a_range_read_in_any_text_runs_up_from_one_number_to_another(text):
    low, high = parse_range(text) or (0, 1)
    assert low < high
    assert parse_number(text) is None or parse_range(text) is None


@given(st.lists(st.sampled_from([*NUMBER_WORDS, "школ"]), max_size=8))
def test_takes_no_more_words_than_there_are(words):
    value, taken = read_words(words)
    assert 0 <= taken <= len(words)
    assert value >= 0
