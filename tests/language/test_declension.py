from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.errors import LanguageError
from docgen.language.declension import (
    CASES,
    acquainted_word,
    approval_word,
    attached_word,
    decline,
    decline_phrase,
    gender_of,
    inner_title,
)
from tests.language.declension_page import CASES as DATA
from tests.language.declension_page import PAGE, page

KINDS = ("person", "post", "organisation", "region", "addressee")
LATER_CASES = CASES[1:]


def rows(kind):
    return [pytest.param(row, id=row[0]) for row in DATA[kind]]


def six_forms(text, kind, gender=None):
    return [decline(text, case=case, kind=kind, gender=gender) for case in CASES]


@pytest.mark.parametrize("row", rows("region"))
def test_declines_regions(row):
    assert six_forms(row[0], "region") == row


@pytest.mark.parametrize("row", rows("post"))
def test_declines_posts(row):
    assert six_forms(row[0], "post") == row


@pytest.mark.parametrize("row", rows("organisation"))
def test_declines_organisations(row):
    assert six_forms(row[0], "organisation") == row


@pytest.mark.parametrize("row", rows("addressee"))
def test_declines_addressees(row):
    assert six_forms(row[0], "addressee") == row


@pytest.mark.parametrize(
    ("text", "kind", "genitive"),
    [
        ("Заха\u00adров\u00a0С.П.", "person", "Захарова\u00a0С.П."),
        ("Баи\u0306рачныи\u0306 Н.Е.", "person", "Байрачного Н.Е."),
        ("ведущии\u0306 консультант", "post", "ведущего консультанта"),
        ("Ставропольскии\u0306 краи\u0306", "region", "Ставропольского края"),
        ("Коми\u00adтет по образованию", "organisation", "Комитета по образованию"),
    ],
)
def test_declines_what_a_reader_sees(text, kind, genitive):
    assert decline(text, case="genitive", kind=kind) == genitive


@pytest.mark.parametrize("row", rows("title"))
def test_declines_titles_of_documents(row):
    assert [decline_phrase(row[0], case) for case in CASES] == row


@pytest.mark.parametrize(
    ("row", "gender"),
    [
        pytest.param(row, gender if gender in {"m", "f"} else None, id=f"{row[0]} {gender}")
        for gender, names in DATA["person"].items()
        for row in names
    ],
)
def test_declines_persons(row, gender):
    assert six_forms(row[0], "person", gender) == row


@pytest.mark.parametrize("name", DATA["gender-unknown"])
@pytest.mark.parametrize("case", LATER_CASES)
def test_asks_for_a_gender_instead_of_guessing(name, case):
    with pytest.raises(LanguageError) as refusal:
        decline(name, case=case, kind="person")
    assert refusal.value.code == "gender-unknown"


@pytest.mark.parametrize(
    ("names", "accusative"),
    [
        ("Иванова А.А., Петров И.И.", "Иванову А.А., Петрова И.И."),
        ("Захаров С.П. и Шевчук О.О.", "Захарова С.П. и Шевчук О.О."),
    ],
)
def test_declines_each_of_several_persons(names, accusative):
    assert decline(names, case="accusative", kind="person", gender="f") == accusative


@pytest.mark.parametrize(
    ("title", "inner"),
    [
        ("Дорожная карта", "дорожная карта"),
        ("ДОРОЖНАЯ КАРТА по реализации", "дорожная карта по реализации"),
        ("ПЛАН РАБОТЫ ПО ПОДДЕРЖКЕ ШНОР", "план работы по поддержке ШНОР"),
        ("ПЛАН РАБОТЫ В МОСКОВСКОЙ ОБЛАСТИ", "план работы в Московской области"),
        ("«Дорожная карта» проекта", "«дорожная карта» проекта"),
        ("СОИРО", "СОИРО"),
    ],
)
def test_a_title_inside_a_sentence_keeps_no_capitals_but_names(title, inner):
    assert inner_title(title) == inner


def test_asks_for_the_gender_of_a_person_in_an_addressee():
    with pytest.raises(LanguageError) as refusal:
        decline("методист Ким И.В.", case="dative", kind="addressee")
    assert refusal.value.code == "gender-unknown"
    given = decline("методист Ким И.В.", case="dative", kind="addressee", gender="m")
    assert given == "методисту Киму И.В."


@pytest.mark.parametrize("name", ["Smith J.", "123", "№ 5"])
def test_refuses_a_name_without_russian_letters(name):
    with pytest.raises(LanguageError) as refusal:
        decline(name, case="dative", kind="person")
    assert refusal.value.code == "name-unreadable"


@pytest.mark.parametrize(
    ("word", "title"),
    [(word, title) for word, titles in DATA["agreement"].items() for title in titles],
)
def test_approval_agrees_with_the_head_noun(word, title):
    assert approval_word(title) == word


@pytest.mark.parametrize("title", ["", "123", "о чём-то", "СОИРО"])
def test_refuses_to_agree_with_nothing(title):
    with pytest.raises(LanguageError) as refusal:
        approval_word(title)
    assert refusal.value.code == "agreement-unknown"


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("план-график (дорожная карта)", "прилагаемый"),
        ("Дорожная карта", "прилагаемую"),
        ("положение", "прилагаемое"),
        ("рекомендации", "прилагаемые"),
    ],
)
def test_attached_agrees_in_the_accusative(title, word):
    assert attached_word(title) == word


@pytest.mark.parametrize(
    ("name", "gender"),
    [
        ("Захаров С.П.", "m"),
        ("О.С. Кольцова", "f"),
        ("Ким Анна Сергеевна", "f"),
        ("Ким Пётр Ильич", "m"),
        ("Мамедов Али Гасан оглы", "m"),
        ("Римский-Корсаков Н.А.", "m"),
        ("Иванова-Ким А.А.", "f"),
        ("Королева А.А.", "f"),
        ("Сорока Е.В.", None),
        ("Кузьмич Л.А.", None),
        ("Рубин А.А.", None),
        ("Дарвин Ч.", None),
        ("Ким Анна", None),
        ("", None),
    ],
)
def test_knows_a_gender_only_from_a_patronymic_or_a_clear_surname(name, gender):
    assert gender_of(name) == gender


@pytest.mark.parametrize(
    ("name", "gender", "word"),
    [
        ("Захаров С.П.", None, "ознакомлен"),
        ("Кольцова О.С.", None, "ознакомлена"),
        ("Ткач И.П.", "f", "ознакомлена"),
        ("Ткач И.П.", None, "ознакомлен(а)"),
    ],
)
def test_acquainted_agrees_with_the_person(name, gender, word):
    assert acquainted_word(name, gender) == word


def test_a_given_form_wins():
    given_forms = {"Ким А.С.": {"accusative": "Кима А.С."}}
    assert (
        decline("Ким А.С.", case="accusative", kind="person", overrides=given_forms) == "Кима А.С."
    )


def test_keeps_no_break_spaces():
    assert decline("Захаров\N{NO-BREAK SPACE}С.П.", case="dative", kind="person") == (
        "Захарову\N{NO-BREAK SPACE}С.П."
    )


@pytest.mark.parametrize("kind", KINDS)
@given(text=st.text(max_size=60))
def test_the_nominative_is_the_text_itself(kind, text):
    assert decline(text, case="nominative", kind=kind) == text


PIECES = st.sampled_from(DATA["fragments"])
PHRASES = st.lists(PIECES, max_size=8).map(" ".join) | st.text(max_size=40)


@settings(max_examples=200)
@given(text=PHRASES, kind=st.sampled_from(KINDS), case=st.sampled_from(CASES))
def test_any_text_gives_the_same_answer_twice_or_a_language_error(text, kind, case):
    def answer():
        try:
            return decline(text, case=case, kind=kind)
        except LanguageError as refusal:
            return refusal.code

    assert answer() == answer()


@pytest.mark.parametrize("title", ["𗀀a", "Совет 𗀀б", "𗀀"])
def test_leaves_letters_that_have_no_name(title):
    assert decline(title, case="genitive", kind="organisation").endswith(title.split()[-1])


@settings(max_examples=200)
@given(title=PHRASES, case=st.sampled_from(CASES))
def test_any_title_has_one_answer(title, case):
    assert decline_phrase(title, case) == decline_phrase(title, case)


TAILS = st.sampled_from(
    [
        " по оценке качества образования",
        " отдела «Точка роста» № 4",
        " муниципального района (далее – Район)",
        " МКОУ СОШ п.Созимский",
    ]
)
HEADS = st.sampled_from(["директор", "заместитель министра", "ведущий консультант"])


@given(head=HEADS, tail=TAILS, case=st.sampled_from(CASES))
def test_what_follows_the_head_stays_verbatim(head, tail, case):
    assert decline(head + tail, case=case, kind="post") == (
        decline(head, case=case, kind="post") + tail
    )


@pytest.mark.slow
@pytest.mark.parametrize("word", ["старший ", "рабочий и ", "директор, ", "(план) и "])
def test_a_long_text_takes_no_time(word):
    began = time.perf_counter()
    for kind in ("post", "organisation", "region", "addressee"):
        decline(word * 500, case="dative", kind=kind)
    decline_phrase(word * 500, "dative")
    assert time.perf_counter() - began < 10


def test_ten_thousand_names_take_seconds():
    decline("Захаров С.П.", case="dative", kind="person")
    names = [f"Захаров{ending} {first}.{second}." for ending in ("", "а")
             for first in "АБВГДЕЖЗИКЛМНОПРСТУФ" for second in "АБВГДЕЖЗИКЛМНОПРСТУФ"]  # fmt: skip
    began = time.perf_counter()
    for name in names:
        for case in CASES:
            decline(name, case=case, kind="person")
    assert time.perf_counter() - began < 5


def test_the_page_prints_the_data_file():
    text = PAGE.read_text(encoding="utf-8")
    assert text == page(text)
