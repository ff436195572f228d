"""An order laid open for the checks: its texts and rows with their paths, read once."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate, chain
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from docgen.language.deadlines import Deadline, parse_deadline
from docgen.models import (
    Annex,
    Appoint,
    Approve,
    Assign,
    Control,
    Edit,
    Form,
    Item,
    Layout,
    Order,
    Person,
    Point,
    Recommend,
    Section,
    Severity,
    Sheet,
)
from docgen.models.numbering import item_numbers
from docgen.regions import Region

if TYPE_CHECKING:
    from docgen.models.readings import LayoutFacts, PrintedStamp, Reading

_YEAR = re.compile(r"(?<![\d.])20\d\d(?=[\s–-]*(?:20\d\d\s*)?(?:год|гг?\.))")
_AMENDING = re.compile(r"внесени\w+\s+изменени|изменени\w+,?\s+(?:котор|в\s)", re.IGNORECASE)
PARTING = "\x00"
FROM_LATIN = re.compile(r"[A-Za-z][^\s\x00]*")
"""What begins with a Latin letter, up to the next white space."""
NOTHING = re.compile(r"[-–—\s]*")
"""What a cell says that says nothing: it is empty, or holds a dash."""

Part = Literal["title", "preamble", "point", "name", "heading", "cell"]


@dataclass(frozen=True, slots=True)
class Mistake:
    """What one check found at one path; `severity` only where it differs from the catalogue's."""

    path: str
    message: str
    suggestion: str = ""
    severity: Severity | None = None


class Passage(NamedTuple):
    """One printed text: its path in the data file and the part of the order it belongs to."""

    path: str
    text: str
    part: Part


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table with the number printed beside it."""

    path: str
    annex: int
    section: int
    number: str
    item: Item
    layout: Layout
    columns: frozenset[str]

    def has(self, key: str) -> bool:
        """Whether the table has this column."""
        return key in self.columns


@lru_cache(maxsize=8192)
def deadline_of(text: str, years: tuple[int, int]) -> Deadline:
    """The normal form of a deadline; orders repeat theirs, and are checked again and again."""
    return parse_deadline(text, years)


@dataclass(frozen=True, eq=False)
class Dossier:
    """The order, its region, and what was read beside the order where it came from a document."""

    order: Order
    region: Region
    reading: Reading | None = None

    @cached_property
    def years(self) -> tuple[int, int]:
        """First and last year of the project.

        An order that does not name them is of the profile's project, unless its date says that it
        is of a later or an earlier one.
        """
        if self.order.years:
            return self.order.years
        first, last = self.region.profile.project.years
        signed = self.order.date
        if signed is None or first - 1 <= signed.year <= last:
            return first, last
        opening = f"{self.order.title} {self.order.preamble}"
        near = [int(year) for year in _YEAR.findall(opening) if 0 <= int(year) - signed.year <= 1]
        return min(near, default=signed.year), max(near, default=signed.year)

    @property
    def stamps(self) -> tuple[PrintedStamp | None, ...]:
        """The stamps as printed, one an annex; none for a data file, which prints its own."""
        return self.reading.stamps if self.reading else ()

    @property
    def layout(self) -> LayoutFacts | None:
        """How the pages are set, where that is known."""
        return self.reading.layout if self.reading else None

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every text of the order in the order of printing; empty ones are left out."""
        return tuple([passage for passage in self._texts() if passage.text.strip()])

    def _texts(self) -> Iterator[Passage]:
        return _passages(self.order)

    @cached_property
    def text(self) -> str:
        """All passages, parted by a sign that none of them holds and no pattern matches."""
        return PARTING.join([passage.text for passage in self.passages])

    @cached_property
    def _starts(self) -> list[int]:
        lengths = [len(passage.text) + len(PARTING) for passage in self.passages]
        return [0, *accumulate(lengths)]

    def find(
        self, pattern: re.Pattern[str], *signs: str
    ) -> Sequence[tuple[Passage, re.Match[str]]]:
        """Every match in any passage: one search of the whole is faster than one of each.

        Faster still is to look only at the passages that hold one of some `signs`, where every
        match has one. A pattern that begins with a letter or a set of letters is searched for ten
        times as fast as one that begins with a look behind or a word's edge: see `stands_alone`.
        """
        key = pattern, signs
        if key not in self._found:
            self._found[key] = list(self._search(pattern, signs))
        return self._found[key]

    @cached_property
    def _found(self) -> dict[tuple[Any, ...], list[tuple[Passage, re.Match[str]]]]:
        """What was looked for already: several checks begin with the same things."""
        return {}

    def _search(
        self, pattern: re.Pattern[str], signs: tuple[str, ...]
    ) -> Iterator[tuple[Passage, re.Match[str]]]:
        starts = self._starts
        if signs:
            for index in self._holding(signs):
                passage, end = self.passages[index], starts[index + 1] - len(PARTING)
                for found in pattern.finditer(self.text, starts[index], end):
                    yield passage, found
        else:
            for found in pattern.finditer(self.text):
                yield self.passages[bisect_right(starts, found.start()) - 1], found

    def holding(self, *signs: str) -> Iterator[Passage]:
        """The passages that hold one of the signs, in the order of printing."""
        return map(self.passages.__getitem__, self._holding(signs))

    def _holding(self, signs: tuple[str, ...]) -> list[int]:
        text, starts = self.text, self._starts
        holding: set[int] = set()
        for sign in signs:
            at = text.find(sign)
            while at >= 0:
                index = bisect_right(starts, at)
                holding.add(index - 1)
                at = text.find(sign, starts[index])
        return sorted(holding)

    @cached_property
    def layouts(self) -> tuple[Layout, ...]:
        """The column layout of each annex."""
        return tuple(map(self.region.layout, self.order.annexes))

    @cached_property
    def numbers(self) -> tuple[list[list[str]], ...]:
        """The numbers that each table's style gives its rows, section by section."""
        return tuple(map(item_numbers, self.order.annexes, self.layouts))

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Every row of every table in the order of printing."""
        return tuple(self._all_rows())

    def _all_rows(self) -> Iterator[Row]:
        for index, annex in enumerate(self.order.annexes):
            yield from _rows(
                annex, index, self.layouts[index], self.numbers[index], self._printed_columns
            )

    def is_partial(self, annex: int) -> bool:
        """Whether the annex gives single rows of another order's table: numbers need not run on."""
        titles = self.order.title, self.order.annexes[annex].title
        return all(map(_AMENDING.search, titles))

    def sections(self, annex: int, edit: int | None) -> tuple[Section, ...]:
        """The sections of an annex, or those that one instruction of an amendment puts in place."""
        return self.order.annexes[annex].sections

    def usual_numbers(self, annex: int, edit: int | None) -> list[list[str]]:
        """The numbers that the table's style gives to the rows of those sections."""
        return self.numbers[annex]

    @cached_property
    def _printed_columns(self) -> Mapping[str, frozenset[str]]:
        """The columns of each row of a document, by the row's path; the reader noted each cell."""
        columns: dict[str, set[str]] = defaultdict(set)
        for path in self.reading.places if self.reading else ():
            row, _dot, key = path.rpartition(".")
            if row.endswith("]") and ".items[" in row:
                columns[row].add(key)
        return {row: frozenset(keys) for row, keys in columns.items()}

    def deadline(self, row: Row) -> Deadline:
        """The row's deadline in its normal form."""
        return deadline_of(row.item.get("deadline"), self.years)


@dataclass(frozen=True, eq=False)
class AmendingDossier(Dossier):
    """An amending order: its annexes hold no tables but instructions with the rows concerned."""

    sheets: tuple[Sheet, ...] = ()

    def _texts(self) -> Iterator[Passage]:
        yield from _passages(self.order)
        for path, edit in self._edits():
            yield Passage(f"{path}.text", edit.text, "heading")
            yield from _sections(edit.sections, path)

    def _all_rows(self) -> Iterator[Row]:
        for index, layout in enumerate(self.layouts):
            columns = frozenset(column.key for column in layout.columns)
            for path, edit in self._edits(index):
                for section, part in enumerate(edit.sections):
                    for at, item in enumerate(part.items):
                        row = f"{path}.sections[{section}].items[{at}]"
                        number = (item.number or "").strip()
                        yield Row(row, index, section, number, item, layout, columns)

    def _edits(self, annex: int | None = None) -> Iterator[tuple[str, Edit]]:
        """The instructions of one annex, or of all, each with its path."""
        for index, sheet in enumerate(self.sheets):
            if annex in (None, index):
                for at, edit in enumerate(sheet.edits):
                    yield f"annexes[{index}].edits[{at}]", edit

    def is_partial(self, annex: int) -> bool:
        """Always: a row whose number runs on is so by chance."""
        return True

    def sections(self, annex: int, edit: int | None) -> tuple[Section, ...]:
        """The sections that the instruction puts in place."""
        return () if edit is None else self.sheets[annex].edits[edit].sections

    def usual_numbers(self, annex: int, edit: int | None) -> list[list[str]]:
        """The numbers that the table's style gives to the rows of those sections."""
        return item_numbers(Annex("", self.sections(annex, edit)), self.layouts[annex])


def stands_alone(found: re.Match[str]) -> bool:
    """Whether the match begins a word: what `\\b` before the pattern would ask, but slowly."""
    before = found.string[found.start() - 1] if found.start() else " "
    return not (before.isalnum() or before == "_")


def _passages(order: Order) -> Iterator[Passage]:
    yield Passage("title", order.title, "title")
    yield Passage("preamble", order.preamble, "preamble")
    yield from _points(order.points, "points")
    if order.signatory:
        yield Passage("signatory.post", order.signatory.post, "point")
        yield Passage("signatory.name", order.signatory.name, "name")
    for index, name in enumerate(order.acquainted):
        yield Passage(f"acquainted[{index}]", name, "name")
    if order.executor:
        yield Passage("executor.name", order.executor.name, "name")
    for index, annex in enumerate(order.annexes):
        yield from _annex(annex, f"annexes[{index}]")


def _points(points: tuple[Point, ...], path: str) -> Iterator[Passage]:
    for index, point in enumerate(points):
        here = f"{path}[{index}]"
        if point.form is not None:
            yield from _form(point.form, here)
        else:
            yield Passage(f"{here}.text" if point.points else here, point.text, "point")
        yield from _points(point.points, f"{here}.points")


def _form(form: Form, path: str) -> Iterator[Passage]:
    match form:
        case Control(person):
            yield from _person(person, f"{path}.control")
        case Appoint(role, person):
            yield Passage(f"{path}.appoint.role", role, "point")
            yield from _person(person, f"{path}.appoint")
        case Assign(addressee, tasks) | Recommend(addressee, tasks):
            here = f"{path}.{type(form).__name__.lower()}"
            yield Passage(f"{here}.addressee", addressee, "point")
            for index, task in enumerate(tasks):
                yield Passage(f"{here}.tasks[{index}]", task, "point")
        case Approve():
            pass


def _person(person: Person, path: str) -> Iterator[Passage]:
    yield Passage(f"{path}.post", person.post, "point")
    yield Passage(f"{path}.name", person.name, "name")


def _annex(annex: Annex, path: str) -> Iterator[Passage]:
    return chain(
        (Passage(f"{path}.title", annex.title, "heading"),), _sections(annex.sections, path)
    )


def _sections(sections: tuple[Section, ...], path: str) -> Iterator[Passage]:
    for index, section in enumerate(sections):
        here = f"{path}.sections[{index}]"
        if section.title:
            yield Passage(f"{here}.title", section.title, "heading")
        for row, item in enumerate(section.items):
            for key, text in item.values.items():
                yield Passage(f"{here}.items[{row}].{key}", text, "cell")


def _rows(
    annex: Annex,
    index: int,
    layout: Layout,
    numbers: list[list[str]],
    printed: Mapping[str, frozenset[str]],
) -> Iterator[Row]:
    """The rows of an annex; what a document prints decides on its columns, else the layout."""
    usual = frozenset(column.key for column in layout.columns)
    for section, position, item in annex.items():
        path = f"annexes[{index}].sections[{section}].items[{position}]"
        number = numbers[section][position] if item.number is None else item.number
        yield Row(path, index, section, number.strip(), item, layout, printed.get(path, usual))
