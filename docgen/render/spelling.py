"""What a Russian keyboard and Word's autocorrection put into a tag, and what was meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from docgen.render.faults import Edit

_CYRILLIC = re.compile(r"[а-яёіѕјһԁѵ]", re.IGNORECASE)
_LATIN = re.compile(r"[a-z]", re.IGNORECASE)
_LOOKALIKES = str.maketrans(
    "аАвВсСеЕнНіІјЈкКмМоОрРѕЅтТуУхХһԁѵ",
    "aABBcCeEHHiIjJkKMMoOpPsStTyYxXhdv",
)
_OPENING_QUOTES, _CLOSING_QUOTES = "«„“‘‚‹”’\"'`", "»“”’‘›\"'´`"
_QUOTES = "«»„“”‘’‚‹›`´"
_MENDED_QUOTES = frozenset("“”‘’")  # the engine itself reads these as ASCII ones
_SIGNS = {
    **dict.fromkeys("–—−‐‑‒―", "-"),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
    "…": "...", "×": "*", "÷": "/", "≤": "<=", "≥": ">=", "≠": "!=",
}  # fmt: skip
_SIGNS |= {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_TOKEN = re.compile(
    r"(?P<string>\"[^\"]*\"|'[^']*')"
    rf"|(?P<quoted>[{_OPENING_QUOTES}][^{_QUOTES}\"']*[{_CLOSING_QUOTES}])"
    rf"|(?P<quote>[{_QUOTES}])"
    r"|(?P<word>[^\W\d]\w*)"
    rf"|(?P<sign>[{re.escape(''.join(_SIGNS))}])"
)
_TIGHT_PREFIX = re.compile(r"(?P<prefix>tr|tc|p|r)[^\S ]+")
_TYPED_PREFIX = re.compile(r"(?P<prefix>[^\W\d]{1,2})(?=\s+\w)")
_PREFIXES = {"p": "p", "tc": "tc", "tr": "tr", "tp": "tr"}


@dataclass(frozen=True, slots=True)
class Misspelling:
    """What was typed, what was meant, the code of the fault, and the edits that mend it."""

    code: str
    typed: str
    meant: str
    edits: tuple[Edit, ...]


def misspellings(body: str, is_known: Callable[[str], bool]) -> Iterator[Misspelling]:
    """What is misspelt in the body of a tag; positions count from its start.

    `is_known` says whether a word in Latin letters means something in a tag.
    """
    yield from _prefix(body)
    for token in _TOKEN.finditer(body):
        found = _RULES[token.lastgroup or ""](token, is_known)
        if found is not None:
            yield found


def _prefix(body: str) -> Iterator[Misspelling]:
    """A prefix such as `p` in Cyrillic, or with another space after it than the ordinary one."""
    tight = _TIGHT_PREFIX.match(body)
    if tight is not None:
        start, end = tight.end("prefix"), tight.end()
        yield Misspelling("typographic-sign", body[start:end], " ", (Edit(start, end, " "),))
    typed = _TYPED_PREFIX.match(body)
    word = typed["prefix"] if typed else ""
    meant = _PREFIXES.get(in_latin(word), "")
    if meant and not word.isascii() and not _LATIN.search(word):
        edits = (Edit(0, len(word), meant),)
        yield Misspelling("cyrillic-in-name", word, meant, edits)


def edited(text: str, edits: Iterator[Edit] | tuple[Edit, ...] | list[Edit]) -> str:
    """The text with the edits made; of two that overlap, the first in the text."""
    pieces, position = [], 0
    for edit in sorted(edits, key=lambda each: (each.start, each.end)):
        if edit.start >= position:
            pieces += [text[position : edit.start], edit.text]
            position = edit.end
    return "".join([*pieces, text[position:]])


def in_latin(word: str) -> str:
    """The word with Cyrillic letters that look like Latin ones replaced by those."""
    return word.translate(_LOOKALIKES)


_Rule = Callable[[re.Match[str], Callable[[str], bool]], Misspelling | None]


def _string(_token: re.Match[str], _is_known: Callable[[str], bool]) -> None:
    return None


def _quoted(token: re.Match[str], _is_known: Callable[[str], bool]) -> Misspelling:
    text = token[0]
    sign = '"' if "'" in text[1:-1] else "'"
    start, end = token.span()
    edits = Edit(start, start + 1, sign), Edit(end - 1, end, sign)
    odd = {text[0], text[-1]} - {'"', "'"}
    code = "curly-quotes" if odd <= _MENDED_QUOTES else "typographic-quotes"
    return Misspelling(code, text, f"{sign}{text[1:-1]}{sign}", edits)


def _quote(token: re.Match[str], _is_known: Callable[[str], bool]) -> Misspelling:
    return Misspelling("typographic-quotes", token[0], "'", ())


def _word(token: re.Match[str], is_known: Callable[[str], bool]) -> Misspelling | None:
    word = token[0]
    if not _CYRILLIC.search(word):
        return None
    latin = in_latin(word)
    mixed = _LATIN.search(word) is not None
    if not (mixed or is_known(latin)):
        return None
    edits = (Edit(*token.span(), latin),) if latin.isascii() else ()
    return Misspelling("cyrillic-in-name", word, latin, edits)


def _sign(token: re.Match[str], _is_known: Callable[[str], bool]) -> Misspelling:
    meant = _SIGNS[token[0]]
    return Misspelling("typographic-sign", token[0], meant, (Edit(*token.span(), meant),))


_RULES: dict[str, _Rule] = {
    "string": _string,
    "quoted": _quoted,
    "quote": _quote,
    "word": _word,
    "sign": _sign,
}
