from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.language.deadlines.dates import (
    DateMention,
    dates_in,
    format_date,
    format_date_words,
    impossible_dates,
)

DATES = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("письмо от 18.01.2021 № 02-11", ["18.01.2021"]),
        ("с 24.02.2022 – 10.03. 2022 г.", ["24.02.2022", "10.03. 2022"]),
        ("от «25» февраля 2022 г.", ["«25» февраля 2022"]),
        ("5 июня 2016 г. и 05/06/2016, 2016-06-05", ["5 июня 2016", "05/06/2016", "2016-06-05"]),
        ("29 февраля 2020 года", ["29 февраля 2020"]),
        ("март 2022, 15.03, 11.2021, в 2022 году", []),
        ("192.168.1.1, ОКВЭД 85.41.92, п. 1.2.3", []),
    ],
)
def test_finds_full_dates(text, found):
    assert [text[mention.start : mention.end] for mention in dates_in(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("от 18.01.32021 № 5", ("18.01.32021",)),
        ("31.02.2022, 32 марта 2022", ("31.02.2022", "32 марта")),
        ("29.02.2021 и 29 февраля 2021 года", ("29.02.2021", "29 февраля 2021")),
        ("31 апреля", ("31 апреля",)),
        ("00.05.2022; 15.13.2022; 15.03.202", ("00.05.2022", "15.13.2022", "15.03.202")),
        ("31.02.22", ("31.02.22",)),
        ("15.03.3022", ("15.03.3022",)),
        ("28.02.2022, 29 февраля, 500 мая, в 10.00, 85.41.92, 192.168.1.1", ()),
    ],
)
def test_tells_impossible_dates(text, found):
    assert impossible_dates(text) == found


@given(DATES)
def test_written_dates_are_found_again(day):
    for written in (format_date(day), format_date_words(day)):
        (mention,) = dates_in(f"приказ от {written} № 5")
        assert mention.date == day
        assert impossible_dates(written) == ()


@given(st.text(max_size=80) | st.text("0123456789. -/мартя", max_size=80))
def test_any_text_is_read_without_complaint(text):
    ends = [mention.end for mention in dates_in(text)]
    assert ends == sorted(ends)
    assert all(piece in text for piece in impossible_dates(text))


def test_writes_dates_as_the_standard_does():
    assert format_date(date(2016, 6, 5)) == "05.06.2016"
    assert format_date_words(date(2016, 6, 5)) == "5 июня 2016 г."


def test_mention_has_its_place():
    assert dates_in("от 05.06.2016.") == (DateMention(date(2016, 6, 5), 3, 13),)
