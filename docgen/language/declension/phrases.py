"""The words of a phrase with the signs between them, and the phrase again with some replaced."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from docgen.language.declension.morphology import nominatives, split_hyphens

_WORD = re.compile(r"[^\W\d_]+(?:[-‑'’][^\W\d_]+)*")
_DASH = re.compile(r"\s[-–—]\s*|\s*[–—]\s")
_SHORTEST_SHOUT = 4
_LONGEST_ABBREVIATION = 10
_CLIPPED = re.compile("(?:Мин|Гос|Рос|Глав)[а-яё]*[аеиоуыюя]")


@dataclass(frozen=True, slots=True)
class Word:
    """One word: where it stands, the signs before it, and whether a quotation holds it."""

    text: str
    start: int
    end: int
    gap: str
    quoted: bool

    @property
    def lower(self) -> str:
        """The word in lower case."""
        return self.text.lower()

    @property
    def follows_space(self) -> bool:
        """Whether only white space parts it from the word before."""
        return bool(self.gap) and self.gap.isspace()

    @property
    def follows_comma(self) -> bool:
        """Whether a comma or semicolon parts it from the word before."""
        return self.gap.strip() in {",", ";"}

    @property
    def follows_dash(self) -> bool:
        """Whether a dash, typed as a dash or as a spaced hyphen, stands right before it."""
        return _DASH.fullmatch(self.gap) is not None

    @property
    def opens_bracket(self) -> bool:
        """Whether it is the first word in a round bracket, quoted or not."""
        return "(" in self.gap and self.gap.rstrip(" «„“\"'").endswith("(")

    @property
    def is_fixed(self) -> bool:
        """Whether it is one letter or an abbreviation («СОИРО», «Минпросвещения»)."""
        if len(self.text) == 1:
            return True
        parts = split_hyphens(self.text)[::2]
        if self.text.isupper():
            return not (_is_plain_word(self.text) or all(map(_is_plain_word, parts)))
        if any(not part[1:].islower() for part in parts if len(part) > 1):
            return True
        return bool(_CLIPPED.fullmatch(self.text)) and not _is_plain_word(self.text)


def _is_plain_word(word: str) -> bool:
    """Whether capitals only stress a dictionary word: «ДОРОЖНАЯ КАРТА», not «МБОУ»."""
    if len(word) < _SHORTEST_SHOUT:
        return False
    return any(
        (reading.known and not reading.traits & {"Abbr", "Name"})
        or (reading.is_adjective and len(word) >= _LONGEST_ABBREVIATION)
        for reading in nominatives(word)
    )


def split_words(text: str) -> tuple[Word, ...]:
    """The words of the text in order; digits and signs belong to the gaps between them."""
    words: list[Word] = []
    depth = end = 0
    for match in _WORD.finditer(text):
        gap = text[end : match.start()]
        depth = _quotation_depth(gap, depth)
        words.append(Word(match[0], match.start(), match.end(), gap, depth > 0))
        end = match.end()
    return tuple(words)


def _quotation_depth(gap: str, depth: int) -> int:
    for sign in gap:
        if sign in "«„" or (sign in '"“' and not depth):
            depth += 1
        elif sign in '»”"“':
            depth = max(0, depth - 1)
    return depth


def replace_words(text: str, words: Sequence[Word], forms: Mapping[int, str]) -> str:
    """The text with the words at these indices replaced and all else verbatim."""
    pieces, end = [], 0
    for index, form in sorted(forms.items()):
        pieces += [text[end : words[index].start], form]
        end = words[index].end
    return "".join([*pieces, text[end:]])
