"""The stamps of annexes: where one begins, where it ends, and what it says."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docgen.importers.marks import APPENDIX, APPROVED, Issued, issued, issued_within
from docgen.importers.paper import Line, one_line
from docgen.models import Revision
from docgen.models.readings import PrintedStamp
from docgen.schemas.fields import read_day

STYLE = "Гриф"
LONGEST_STAMP = 14
"""Lines that a stamp may have at the most."""
_LONGEST = 160
_LOOK_AHEAD = 7
_GOES_ON = re.compile(
    r"(?:к\s|приказ|распоряж|постановл|решени|директор|министр|ректор|начальник|руководител|от\s|№|«\s*_|_)",
    re.IGNORECASE,
)
_EDITION = re.compile(
    r"\(\s*(?:в\s+)?ред(?:акции|\.)\s+(?:приказ|распоряжени|постановлени|решени)\w*\s+(.*)\)\s*$",
    re.IGNORECASE,
)
_REVISION = re.compile(r"от\s+(\d{2}\.\d{2}\.\d{4})\s+№\s*([^,)]+)")
_DATED = re.compile(r"\bот\b|\d{4}|_{2,}")


def begins_stamp(line: Line) -> bool:
    """Whether the line opens an annex: «Приложение № 2», «УТВЕРЖДЕНА», «Утвержден приказом …»."""
    text = line.text
    if line.style == STYLE:
        return True
    if len(text) > _LONGEST or line.label:
        return False
    if APPENDIX.match(text):
        return True
    found = APPROVED.fullmatch(text)
    return found is not None and _approves(found["rest"])


def _approves(rest: str) -> bool:
    return not rest or bool(_GOES_ON.match(rest))


def stamp_length(lines: Sequence[Line]) -> int:
    """How many of the lines, of which the first begins a stamp, belong to it."""
    length = 1
    while length < min(len(lines), LONGEST_STAMP) and _goes_on(lines, length):
        length += 1
    return length


def _goes_on(lines: Sequence[Line], place: int) -> bool:
    last, line = lines[place - 1], lines[place]
    if last.style == STYLE or line.style == STYLE:
        return last.style == line.style and not line.new_page
    if begins_stamp(line):
        return not line.new_page
    if _ends(last):
        return issued(line.text) is not None and not _is_complete(last)
    if _GOES_ON.match(line.text) and len(line.text) <= _LONGEST:
        return True
    return _date_follows(lines[place : place + _LOOK_AHEAD]) or _stands_below(lines[0], line)


def _ends(line: Line) -> bool:
    """Whether the line gives the date or the number: what a stamp ends with."""
    if issued(line.text):
        return True
    return bool(_DATED.search(line.text)) and issued_within(line.text) is not None


def _is_complete(line: Line) -> bool:
    return "№" in line.text


def _date_follows(lines: Sequence[Line]) -> bool:
    """Whether the lines of an organisation's name lead to the line of the date."""
    for line in lines:
        if line.gap and line is not lines[0]:
            return False
        if issued(line.text) or (line.text.lower().startswith("от ") and _ends(line)):
            return True
        if len(line.text) > _LONGEST:
            return False
    return False


def _stands_below(first: Line, line: Line) -> bool:
    """Whether the line is set in the stamp's own column, at the right of the page."""
    if line.gap or len(line.text) > _LONGEST:
        return False
    if first.left > 50:
        return abs(first.left - line.left) < 1
    return (
        first.facts is not None
        and line.facts is not None
        and (first.facts.align == line.facts.align == "right")
    )


def read_stamp(lines: Sequence[str]) -> PrintedStamp:
    """What the lines of a stamp say."""
    text = _EDITION.sub("", one_line(" ".join(lines)))
    given = issued_within(_after_mark(text)) or Issued()
    marks = [found["mark"] for line in lines if (found := APPENDIX.match(line))]
    words = [found["word"] for line in lines if (found := APPROVED.match(line))]
    return PrintedStamp(
        lines=tuple(lines),
        date=given.date,
        number=given.number,
        mark=next(filter(None, marks), None),
        approval_word=words[0] if words else None,
        blank=given.blank,
    )


def read_revisions(lines: Sequence[str]) -> tuple[Revision, ...]:
    """The amending orders that «(в редакции приказов от … № …, от … № …)» names."""
    found = _EDITION.search(one_line(" ".join(lines)))
    named = _REVISION.findall(found[1]) if found else ()
    return tuple(Revision(read_day(day), number.strip()) for day, number in named)


def _after_mark(text: str) -> str:
    """The text without «Приложение № 2», whose number is not the order's."""
    found = APPENDIX.match(text) or re.match(r"приложение\s*(?:№\s*)?\d*", text, re.IGNORECASE)
    return text[found.end() :] if found else text
