"""The annexes of an amending order: what becomes of the tables, with only the rows concerned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from docgen.amendments.labels import ROW, SECTION, label, renumbered, sentence, short
from docgen.models import Edit, Section
from docgen.models.differences import AnnexDiff, ItemDiff, SectionDiff

_ANEW = "изложить в следующей редакции:"
_CONTENT = "следующего содержания:"


def edits(diff: AnnexDiff) -> tuple[Edit, ...]:
    """The instructions about one annex, each with the rows it puts in place."""
    if diff.new is None:
        return ()
    if diff.old is None:
        number = f" № {diff.new_number}" if diff.new_number else ""
        text = f"Дополнить приложением{number} «{diff.new.title}» {_CONTENT}"
        return (Edit(text, diff.new.sections),)
    if any(text.key == "layout" for text in diff.texts):
        return (Edit(f"Изложить в следующей редакции:\n«{diff.new.title}»", diff.new.sections),)
    return tuple(_titles(diff)) + tuple(_Table(diff).edits())


def _titles(diff: AnnexDiff) -> Iterator[Edit]:
    for text in diff.texts:
        if text.key == "title":
            yield Edit(f"Наименование {_ANEW}\n«{text.new}».")


class _Table:
    """The changes of one table, with what is needed to name its rows."""

    def __init__(self, diff: AnnexDiff) -> None:
        self._diff = diff
        self._old_sections = {s.old_path: s for s in diff.sections if s.old_path}
        self._new_sections = {s.new_path: s for s in diff.sections if s.new_path}
        self._added = {s.new_path for s in diff.sections if s.old_path is None}
        self._lost = {s.old_path for s in diff.sections if s.new_path is None}
        self._labels = {
            item.old_path: label(item.old_number) for item in diff.items if item.old_path
        }
        self._times = Counter(self._labels.values())
        self._by_section = self._numbers_repeat()

    def _numbers_repeat(self) -> bool:
        """Whether rows of different sections bear the same number."""
        seen = {
            (label(item.old_number), _section_of(item.old_path))
            for item in self._diff.items
            if item.old_path
        }
        return len({number for number, _section in seen}) < len(seen)

    def edits(self) -> Iterator[Edit]:
        """What changes and goes under the old numbers, the new numbers, then what is added."""
        told = [item for item in self._diff.items if item.kinds and self._is_told(item)]
        yield from self._renamed()
        for section, rows in self._grouped(told, self._old_name):
            yield from self._rows(rows, section)
        yield from self._lost_and_moved_sections()
        yield from self._renumbered_sections()
        for section, rows in self._grouped(told, self._new_name):
            yield from self._renumbered([row for row in rows if self._is_renumbered(row)], section)
        for section, rows in self._grouped(told, self._new_name):
            yield from self._additions([row for row in rows if row.old_path is None], section)
        yield from self._added_sections()

    def _grouped(
        self, rows: Sequence[ItemDiff], name: Callable[[ItemDiff], str]
    ) -> Iterator[tuple[str, list[ItemDiff]]]:
        """The rows with «в разделе II » where their numbers begin anew in each section."""
        if not self._by_section:
            yield "", list(rows)
            return
        for section, found in groupby(rows, key=name):
            yield f"в разделе {section} " if section else "", list(found)

    def _renamed(self) -> Iterator[Edit]:
        for section in self._diff.sections:
            if section.title is None or section.new is None:
                continue
            heading = f"{section.new_number} {section.title.new}".strip()
            if not section.title.old:
                yield Edit(f"Дополнить заголовком раздела {_CONTENT}\n«{heading}».")
            elif not section.title.new:
                yield Edit(f"Заголовок раздела {_name(section, old=True)} исключить.")
            else:
                name = _name(section, old=True)
                yield Edit(f"Наименование раздела {name} {_ANEW}\n«{heading}».")

    def _is_told(self, item: ItemDiff) -> bool:
        """Whether the row is not already told of with its whole section."""
        if item.old_path is None:
            return _section_of(item.new_path) not in self._added
        if item.new_path is None or _section_of(item.new_path) in self._added:
            return _section_of(item.old_path) not in self._lost
        return True

    def _old_name(self, item: ItemDiff) -> str:
        return _name(self._old_sections.get(_section_of(item.old_path or item.after)), old=True)

    def _new_name(self, item: ItemDiff) -> str:
        return _name(self._new_sections.get(_section_of(item.new_path)), old=False)

    def _rows(self, rows: Sequence[ItemDiff], prefix: str) -> Iterator[Edit]:
        """Rows exchanged, taken out and moved; all numbers are still the old ones."""
        kept = [row for row in rows if row.old_path and self._stays(row)]
        changed = [row for row in kept if row.differs]
        lost = [row for row in rows if row.old_path and not self._stays(row)]
        if changed:
            text = f"{prefix}{self._object(changed)} {_ANEW}"
            yield Edit(sentence(text), _table(changed, [row.old_number for row in changed]))
        if lost:
            yield Edit(f"{sentence(f'{prefix}{self._object(lost)}')} исключить.")
        yield from self._moves([row for row in kept if row.moved], prefix)

    def _stays(self, row: ItemDiff) -> bool:
        """Whether the row is in the table still, and not only as part of an added section."""
        return row.new_path is not None and _section_of(row.new_path) not in self._added

    def _object(self, rows: Sequence[ItemDiff]) -> str:
        """«строки 3, 5»; a row whose number does not tell it from others is cited."""
        ordered = sorted(rows, key=lambda row: _position(row.old_path))
        numbers = [self._labels[row.old_path or ""] for row in ordered]
        if all(self._is_telling(number) for number in numbers):
            return ROW.object(numbers)
        cited = ", ".join(self._cited(row.old_path) for row in ordered)
        return f"{ROW.plural if len(rows) > 1 else ROW.accusative} {cited}"

    def _is_telling(self, number: str) -> bool:
        return bool(number) and (self._by_section or self._times[number] == 1)

    def _cited(self, path: str | None) -> str:
        """«14», or «4.2 («Анализ …»)» where the number is missing or doubled."""
        number = self._labels.get(path or "", "")
        if self._is_telling(number):
            return number
        row = next((row for row in self._diff.items if row.old_path == path), None)
        activity = short(" ".join(row.old.get("activity").split())) if row and row.old else ""
        return f"{number} («{activity}»)".strip() if activity else number

    def _additions(self, rows: Sequence[ItemDiff], prefix: str) -> Iterator[Edit]:
        for after, found in groupby(rows, key=lambda row: row.after):
            added = list(found)
            numbers = [label(row.new_number) for row in added]
            what = ROW.means(numbers) if all(numbers) else _unnumbered(added)
            where = self._where(after, added[0], prefix)
            table = _table(added, [row.new_number for row in added])
            yield Edit(sentence(f"{where}дополнить {what} {_CONTENT}"), table)

    def _where(self, after: str, row: ItemDiff, prefix: str) -> str:
        """«после строки 14 », or the section that the rows close or open."""
        if after.endswith("]") and not self._is_last(row):
            return f"{prefix}после строки {self._now_cited(after)} "
        name = self._new_name(row)
        return f"раздел {name} " if name else ""

    def _is_last(self, row: ItemDiff) -> bool:
        """Whether only further additions follow the row in its section."""
        section = _section_of(row.new_path)
        rows = [r for r in self._diff.items if _section_of(r.new_path) == section]
        place = rows.index(row)
        return all(other.old_path is None for other in rows[place:])

    def _now_cited(self, path: str) -> str:
        """The row under its new number, or cited as long as that does not tell it."""
        row = next((row for row in self._diff.items if row.old_path == path), None)
        number = label(row.new_number) if row else ""
        return number if number and self._is_telling(self._labels[path]) else self._cited(path)

    def _moves(self, rows: Sequence[ItemDiff], prefix: str) -> Iterator[Edit]:
        for row in rows:
            name = self._cited(row.old_path)
            if row.after.endswith("]"):
                place = f"после строки {self._cited(row.after)}"
                section = self._old_sections.get(_section_of(row.after))
                if self._by_section and _section_of(row.after) != _section_of(row.old_path):
                    place += f" раздела {_name(section, old=True)}"
            else:
                section = self._new_sections.get(_section_of(row.new_path))
                title = _name(section, old=True)
                place = f"в начало раздела {title}" if title else "в начало таблицы"
            yield Edit(f"{sentence(f'{prefix}строку {name} перенести {place}')}.")

    def _is_renumbered(self, row: ItemDiff) -> bool:
        """Whether the row's number changed by more than that of its section."""
        if not row.old_path or not self._stays(row):
            return False
        old, new = label(row.old_number), label(row.new_number)
        section = self._new_sections.get(_section_of(row.new_path))
        if not old or not new or old == new:
            return False
        if section is None or not section.old_path or row.moved:
            return True
        before, after = label(section.old_number), label(section.new_number)
        implied = old.startswith(f"{before}.") and f"{after}{old[len(before) :]}" == new
        return not (before and before != after and implied)

    def _renumbered(self, rows: Sequence[ItemDiff], prefix: str) -> Iterator[Edit]:
        ordered = sorted(rows, key=lambda row: _position(row.old_path))
        numbers = [(label(row.old_number), label(row.new_number)) for row in ordered]
        for text in renumbered(ROW, numbers):
            yield Edit(f"{sentence(prefix + text)}.")

    def _lost_and_moved_sections(self) -> Iterator[Edit]:
        for section in self._diff.sections:
            name = _name(section, old=True)
            if section.new_path is None:
                yield Edit(f"Раздел {name} исключить." if name else "Строки таблицы исключить.")
            elif section.moved and section.old_path:
                before = _name(self._old_sections.get(section.after), old=True)
                where = f"после раздела {before}" if before else "в начало таблицы"
                yield Edit(f"Раздел {name} перенести {where}.")

    def _added_sections(self) -> Iterator[Edit]:
        for section in self._diff.sections:
            if section.old_path is None and section.new is not None:
                yield Edit(self._opening(section), (section.new,))

    def _opening(self, section: SectionDiff) -> str:
        before = _name(self._old_sections.get(section.after), old=False)
        where = f"после раздела {before} " if before else ""
        name = label(section.new_number)
        what = f"разделом {name}" if name else "разделом"
        return sentence(f"{where}дополнить {what} {_CONTENT}")

    def _renumbered_sections(self) -> Iterator[Edit]:
        numbers = [
            (label(s.old_number), label(s.new_number))
            for s in sorted(self._diff.sections, key=lambda s: _position(s.old_path))
            if "renumbered" in s.kinds and s.old_number and s.new_number
        ]
        for text in renumbered(SECTION, numbers):
            yield Edit(f"{sentence(text)}.")


def _name(section: SectionDiff | None, *, old: bool) -> str:
    """The number of a section, or its title where it has none; empty for an untitled one."""
    if section is None:
        return ""
    edition = section.old if old else section.new
    number = label(section.old_number if old else section.new_number)
    title = edition.title if edition else None
    return number or (f"«{title}»" if title else "")


def _unnumbered(rows: Sequence[ItemDiff]) -> str:
    return ROW.instrumental_plural if len(rows) > 1 else ROW.instrumental


def _table(rows: Sequence[ItemDiff], numbers: Sequence[str]) -> tuple[Section, ...]:
    """The new rows under these numbers."""
    items = (
        replace(row.new, number=number)
        for row, number in zip(rows, numbers, strict=True)
        if row.new is not None
    )
    return (Section(tuple(items)),)


def _section_of(path: str | None) -> str:
    """The path of the section that a row or its list stands in."""
    return (path or "").rpartition(".items")[0]


def _position(path: str | None) -> list[int]:
    """The indexes in a path, to sort by."""
    return [int(part.rstrip("]").rpartition("[")[2]) for part in (path or "[0]").split(".")]
