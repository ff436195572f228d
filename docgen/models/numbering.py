"""The numbers a table prints beside its sections and rows.

A number given in the data stands as it is; an absent one follows the layout's style.
"""

from __future__ import annotations

import re
from itertools import count

from docgen.models.orders import Annex, Section
from docgen.models.profiles import Layout

_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_NUMBERED_TITLE = re.compile(r"(?:\d+|[IVXLC]+)\.\s")


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
        number = "" if _NUMBERED_TITLE.match(section.title) else section_number(index, layout)
    return f"{number} {section.title}" if number else section.title
