"""Texts as they are set in print: what must not be torn apart by a line break, and line breaks.

Sources: ГОСТ Р 7.0.97 (initials and surname, «№» and number stand together).
"""

from __future__ import annotations

import re

NBSP = "\u00a0"

_NUMBER_SIGN = re.compile(r"№ (?=\S)")
_SURNAME_FIRST = re.compile(r" (?<=[а-яё] )(?=[А-ЯЁ]\. ?[А-ЯЁ]\.)")
_INITIALS_FIRST = re.compile(r"\b([А-ЯЁ]\.) ?([А-ЯЁ]\.) (?=[А-ЯЁ][а-яё])")
_PLACE = re.compile(r"\b(г|с|п|д)\. (?=[А-ЯЁ])")
_DASH = re.compile(r" (?=– )")
_YEAR = re.compile(r" (?<=\d{4} )(?=г\.|год)")
_SPACES = re.compile(r"\s+")


def hold_together(text: str) -> str:
    """The text with no-break spaces after «№», around initials, before a dash, before
    «г.» after a year and after «г.» before a name.
    """
    text = _NUMBER_SIGN.sub(f"№{NBSP}", text)
    text = _SURNAME_FIRST.sub(NBSP, text)
    text = _INITIALS_FIRST.sub(rf"\1\2{NBSP}", text)
    text = _YEAR.sub(NBSP, _DASH.sub(NBSP, text))
    return _PLACE.sub(rf"\1.{NBSP}", text)


def plain_spaces(text: str) -> str:
    """The text with every run of white space, no-break spaces included, as one space."""
    return _SPACES.sub(" ", text).strip()


def wrapped_lines(text: str, width: int) -> list[str]:
    """The words of the text in as few lines of at most `width` characters as possible.

    A word longer than `width` has a line of its own.
    """
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
