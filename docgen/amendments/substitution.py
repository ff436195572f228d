"""Small changes of a text worded as such: «слова «…» заменить словами «…»»."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from docgen.amendments.words import WORDS_WITH_SIGNS, marks
from docgen.models.differences import Mark

MOST_SPANS = 3
MOST_WORDS = 8
_CLOSING = re.compile(r"(?:[,;:]|(?<!\b[А-ЯЁ])\.)\s*$")
_FIGURES = re.compile(r"[\d.,/–-]*\d")
LARGEST_SHARE = 0.4
"""Of the text: a larger change gives the whole text anew."""


@dataclass(frozen=True, slots=True)
class _Span:
    """Words exchanged: the old ones, the new ones, and the text before and after them."""

    old: str
    new: str
    before: str
    after: str


def substitution(old: str, new: str) -> str | None:
    """How the words of `old` become those of `new`; None where only the whole text will do.

    The words named occur once in the old text, so that nobody can take them for others.
    """
    spans = [_trimmed(span) for span in _spans(marks(old, new, WORDS_WITH_SIGNS))]
    size = sum(max(len(span.old), len(span.new)) for span in spans)
    if not 0 < len(spans) <= MOST_SPANS or size > LARGEST_SHARE * max(len(old), len(new)):
        return None
    clauses = [_clause(span, old) for span in spans]
    return ", ".join(filter(None, clauses)) if all(clauses) else None


def _spans(found: Sequence[Mark]) -> Iterator[_Span]:
    """The changed runs with their surroundings in the old text."""
    texts = [mark.text if mark.kind != "added" else "" for mark in found]
    position = 0
    while position < len(found):
        mark = found[position]
        if mark.kind == "same":
            position += 1
            continue
        following = found[position + 1] if position + 1 < len(found) else None
        pair = mark.kind == "deleted" and following is not None and following.kind == "added"
        end = position + 2 if pair else position + 1
        added = following.text if pair and following else mark.text
        yield _Span(
            old=mark.text if mark.kind == "deleted" else "",
            new=added if pair or mark.kind == "added" else "",
            before="".join(texts[:position]),
            after="".join(texts[end:]),
        )
        position = end


def _trimmed(span: _Span) -> _Span:
    """The span without the sign that closes both its old and its new words."""
    found = _CLOSING.search(span.old), _CLOSING.search(span.new)
    if found[0] and found[1] and found[0][0] == found[1][0]:
        size = len(found[0][0])
        return replace(span, old=span.old[:-size], new=span.new[:-size])
    return span


def _clause(span: _Span, text: str) -> str | None:
    if max(len(span.old.split()), len(span.new.split())) > MOST_WORDS:
        return None
    if not span.old.strip():
        return _insertion(span, text)
    widened = _widened(span, text)
    if widened is None:
        return None
    if not span.new.strip():
        return f"{_nouns(span.old)[0]} «{span.old.strip()}» исключить" if widened == span else None
    accusative, _genitive, instrumental = _nouns(widened.old)
    if not (_is_figures(widened.old) and _is_figures(widened.new)):
        accusative, instrumental = "слова", "словами"
    return f"{accusative} «{widened.old.strip()}» заменить {instrumental} «{widened.new.strip()}»"


def _insertion(span: _Span, text: str) -> str | None:
    """«после слов «…» дополнить словами «…»»: the shortest ending that occurs once."""
    words = span.before.split(" ")
    for count in range(2, MOST_WORDS + 1):
        ending = " ".join(words[-count:]).strip()
        if ending and text.count(ending) == 1 and span.before.rstrip().endswith(ending):
            after = "после цифр" if _is_figures(ending) else "после слов"
            added = "цифрами" if _is_figures(span.new) else "словами"
            return f"{after} «{ending}» дополнить {added} «{span.new.strip()}»"
    return None


def _widened(span: _Span, text: str) -> _Span | None:
    """The span with as many words before it as make its old text occur once."""
    before = span.before
    while text.count(span.old.strip()) != 1:
        head, _space, word = before.rstrip().rpartition(" ")
        if not word or len(span.old.split()) > MOST_WORDS:
            return None
        gap = before[len(before.rstrip()) :]
        span = _Span(f"{word}{gap}{span.old}", f"{word}{gap}{span.new}", head, span.after)
        before = f"{head} " if head else ""
    return span


def _nouns(text: str) -> tuple[str, str, str]:
    return ("цифры", "цифр", "цифрами") if _is_figures(text) else ("слова", "слов", "словами")


def _is_figures(text: str) -> bool:
    return _FIGURES.fullmatch(text.strip()) is not None
