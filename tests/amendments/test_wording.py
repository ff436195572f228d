from __future__ import annotations

import pytest

from docgen.amendments.labels import ROW, ranges, renumbered
from docgen.amendments.substitution import substitution


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        (["3"], "3"),
        (["3", "4"], "3, 4"),
        (["3", "5", "6", "7"], "3, 5–7"),
        (["2.9", "2.10", "2.11", "3.1"], "2.9–2.11, 3.1"),
    ],
)
def test_numbers_are_drawn_together(numbers: list[str], expected: str) -> None:
    assert ranges(numbers) == expected


def test_new_numbers_are_given_in_runs() -> None:
    pairs = [("5", "6"), ("6", "7"), ("7", "8"), ("9", "5")]
    assert list(renumbered(ROW, pairs)) == [
        "строки 5–7 считать соответственно строками 6–8",
        "строку 9 считать строкой 5",
    ]


TEXT = "Отделу общего образования представить сводный отчёт в срок до 1 марта 2022 года."


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (TEXT.replace("марта", "апреля"), "слова «марта» заменить словами «апреля»"),
        (TEXT.replace("2022", "2023"), "цифры «2022» заменить цифрами «2023»"),
        (TEXT.replace("сводный ", ""), "слова «сводный» исключить"),
        (
            TEXT.replace("сводный отчёт", "сводный подробный отчёт"),
            "после слов «представить сводный» дополнить словами «подробный»",
        ),
        (TEXT.replace("2022 года", "2022–2023 годов"), "слова «2022 года» заменить словами"),
        ("Совсем другое поручение другому отделу.", None),
    ],
)
def test_a_small_change_names_only_the_words(new: str, expected: str | None) -> None:
    found = substitution(TEXT, new)
    assert found is None if expected is None else (found or "").startswith(expected)


def test_words_that_occur_twice_are_named_with_those_before_them() -> None:
    old = "Провести вебинар для школ района и семинар для школ города в марте текущего года"
    new = old.replace("школ города", "гимназий города")
    assert substitution(old, new) == (
        "слова «семинар для школ» заменить словами «семинар для гимназий»"
    )
