import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.language.deadlines import parse_deadline
from docgen.language.indicators import parse_indicator
from docgen.language.plain import plain
from tests.language import test_indicators
from tests.language.deadline_table import cases

YEARS = (2022, 2022)
DEADLINES = st.sampled_from([case.text for case in cases()])
INDICATORS = st.sampled_from(test_indicators.TEXTS)
TWINS = dict(zip("АВЕКМНОРСТХаеорсух", "ABEKMHOPCTXaeopcyx", strict=True))
TEXTS = st.text() | st.text("аёи\u0306\u0308\u0301\u00ad\u200b\ufeff \u00a0\n", max_size=40)


def in_halves(text):
    return unicodedata.normalize("NFD", text)


def with_soft_hyphens(text):
    return re.sub(r"(?<=[а-яё]{2})(?=[а-яё]{2})", "\u00ad", text)


def with_zero_width_spaces(text):
    return "\ufeff" + text.replace(" ", "\u200b ")


def with_wide_spaces(text):
    return re.sub(" (?=[А-Яа-яё])", "  \u00a0", text)


def with_latin_twins(text):
    return re.sub("[а-яё]{4,}", lambda word: word[0].translate(str.maketrans(TWINS)), text)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("мар\u00adт 2022", "март 2022"),
        ("маи\u0306 и е\u0308лка", "май и ёлка"),
        ("посе\u0301щение", "посещение"),
        ("\ufeff100%\u200b ОО", "100% ОО"),
        ("не  менее \u00a0 5", "не менее 5"),
        ("100%\nОО", "100%\nОО"),
        ("\u0306\u00ad", ""),
    ],
)
def test_says_what_a_reader_sees(source, text):
    assert plain(source).text == text


def test_gives_its_pieces_as_they_are_printed():
    said = plain("не  ме\u00adнее 5 шко\u00adл\u200b.")
    first = said.text.index("школ")
    assert said.printed(first, first + 4) == "шко\u00adл"
    assert said.printed(0, 8) == "не  ме\u00adнее"


@given(TEXTS)
def test_every_character_has_a_place_of_its_own_in_the_source(source):
    said = plain(source)
    assert len(said.places) == len(said.text) + 1
    assert list(said.places) == sorted(said.places)
    assert plain(said.text).text == said.text
    assert said.printed(0, len(said.text)) in source


CHANGES = [in_halves, with_soft_hyphens, with_zero_width_spaces, with_wide_spaces, with_latin_twins]


@pytest.mark.parametrize("change", CHANGES)
@given(text=DEADLINES)
def test_a_deadline_means_the_same_however_it_was_typed(change, text):
    assert meaning(change(text)) == meaning(text)


@pytest.mark.parametrize("change", CHANGES)
@given(text=INDICATORS)
def test_an_indicator_means_the_same_however_it_was_typed(change, text):
    changed = test_indicators.without_texts(parse_indicator(change(text), YEARS))
    assert changed == test_indicators.without_texts(parse_indicator(text, YEARS))


def meaning(text):
    form = parse_deadline(text, YEARS).as_dict()
    assert form["condition"] is None or form.pop("condition") in text
    form.get("relative", {}).pop("anchor", None)
    return form
