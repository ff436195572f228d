"""Text cut into typed tokens, each with its place in the original."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final, NamedTuple

from docgen.language.deadlines.vocabulary import LOOKALIKE_ROMANS, ROMANS, WORDS, Kind
from docgen.language.plain import Plain, plain


class Token(NamedTuple):
    """One word, number or sign: `text` is normalised, `start` and `end` point into the source."""

    kind: Kind
    text: str
    value: int
    start: int
    end: int


_ENDING: Final = "(?:(?i:ый|ой|ий|й|ая|я|ое|ые|ье|е|ого|го|ому|му|ым|м|ую|ю|ых|х|ти|ми)(?![^\\W_]))"
_SCANNED: Final = (
    r"(?![0ОоOo]{2})[0-3ОоOoЗзl|][\dОоOoЗзl|](?=\.[01ОоOol|][\dОоOoЗзl|]\.[12l]\d?[\dОоOo])"
    r"|(?<=\d\.)[01ОоOol|][\dОоOoЗзl|](?=\.[12][\dОоOo]{3})"
    r"|(?<=\.[\dОоOol|][\dОоOoЗзl|]\.)[12][\dОоOo]{3}(?![\dОоOo])"
)
"""Day, month and year of a full date, where a scanner read 0 as «О», 1 as «l» and 3 as «З»."""
_PIECE: Final = re.compile(
    r"[«\"“„'](\d{1,2})[»\"”']"
    rf"|({_SCANNED}|\d+)(?:[-‐‑‒–—―−]?{_ENDING})?"
    rf"|([IV]+(?=[-‐‑‒–—―−]{_ENDING}))[-‐‑‒–—―−]{_ENDING}"
    r"|([Пп]/г\b|[^\W\d_]+)|([^\w\s]|_)"
)
_LATIN: Final = str.maketrans("ABCEHKMOPTXYaceopxykr", "АВСЕНКМОРТХУасеорхукг")
_SCANNED_DIGITS: Final = str.maketrans("ОоOoЗзl|", "00003311")
_SIGNS: Final = {
    **dict.fromkeys("-‐‑‒–—―−…÷~→", Kind.DASH),
    **dict.fromkeys(",;", Kind.COMMA),
    **dict.fromkeys("([{", Kind.OPEN),
    **dict.fromkeys(")]}", Kind.CLOSE),
    **dict.fromkeys("«»\"“”„'", Kind.QUOTE),
    ".": Kind.DOT,
    "/": Kind.SLASH,
}
_SENTINELS: Final = 4
_LONGEST_NUMBER: Final = 9

WORDLIKE: Final = frozenset(Kind) - frozenset(_SIGNS.values()) - {Kind.MARK, Kind.END}
"""Kinds of tokens that carry meaning: letters and digits, not signs."""


def tokenize(text: str, most: int | None = None) -> list[Token]:
    """The first `most` tokens of the text, with a few `END` tokens for rules that look ahead."""
    said = plain(text)
    tokens = [_token(match) for match in islice(_PIECE.finditer(said.text), most)]
    if said.text is not text:
        tokens = [_in_source(token, said) for token in tokens]
    end = tokens[-1].end if tokens and len(tokens) == most else len(text)
    tokens.extend([Token(Kind.END, "", 0, end, end)] * _SENTINELS)
    return tokens


def _in_source(token: Token, said: Plain) -> Token:
    start, end = said.place(token.start, token.end)
    return token._replace(start=start, end=end)


def _token(match: re.Match[str]) -> Token:
    start, end = match.span()
    day, digits, roman, word, sign = match.groups()
    digits = day or digits
    if word or roman:
        kind, text, value = _word(word or roman)
        return Token(kind, text, value, start, end)
    if digits is not None:
        digits = digits.translate(_SCANNED_DIGITS)
        value = int(digits) if len(digits) <= _LONGEST_NUMBER else -1
        return Token(Kind.NUMBER, digits, value, start, end)
    return Token(_SIGNS.get(sign, Kind.MARK), sign, 0, start, end)


def _word(word: str) -> tuple[Kind, str, int]:
    if word in ROMANS:
        return Kind.ROMAN, word, ROMANS[word]
    text = word.translate(_LATIN).lower().replace("ё", "е")
    known = WORDS.get(text)
    if known is not None:
        return known[0], text, known[1]
    return Kind.WORD, text, LOOKALIKE_ROMANS.get(word, 0)
