"""A piece cut out of a sentence, freed of the signs that tied it to its neighbours."""

from __future__ import annotations

import re
from typing import Final

_LOOSE: Final = frozenset(" \t\n\r\xa0\u202f,;:-‐‑‒–—―−")
_BRACKET: Final = re.compile("[()]")
_LONGEST_ABBREVIATION: Final = 3


def trimmed(piece: str) -> str:
    """The piece without loose signs at its ends and without unpaired or enclosing brackets."""
    partners = _partners(piece)
    start, end = 0, len(piece)
    while start < end:
        last = end - 1
        if piece[start] in _LOOSE or (piece[start] == "(" and start not in partners):
            start += 1
        elif _is_loose_end(piece, start, end) or (piece[last] == ")" and last not in partners):
            end -= 1
        elif partners.get(start) == last:
            start, end = start + 1, last
        else:
            break
    return piece[start:end]


def _is_loose_end(piece: str, start: int, end: int) -> bool:
    """Whether the last sign is loose; the full stop of «г.» or «т.д.» belongs to its word."""
    if piece[end - 1] != ".":
        return piece[end - 1] in _LOOSE
    tail = piece[max(start, end - 2 - _LONGEST_ABBREVIATION) : end - 1]
    return tail[-_LONGEST_ABBREVIATION - 1 :].isalpha() or tail[-1:] in '»)"'


def _partners(piece: str) -> dict[int, int]:
    """The place of each bracket's other half, both ways."""
    partners: dict[int, int] = {}
    waiting: list[int] = []
    for bracket in _BRACKET.finditer(piece):
        at = bracket.start()
        if bracket[0] == "(":
            waiting.append(at)
        elif waiting:
            opening = waiting.pop()
            partners[opening], partners[at] = at, opening
    return partners
