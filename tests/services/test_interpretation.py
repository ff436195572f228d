from __future__ import annotations

import pytest

from docgen.language.deadlines import parse_deadline
from docgen.language.indicators import parse_indicator
from docgen.services.interpretation import deadline_words, indicator_words

YEARS = (2022, 2022)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("03.03.2022 г.", "03.03.2022"),
        ("до 1 марта 2022 г.", "до 01.03.2022"),
        ("до 1 марта", "до 01.03.2022 (год взят из приказа)"),
        ("17.01.2022 – 04.02.2022", "с 17.01.2022 по 04.02.2022"),
        ("февраль 2022, апрель 2022", "с 01.02.2022 по 28.02.2022; с 01.04.2022 по 30.04.2022"),
        ("С апреля 2022 ежеквартально", "с 01.04.2022 по 31.12.2022; ежеквартально"),
        ("2 раза в месяц", "2 раза в месяц"),
        ("С марта 2022 г. 2-й и 4-й понедельник",
         "с 01.03.2022 по 31.12.2022; 2-й и 4-й понедельник месяца"),
        ("в течение 3 рабочих дней после подписания",
         "в течение 3 рабочих дней, считая от: подписания"),
        ("по графику", "без календарного срока: по графику"),
        ("", ""),
    ],
)  # fmt: skip
def test_says_a_deadline_in_words(text: str, words: str) -> None:
    assert deadline_words(parse_deadline(text, YEARS)) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Не менее 60% школ приняли участие", "не менее 60% школ"),
        ("140-145 педагогов", "140–145 педагогов"),
        ("Проведено не менее 2 вебинаров в месяц", "не менее 2 в месяц (вебинаров)"),
        ("Не менее 50% школ к 01.07.2022", "не менее 50% школ (до 01.07.2022)"),
        (
            "В I полугодии – не менее 2 вебинаров",
            "не менее 2 вебинаров (с 01.01.2022 по 30.06.2022)",
        ),
        ("Разработан план", "проверяется по документу или факту, без числа"),
        ("", ""),
    ],
)
def test_says_an_indicator_in_words(text: str, words: str) -> None:
    assert indicator_words(parse_indicator(text, YEARS)) == words
