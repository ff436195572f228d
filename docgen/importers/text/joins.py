"""Two halves of a cell that a page break cut: whether they belong together, and made one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docgen.language.declension.morphology import is_known

_OPEN, _CLOSE = "«(„“[", "»)”]"
_UNFINISHED = re.compile(
    r"(?:[,–—:«(/№-]|\b(?:и|а|или|в|во|с|со|на|по|о|об|от|до|из|за|к|ко|у|для|при|через|не|как|"
    r"по (?:результатам|итогам|вопросам)|в (?:рамках|целях|ходе|части)|с учетом|на основе))$",
    re.IGNORECASE,
)
_WHOLE_ADDRESS = re.compile(r"https?://\S+/$")
_ENDED = re.compile(r"[.!?;][»)”]?$")
_ADDRESS = re.compile(r"https?://[^\s/]+/\S*[^\s/.,;]$")
_ADDRESS_TAIL = re.compile(r"[A-Za-z0-9][\w\-/?=&%#.~]*", re.ASCII)
_LAST_WORD = re.compile(r"[а-яё]+$", re.IGNORECASE)
_FIRST_WORD = re.compile(r"[а-яё]+")
_LONGEST_OVERLAP = 3
_PULL = 0.4

Placed = tuple[int, str, float, int]
"""The column, the text, how well it goes on with what is above it, and by how much it moved."""


def likelihood(above: str, below: str) -> float:
    """How well the text goes on with the one above: below 0 it hardly does, over 1 it must."""
    lower = below[:1].islower()
    if not above:
        return -2.0 if lower else -1.0
    if _is_open(above) and _closes(below):
        return 3.0
    if _ADDRESS.search(above) and _ADDRESS_TAIL.fullmatch(below):
        return 2.0
    if _WHOLE_ADDRESS.search(above) or _ENDED.search(above):
        return -1.0 if lower else -0.5
    if _UNFINISHED.search(above):
        return 2.0
    return 1.0 if lower else 0.0


def breaks_off(text: str) -> bool:
    """Whether the text ends with a word that needs another after it."""
    return text[-1:].isalpha() and _UNFINISHED.search(text) is not None


def _is_open(text: str) -> bool:
    return sum(map(text.count, _OPEN)) > sum(map(text.count, _CLOSE))


def _closes(text: str) -> bool:
    """Whether the text closes a quotation or bracket that it did not open."""
    depth = 0
    for letter in text:
        depth += (letter in _OPEN) - (letter in _CLOSE)
        if depth < 0:
            return True
    return False


def places(fragments: Sequence[tuple[int, str]], above: Sequence[str], first: int) -> list[Placed]:
    """The column of each fragment: its own or one beside it, where the text above leads to it.

    `first` is the first column that may take one. Neighbours rather move together.
    """
    ways: dict[int, tuple[float, list[Placed]]] = {0: (0.0, [])}
    for column, text in fragments:
        following: dict[int, tuple[float, list[Placed]]] = {}
        for shift, (score, way) in ways.items():
            for move in (0, -1, 1):
                target = max(column + move, first)
                if target >= len(above) or (way and target < way[-1][0]):
                    continue
                fit = likelihood(above[target], text)
                total = score + fit - _PULL * abs(move - shift)
                total -= 1.0 if way and way[-1][0] == target else 0.0
                if move not in following or total > following[move][0]:
                    following[move] = total, [*way, (target, text, fit, move)]
        ways = following or ways
    return max(ways.values(), key=lambda way: way[0])[1]


def joined(above: str, below: str) -> str:
    """The two as one text; words that were cut are whole again."""
    if not above or not below:
        return above or below
    last, first = _LAST_WORD.search(above), _FIRST_WORD.match(below)
    if above.endswith("-") and first:
        return _hyphenated(above, below, first.group())
    if _ADDRESS.search(above) and _ADDRESS_TAIL.fullmatch(below):
        return above + below
    if last and first and not is_known(first.group()) and first.group() not in above:
        for overlap in range(min(_LONGEST_OVERLAP, len(last.group()) - 2)):
            if is_known(last.group()[: len(last.group()) - overlap] + first.group()):
                return above[: len(above) - overlap] + below
    return f"{above} {below}"


def _hyphenated(above: str, below: str, first: str) -> str:
    """The halves of a word at the end of a line; a hyphen of its own stays."""
    stem = _LAST_WORD.search(above[:-1])
    if stem and is_known(stem.group() + first):
        return above[:-1] + below
    return above + below
