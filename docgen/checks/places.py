"""Where a person looks for what stands at a path of the data file."""

from __future__ import annotations

import re
from collections.abc import Mapping

from docgen.checks.dossier import Dossier
from docgen.i18n import _
from docgen.models import Layout

_STEP = re.compile(r"\w+|\[\d+\]")
_CELL = re.compile(
    r"annexes\[(\d+)\](?:\.edits\[(\d+)\])?"
    r"(?:\.sections\[(\d+)\](?:\.items\[(\d+)\])?)?(?:\.(\w+))?"
)
_ORDER = (
    "date", "number", "city", "title", "preamble", "points", "signatory", "acquainted", "executor",
    "annexes", "stamp", "layout", "edits", "text", "sections", "items", "activity", "goal", "tasks",
    "venue", "audience", "deadline", "indicator", "document", "information", "acknowledged",
    "unplaced", "pages",
)  # fmt: skip


def reading_order(path: str) -> tuple[tuple[int, str], ...]:
    """A key that sorts paths as their places follow each other on paper."""
    return tuple(_rank(step) for step in _STEP.findall(path))


def _rank(step: str) -> tuple[int, str]:
    if step[0] == "[":
        return int(step[1:-1]), ""
    return (_ORDER.index(step), "") if step in _ORDER else (len(_ORDER), step)


def place_of(path: str, dossier: Dossier) -> str:
    """«приложение, таблица 1, строка 14, столбец "Сроки реализации"», or as the reader noted it."""
    if dossier.reading and dossier.reading.places:
        places = dossier.reading.places
        noted = _noted(path, places)
        if path.endswith(".stamp") and path not in places and noted is not None:
            return f"{noted}, {_ANNEX_PARTS['stamp']()}"
        if noted is not None:
            return noted
    if path.startswith("annexes["):
        return _in_annex(path, dossier)
    return _in_order(path)


def _noted(path: str, places: Mapping[str, str]) -> str | None:
    """The place of the path, or of the nearest thing around it."""
    while path:
        if path in places:
            return places[path]
        path = path[: max(path.rfind("."), path.rfind("["), 0)]
    return None


def _in_order(path: str) -> str:
    steps = _STEP.findall(path)
    if steps[:1] == ["points"]:
        numbers = [str(int(step[1:-1]) + 1) for step in steps if step[0] == "["]
        return _("point %(number)s") % {"number": ".".join(numbers[:2])}
    names = {
        "date": _("date of the order"),
        "number": _("number of the order"),
        "city": _("place of issue"),
        "title": _("title of the order"),
        "preamble": _("preamble"),
        "signatory": _("signature"),
        "acquainted": _("acquaintance mark"),
        "executor": _("executor mark"),
        "acknowledged": _("data file, “acknowledged”"),
        "unplaced": _("data file, “unplaced”"),
        "layout": _("page setup"),
    }
    return names.get(steps[0], path) if steps else _("the whole order")


def _in_annex(path: str, dossier: Dossier) -> str:
    found = _CELL.match(path)
    if found is None:
        return path
    annex, edit, section, item = (None if n is None else int(n) for n in found.groups()[:-1])
    index, key = annex or 0, found.groups()[-1]
    several = len(dossier.order.annexes) > 1
    parts = [_("annex %(number)d") % {"number": index + 1} if several else _("annex")]
    if edit is not None:
        parts.append(_("instruction %(number)d") % {"number": edit + 1})
    if section is None:
        return ", ".join([*parts, *([_ANNEX_PARTS[key]()] if key in _ANNEX_PARTS else [])])
    layout = dossier.layouts[index]
    if edit is None:
        parts.append(_("table %(number)d") % {"number": 1})
    if item is None:
        parts.append(_("heading of section %(number)d") % {"number": section + 1})
    else:
        sections = dossier.sections(index, edit)
        number = sections[section].items[item].number
        if number is None:
            number = dossier.usual_numbers(index, edit)[section][item]
        parts += _row(number, section, item, layout, several=len(sections) > 1)
        parts += _column(key, layout)
    return ", ".join(parts)


_ANNEX_PARTS = {
    "title": lambda: _("its title"),
    "stamp": lambda: _("its stamp"),
}


def _row(number: str, section: int, item: int, layout: Layout, *, several: bool) -> list[str]:
    """The row by its printed number; with its section where each of several counts anew."""
    row = _("row %(number)s") % {"number": number.strip().rstrip(".") or str(item + 1)}
    if layout.items == "section" and several:
        return [_("section %(number)d") % {"number": section + 1}, row]
    return [row]


def _column(key: str | None, layout: Layout) -> list[str]:
    heading = next((column.heading for column in layout.columns if column.key == key), None)
    return [_('column "%(heading)s"') % {"heading": heading}] if heading else []
