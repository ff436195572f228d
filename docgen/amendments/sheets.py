"""The annexes of an amending order: what becomes of the tables, with only the rows concerned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from docgen.amendments.labels import ROW, SECTION, label, renumbered, sentence, short
from docgen.models import Edit, Item, Section
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
        """Titles of sections, rows, then whole sections."""
        yield from self._renamed()
        for section, rows in self._groups():
            prefix = f"в разделе {section} " if section else ""
            yield from self._rows(list(rows), prefix)
        yield from self._sections()

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

    def _groups(self) -> Iterator[tuple[str, Iterator[ItemDiff]]]:
        """The rows to speak of, section by section where their numbers begin anew in each."""
        rows = [item for item in self._diff.items if item.kinds and self._is_told(item)]
        if not self._by_section:
            yield "", iter(rows)
            return
        yield from groupby(rows, key=self._section_name)

    def _is_told(self, item: ItemDiff) -> bool:
        """Whether the row is not already told of with its whole section."""
        if item.old_path is None:
            return _section_of(item.new_path) not in self._added
        if item.new_path is None or _section_of(item.new_path) in self._added:
            return _section_of(item.old_path) not in self._lost
        return True

    def _section_name(self, item: ItemDiff) -> str:
        if item.old_path is not None:
            return _name(self._old_sections.get(_section_of(item.old_path)), old=True)
        section = self._new_sections.get(_section_of(item.new_path))
        return _name(section, old=section is not None and section.old_path is not None)

    def _rows(self, rows: Sequence[ItemDiff], prefix: str) -> Iterator[Edit]:
        changed = [row for row in rows if row.old_path and row.new_path and row.differs]
        changed = [row for row in changed if _section_of(row.new_path) not in self._added]
        lost = [
            row
            for row in rows
            if row.new_path is None or (row.old_path and _section_of(row.new_path) in self._added)
        ]
        if changed:
            text = f"{prefix}{self._object(changed)} {_ANEW}"
            yield Edit(sentence(text), _table(changed))
        if lost:
            yield Edit(f"{sentence(f'{prefix}{self._object(lost)}')} исключить.")
        yield from self._additions([row for row in rows if row.old_path is None], prefix)
        yield from self._moves([row for row in rows if self._is_moved(row)], prefix)
        yield from self._renumbered([row for row in rows if self._is_renumbered(row)], prefix)

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
            yield Edit(sentence(f"{where}дополнить {what} {_CONTENT}"), _table(added))

    def _where(self, after: str, row: ItemDiff, prefix: str) -> str:
        """«после строки 14 », or the section that the rows close or open."""
        if after.endswith("]") and not self._is_last(row):
            return f"{prefix}после строки {self._cited(after)} "
        section = self._new_sections.get(_section_of(row.new_path))
        name = _name(section, old=True)
        return f"раздел {name} " if name else ""

    def _is_last(self, row: ItemDiff) -> bool:
        """Whether only further additions follow the row in its section."""
        section = _section_of(row.new_path)
        rows = [r for r in self._diff.items if _section_of(r.new_path) == section]
        place = rows.index(row)
        return all(other.old_path is None for other in rows[place:])

    def _is_moved(self, row: ItemDiff) -> bool:
        added = _section_of(row.new_path) in self._added
        return row.moved and row.new_path is not None and not added

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
        if not row.old_path or not row.new_path or _section_of(row.new_path) in self._added:
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

    def _sections(self) -> Iterator[Edit]:
        sections = self._diff.sections
        for section in sections:
            if section.new_path is None:
                name = _name(section, old=True)
                yield Edit(f"Раздел {name} исключить." if name else "Строки таблицы исключить.")
        for section in sections:
            if section.old_path is None and section.new is not None:
                yield Edit(self._opening(section), (section.new,))
        for section in sections:
            if section.moved and section.new_path and section.old_path:
                where = self._after_section(section.after) or "в начало таблицы"
                yield Edit(f"Раздел {_name(section, old=True)} перенести {where}.")
        yield from self._renumbered_sections()

    def _opening(self, section: SectionDiff) -> str:
        where = self._after_section(section.after)
        name = label(section.new_number)
        what = f"разделом {name}" if name else "разделом"
        return sentence(f"{where} дополнить {what} {_CONTENT}".strip())

    def _after_section(self, path: str) -> str:
        name = _name(self._old_sections.get(path), old=True)
        return f"после раздела {name}" if name else ""

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


def _table(rows: Sequence[ItemDiff]) -> tuple[Section, ...]:
    items: list[Item] = [row.new for row in rows if row.new is not None]
    return (Section(tuple(items)),)


def _section_of(path: str | None) -> str:
    """The path of the section that a row or its list stands in."""
    return (path or "").rpartition(".items")[0]


def _position(path: str | None) -> list[int]:
    """The indexes in a path, to sort by."""
    return [int(part.rstrip("]").rpartition("[")[2]) for part in (path or "[0]").split(".")]
