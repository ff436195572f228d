"""Where a person finds each value of an order in the document it was read from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from docgen.i18n import _
from docgen.importers.points import PointDraft, numbered
from docgen.importers.rows import ItemDraft, ReadGrid, SectionDraft


def order_places(points: Sequence[PointDraft]) -> Iterator[tuple[str, str]]:
    """Paths of the requisites and points, each with its place."""
    yield from _requisites().items()
    for path, printed, _due in numbered(points):
        place = _("point %(number)s") % {"number": printed}
        yield path, place
        yield f"{path}.text", place


def _requisites() -> Mapping[str, str]:
    return {
        "region": _("the letterhead"),
        "date": _("the date of the order"),
        "number": _("the number of the order"),
        "city": _("the place of issue"),
        "title": _("the title of the order"),
        "preamble": _("the preamble"),
        "points": _("the points of the order"),
        "signatory": _("the signature"),
        "signatory.post": _("the signature"),
        "signatory.name": _("the signature"),
        "acquainted": _("the acquaintance lines"),
        "executor": _("the executor's mark"),
    }


def annex_place(index: int, count: int) -> str:
    """«приложение», numbered where there are several."""
    return _("annex %(number)d") % {"number": index + 1} if count > 1 else _("annex")


def annex_places(
    path: str, annex: str, sections: Sequence[SectionDraft], grids: Sequence[ReadGrid]
) -> Iterator[tuple[str, str]]:
    """Paths of one annex, of its sections, items and cells, each with its place."""
    yield path, annex
    yield f"{path}.title", _("%(annex)s, title") % {"annex": annex}
    rows = row_names(sections)
    for index, section in enumerate(sections):
        own = f"{path}.sections[{index}]"
        place = _section_place(annex, section, index)
        yield own, place
        yield f"{own}.title", place
        for number, draft in enumerate(section.items):
            row = row_place(annex, draft, rows[id(draft)])
            yield f"{own}.items[{number}]", row
            yield from _cells(f"{own}.items[{number}]", row, grids[draft.table - 1])


def _cells(path: str, row: str, read: ReadGrid) -> Iterator[tuple[str, str]]:
    pattern = _('%(row)s, column "%(heading)s"')
    for heading, key in zip(read.grid.headings, read.keys, strict=True):
        if key is not None:
            yield f"{path}.{key}", pattern % {"row": row, "heading": heading}


def _section_place(annex: str, section: SectionDraft, index: int) -> str:
    return _("%(annex)s, table %(table)d, section %(section)s") % {
        "annex": annex,
        "table": section.table,
        "section": (section.number or str(index + 1)).rstrip("."),
    }


def row_place(annex: str, draft: ItemDraft, row: str) -> str:
    """«приложение, таблица 1, строка 14»."""
    values = {"annex": annex, "table": draft.table, "row": row}
    return _("%(annex)s, table %(table)d, row %(row)s") % values


def row_names(sections: Sequence[SectionDraft]) -> dict[int, str]:
    """What each row is called: its number, after the section's where numbers begin anew.

    A row without a number, or with another row's, is called by its place in the table.
    """
    names: dict[int, str] = {}
    for section in sections:
        for draft in section.items:
            names[id(draft)] = (draft.item.number or "").rstrip(".)")
    counts = Counter(names.values())
    for index, section in enumerate(sections, 1):
        head = (section.number or str(index)).rstrip(".)")
        inside = Counter(names[id(draft)] for draft in section.items)
        for draft in section.items:
            name = names[id(draft)]
            if not name or inside[name] > 1:
                names[id(draft)] = _("%(place)d from the top") % {"place": draft.row}
            elif counts[name] > 1:
                names[id(draft)] = f"{head}.{name}"
    return names
