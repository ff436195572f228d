import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.language.deadlines.trimming import trimmed


@pytest.mark.parametrize(
    ("piece", "rest"),
    [
        ("(по мере поступления запросов)", "по мере поступления запросов"),
        (" – по графику.", "по графику"),
        ("по плану на 2022 г.", "по плану на 2022 г."),
        ("планы, отчеты и т.д.", "планы, отчеты и т.д."),
        ("(1 этап), ноябрь (2 этап)", "(1 этап), ноябрь (2 этап)"),
        ("по графику (ИРО)", "по графику (ИРО)"),
        ("по графику)", "по графику"),
        ("(по графику", "по графику"),
        ("((", ""),
        ("", ""),
    ],
)
def test_frees_a_piece_of_loose_signs(piece, rest):
    assert trimmed(piece) == rest


@given(st.text("а(). ,–", max_size=30))
def test_trimming_twice_changes_nothing_more(piece):
    once = trimmed(piece)
    assert once in piece
    assert trimmed(once) == once
