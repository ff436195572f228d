from __future__ import annotations

import re

import pytest

from docgen.render.tables import mend_grids
from tests.render.word import cell, row, table

INNER = table(row("1", "2"), columns=1)
WIDE = cell("x", properties='<w:gridSpan w:val="3"/>')


def widths(xml: str) -> list[list[int]]:
    grids = re.findall(r"<w:tblGrid>(.*?)</w:tblGrid>", xml)
    return [[int(each) for each in re.findall(r'w:w="(\d+)"', grid)] for grid in grids]


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        (table(row("1", "2"), columns=2), [[1000, 1000]]),
        (table(row("1", "2", "3", "4"), columns=2), [[500, 500, 500, 500]]),
        (table(row("1"), columns=4), [[4000]]),
        (table(columns=2), [[]]),
        (table(row(WIDE), columns=4), [[1333, 1333, 1333]]),
        (table(row("1"), columns=1) + table(row("1", "2"), columns=1), [[1000], [500, 500]]),
        (
            table(row(f"<w:tc>{table(row('1', '2'), columns=1)}</w:tc>"), columns=1),
            [[500, 500]] * 2,
        ),
    ],
)
def test_gives_the_grid_as_many_columns_as_the_widest_row(
    xml: str, expected: list[list[int]]
) -> None:
    assert widths(mend_grids(xml.encode()).decode()) == expected


def test_leaves_all_else_alone() -> None:
    xml = f"a{table(row('1'), columns=1)}b{table(row(WIDE), columns=3)}c".encode()
    assert mend_grids(xml) == xml
