"""Loops and conditions: what opens and closes what, and where in Word each may stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from docgen.i18n import _
from docgen.render.faults import Edit, TemplateFault
from docgen.render.marks import Mark, type_instead
from docgen.render.places import W
from docgen.render.shapes import nearest

OPENERS = ("for", "if", "macro", "call", "filter", "with", "autoescape", "block", "raw")
_ENDS = {f"end{name}": name for name in (*OPENERS, "set")}
_MIDDLES = {"else": ("if", "for"), "elif": ("if",)}
CELL_WORDS = ("colspan", "cellbg", "colwidth", "vm", "hm")
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
    """The statements of a part in order, balanced: Jinja source by lines, one for each tag."""

    lines: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    faults: list[TemplateFault] = field(default_factory=list)
    _open: list[Statement] = field(default_factory=list)

    def add(self, mark: Mark) -> None:
        """Read one more tag."""
        if self._open and self._open[-1].name == "raw" and mark.word != "endraw":
            self.lines.append("")
            self.names.append("")
            return
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
        candidates = [each for each in self._open if each.name == wanted]
        if not candidates:
            self.faults.append(_end_without_start(end, wanted))
            return ""
        alike = [each for each in candidates if each.mark.prefix == end.mark.prefix]
        start = (alike or candidates)[-1]
        closing = []
        while (last := self._open.pop()) is not start:
            closing.append(self._unclosed(last))
        self.faults += _pair_faults(last, end)
        return "".join([*closing, f"{{% end{wanted} %}}"])

    def _middle(self, middle: Statement) -> str:
        wanted = _MIDDLES[middle.name]
        if not self._open or self._open[-1].name not in wanted:
            self.faults.append(_end_without_start(middle, wanted[0]))
            return ""
        self.faults += _pair_faults(self._open[-1], middle)
        return f"{{% {middle.body} %}}"

    def _unclosed(self, start: Statement) -> str:
        mark = start.mark
        end = mark.written(f"end{start.name}")
        message = _("%(tag)s is opened here and closed nowhere") % {"tag": mark.meant}
        advice = _("type %(end)s after the last line that belongs to it") % {"end": end}
        self.faults.append(mark.fault("unclosed-block", message, advice))
        return f"{{% end{start.name} %}}"


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


# --- places -----------------------------------------------------------------------------------

_ELEMENTS = {"tr": "tr", "tc": "tc", "p": "p"}
_TOGETHER = {"tr": "loop-in-one-row", "tc": "loop-in-one-cell", "p": "loop-in-one-paragraph"}


def _pair_faults(start: Statement, end: Statement) -> Iterator[TemplateFault]:
    """What is wrong between a tag that opens and one that closes or divides."""
    first, last = start.mark, end.mark
    names = {"start": first.meant, "end": last.meant, "place": first.paragraph.place}
    if _is_outside(first) or _is_outside(last):
        return  # told by itself
    if first.prefix != last.prefix:
        message = _("%(end)s does not match %(start)s (%(place)s)") % names
        meant = last.written(end.body, first.prefix)
        edits = _prefix_edit(first, last) if first.prefix == "p" else []
        yield last.fault("mismatched-prefix", message, type_instead(meant), edits)
    elif not _side_by_side(first, last):
        message = _("%(end)s stands in another cell, row or table than %(start)s (%(place)s)")
        yield last.fault("misplaced-end", message % names, _side_advice(first, start.name))


def _is_outside(mark: Mark) -> bool:
    """Whether it is for rows or cells and not in a table."""
    return mark.prefix in ("tr", "tc") and mark.paragraph.around(mark.prefix) is None


def _prefix_edit(first: Mark, last: Mark) -> list[Edit]:
    """The edit that gives a tag alone in its paragraph the prefix `p`."""
    paragraph, tag = last.paragraph, last.tag
    alone = paragraph.text.strip() == last.typed and not last.prefix
    same = paragraph.element is first.paragraph.element
    if not alone or same or tag.torn or tag.spaced:
        return []
    return [Edit(tag.body_start, tag.body_start, first.prefix)]


def _side_by_side(first: Mark, last: Mark) -> bool:
    """Whether what lies between two tags is whole: cells, rows, tables."""
    one, other = first.paragraph, last.paragraph
    if one.depth != other.depth:
        return False
    around = {"tr": "tbl", "tc": "tr"}.get(first.prefix, "tc")
    return one.around(around) is other.around(around)


def _side_advice(first: Mark, name: str) -> str:
    if first.prefix or first.paragraph.around("tr") is None:
        return _("open and close it in the same table or text")
    start, end = first.written(first.body, "tr"), first.written(f"end{name}", "tr")
    return _("to repeat rows, put %(start)s into a row of its own above them and %(end)s below") % {
        "start": start,
        "end": end,
    }


def place_faults(marks: list[Mark]) -> Iterator[TemplateFault]:
    """Tags with a prefix that stand where the prefix means nothing, or with others."""
    groups: dict[tuple[str, etree._Element], list[Mark]] = {}
    for mark in marks:
        if mark.prefix not in _ELEMENTS:
            continue
        own = mark.paragraph.element
        element = own if mark.prefix == "p" else mark.paragraph.around(mark.prefix)
        if element is None:
            yield _outside(mark)
        else:
            groups.setdefault((mark.prefix, element), []).append(mark)
    for (prefix, _element), group in groups.items():
        if len(group) > 1:
            yield _together(prefix, group)
        elif fault := _lost_content(group[0]):
            yield fault


def _outside(mark: Mark) -> TemplateFault:
    if mark.prefix == "tr":
        code, message = (
            "row-tag-outside-table",
            _("%(tag)s repeats table rows, but is not in a table"),
        )
    else:
        code, message = "cell-tag-outside-table", _("%(tag)s repeats cells, but is not in a table")
    advice = _("move it into the table, or for paragraphs type %(tag)s")
    meant = mark.written(mark.body, "p")
    return mark.fault(code, message % {"tag": mark.meant}, advice % {"tag": meant})


def _together(prefix: str, group: list[Mark]) -> TemplateFault:
    first, second = group[0], group[1]
    names = {"first": first.meant, "second": second.meant}
    if prefix == "tr":
        message = _("%(first)s and %(second)s stand in one row, and only the first is read")
        advice = _("put each into a row of its own, above and below the row to be repeated")
    elif prefix == "tc":
        message = _("%(first)s and %(second)s stand in one cell, and only the first is read")
        advice = _("put each into a cell of its own, before and after the cell to be repeated")
    else:
        message = _("%(first)s and %(second)s stand in one paragraph, and only the first is read")
        advice = _("put each into a paragraph of its own, or drop the “p” of both")
    return second.fault(_TOGETHER[prefix], message % names, advice)


def _lost_content(mark: Mark) -> TemplateFault | None:
    """The fault of a tag that stands for its row, cell or paragraph, and wipes out more."""
    if mark.prefix == "p":
        text = mark.paragraph.text
    else:
        element = mark.paragraph.around(mark.prefix)
        text = "" if element is None else "".join(each.text or "" for each in element.iter(f"{W}t"))
    rest = text.replace(mark.typed, "", 1).strip()
    if not rest or mark.tag.endless or mark.tag.torn:
        return None
    message = _("%(tag)s takes the place of all around it: “%(rest)s” will not be printed")
    advice = _("put the tag into a paragraph, row or cell of its own")
    return mark.fault(
        "content-beside-tag", message % {"tag": mark.meant, "rest": rest[:60]}, advice
    )
