"""The examples typed anew in Word: no styles of ours, tables and lists as Word makes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings

from docgen.importers.docx import read_docx
from docgen.models import Order, Point, Signatory
from docgen.models.numbering import item_numbers, section_heading
from tests.importers.orders import EXAMPLES, REGIONS, example, in_words, orders
from tests.importers.word import cell, docx, lines, numbering, paragraph, row, table

NAMES = [path.stem for path in EXAMPLES]
LISTS = numbering(
    [
        ("decimal", ".".join(f"%{depth}" for depth in range(1, level + 2)) + ".")
        for level in range(6)
    ]
)


def typed(points: tuple[Point, ...], above: str = "") -> Iterator[str]:
    for place, point in enumerate(points, 1):
        yield paragraph(f"{above}{place}. {point.text}")
        yield from typed(point.points, f"{above}{place}.")


def listed(points: tuple[Point, ...], level: int = 0) -> Iterator[str]:
    for point in points:
        yield paragraph(point.text, numbered=(1, level))
        yield from listed(point.points, level + 1)


def front(order: Order, points: Iterator[str]) -> str:
    profile = REGIONS[order.region].profile
    signatory = order.signatory
    assert signatory is not None
    head = lines(*profile.letterhead.lines, "ПРИКАЗ", f"{order.printed_date} № {order.number}")
    city = lines(order.city) if order.city else ""
    text = lines(order.title, order.preamble, "ПРИКАЗЫВАЮ:") + "".join(points)
    acquainted = "".join(lines(f"С приказом ознакомлен: {name}") for name in order.acquainted)
    return head + city + text + lines(f"{signatory.post}\t{signatory.name}") + acquainted


def annex(order: Order, index: int) -> str:
    own = order.annexes[index]
    layout = REGIONS[order.region].layout(own)
    rows = [row(*(column.heading for column in layout.columns))]
    if layout.column_numbers:
        rows.append(row(*(str(count + 1) for count in range(len(layout.columns)))))
    for place, (section, numbers) in enumerate(
        zip(own.sections, item_numbers(own, layout), strict=True)
    ):
        if section.title:
            heading = section_heading(section, place, layout)
            rows.append(row(cell(heading, span=len(layout.columns))))
        for item, due in zip(section.items, numbers, strict=True):
            texts = {**item.values, "number": due if item.number is None else item.number}
            rows.append(row(*(texts.get(column.key, "") for column in layout.columns)))
    stamp = paragraph("", properties="<w:pageBreakBefore/>")
    stamp += lines(*REGIONS[order.region].stamp(order, index), align="right")
    return stamp + paragraph(own.title, align="center") + table(*rows)


@pytest.mark.parametrize("numbered", [typed, listed])
@pytest.mark.parametrize("name", NAMES)
def test_reads_an_order_typed_by_hand(
    name: str, numbered: Callable[[tuple[Point, ...]], Iterator[str]]
) -> None:
    order = example(name)
    annexes = "".join(annex(order, index) for index in range(len(order.annexes)))
    data = docx(front(order, numbered(order.points)), annexes, numbering=LISTS)
    reading = read_docx(data, f"{name}.docx", REGIONS)
    assert reading.order == order
    assert reading.unplaced == ()


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(orders())
def test_reads_any_order_typed_by_hand(made: Order) -> None:
    order = in_words(
        replace(
            made,
            date=made.date or date(2022, 2, 1),
            number=made.number or "66",
            signatory=made.signatory or Signatory("Ректор", "О.С. Кольцова"),
            executor=None,
        )
    )
    annexes = "".join(annex(order, index) for index in range(len(order.annexes)))
    for numbered in (typed, listed):
        data = docx(front(order, numbered(order.points)), annexes, numbering=LISTS)
        assert read_docx(data, "o.docx", REGIONS, order.region).order == order
