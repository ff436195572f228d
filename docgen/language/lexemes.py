"""A printed line as tokens with their places, read the same however it was typed or scanned.

Tokens are cut from a folded copy of the text that has the same length: small letters, «е» for
«ё», one kind of space and dash, Latin look-alikes as Cyrillic. The text itself is never changed.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from docgen.language.words import listed

_SPACES = "\t\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_FOLDS = str.maketrans(
    "acekopxyABCEHKMOPTXYёЁİ" + "‐‑‒–—―−" + "“”„‟″" + _SPACES,
    "асекорхуавсенкмортхуееi" + "-------" + '"""""' + " " * len(_SPACES),
)

_TOKEN = re.compile(
    r"""
    (?P<label> [a-zа-я]{3,6}://\S+ | www\.\S+           # an address
      | \d{1,2}\.(?:0\d|1[0-2])\.(?:\d{2,5})?           # 24.02.  01.03.2022
      | \d{2}\.(?:0[1-9]|1[0-2])(?![\d,]|\s?%)          # 15.09
      | \d+(?:-\d+){2,} | \d+(?:[/:]\d+)+               # 52-37-23, 2021/2022, 10:00
      | \d+(?:[.,]\d+){2,} | \d{13,}\S* )               # 3.1.2, and no amount at all
  | (?P<school> 0[0о]{1,2}(?!\w) | о{1,2}0{1,2}(?!\w) ) # «ОО» as scans read it
  | (?P<number> (?:\d{1,3}(?:\ \d{3}){1,3}(?!\d) | \d+) (?:[.,]\d+)?
        (?:-[^\W\d_][\w-]*|(?!о{1,3}(?!\w))[^\W\d_]{1,2}(?!\w))? )
  | (?P<word> [^\W\d_]+(?:-[^\W\d_]+)*(?:-?\d[\w-]*)? )
  | (?P<mark> [^\w\s]|_+|\n )
    """,
    re.VERBOSE,
)
_ABBREVIATIONS = listed("п пп ст ч т д др чел шт ул им тыс млн см стр рис табл ред обл")


class Token(NamedTuple):
    """A piece of a line: `label`, `school`, `number`, `word` or `mark`, and where it stands."""

    kind: str
    text: str
    start: int
    end: int


def fold(text: str) -> str:
    """The text in the one spelling the grammar reads, character for character."""
    return text.translate(_FOLDS).lower()


class Line:
    """A text as tokens, with its sentence ends, brackets and quotations found."""

    __slots__ = ("aside", "breaks", "quoted", "text", "tokens")

    def __init__(self, text: str, folded: str) -> None:
        self.text = text
        self.tokens = [
            Token(match.lastgroup or "", match.group(), match.start(), match.end())
            for match in _TOKEN.finditer(folded)
        ]
        marks = [index for index, token in enumerate(self.tokens) if token.kind == "mark"]
        self.breaks = frozenset(index for index in marks if self._ends_sentence(index))
        self.aside = self._enclosed(marks, "(", ")")
        self.quoted = self._enclosed(marks, "«", "»") | self._enclosed(marks, '"', '"')

    def word(self, index: int) -> str:
        """The folded text of a token, empty beyond either end of the line."""
        return self.tokens[index].text if 0 <= index < len(self.tokens) else ""

    def kind(self, index: int) -> str:
        """The kind of a token, empty beyond either end of the line."""
        return self.tokens[index].kind if 0 <= index < len(self.tokens) else ""

    def is_capital(self, index: int) -> bool:
        """Whether the token begins with a capital letter in print."""
        return self.text[self.tokens[index].start].isupper()

    def printed(self, first: int, end: int) -> str:
        """The text from one token up to another, as printed."""
        if first >= end:
            return ""
        return self.text[self.tokens[first].start : self.tokens[end - 1].end]

    def sentence_start(self, index: int, floor: int = 0) -> int:
        """The first token of the sentence a token stands in, not before `floor`."""
        while index > floor and index - 1 not in self.breaks:
            index -= 1
        return index

    def sentence_end(self, index: int, ceiling: int) -> int:
        """The token that ends the sentence, or `ceiling` if that comes first."""
        while index < ceiling and index not in self.breaks:
            index += 1
        return index

    def _ends_sentence(self, index: int) -> bool:
        mark, after = self.tokens[index].text, index + 1
        if mark in ";!?•":
            return True
        if after >= len(self.tokens):
            return mark == "."
        if mark == "\n":
            return self.is_capital(after) or self.tokens[after].kind != "word"
        if mark != "." or (self.tokens[after].kind == "word" and not self.is_capital(after)):
            return False
        return not self._is_abbreviation(index - 1)

    def _is_abbreviation(self, index: int) -> bool:
        word = self.word(index)
        if word == "г":  # «г. Киров» goes on, «в 2022 г. Проведён…» does not
            return self.kind(index - 1) != "number"
        return word in _ABBREVIATIONS or (len(word) == 1 and self.kind(index) == "word")

    def _enclosed(self, marks: list[int], opening: str, closing: str) -> frozenset[int]:
        """The tokens inside the outermost closed pairs; what is never closed encloses nothing."""
        stack: list[int] = []
        pairs: list[tuple[int, int]] = []
        for index in marks:
            mark = self.tokens[index].text
            if mark == closing and stack:
                opened = stack.pop()
                while pairs and pairs[-1][0] > opened:
                    pairs.pop()
                pairs.append((opened, index))
            elif mark == opening:
                stack.append(index)
        return frozenset(index for first, last in pairs for index in range(first + 1, last))
