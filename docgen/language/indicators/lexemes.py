"""A printed line as tokens with their places, read the same however it was typed or scanned.

Tokens are cut from a folded copy of the text that has the same length: small letters, «е» for
«ё», one kind of space and dash, Latin look-alikes as Cyrillic. The text itself is never changed.
"""

from __future__ import annotations

import re
from itertools import pairwise

from docgen.language.indicators.words import PREPOSITIONS, listed
from docgen.language.plain import Plain

_SPACES = "\t\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_FOLDS = str.maketrans(
    "acekopxyABCEHKMOPTXYёЁİ" + "‐‑‒–—―−" + "“”„‟″" + _SPACES,
    "асекорхуавсенкмортхуееi" + "-------" + '"""""' + " " * len(_SPACES),
)

_ODD = re.compile("[A-Za-zЁёİ‐‑‒–—―−“”„‟″" + _SPACES + "]")

_TOKEN = re.compile(
    r"""
    (?P<address> (?:[a-zа-я]{3,6}://|www\.)\S+ )
  | (?P<word> (?:менее|более|ниже|выше|до)(?=\d)          # «не менее50%»
      | [^\W\d_]+(?:-[^\W\d_]+)*(?:-?\d[\w-]*)? )  # школ-участниц, covid-19
  | (?P<label>
        \d{1,2}\.(?:0\d|1[0-2])\.(?:\d{2,5})?            # 24.02.  01.03.2022
      | \d{2}\.(?:0[1-9]|1[0-2])(?![\d,]|\s?%)           # 15.09
      | \d+(?:-\d+){2,} | \d+(?:[/:]\d+)+                # 52-37-23, 2021/2022, 10:00
      | \d+(?:[.,]\d+){2,}(?:-\d+)? | \d{13,}\S* )       # 3.1.2, and no amount at all
  | (?P<school> 0[0о]{1,2}(?!\w) )                       # «ОО» as scans read it
  | (?P<number> 1о{2}(?=\ ?%)                            # a scanned 100
      | \d{1,3}(?=\ 000\ [а-я]+ли\b)                      # «6 ООО приняли», scanned
      | (?:\d{1,3}(?:\ \d{3}){1,3}(?!\d) | \d+) (?:[.,]\d+)?
        (?:-[^\W\d_][\w-]*|(?!о{1,3}(?!\w)|шт|мо)[^\W\d_]{1,2}(?!\w))? )
  | (?P<mark> [^\w\s]|_+|\n )
    """,
    re.VERBOSE,
)
_BREAKS = frozenset(".;!?•\n")
_CONTINUING = frozenset("-,:)")  # «2022 г. – 50%» is one sentence
_BEYOND = [""] * 8
_ABBREVIATIONS = listed("п пп ст ч т д др чел шт ул им тыс млн см стр рис табл ред обл")


_LEADING = PREPOSITIONS | listed(
    "не и или менее более чем реже ниже выше свыше больше меньше минимум максимум около № ≥ > ≤ <"
)
_HEADLESS = re.compile(
    r"(?:.*\b(?:менее|более|ниже|выше|свыше|меньше|больше|до|от))?[^\w]*\d[\d ,.]*%?"
)
_DASHES = ("-", "–", "—")
_ABBREVIATED = re.compile(r"[А-ЯЁ]{2,}\b|00(?!\d)")


def fold(text: str) -> str:
    """The text in the one spelling the grammar reads, character for character."""
    text = text.translate(_FOLDS) if _ODD.search(text) else text
    return (_unwrapped(text) if "\n" in text else text).lower()


def _unwrapped(text: str) -> str:
    """The text with a space for each line break that a narrow column made, not the writer."""
    lines = text.split("\n")
    joints = [" " if _goes_on(before, after) else "\n" for before, after in pairwise(lines)]
    return "".join(piece for pair in zip(lines, [*joints, ""], strict=True) for piece in pair)


def _goes_on(line: str, following: str) -> bool:
    """Whether the next line only continues this one."""
    line, following = line.strip().lower(), following.strip()
    if line.endswith((".", ";", "!", "?")) or not line:
        return False
    if following[:1].islower() or following[:1] in ("(", "«", "%") or following in _DASHES:
        return True
    if line.split()[-1] in _LEADING or line.endswith((",", ":", "(", *_DASHES)):
        return True
    headless = bool(_HEADLESS.fullmatch(line)) and following[:1].isalpha()
    return headless or bool(_ABBREVIATED.match(following))


class Line:
    """A text as words, numbers and marks, with its sentence ends, brackets and quotations found.

    `words` and `kinds` end in empty entries, so that a rule may look a few tokens past the end,
    and before the beginning too, where a negative index meets the same entries.
    """

    __slots__ = ("aside", "breaks", "count", "folded", "kinds", "quoted", "said", "spans", "words")

    def __init__(self, said: Plain, folded: str) -> None:
        self.said, self.folded = said, folded
        self.kinds: list[str] = []
        self.words: list[str] = []
        self.spans: list[tuple[int, int]] = []
        for match in _TOKEN.finditer(folded):
            self.kinds.append(match.lastgroup or "")
            self.words.append(match[0])
            self.spans.append(match.span())
        self.count = len(self.spans)
        self.kinds += _BEYOND
        self.words += _BEYOND
        marks = [at for at, kind in enumerate(self.kinds) if kind == "mark"]
        self.breaks = frozenset(at for at in marks if self._ends_sentence(at))
        self.aside = self._enclosed(marks, "(", ")")
        self.quoted = self._enclosed(marks, "«", "»") | self._enclosed(marks, '"', '"')
        if self.words[0] in '«"' and len(self.quoted) >= self.count - 3:
            # a cell quoted as a whole is no name
            self.quoted = frozenset()

    def is_capital(self, index: int) -> bool:
        """Whether the token begins with a capital letter in print."""
        return index < self.count and self.said.text[self.spans[index][0]].isupper()

    def printed(self, first: int, end: int) -> str:
        """The text from one token up to another, as printed."""
        return self.said.printed(*self._extent(first, end)) if first < end else ""

    def read(self, first: int, end: int) -> str:
        """The same tokens in the spelling the grammar reads, still with their capitals."""
        return self.said.text[slice(*self._extent(first, end))] if first < end else ""

    def _extent(self, first: int, end: int) -> tuple[int, int]:
        return self.spans[first][0], self.spans[end - 1][1]

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

    def past_figures_aside(self, index: int) -> int:
        """The token after «(100%)», if such a bracket begins here; else the same token."""
        begins = self.words[index] == "(" and self.kinds[index + 1] == "number"
        return self.after_bracket(index) if begins and index + 1 in self.aside else index

    def after_bracket(self, index: int) -> int:
        """The token after the bracket that opens here; the next one where it never closes."""
        inside = index + 1
        while inside in self.aside:
            inside += 1
        return inside + (inside > index + 1)

    def _ends_sentence(self, index: int) -> bool:
        mark, after = self.words[index], index + 1
        if mark not in _BREAKS:
            return False
        if mark not in ".\n":
            return True
        if mark == "\n" or after == self.count:
            return self.is_capital(after) or self.kinds[after] != "word"
        if self.words[after] in _CONTINUING:
            return False
        if self.kinds[after] == "word" and not self.is_capital(after):
            return False
        return not self._is_abbreviation(index - 1)

    def _is_abbreviation(self, index: int) -> bool:
        word = self.words[index]
        if word == "г":  # «г. Киров» goes on, «в 2022 г. Проведён…» does not
            return self.kinds[index - 1] != "number"
        return word in _ABBREVIATIONS or (len(word) == 1 and self.kinds[index] == "word")

    def _enclosed(self, marks: list[int], opening: str, closing: str) -> frozenset[int]:
        """The tokens inside the outermost closed pairs; what is never closed encloses nothing."""
        stack: list[int] = []
        pairs: list[tuple[int, int]] = []
        if closing not in self.folded:
            return frozenset()
        for index in marks:
            mark = self.words[index]
            if mark == closing and stack:
                opened = stack.pop()
                while pairs and pairs[-1][0] > opened:
                    pairs.pop()
                pairs.append((opened, index))
            elif mark == opening:
                stack.append(index)
        return frozenset(index for first, last in pairs for index in range(first + 1, last))
