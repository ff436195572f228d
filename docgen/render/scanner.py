"""Where a position in a stream of Word XML stands: in which paragraph, run and text.

The scanner reads pieces of XML in order, cut anywhere, and knows after each piece what the
resolver in `listing` would find around that position in the whole document.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum

from docgen.render.listing import Expansion, is_special

HOLE = "\0"  # stands for a value inside a tag or among captured properties
_TAG = re.compile(r"<(/?)([^\s<>/!?]+)([^<>]*)>|<!--.*?-->|<\?.*?\?>", re.DOTALL)
_PLACES = frozenset(("w:p", "w:r", "w:t"))
_PROPERTIES = frozenset(("w:pPr", "w:rPr"))


class Mode(Enum):
    """What surrounds a position."""

    OUTSIDE = "between paragraphs"
    PARAGRAPH = "in a paragraph, between runs"
    RUN = "in a run, between texts"
    TEXT = "in the text of a run"
    TAG = "inside a tag"
    PROPERTY = "in a document property, which holds text only"
    UNKNOWN = "not the same on every path through the template"


class Scanner:
    """The state of the scan; `key()` compares two states."""

    def __init__(self, *, loose: bool = False) -> None:
        self.mode = Mode.UNKNOWN if loose else Mode.OUTSIDE
        self.loose = loose  # inside a macro: nothing is known before its first element
        self.stack: list[str] = []
        self.balanced = True
        self.partial = ""
        self.paragraph: str | None = None
        self.run: str | None = None
        self._capture: list[str] | None = None
        self.unresolved = False

    def key(self) -> tuple[object, ...]:
        """Everything that the meaning of the following XML depends on."""
        captured = None if self._capture is None else "".join(self._capture)
        return self.mode, tuple(self.stack), self.partial, self.paragraph, self.run, captured

    def copy(self) -> Scanner:
        """An independent scanner in the same state."""
        twin = Scanner(loose=self.loose)
        twin.__dict__.update(self.__dict__)
        twin.stack = list(self.stack)
        twin._capture = None if self._capture is None else list(self._capture)
        return twin

    def lose(self) -> None:
        """Forget the place: paths that met here came from different ones."""
        self.mode, self.paragraph, self.run, self._capture = Mode.UNKNOWN, None, None, None
        self.partial, self.loose, self.balanced = "", False, False

    def meet(self, other: Scanner) -> None:
        """Keep what both know: the same place, of which the properties may differ."""
        if self.key() == other.key():
            return
        shapes = [(each.mode, each.stack, each.partial, each._capture) for each in (self, other)]
        if shapes[0] != shapes[1] or self._capture is not None:
            self.lose()
            return
        self.paragraph = self.paragraph if self.paragraph == other.paragraph else HOLE
        self.run = self.run if self.run == other.run else HOLE
        self.balanced = self.balanced and other.balanced

    def place(self) -> Mode:
        """What surrounds the position reached."""
        return Mode.TAG if self.partial else self.mode

    def hole(self) -> None:
        """A value of unknown text stands here."""
        if self.partial:
            self.partial += HOLE
        elif self._capture is not None:
            self._capture.append(HOLE)

    def feed(self, data: str, notice: Callable[[str, str], None]) -> str:
        """Read on; the data with special characters expanded.

        `notice` is called with the name (after a `/` where it closes) and text of each tag.
        """
        text, skip, done = self.partial + data, len(self.partial), 0
        pieces: list[str] = []
        self.partial = ""
        for tag in _TAG.finditer(text):
            if tag.start() > done:
                pieces.append(self._text(text[done : tag.start()]))
            pieces.append(tag[0])
            done = tag.end()
            if tag[2]:
                self._tag(tag[0], tag[1], tag[2], empty=tag[3].endswith("/"))
                notice(tag[1] + tag[2], tag[0])
        rest, cut = text[done:], text.find("<", done)
        if cut >= 0:
            self.partial, rest = text[cut:], text[done:cut]
        pieces += (self._text(rest), self.partial)
        return "".join(pieces)[skip:]

    def _text(self, text: str) -> str:
        if self._capture is not None:
            self._capture.append(text)
        if is_special(text) and self.mode in (Mode.TEXT, Mode.UNKNOWN):
            expansion = self.expansion()
            if expansion is not None:
                return expansion(text)
            self.unresolved = True
        return text

    def expansion(self) -> Expansion | None:
        """How special characters are expanded at the position, when that can be known."""
        if self.mode is not Mode.TEXT or not (known(self.paragraph) and known(self.run)):
            return None
        splits = self.stack[-3:] == ["w:p", "w:r", "w:t"] or not self.balanced
        return Expansion(self.paragraph or "", self.run or "", splits=splits)

    def _tag(self, tag: str, closing: str, name: str, *, empty: bool) -> None:
        if closing:
            if self.stack and self.stack[-1] == name:
                self.stack.pop()
            else:
                self.balanced = False
        elif not empty:
            self.stack.append(name)
        if self._capture is not None:
            self._capture.append(tag)
            self._finish(tag)
        if name in _PLACES:
            self._move(tag)
        elif name in _PROPERTIES and not closing and self._capture is None:
            self._capture_properties(tag)

    def _finish(self, tag: str) -> None:
        """End the capture at the tag that closes its first; changed properties hold old ones."""
        captured = self._capture or [""]
        if tag[2:] != captured[0][1:] or captured.count(captured[0]) > captured.count(tag):
            return
        if tag == "</w:pPr>":
            self.paragraph = "".join(captured)
        else:
            self.run = "".join(captured)
        self._capture = None

    def _move(self, tag: str) -> None:
        """Into or out of a paragraph, run or text, where the resolver's patterns would go."""
        mode, kind = self.mode, tag.rstrip(">").split(" ", 1)[0]
        if kind == "</w:p":
            self.mode, self.paragraph, self.run, self._capture = Mode.OUTSIDE, None, None, None
        elif kind == "</w:r" and mode in (Mode.RUN, Mode.TEXT):
            self.mode, self.run = Mode.PARAGRAPH, None
        elif kind == "</w:t" and mode is Mode.TEXT:
            self.mode = Mode.RUN
        elif kind == "<w:p" and (mode is Mode.OUTSIDE or self.loose):
            self.mode, self.paragraph, self.loose = Mode.PARAGRAPH, None, False
        elif kind == "<w:r" and (mode is Mode.PARAGRAPH or self.loose):
            self._enter_run()
        elif kind == "<w:t" and mode is Mode.RUN:
            self.mode = Mode.TEXT

    def _enter_run(self) -> None:
        if self.loose:
            self.paragraph = HOLE
        self.mode, self.run, self.loose = Mode.RUN, None, False

    def _capture_properties(self, tag: str) -> None:
        in_run = self.mode in (Mode.RUN, Mode.TEXT)
        first_of_run = tag == "<w:rPr>" and in_run and self.run is None
        in_paragraph = in_run or self.mode is Mode.PARAGRAPH
        if first_of_run or (tag == "<w:pPr>" and in_paragraph and self.paragraph is None):
            self._capture = [tag]


def known(properties: str | None) -> bool:
    """Whether the properties are the same text in every document (None: there are none)."""
    return properties is None or HOLE not in properties
