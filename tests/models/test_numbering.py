"""Numbers in the data are those that a table would not print by itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.models import Annex, Column, Item, Layout, Section
from docgen.models.numbering import as_given, item_numbers, section_heading, split_heading

COLUMNS = (Column("number", "№", 1), Column("activity", "Задачи", 9))
LAYOUTS = [
    Layout(COLUMNS, items=items, sections=sections)
    for items in ("through", "section", "hierarchical")
    for sections in ("none", "arabic", "roman")
]
ROMAN = Layout(COLUMNS, items="section", sections="roman")
PLAIN = Layout(COLUMNS, items="through", sections="none")


def section(title: str | None = "Раздел", number: str | None = None, *items: Item) -> Section:
    return Section(items, title=title, number=number)


def printed(annex: Annex, layout: Layout) -> list[tuple[str, list[str]]]:
    """Headings and numbers as the table prints them."""
    return [
        (
            section_heading(each, index, layout),
            [
                number if item.number is None else item.number
                for item, number in zip(each.items, numbers, strict=True)
            ],
        )
        for index, (each, numbers) in enumerate(
            zip(annex.sections, item_numbers(annex, layout), strict=True)
        )
    ]


items = st.builds(
    Item, st.just({}), st.none() | st.sampled_from(["", "1.", "2.", "1", "1.1", "1.2", "7а"])
)
titles = st.none() | st.sampled_from(
    ["", " ", "Раздел", "I. Раздел", "V. Раздел", "1. Раздел", "1. 2. Р", "I.\u00a0Р", "I.\nР"]
)
numbers = st.none() | st.sampled_from(["", "I.", "II.", "1.", "V", "Раздел 1"])
sections = st.builds(Section, st.lists(items, max_size=3).map(tuple), titles, numbers)
annexes = st.builds(Annex, st.just("План"), st.lists(sections, max_size=3).map(tuple))


@given(annexes, st.sampled_from(LAYOUTS))
def test_prints_the_same_without_the_numbers_of_the_style(annex: Annex, layout: Layout) -> None:
    before = [(text.strip(), rows) for text, rows in printed(annex, layout)]
    after = [(text.strip(), rows) for text, rows in printed(as_given(annex, layout), layout)]
    assert after == before


@given(annexes, st.sampled_from(LAYOUTS))
def test_finds_nothing_to_drop_twice(annex: Annex, layout: Layout) -> None:
    once = as_given(annex, layout)
    assert as_given(once, layout) == once


@pytest.mark.parametrize(
    ("layout", "read", "kept"),
    [
        (ROMAN, section("Раздел", "I."), section("Раздел")),
        (ROMAN, section("Раздел", "V."), section("Раздел", "V.")),
        (ROMAN, section("Раздел", ""), section("Раздел", "")),
        (ROMAN, section("Раздел"), section("Раздел")),
        (ROMAN, section("V. Раздел"), section("Раздел", "V.")),
        (ROMAN, section("I. Раздел"), section("Раздел")),
        (ROMAN, section("2. Раздел", "I."), section("2. Раздел", "I.")),
        (ROMAN, section("V.\u00a0Раздел", ""), section("V.\u00a0Раздел")),
        (ROMAN, section(None, "I."), section(None)),
        (PLAIN, section("Раздел", ""), section("Раздел")),
        (PLAIN, section("Раздел", "1."), section("Раздел", "1.")),
        (PLAIN, section("1. Раздел"), section("Раздел", "1.")),
        (PLAIN, section("", None), section(None)),
    ],
)
def test_keeps_a_section_s_number_where_the_style_has_another(
    layout: Layout, read: Section, kept: Section
) -> None:
    assert as_given(Annex("План", (read,)), layout).sections == (kept,)


@pytest.mark.parametrize(
    ("number", "kept"), [("1.", None), ("1", "1"), ("", ""), (None, None), ("1.1", "1.1")]
)
def test_keeps_an_item_s_number_where_the_style_has_another(
    number: str | None, kept: str | None
) -> None:
    annex = Annex("План", (section(None, None, Item({}, number)),))
    assert as_given(annex, PLAIN).sections[0].items[0].number == kept


@pytest.mark.parametrize(
    ("heading", "parts"),
    [
        ("V. Поддержка школ", ("V.", "Поддержка школ")),
        ("12. Отчёт", ("12.", "Отчёт")),
        ("Поддержка школ", ("", "Поддержка школ")),
        ("2022 год", ("", "2022 год")),
        ("V.Поддержка", ("", "V.Поддержка")),
        ("1. Дом\nи школа", ("1.", "Дом\nи школа")),
    ],
)
def test_splits_a_printed_heading(heading: str, parts: tuple[str, str]) -> None:
    assert split_heading(heading) == parts
