"""Numbers of rows and sections: given twice, left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, groupby, pairwise
from typing import NamedTuple

from docgen.checks.dossier import Dossier, Mistake, Row
from docgen.i18n import _
from docgen.models import Annex, Layout
from docgen.models.numbering import roman, section_heading

_DIGITS = re.compile(r"\d+(?:\.\d+)*")
_HEADING_NUMBER = re.compile(r"\s*(\d+|[IVXLCУХПШІ]+)\s*[.)]")
_LISTED = re.compile(r"(?:^|(?<=\s))(\d{1,2})\.\s?(?=[А-ЯЁ«])")
_LOOKALIKES = {"У": "V", "Х": "X", "П": "II", "Ш": "III", "І": "I"}
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


class Numbered(NamedTuple):
    """A printed number as a prefix and a last figure: «4.2» is («4.», 2)."""

    path: str
    printed: str
    prefix: str
    last: int

    def following(self) -> str:
        """The number that comes next, as printed."""
        return f"{self.prefix}{self.last + 1}"


def duplicate_number(dossier: Dossier) -> Iterator[Mistake]:
    """Rows, sections and members of a list whose number stands above already."""
    for run in chain(_rows_of_annexes(dossier), _lists(dossier), _section_runs(dossier)):
        seen: set[tuple[str, int]] = set()
        for at, numbered in enumerate(run):
            key = (numbered.prefix, numbered.last)
            if key in seen:
                yield Mistake(
                    numbered.path,
                    _("the number %(number)s stands twice") % {"number": numbered.printed},
                    _expected(run[:at], numbered.prefix),
                )
            seen.add(key)


def number_gap(dossier: Dossier) -> Iterator[Mistake]:
    """Rows and members of a list before which a number is left out."""
    message = _("after %(before)s comes %(number)s: a number is left out")
    for run in _rows_of_annexes(dossier):
        yield from _late_start(run)
        yield from _gaps(run, message)
    for run in _lists(dossier):
        yield from _gaps(run, message)


def section_gap(dossier: Dossier) -> Iterator[Mistake]:
    """Sections before which a number is left out: I, II, III, V."""
    for run in _section_runs(dossier):
        yield from _gaps(run, _("after section %(before)s comes %(number)s"))


def _gaps(run: Sequence[Numbered], message: str) -> Iterator[Mistake]:
    for before, numbered in pairwise(run):
        if numbered.prefix == before.prefix and numbered.last > before.last + 1:
            values = {"before": before.printed, "number": numbered.printed}
            yield Mistake(numbered.path, message % values, _like(numbered, before.last + 1))


def _late_start(run: Sequence[Numbered]) -> Iterator[Mistake]:
    """A table whose first row is not the first: «2., 3., 4.»."""
    if run and not run[0].prefix and run[0].last > 1:
        message = _("the first number is %(number)s: a number is left out")
        yield Mistake(run[0].path, message % {"number": run[0].printed}, "1")


def _like(numbered: Numbered, last: int) -> str:
    """The number with another last figure, in the writing of the printed one."""
    if numbered.printed[:1].isdigit():
        return f"{numbered.prefix}{last}"
    return roman(last)


def _expected(above: Sequence[Numbered], prefix: str) -> str:
    """The number after the greatest one above with this prefix."""
    greatest = max((n for n in above if n.prefix == prefix), key=lambda n: n.last)
    return _like(greatest, greatest.last + 1)


def _lists(dossier: Dossier) -> Iterator[list[Numbered]]:
    """The numbers of each list within a cell."""
    for passage in dossier.holding("1."):
        if passage.text.lstrip().startswith("1."):
            yield from _listed(passage.path, passage.text)


@lru_cache(maxsize=1)
def _rows_of_annexes(dossier: Dossier) -> list[list[Numbered]]:
    """The numbers of the rows of whole annexes; one check after the other asks for them."""
    annexes = groupby(dossier.rows, key=lambda row: row.annex)
    whole = [list(rows) for annex, rows in annexes if not dossier.is_partial(annex)]
    return [run for rows in whole for run in _row_runs(rows)]


def _row_runs(rows: list[Row]) -> Iterator[list[Numbered]]:
    """The rows of an annex as one run, or one a section where each begins anew."""
    sections = [list(group) for _section, group in groupby(rows, key=lambda row: row.section)]
    runs = [[number for row in section if (number := _of_row(row))] for section in sections]
    if rows and (rows[0].layout.items == "section" or _begin_anew(runs)):
        yield from runs
    else:
        yield [numbered for run in runs for numbered in run]


def _begin_anew(runs: list[list[Numbered]]) -> bool:
    """Whether every section begins with the number 1, whatever the layout says."""
    firsts = [(run[0].prefix, run[0].last) for run in runs if run]
    return len(firsts) > 1 and all(first == ("", 1) for first in firsts)


def _of_row(row: Row) -> Numbered | None:
    found = _DIGITS.match(row.number)
    return _numbered(f"{row.path}.number", found.group()) if found else None


def _numbered(path: str, printed: str) -> Numbered:
    prefix, _dot, last = printed.rpartition(".")
    return Numbered(path, printed, f"{prefix}." if prefix else "", int(last))


def _listed(path: str, text: str) -> Iterator[list[Numbered]]:
    """The members of «1. … 2. … 3. …» in one text, a new list from every 1."""
    run: list[Numbered] = []
    for found in _LISTED.finditer(text):
        if found.group(1) == "1":
            yield run
            run = []
        run.append(_numbered(path, found.group(1)))
    yield run


def _section_runs(dossier: Dossier) -> Iterator[list[Numbered]]:
    for index, annex in enumerate(dossier.order.annexes):
        if dossier.is_partial(index):
            continue
        layout = dossier.layouts[index]
        yield [number for number in _sections(annex, f"annexes[{index}]", layout) if number]


def _sections(annex: Annex, path: str, layout: Layout) -> Iterator[Numbered | None]:
    for index, section in enumerate(annex.sections):
        found = _HEADING_NUMBER.match(section_heading(section, index, layout))
        key = "title" if section.number is None else "number"
        value = _value(found.group(1)) if found else None
        if found and value:
            yield Numbered(f"{path}.sections[{index}].{key}", found.group(1), "", value)


def _value(printed: str) -> int | None:
    """The value of an Arabic or Roman numeral, Cyrillic letters taken for the Latin ones."""
    if printed.isdigit():
        return int(printed)
    letters = "".join(_LOOKALIKES.get(letter, letter) for letter in printed)
    figures = [_ROMAN_DIGITS[letter] for letter in letters]
    total = 0
    for figure, following in zip(figures, [*figures[1:], 0], strict=True):
        total += -figure if figure < following else figure
    return total if roman(total) == letters else None
