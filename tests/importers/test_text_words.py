"""Misread words are put right only where the document or the dictionary tells, never silently."""

from __future__ import annotations

import pytest

from docgen.importers.text.joins import joined, likelihood
from docgen.importers.text.vocabulary import Vocabulary
from docgen.importers.text.words import mended, mended_heading

DOCUMENT = (
    "школы (далее – ОО Проекта). Кураторы, муниципальные кураторы. "
    "с низкими образовательными результатами и образовательными результатами"
)


def mend(text: str) -> str:
    return mended(text, Vocabulary(f"{DOCUMENT} {text}"))[0]


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("не менее 6 00", "не менее 6 ОО"),
        ("Не менее 60% 00 приняли участие", "Не менее 60% ОО приняли участие"),
        ("ФГОС НОО и 000", "ФГОС НОО и ООО"),
        ("на базе Сафоново-ского района", "на базе Сафоновского района"),
        ("с низкими образовательным и результатами", "с низкими образовательными результатами"),
        ("директора ООО Проект, координаторы", "директора ОО Проекта, координаторы"),
        ("региональные координаторы, курагоры", "региональные координаторы, кураторы"),
        ("ЦНПШМ, координаторы", "ЦНППМ, координаторы"),
    ],
)
def test_puts_right_what_was_misread(read: str, meant: str) -> None:
    assert mend(read) == meant
    assert mended(read, Vocabulary(f"{DOCUMENT} {read}"))[1]


@pytest.mark.parametrize(
    "text",
    [
        "10 000 участников",
        "в 10 00",
        "с 9 00 до 10 00",
        "10.00",
        "https://iro.ru/00/",
        "введение ФГОС ООО",
        "план-график, мастер-класс, онлайн-конференция",
        "предметным и метапредметным результатам",
        "кураторы и координаторы",
        "Педагоги, методисты",
        "«Проект 500+»",
    ],
)
def test_leaves_alone_what_may_be_right(text: str) -> None:
    assert mended(text, Vocabulary(DOCUMENT + text)) == (text, ())


@pytest.mark.parametrize(
    "text", ["оценочной процедуре VIP.", "Неоплатане перечень школ", "https://iгоасоупм.гц/"]
)
def test_doubts_what_it_cannot_put_right(text: str) -> None:
    same, remarks = mended(text, Vocabulary(text))
    assert same == text
    assert remarks


def test_keeps_an_abbreviation_where_the_document_declares_no_other() -> None:
    assert mended("ООО «Ромашка»", Vocabulary("ООО «Ромашка»"))[0] == "ООО «Ромашка»"


def test_roman_numerals_come_in_latin_letters() -> None:
    assert mended_heading("У. Поддержка", Vocabulary(""))[0] == "V. Поддержка"
    assert mended_heading("IV. Поддержка", Vocabulary("")) == ("IV. Поддержка", ())


@pytest.mark.parametrize(
    ("above", "below", "whole"),
    [
        ("цикле мастер-", "классов, проводимых", "цикле мастер-классов, проводимых"),
        ("орга-", "низация", "организация"),
        ("общеобразовате", "льных организаций", "общеобразовательных организаций"),
        ("муниципальных", "ые кураторы", "муниципальные кураторы"),
        (
            "https://youtube.com/channel/UC19",
            "8qKiUw-A",
            "https://youtube.com/channel/UC198qKiUw-A",
        ),
        ("координатор, куратор", "школы", "координатор, куратор школы"),
        ("", "школы", "школы"),
    ],
)
def test_joins_what_a_page_break_cut(above: str, below: str, whole: str) -> None:
    assert joined(above, below) == whole


def test_an_open_quotation_outweighs_everything_else() -> None:
    closing = likelihood("ГАОУ «Институт", "развития образования»")
    assert closing > likelihood("протокол –", "развития образования»") > 1
    assert likelihood("Справка.", "развития") < 0 > likelihood("", "развития")
