"""Loops and conditions: what opens and closes what, and the words that do so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import inf

from docgen.i18n import _
from docgen.render.faults import Edit, TemplateFault
from docgen.render.marks import Mark, type_instead
from docgen.render.placement import CELL_WORDS, pair_faults
from docgen.render.shapes import nearest

OPENERS = ("for", "if", "macro", "call", "filter", "with", "autoescape", "block", "raw")
_ENDS = {f"end{name}": name for name in (*OPENERS, "set")}
_MIDDLES = {"else": ("if", "for"), "elif": ("if",)}
_FORBIDDEN = ("include", "import", "from", "extends")
WORDS = frozenset([*OPENERS, *_ENDS, *_MIDDLES, *CELL_WORDS, *_FORBIDDEN, "set"])
_SAID_OTHERWISE = {
    "elseif": "elif", "elsif": "elif", "fi": "endif", "foreach": "for", "next": "endfor",
    "done": "endfor", "end": "", "endforeach": "endfor",
}  # fmt: skip
_TWO_WORDS = re.compile(r"(end)\s+(for|if|set|with|macro)\b|(else)\s+(if)\b", re.IGNORECASE)
_SPACED_PREFIX = re.compile(r"(tr|tc|p|r)\s+(?=\w)")
_TIGHT_PREFIX = re.compile(r"(tr|tc|p)(?=(?:for|if|endfor|endif|else|elif)\b)")
_ASSIGNMENT = re.compile(r"set\b[^=]*=")


@dataclass(frozen=True, slots=True)
class Statement:
    """A tag with its first word as meant: `name` is empty for what is printed."""

    mark: Mark
    name: str
    body: str


@dataclass(slots=True)
class Blocks:
    """The statements of a part in order, balanced: Jinja source by lines, one for each tag.

    `reach` is how many blocks an end may find open inside its own and close along with it.
    """

    reach: float = inf
    lines: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    faults: list[TemplateFault] = field(default_factory=list)
    _open: list[Statement] = field(default_factory=list)

    def add(self, mark: Mark) -> None:
        """Read one more tag."""
        statement, faults = read_statement(mark)
        if not mark.tag.torn:
            self.faults += faults
        self.names.append(statement.name)
        self.lines.append(self._line(statement))

    def close(self) -> None:
        """The part is at its end; what is still open was never closed."""
        ends = [self._unclosed(self._open.pop()) for _each in list(self._open)]
        self.lines.append("".join(ends))

    def _line(self, statement: Statement) -> str:
        name, mark = statement.name, statement.mark
        if not mark.is_statement:
            return f"{{{{ {statement.body} }}}}"
        if name in CELL_WORDS:
            return _cell_line(statement)
        if name in _ENDS:
            return self._end(statement)
        if name in _MIDDLES:
            return self._middle(statement)
        if name in OPENERS or (name == "set" and not _ASSIGNMENT.match(statement.body)):
            self._open.append(statement)
        elif name != "set":
            return ""
        return f"{{% {statement.body} %}}"

    def _end(self, end: Statement) -> str:
        wanted = _ENDS[end.name]
        within = [each for each in self._open[::-1] if each.name == wanted]
        candidates = [each for each in within if self._inside(each) <= self.reach]
        if not candidates:
            self.faults.append(_end_without_start(end, wanted))
            return ""
        alike = [each for each in candidates if each.mark.prefix == end.mark.prefix]
        start = (alike or candidates)[0]
        closing = []
        while (last := self._open.pop()) is not start:
            closing.append(self._unclosed(last))
        self.faults += pair_faults(last.mark, end.mark, wanted)
        return "".join([*closing, f"{{% end{wanted} %}}"])

    def _inside(self, start: Statement) -> int:
        """How many blocks are open inside this one."""
        return len(self._open) - 1 - self._open.index(start)

    def _middle(self, middle: Statement) -> str:
        wanted = _MIDDLES[middle.name]
        if not self._open or self._open[-1].name not in wanted:
            self.faults.append(_end_without_start(middle, wanted[0]))
            return ""
        self.faults += pair_faults(self._open[-1].mark, middle.mark, self._open[-1].name)
        return f"{{% {middle.body} %}}"

    def _unclosed(self, start: Statement) -> str:
        mark = start.mark
        end = mark.written(f"end{start.name}")
        message = _("%(tag)s is opened here and closed nowhere") % {"tag": mark.meant}
        advice = _("type %(end)s after the last line that belongs to it") % {"end": end}
        self.faults.append(mark.fault("unclosed-block", message, advice))
        return f"{{% end{start.name} %}}"


def balanced(marks: Sequence[Mark]) -> Blocks:
    """The tags of a part, read as that one of two mistakes which explains more of them.

    An end in the midst of another block either leaves that block without its own, or is itself
    one too many.
    """
    readings = [Blocks(), Blocks(reach=0)]
    for blocks in readings:
        for mark in marks:
            blocks.add(mark)
        blocks.close()
    return min(readings, key=lambda blocks: len(blocks.faults))


def _cell_line(statement: Statement) -> str:
    expression = statement.body.removeprefix(statement.name).strip()
    if not expression:
        return "{{ loop.first }}"
    return (
        f"{{{{ ({expression}) }}}}"
        if statement.name == "cellbg"
        else f"{{{{ ({expression})|int }}}}"
    )


def _end_without_start(end: Statement, wanted: str) -> TemplateFault:
    mark = end.mark
    start = mark.written(f"{wanted} …")
    message = _("%(tag)s closes nothing that was opened before it") % {"tag": mark.meant}
    advice = _("delete it, or type %(start)s where the repeated text begins") % {"start": start}
    return mark.fault("end-without-start", message, advice)


# --- words ------------------------------------------------------------------------------------


def read_statement(mark: Mark) -> tuple[Statement, list[TemplateFault]]:
    """The tag with the word that was meant, and what is wrong with the one that was typed."""
    if not mark.is_statement or mark.word in WORDS:
        statement = Statement(mark, mark.word, mark.body)
        return statement, [_forbidden(mark)] if mark.word in _FORBIDDEN else []
    prefix = _SPACED_PREFIX.match(mark.body) or _TIGHT_PREFIX.match(mark.body)
    if prefix is not None and not mark.prefix:
        return _with_prefix(mark, prefix)
    two = _TWO_WORDS.match(mark.body)
    meant = _meant_word(mark.word, two)
    rest = mark.body[two.end() if two else len(mark.word) :]
    body = f"{meant}{rest}"
    fault = _unknown_tag(mark, meant, body, two[0] if two else mark.word)
    return Statement(mark, meant, body), [fault]


def _meant_word(word: str, two: re.Match[str] | None) -> str:
    if two is not None:
        return "elif" if two[3] else f"end{two[2].lower()}"
    if word.lower() in WORDS:
        return word.lower()
    return _SAID_OTHERWISE.get(word.lower()) or nearest(word.lower(), WORDS)[0]


def _with_prefix(mark: Mark, prefix: re.Match[str]) -> tuple[Statement, list[TemplateFault]]:
    """`{% p for … %}` and `{%pfor … %}`: the prefix stands right after the brace, then a space."""
    body = mark.body[prefix.end() :].strip()
    whole = Mark(mark.paragraph, mark.tag, prefix[1], body)
    message = _("“%(prefix)s” must stand right after “{%%”, with one space after it")
    edits = _replaced(mark, mark.tag.body, f"{prefix[1]} {body} ")
    fault = mark.fault(
        "unknown-tag", message % {"prefix": prefix[1]}, type_instead(whole.meant), edits
    )
    statement, faults = read_statement(whole)
    return statement, [fault, *faults]


def _unknown_tag(mark: Mark, meant: str, body: str, typed: str) -> TemplateFault:
    message = _("there is no tag “%(name)s”") % {"name": typed}
    if not meant:
        advice = _("a tag begins with one of: %(words)s") % {
            "words": "for, if, else, endfor, endif"
        }
        return mark.fault("unknown-tag", message, advice)
    edits = _replaced(mark, typed, meant)
    return mark.fault("unknown-tag", message, type_instead(mark.written(body)), edits)


def _replaced(mark: Mark, typed: str, meant: str) -> list[Edit]:
    """The edit that puts `meant` for the first `typed` of the tag; none where it is not there."""
    at = mark.tag.body.find(typed)
    if at < 0 or mark.tag.endless:
        return []
    start = mark.tag.body_start + at
    return [Edit(start, start + len(typed), meant)]


def _forbidden(mark: Mark) -> TemplateFault:
    message = _("a template cannot take in other files: “%(name)s”") % {"name": mark.word}
    return mark.fault("forbidden-construct", message, _("put the text into this document"))
