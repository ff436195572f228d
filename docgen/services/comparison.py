"""Two editions side by side: the names that the template `diff.docx` knows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from docgen.amendments.labels import label, ranges, runs, section_marks
from docgen.default_region import document_word
from docgen.i18n import _, noop
from docgen.models import Annex, Item, Order, Profile
from docgen.models.differences import (
    AnnexDiff,
    Entry,
    ItemDiff,
    Mark,
    OrderDiff,
    PointDiff,
    SectionDiff,
    TextDiff,
)

# Words of the document, Russian whatever the language of the interface.
_KEYS = {
    "region": "Регион",
    "years": "Годы проекта",
    "date": "Дата",
    "number": "Номер",
    "city": "Место издания",
    "title": "Наименование",
    "preamble": "Преамбула",
    "signatory": "Подпись",
    "acquainted": "Ознакомление",
    "executor": "Исполнитель",
    "layout": "Графы таблицы",
    "kind": "Вид",
}
_HAPPENED = {"moved": "место изменено", "renumbered": "номер изменен"}
_SPOKEN = {
    **{
        _KEYS[key]: words
        for key, words in {
            "region": noop("Region"),
            "years": noop("Years of the project"),
            "date": noop("Date"),
            "number": noop("Number"),
            "city": noop("Place of issue"),
            "title": noop("Title"),
            "preamble": noop("Preamble"),
            "signatory": noop("Signature"),
            "acquainted": noop("Acquainted with the order"),
            "executor": noop("Drafted by"),
            "layout": noop("Columns of the table"),
            "kind": noop("Kind"),
        }.items()
    },
    "Пункт": noop("Point"),
    "Приложение": noop("Annex"),
    "Раздел": noop("Section"),
    "Строка": noop("Row"),
    "Строки": noop("Rows"),
    "место изменено": noop("moved"),
    "номер изменен": noop("renumbered"),
    "отсутствует": noop("not there"),
    "без изменений": noop("unchanged"),
}
"""The same words for people, in the language of the interface."""
_ABSENT = "отсутствует"
_UNCHANGED = "без изменений"


def comparison_context(old: Order, new: Order, diff: OrderDiff, profile: Profile) -> dict[str, Any]:
    """Title, the names of both editions, and rows: a place, the old words and the new ones."""
    return {
        "title": "Сравнение редакций",
        "order": new.title,
        "old": f"Прежняя редакция: {_named(old, profile)}",
        "new": f"Новая редакция: {_named(new, profile)}",
        "issuer": profile.issuer.name,
        "rows": [_plain(row) for row in _Rows(profile, str).of(diff)],
    }


def comparison_rows(diff: OrderDiff, profile: Profile) -> list[dict[str, Any]]:
    """The rows of the comparison in the language of the interface."""
    return [_plain(row) for row in _Rows(profile, lambda word: _(_SPOKEN[word])).of(diff)]


def comparison_texts(context: Mapping[str, Any]) -> list[str]:
    """Every text that the comparison must show."""
    marks = (
        mark["text"] for row in context["rows"] for side in ("old", "new") for mark in row[side]
    )
    return [*(context[key] for key in ("title", "order", "old", "new")), *marks]


def spoken_key(key: str) -> str:
    """What stands under a key of the order or the annex, in the language of the interface."""
    return _(_SPOKEN[_KEYS[key]])


def column_headings(profile: Profile, annex: Annex | None) -> dict[str, str]:
    """The headings of the annex's columns in the region, by key."""
    layout = profile.layouts.get((annex and annex.layout) or "roadmap")
    return {column.key: column.heading for column in layout.columns} if layout else {}


def _named(order: Order, profile: Profile) -> str:
    word = document_word(profile, "nominative")
    amending = document_word(profile, "genitive")
    revisions = "".join(
        f", в редакции {amending} от {r.date:%d.%m.%Y} № {r.number}"
        for r in order.revisions
        if r.date
    )
    return f"{word} от {order.printed_date} № {order.printed_number}{revisions}"


_Row = tuple[str, Sequence[Mark], Sequence[Mark]]


def _plain(row: _Row) -> dict[str, Any]:
    place, old, new = row
    sides = {"old": old, "new": new}
    marks = {
        side: [{"kind": mark.kind, "text": mark.text} for mark in found]
        for side, found in sides.items()
    }
    return {"place": place, **marks}


class _Rows:
    """The rows of the comparison, under the headings of the region's columns.

    `say` puts a word of the document into the reader's language.
    """

    def __init__(self, profile: Profile, say: Callable[[str], str]) -> None:
        self._profile = profile
        self._say = say
        self._headings: Mapping[str, str] = {}
        self._within = ""

    def of(self, diff: OrderDiff) -> Iterator[_Row]:
        """One row for each text that changed, came or went, in the order of reading."""
        for text in diff.requisites:
            yield _row(self._say(_KEYS[text.key]), text)
        for point in diff.points:
            yield from self._point(point)
        for annex in diff.annexes:
            yield from self._annex(annex)

    def _point(self, diff: PointDiff) -> Iterator[_Row]:
        place = self._place("Пункт", diff)
        texts = diff.old.text if diff.old else "", diff.new.text if diff.new else ""
        yield from self._entry(place, diff, diff.text, texts)
        for inner in diff.points:
            yield from self._point(inner)

    def _annex(self, diff: AnnexDiff) -> Iterator[_Row]:
        place = self._place("Приложение", diff)
        self._headings = column_headings(self._profile, diff.new or diff.old)
        self._within = f"{place}. " if diff.old_number or diff.new_number else ""
        titles = diff.old.title if diff.old else "", diff.new.title if diff.new else ""
        if diff.old is None or diff.new is None:
            yield from self._entry(place, diff, None, titles)
        for text in diff.texts:
            yield _row(f"{place}. {self._say(_KEYS[text.key])}", text)
        for section in diff.sections:
            yield from self._section(section)
        mark = section_marks(diff)
        for (within, renumbered), items in groupby(
            diff.items, key=lambda item: (mark(item), item.is_renumbered_only)
        ):
            prefix = self._within + (f"{self._say('Раздел')} {within}. " if within else "")
            if renumbered:
                yield from self._renumbered(list(items), prefix)
            else:
                for item in items:
                    yield from self._item(item, prefix)

    def _section(self, diff: SectionDiff) -> Iterator[_Row]:
        titles = (diff.old and diff.old.title) or "", (diff.new and diff.new.title) or ""
        place = self._within + self._place("Раздел", diff)
        yield from self._entry(place, diff, diff.title, titles)

    def _item(self, diff: ItemDiff, prefix: str) -> Iterator[_Row]:
        place = prefix + self._place("Строка", diff)
        if not diff.cells:
            yield from self._entry(
                place, diff, None, (self._whole(diff.old), self._whole(diff.new))
            )
        for cell in diff.cells:
            yield _row(f"{place}. {self._headings.get(cell.key, cell.key)}", cell)

    def _whole(self, item: Item | None) -> str:
        """All cells of a row, each under its heading."""
        if item is None:
            return ""
        cells = ((self._headings.get(key, key), text) for key, text in item.values.items())
        return "\n".join(f"{heading}: {text}" for heading, text in cells if text)

    def _renumbered(self, items: Sequence[ItemDiff], prefix: str) -> Iterator[_Row]:
        """One row for each run of rows that only have other numbers."""
        numbers = [(label(item.old_number), label(item.new_number)) for item in items]
        renumbered = self._say(_HAPPENED["renumbered"])
        for old, new in runs(numbers):
            noun = self._say("Строки" if len(old) > 1 else "Строка")
            same = [Mark("same", self._say(_UNCHANGED))]
            yield f"{prefix}{noun} {ranges(old)} → {ranges(new)} ({renumbered})", same, same

    def _place(self, noun: str, diff: Entry) -> str:
        """«Строка 14 → 15 (номер изменен)»."""
        numbers = dict.fromkeys(
            number.rstrip(".") for number in (diff.old_number, diff.new_number) if number
        )
        named = f"{self._say(noun)} {' → '.join(numbers)}".strip()
        happened = [self._say(_HAPPENED[kind]) for kind in diff.kinds if kind in _HAPPENED]
        return f"{named} ({', '.join(happened)})" if happened else named

    def _entry(
        self, place: str, diff: Entry, text: TextDiff | None, texts: tuple[str, str]
    ) -> Iterator[_Row]:
        """The row of an entry: its changed words, or all of it when it came, went or moved."""
        if text is not None:
            yield _row(place, text)
        elif diff.old_path is None:
            yield place, [Mark("same", self._say(_ABSENT))], [Mark("added", texts[1])]
        elif diff.new_path is None:
            yield place, [Mark("deleted", texts[0])], [Mark("same", self._say(_ABSENT))]
        elif diff.kinds:
            yield place, [Mark("same", texts[0])], [Mark("same", texts[1])]


def _row(place: str, text: TextDiff) -> _Row:
    old = [mark for mark in text.marks if mark.kind != "added"]
    new = [mark for mark in text.marks if mark.kind != "deleted"]
    return place, old, new
