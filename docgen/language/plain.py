"""A text without what a reader cannot see, and the way back to the print.

Word leaves soft hyphens, a browser zero-width spaces, a PDF letters in two halves («и» and a breve
for «й»). None of them changes what a text says; pieces of it are still given as they are printed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_UNSEEN: Final = (
    "\xad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\ufeff"
)
_HALVES: Final = "\u0300-\u034e\u0350-\u036f"
_LOOSE: Final = f"[{_UNSEEN}{_HALVES}]"
_ODD: Final = re.compile(
    rf"(?:[^\S\n]{_LOOSE}*){{2,}}|.[{_UNSEEN}]*[{_HALVES}]{_LOOSE}*|{_LOOSE}+", re.DOTALL
)
_DROPPED: Final = re.compile(f"{_LOOSE}+")
_HIDDEN: Final = re.compile(f"[{_UNSEEN}]+")


@dataclass(frozen=True, slots=True)
class Plain:
    """What a text says: `text` to be read, and where each of its characters stands in `source`."""

    text: str
    source: str
    places: Sequence[int]

    def place(self, first: int, end: int) -> tuple[int, int]:
        """Where in the source these characters of the text begin and end."""
        begins, ends = self.places[first], self.places[end]
        while ends > begins and self.source[ends - 1] in _UNSEEN:
            ends -= 1
        return begins, ends

    def printed(self, first: int, end: int) -> str:
        """The piece of the source that these characters of the text stand for."""
        begins, ends = self.place(first, end)
        return self.source[begins:ends]


def plain(source: str) -> Plain:
    """The text in whole letters, with one space for several and without anything unseen."""
    if not _ODD.search(source):
        return Plain(source, source, range(len(source) + 1))
    pieces: list[str] = []
    places: list[int] = []
    copied = 0
    for odd in _ODD.finditer(source):
        letter = _whole_letters(odd[0])
        said = " " if letter.isspace() and letter != "\n" else letter
        pieces += (source[copied : odd.start()], said)
        places += (*range(copied, odd.start()), *[odd.start()] * len(said))
        copied = odd.end()
    places += range(copied, len(source) + 1)
    return Plain("".join((*pieces, source[copied:])), source, places)


def seen(source: str) -> str:
    """The text in whole letters and without anything unseen, its spaces as they are."""
    return _whole_letters(source) if _DROPPED.search(source) else source


def _whole_letters(piece: str) -> str:
    """«й» and «ё» for a letter and its half; the accent over a vowel says nothing more."""
    return _DROPPED.sub("", unicodedata.normalize("NFC", _HIDDEN.sub("", piece)))
