"""Whatever recognition made of a table, every word of it is in the order or listed as unplaced."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.importers.scans import read

pytestmark = pytest.mark.slow

_SHAPES = ("", "", "{}", "{} и", "«{}", "{}»", "Слово {}", "{}.", "II. Раздел {}", "5. {}", "{}-")
_STARTS = ("", "{n}.", "{n}. Слово {}", "{n}", "Слово {}", "{}")
_rows = st.lists(
    st.one_of(
        st.just([""]),
        st.tuples(st.sampled_from(_STARTS), st.lists(st.sampled_from(_SHAPES), max_size=8)).map(
            lambda row: [row[0], *row[1]]
        ),
    ),
    max_size=12,
)


@given(_rows)
def test_no_word_is_lost(rows: list[list[str]]) -> None:
    words = (f"слово{number:03}" for number in count())
    numbered = [
        "|".join(cell.format(next(words), n=number) for cell in row)
        for number, row in enumerate(rows, 1)
    ]
    given_words = [word for row in numbered for word in row.replace("|", " ").split()]
    kept = " ".join(_texts(read(*numbered)))
    assert [word for word in given_words if word.strip(".-«»") not in kept] == []


def _texts(value: object) -> Iterator[str]:
    """Every text inside a value of the models."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for each in fields(value):
            if each.name not in ("doubts", "places"):
                yield from _texts(getattr(value, each.name))
    elif isinstance(value, dict):
        yield from _texts(tuple(value.values()))
    elif isinstance(value, tuple):
        for each in value:
            yield from _texts(each)
