"""Where a position in a stream of Word XML stands: in which paragraph, run and text.

The scanner reads pieces of XML in order, cut anywhere, and knows after each piece what the
resolver in `listing` would find around that position in the whole document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum

from docgen.render.listing import Expansion, is_special

HOLE = "\0"  # stands for a value inside a tag or among captured properties
_TAG = re.compile(r"<!--.*?-->|<\?.*?\?>|<[^<>]*>", re.DOTALL)
_NAME = re.compile(r"</?([^\s/>]+)")


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
        self.stack: tuple[str, ...] = ()
        self.balanced = True
        self.partial = ""
        self.paragraph: str | None = None
        self.run: str | None = None
        self._capture: list[str] | None = None
        self.unresolved = False

    def key(self) -> tuple[object, ...]:
        """Everything that the meaning of the following XML depends on."""
        captured = None if self._capture is None else "".join(self._capture)
        return self.mode, self.stack, self.partial, self.paragraph, self.run, captured

    def copy(self) -> Scanner:
        """An independent scanner in the same state."""
        twin = Scanner(loose=self.loose)
        twin.__dict__.update(self.__dict__)
        twin._capture = None if self._capture is None else list(self._capture)
        return twin

    def lose(self) -> None:
        """Forget the place: paths that met here came from different ones."""
        self.mode, self.paragraph, self.run, self._capture = Mode.UNKNOWN, None, None, None
        self.partial, self.loose, self.balanced = "", False, False

    def place(self) -> Mode:
        """What surrounds the position reached."""
        return Mode.TAG if self.partial else self.mode

    def hole(self) -> None:
        """A value of unknown text stands here."""
        if self.partial:
            self.partial += HOLE
        elif self._capture is not None:
            self._capture.append(HOLE)

    def feed(self, data: str) -> Iterator[tuple[str, str]]:
        """Read on; yields each tag that is complete with the text in front of it, expanded."""
        text, done = self.partial + data, 0
        self.partial = ""
        for tag in _TAG.finditer(text):
            before = self._text(text[done : tag.start()])
            done = tag.end()
            self._tag(tag[0])
            yield before, tag[0]
        rest = text[done:]
        cut = rest.find("<")
        if cut >= 0:
            self.partial = rest[cut:]
            rest = rest[:cut]
        yield self._text(rest), self.partial

    def _text(self, text: str) -> str:
        if self._capture is not None:
            self._capture.append(text)
        if text and is_special(text) and self.mode in (Mode.TEXT, Mode.UNKNOWN):
            expansion = self.expansion()
            if expansion is not None:
                return expansion(text)
            self.unresolved = True
        return text

    def expansion(self) -> Expansion | None:
        """How special characters are expanded at the position, when that can be known."""
        if self.mode is not Mode.TEXT or not (known(self.paragraph) and known(self.run)):
            return None
        splits = self.stack[-3:] == ("w:p", "w:r", "w:t") or not self.balanced
        return Expansion(self.paragraph or "", self.run or "", splits=splits)

    def _tag(self, tag: str) -> None:
        if tag[1] in "!?":
            return
        self._balance(tag)
        if self._capture is not None:
            self._capture.append(tag)
            self._finish(tag)
        if tag.startswith(("<w:", "</w:")):
            self._move(tag)

    def _balance(self, tag: str) -> None:
        found = _NAME.match(tag)
        name = found[1] if found else ""
        if tag[1] == "/":
            if self.stack and self.stack[-1] == name:
                self.stack = self.stack[:-1]
            else:
                self.balanced = False
        elif not tag.endswith("/>"):
            self.stack += (name,)

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
        mode = self.mode
        if tag == "</w:p>":
            self.mode, self.paragraph, self.run, self._capture = Mode.OUTSIDE, None, None, None
        elif tag == "<w:p>" or tag.startswith("<w:p "):
            if mode is Mode.OUTSIDE or self.loose:
                self.mode, self.paragraph, self.loose = Mode.PARAGRAPH, None, False
        elif tag == "</w:r>":
            if mode in (Mode.RUN, Mode.TEXT):
                self.mode, self.run = Mode.PARAGRAPH, None
        elif tag == "<w:r>" or tag.startswith("<w:r "):
            if mode is Mode.PARAGRAPH or self.loose:
                self._enter_run()
        elif tag == "</w:t>":
            if mode is Mode.TEXT:
                self.mode = Mode.RUN
        elif tag == "<w:t>" or tag.startswith("<w:t "):
            if mode is Mode.RUN:
                self.mode = Mode.TEXT
        elif self._capture is None:
            self._capture_properties(tag)

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
