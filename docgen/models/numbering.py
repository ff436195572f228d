"""The numbers a table prints beside its sections and rows.

A number given in the data stands as it is; an absent one follows the layout's style.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import count

from docgen.models.orders import Annex, Item, Section
from docgen.models.profiles import Layout

_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_NUMBERED_TITLE = re.compile(r"(?:\d+|[IVXLC]+)\.\s")
_PRINTED_HEADING = re.compile(r"((?:\d+|[IVXLC]+)\.) (.*)", re.DOTALL)


def roman(number: int) -> str:
    """The Roman numeral of a number above zero: 4 → IV."""
    numeral = ""
    for value, letters in _ROMAN:
        while number >= value:
            numeral += letters
            number -= value
    return numeral


def section_number(index: int, layout: Layout) -> str:
    """The number of the section with this index in the layout's style, empty for none."""
    if layout.sections == "roman":
        return f"{roman(index + 1)}."
    return f"{index + 1}." if layout.sections == "arabic" else ""


def item_numbers(annex: Annex, layout: Layout) -> list[list[str]]:
    """The style's numbers for every row, section by section, whatever the data says."""
    running = count(1)
    numbers: list[list[str]] = []
    for section_index, section in enumerate(annex.sections, 1):
        rows = range(1, len(section.items) + 1)
        if layout.items == "hierarchical":
            numbers.append([f"{section_index}.{row}" for row in rows])
        elif layout.items == "section":
            numbers.append([f"{row}." for row in rows])
        else:
            numbers.append([f"{next(running)}." for _row in rows])
    return numbers


def section_heading(section: Section, index: int, layout: Layout) -> str:
    """The section's title with its number, as the table prints it.

    A title that already begins with a numeral is not numbered twice.
    """
    if section.title is None:
        return ""
    number = section.number
    if number is None:
        number = _absent_number(section.title, index, layout)
    return f"{number} {section.title}" if number else section.title


def _absent_number(title: str, index: int, layout: Layout) -> str:
    """The number that a section prints when the data gives none."""
    return "" if _NUMBERED_TITLE.match(title) else section_number(index, layout)


def split_heading(heading: str) -> tuple[str, str]:
    """Number and title of a printed heading: «V. Поддержка» → («V.», «Поддержка»)."""
    found = _PRINTED_HEADING.fullmatch(heading)
    return (found[1], found[2]) if found else ("", heading)


def as_given(annex: Annex, layout: Layout) -> Annex:
    """The annex with only those numbers that the layout's style would not print by itself.

    What the table prints stays the same; a numeral printed as part of a section's title becomes
    its number. Applied to a table read from paper, this gives the data it was made from. An item
    or section printed without a number comes in with the number "", and keeps it where the style
    would print one.
    """
    sections = tuple(
        replace(
            _section_as_given(section, index, layout),
            items=tuple(map(_item_as_given, section.items, numbers)),
        )
        for index, (section, numbers) in enumerate(
            zip(annex.sections, item_numbers(annex, layout), strict=True)
        )
    )
    return replace(annex, sections=sections)


def _section_as_given(section: Section, index: int, layout: Layout) -> Section:
    heading = section_heading(section, index, layout)
    if not heading.strip():
        return replace(section, number=None, title=None)
    number, title = split_heading(heading)
    absent = number == _absent_number(title, index, layout)
    return replace(section, number=None if absent else number, title=title)


def _item_as_given(item: Item, number: str) -> Item:
    return replace(item, number=None) if item.number == number else item
