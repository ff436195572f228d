"""The tags in the text of a paragraph, found even where a brace is lost or a space too many."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from docgen.render.faults import Edit

_EXACT = re.compile(r"\{[{%#]")
_OPENING = re.compile(r"\{[{%#]|\{\s+[{%]|[{｛]\s*[｛％]|｛\s*[{%]")
_CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}"}
_LOOSE = {
    "{{": re.compile(r"[}｝]\s*[}｝]"),
    "{%": re.compile(r"[%％]\s*[}｝]"),
    "{#": re.compile(r"#\s*}"),
}
_WRONG = re.compile(r"\}\}|%\}|#\}|\}|%\s*$")
_STRAY = re.compile(r"\}\}|%\}")
_LOST_OPENING = {
    "}}": re.compile(r"(?<!\{)\{(?=[^{}%]*$)"),
    "%}": re.compile(r"(?:\{|%)(?=[^{}%]*$)"),
}


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag: where it begins and ends, its opening as meant, and what was typed inside.

    `torn` says that braces are missing or wrong, `spaced` that they stand apart; `edits` put
    them right where it is clear how. A tag that is not closed in its paragraph is `endless`.
    """

    start: int
    end: int
    opening: str
    body_start: int
    body: str
    torn: bool = False
    spaced: bool = False
    endless: bool = False
    edits: tuple[Edit, ...] = field(default=())

    @property
    def closing(self) -> str:
        """The braces that close it."""
        return _CLOSING[self.opening]


def find_tags(text: str) -> list[Tag]:
    """The tags in the text, whole or broken, in order."""
    tags: list[Tag] = []
    position = 0
    while (opening := _OPENING.search(text, position)) is not None:
        tags += _strays(text, position, opening.start())
        tag = _tag(text, opening)
        if tag.endless and opening[0] not in _CLOSING:
            position = opening.end()  # prose about braces: nothing closes them
            continue
        tags.append(tag)
        position = tag.end
    return [*tags, *_strays(text, position, len(text))]


def _tag(text: str, opening: re.Match[str]) -> Tag:
    meant = "{" + {"｛": "{", "％": "%"}.get(opening[0][-1], opening[0][-1])
    edits = [] if opening[0] == meant else [Edit(*opening.span(), meant)]
    begin = opening.end()
    following = _EXACT.search(text, begin)
    limit = following.start() if following else len(text)
    close = _close(text, meant, begin, len(text) if meant == "{#" else limit)
    if close >= 0:
        end = close + 2
        return _made(text, opening.start(), end, meant, (begin, close), edits)
    return _closed_loosely(text, opening.start(), meant, (begin, limit), edits)


def _close(text: str, meant: str, begin: int, limit: int) -> int:
    """Where the closing braces stand, past those of mappings inside; -1 where there are none."""
    first = close = text.find(_CLOSING[meant], begin, limit)
    while close >= 0 and meant == "{{":
        inside = text[begin:close]
        if inside.count("{") <= inside.count("}"):
            return close
        close = text.find("}}", close + 1, limit)
    return first


def _closed_loosely(
    text: str, start: int, meant: str, bounds: tuple[int, int], edits: list[Edit]
) -> Tag:
    begin, limit = bounds
    loose = _LOOSE[meant].search(text, begin, limit)
    if loose is not None:
        edits = [*edits, Edit(*loose.span(), _CLOSING[meant])]
        return _made(text, start, loose.end(), meant, (begin, loose.start()), edits)
    wrong = _WRONG.search(text, begin, limit)
    if wrong is not None and meant != "{#":
        edits = [*edits, Edit(*wrong.span(), _CLOSING[meant])]
        return Tag(
            start, wrong.end(), meant, begin, text[begin : wrong.start()], torn=True,
            edits=tuple(edits),
        )  # fmt: skip
    return Tag(start, limit, meant, begin, text[begin:limit], torn=True, endless=True)


def _made(
    text: str, start: int, end: int, meant: str, body: tuple[int, int], edits: list[Edit]
) -> Tag:
    inside = text[slice(*body)]
    return Tag(start, end, meant, body[0], inside, spaced=bool(edits), edits=tuple(edits))


def _strays(text: str, start: int, end: int) -> Iterator[Tag]:
    """Closing braces without opening ones between two positions, with what they may close."""
    for stray in _STRAY.finditer(text, start, end):
        lost = _LOST_OPENING[stray[0]].search(text[start : stray.start()])
        meant = "{{" if stray[0] == "}}" else "{%"
        if lost is None:
            yield Tag(start, stray.end(), meant, start, text[start : stray.start()], torn=True)
        else:
            first, begin = start + lost.start(), start + lost.end()
            edits = (Edit(first, begin, meant),)
            inside = text[begin : stray.start()]
            yield Tag(first, stray.end(), meant, begin, inside, torn=True, edits=edits)
        start = stray.end()
