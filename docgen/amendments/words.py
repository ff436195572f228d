"""Two texts compared word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from docgen.models.differences import Mark, MarkKind, TextDiff

WORDS = re.compile(r"\s+|\w+(?:[-.]\w+)*|[^\w\s]")
WORDS_WITH_SIGNS = re.compile(r"\s+|\S+")
"""What is compared as one: a word apart from the signs around it, or together with them."""

_LONGEST = 3000
"""Words on either side above which a text counts as rewritten: matching takes square time."""


def text_diff(key: str, old: str, new: str) -> TextDiff | None:
    """How the text under a key changed; None when it did not."""
    return None if old == new else TextDiff(key, old, new, marks(old, new))


def marks(old: str, new: str, token: re.Pattern[str] = WORDS) -> tuple[Mark, ...]:
    """The words of both texts in reading order, each run marked; deletions before additions."""
    return tuple(_joined(_raw_marks(token.findall(old), token.findall(new))))


def _raw_marks(old: list[str], new: list[str]) -> Iterator[tuple[MarkKind, str]]:
    if max(len(old), len(new)) > _LONGEST:
        yield from (("deleted", "".join(old)), ("added", "".join(new)))
        return
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            yield "same", "".join(old[i:j])
        else:
            yield "deleted", "".join(old[i:j])
            yield "added", "".join(new[k:m])


def _joined(raw: Iterator[tuple[MarkKind, str]]) -> Iterator[Mark]:
    """Runs without empty ones; a lone space between two changes belongs to both of them."""
    deleted = added = same = ""
    for kind, text in raw:
        if kind == "same":
            if text.isspace() and (deleted or added):
                same = text
                continue
            yield from _flushed(deleted, added, same)
            deleted = added = same = ""
            yield Mark("same", text)
        elif text:
            if same:
                deleted, added, same = deleted + same, added + same, ""
            deleted += text if kind == "deleted" else ""
            added += text if kind == "added" else ""
    yield from _flushed(deleted, added, same)


def _flushed(deleted: str, added: str, same: str) -> Iterator[Mark]:
    if deleted:
        yield Mark("deleted", deleted)
    if added:
        yield Mark("added", added)
    if same:
        yield Mark("same", same)
