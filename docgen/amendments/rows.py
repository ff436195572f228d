"""Tables compared: sections and rows of an annex, told by what they say."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docgen.amendments.alignment import Alignment, Entry, align, moved, words_of
from docgen.amendments.reading import Step, steps
from docgen.amendments.words import text_diff
from docgen.models import Annex, Item, Section
from docgen.models.differences import ItemDiff, SectionDiff, TextDiff


@dataclass(frozen=True, slots=True)
class _Row:
    """A row with where it stands."""

    item: Item
    section: int
    index: int

    def path(self, annex: str) -> str:
        return f"{annex}.sections[{self.section}].items[{self.index}]"


def diff_table(
    old: Annex, new: Annex, old_path: str, new_path: str
) -> tuple[tuple[SectionDiff, ...], tuple[ItemDiff, ...]]:
    """What became of all sections and rows, those that stayed as they were included."""
    before, after = _rows(old), _rows(new)
    rows = align(_entries(before), _entries(after)).pairs
    sections = _align_sections(old.sections, new.sections, before, after, rows)
    gone = frozenset(range(len(before))) - set(rows.values())
    found = _Table(before, after, rows, sections, old_path, new_path, gone)
    headings = _section_diffs(old, new, sections, old_path, new_path)
    return tuple(headings), tuple(found.diffs(len(new.sections)))


def _rows(annex: Annex) -> list[_Row]:
    return [_Row(item, section, index) for section, index, item in annex.items()]


def _entries(rows: Sequence[_Row]) -> list[Entry]:
    return [_entry(row.item) for row in rows]


def _entry(item: Item) -> Entry:
    """A row is told by all its cells, then by its activity; the activity counts twice."""
    cells = tuple(sorted((key, text) for key, text in item.values.items() if text))
    activity = " ".join(item.get("activity").lower().split())
    words = words_of(activity, activity, *(text for key, text in cells if key != "activity"))
    number = item.number or ""
    return Entry(((number, cells), ("cells", cells), activity), words, number)


def _align_sections(
    old: Sequence[Section],
    new: Sequence[Section],
    before: Sequence[_Row],
    after: Sequence[_Row],
    rows: dict[int, int],
) -> Alignment:
    """Sections are told by their titles, then by the rows they share, then by likeness."""
    known = align([_by_title(section) for section in old], [_by_title(section) for section in new])
    pairs = dict(known.pairs)
    votes = Counter((before[i].section, after[j].section) for j, i in rows.items())
    for (i, j), _count in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0])):
        if j not in pairs and i not in pairs.values():
            pairs[j] = i
    return align([_alike(each) for each in old], [_alike(each) for each in new], pairs)


def _by_title(section: Section) -> Entry:
    return Entry((("title", section.title),), ())


def _alike(section: Section) -> Entry:
    return Entry((), words_of(section.title or ""), section.number or "")


def _section_diffs(
    old: Annex, new: Annex, sections: Alignment, old_path: str, new_path: str
) -> Iterator[SectionDiff]:
    for step in steps(sections, len(old.sections), len(new.sections)):
        was = None if step.old is None else old.sections[step.old]
        now = None if step.new is None else new.sections[step.new]
        title = text_diff("title", was.title or "", now.title or "") if was and now else None
        yield SectionDiff(
            old_path=None if was is None else f"{old_path}.sections[{step.old}]",
            new_path=None if now is None else f"{new_path}.sections[{step.new}]",
            old_number=(was and was.number) or "",
            new_number=(now and now.number) or "",
            moved=step.moved,
            after=_place(f"{old_path}.sections", step.after),
            old=was,
            new=now,
            title=title,
        )


def _place(path: str, index: int | None) -> str:
    return path if index is None else f"{path}[{index}]"


@dataclass(frozen=True, slots=True)
class _Table:
    """Both editions of the rows with what is known of their pairs."""

    before: Sequence[_Row]
    after: Sequence[_Row]
    pairs: dict[int, int]
    sections: Alignment
    old_path: str
    new_path: str
    gone: frozenset[int]

    def diffs(self, new_sections: int) -> Iterator[ItemDiff]:
        """The rows section by section; those removed stand where they used to."""
        news: dict[int, list[int]] = defaultdict(list)
        for j, row in enumerate(self.after):
            news[row.section].append(j)
        olds = self._old_rows(new_sections)
        for section in range(new_sections):
            yield from self._section(section, olds[section], news[section])

    def _old_rows(self, new_sections: int) -> dict[int, list[int]]:
        """The old rows to be told of with each new section; those of lost sections come last."""
        new_of = {old: new for new, old in self.sections.pairs.items()}
        olds: dict[int, list[int]] = defaultdict(list)
        for i, row in enumerate(self.before):
            section = new_of.get(row.section, new_sections - 1)
            if row.section in new_of or i in self.gone:
                olds[section].append(i)
        return olds

    def _section(self, section: int, olds: list[int], news: list[int]) -> Iterator[ItemDiff]:
        """The rows of one new section; what left it for another is told of there."""
        partner = self.sections.pairs.get(section)
        here = {i: position for position, i in enumerate(olds)}
        stayed = {
            k: here[self.pairs[j]]
            for k, j in enumerate(news)
            if j in self.pairs and self.before[self.pairs[j]].section == partner
        }
        arrived = set(range(len(news))) - stayed.keys()
        alignment = Alignment(stayed, moved(stayed))
        foreign = {here[i] for i in olds if i not in self.gone} - set(stayed.values())
        for step in steps(alignment, len(olds), len(news)):
            if step.new is None and step.old in foreign:
                continue
            yield self._diff(step, olds, news, arrived, partner)

    def _diff(
        self, step: Step, olds: list[int], news: list[int], arrived: set[int], partner: int | None
    ) -> ItemDiff:
        j = None if step.new is None else news[step.new]
        i = self.pairs.get(j) if j is not None else olds[step.old or 0]
        was = None if i is None else self.before[i]
        now = None if j is None else self.after[j]
        after = "" if partner is None else f"{self.old_path}.sections[{partner}].items"
        if step.after is not None:
            after = self.before[olds[step.after]].path(self.old_path)
        return ItemDiff(
            old_path=None if was is None else was.path(self.old_path),
            new_path=None if now is None else now.path(self.new_path),
            old_number=(was and was.item.number) or "",
            new_number=(now and now.item.number) or "",
            moved=was is not None and (step.moved or step.new in arrived),
            after=after,
            old=None if was is None else was.item,
            new=None if now is None else now.item,
            cells=_cells(was.item, now.item) if was and now else (),
        )


def _cells(old: Item, new: Item) -> tuple[TextDiff, ...]:
    keys = dict.fromkeys((*old.values, *new.values))
    found = (text_diff(key, old.get(key), new.get(key)) for key in keys)
    return tuple(diff for diff in found if diff)
