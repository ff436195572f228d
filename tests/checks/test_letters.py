import pytest

from docgen.models import Section
from tests.checks.sheets import annex, codes, only, order, row


def cell(text):
    return order(row(activity=text))


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("Проведение cеминара", "семинара"),
        ("Анализ данных ШHОР", "ШНОР"),
        ("Конкурс Тeсh для школ", "Tech"),
        ("Конкурс Жech для школ", ""),
        ("Сайт Gоogle", "Google"),
        ("Обучение c целью роста", "с"),
        ("Участие ОО: не менее 5 OO", "ОО"),
        ("Отчет за Ш квартал", "III квартал"),
        ("Отчет за 1У квартал", "IV квартал"),
    ],
)
def test_finds_letters_of_the_wrong_alphabet(text, mended):
    assert only(cell(text), "mixed-alphabet").suggestion == mended


@pytest.mark.parametrize(
    "text",
    [
        "Центр «IT-куб», чемпионат Worldskills Russia, skillbox",
        "Отчет за II-III квартал, VII чемпионат",
        "Сайт https://school.edu.ru/стр и почта шкoла@mail.ru",
        "QR-код, 3D-моделирование, платформа Zoom, a также VK",
        "Участие COO в 8 классе",
        "группа c)",
    ],
)
def test_accepts_words_of_one_alphabet(text):
    expected = ["mixed-alphabet"] if "a также" in text else []
    assert codes(cell(text)) == expected


def test_finds_a_section_numbered_in_russian_letters():
    sheet = annex()
    sections = (
        Section(sheet.sections[0].items, "Четвертый", "IV."),
        Section((row(),), "Пятый", "У."),
    )
    checked = order(annexes=(type(sheet)(title=sheet.title, sections=sections),))
    found = only(checked, "mixed-alphabet")
    assert (found.path, found.suggestion) == ("annexes[0].sections[1].number", "V.")
