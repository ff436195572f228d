import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.language.deadlines.tokens import tokenize
from docgen.language.deadlines.vocabulary import Kind
from docgen.language.plain import plain


def kinds(text):
    return [token.kind for token in tokenize(text) if token.kind is not Kind.END]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2-й", [Kind.NUMBER]),
        ("2022г.", [Kind.NUMBER, Kind.YEAR, Kind.DOT]),
        ("3-дневный", [Kind.NUMBER, Kind.DASH, Kind.WORD]),
        ("II–III", [Kind.ROMAN, Kind.DASH, Kind.ROMAN]),
        ("Март—апрель", [Kind.MONTH, Kind.DASH, Kind.MONTH]),
        ("Mapт", [Kind.MONTH]),
        ("трёх раз", [Kind.CARDINAL, Kind.TIMES]),
        ("«15» марта", [Kind.NUMBER, Kind.MONTH]),
        ("l5.О3.2O22", [Kind.NUMBER, Kind.DOT, Kind.NUMBER, Kind.DOT, Kind.NUMBER]),
        ("«план»", [Kind.QUOTE, Kind.WORD, Kind.QUOTE]),
    ],
)
def test_types_words_numbers_and_signs(text, expected):
    assert kinds(text) == expected


@given(st.text(max_size=80))
def test_tokens_stand_in_order_and_cover_every_visible_sign(text):
    tokens = [token for token in tokenize(text) if token.kind is not Kind.END]
    places = [place for token in tokens for place in range(token.start, token.end)]
    assert places == sorted(set(places))
    assert all(not plain(text[at]).text.strip() for at in set(range(len(text))) - set(places))


@given(st.text(max_size=80), st.integers(0, 10))
def test_reads_no_more_than_asked(text, most):
    tokens = tokenize(text, most)
    assert tokens[:-4] == tokenize(text)[:-4][:most]
    assert {token.kind for token in tokens[-4:]} == {Kind.END}
