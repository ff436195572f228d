from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.language.typography import hold_together, plain_spaces, wrapped_lines


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("от 30.12.2021 № 245-ссл/г", "от 30.12.2021 №␣245-ссл/г"),
        ("Захарова С.П.", "Захарова␣С.П."),
        ("О.С. Кольцова", "О.С.␣Кольцова"),
        ("О. С. Кольцова", "О.С.␣Кольцова"),
        ("в 2022 году", "в 2022␣году"),
        ("2022 г.", "2022␣г."),
        ("г. Кирс", "г.␣Кирс"),
        ("округа – Югры", "округа␣– Югры"),
        ("Иванов и Петров", "Иванов и Петров"),
    ],
)
def test_holds_together_what_must_not_be_torn(text: str, held: str) -> None:
    assert hold_together(text).replace("\u00a0", "␣") == held


@given(st.text(alphabet="абвАБ. №–-123г\n", max_size=80))
def test_only_spaces_change(text: str) -> None:
    held = hold_together(text)
    assert "".join(held.split()) == "".join(text.split())
    assert hold_together(held) == held


@given(st.text(alphabet="абв \n", max_size=200), st.integers(1, 60))
def test_wrapped_lines_keep_every_word_and_the_width(text: str, width: int) -> None:
    lines = wrapped_lines(text, width)
    assert " ".join(lines) == plain_spaces(text)
    assert all(len(line) <= width or " " not in line for line in lines)
