"""The requisites of an order, gathered from the lines between its letterhead and its points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from docgen.importers.marks import OPERATIVE, document_word, is_bare_number, issued
from docgen.importers.paper import Line, one_line
from docgen.importers.roles import pieces
from docgen.models.readings import Role


@dataclass(slots=True)
class Requisites:
    """What the head of an order says; texts as they stand in the data file."""

    letterhead: tuple[str, ...] = ()
    document: str = ""
    date: date | None = None
    number: str | None = None
    city: str | None = None
    title: str = ""
    preamble: str = ""
    operative: str = ""
    first_point: str = ""
    strange: tuple[str, ...] = ()
    blank: bool = False
    impossible: str = ""


def read_requisites(lines: Sequence[Line], roles: Sequence[Role]) -> Requisites:
    """The requisites in the lines of these roles."""
    pairs = list(zip(lines, roles, strict=True))

    def texts(role: Role) -> list[str]:
        return [line.text for line, own in pairs if own == role]

    read = Requisites(
        letterhead=tuple(texts("letterhead")), title=one_line(" ".join(texts("title")))
    )
    for line in texts("document"):
        word = document_word(line)
        read.document = word[0] if word else one_line(line)
        if word and word[1] and issued(word[1]) is None:
            read.strange += (word[1],)
        elif word:
            _take(read, word[1])
    for line in texts("requisite"):
        _take(read, line)
    _read_opening(read, texts("preamble"), texts("operative"))
    return read


def _take(read: Requisites, line: str) -> None:
    """Fills in what a line of requisites gives: date, number, city, in any order."""
    for piece in pieces(line):
        given = issued(piece)
        if given is not None:
            read.date = read.date or given.date
            read.number = read.number or given.number
            read.blank |= given.blank
            read.impossible = read.impossible or given.impossible
        elif is_bare_number(piece) and read.number is None:
            read.number = piece
        elif read.city is None:
            read.city = piece
        else:
            read.strange += (piece,)


def _read_opening(read: Requisites, preamble: list[str], operative: list[str]) -> None:
    """Splits the preamble from the operative word, which may close it or stand in its own line."""
    text = one_line(" ".join(preamble))
    found = next(reversed(list(OPERATIVE.finditer(text))), None)
    if found and not operative and found.end() > len(text) - 3:
        read.preamble, read.operative = text[: found.start()].rstrip(), found.group().strip()
        return
    read.preamble = text
    line = " ".join(operative)
    word = OPERATIVE.match(line)
    read.operative = word.group().strip() if word else one_line(line)
    read.first_point = line[word.end() :].strip() if word else ""
