"""The names that rows may use for items, municipalities and schools, and what they mean."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from functools import lru_cache

from docgen.errors import Problem
from docgen.i18n import _
from docgen.models.reports import Body, PlanItem
from docgen.models.submissions import Municipality, Submission, folded

_SHORTEST_NAME = 4
"""Below this many characters a similar name is a guess: item 7 is not item 77."""
_ITEM = re.compile(r"^(?:п(?:ункт|\.)?|№)?\s*(.*?)\.?(?:#(\d+))?$", re.IGNORECASE)
Meaning = tuple[str, int | None]
"""An item's key, and which of its targets is meant."""


@lru_cache(maxsize=4096)
def split_item(text: str) -> tuple[str, int | None]:
    """«п. 14.» → («14», None); «2#3» → («2», 3): the item and which of its targets."""
    match = _ITEM.match(text.strip())
    if match is None:
        return text.strip(), None
    return match[1].strip(), int(match[2]) if match[2] else None


def item_names(items: Sequence[PlanItem]) -> dict[str, str]:
    """Every name an item may be called by → its key: the key itself, else its running number."""
    names = {folded(item.key): item.key for item in items}
    for running, item in enumerate(items, 1):
        names.setdefault(str(running), item.key)
    return names


class Names:
    """The names rows may use, each with the spelling of the order or the roster."""

    def __init__(self, items: Mapping[str, str], roster: Sequence[Municipality]) -> None:
        self._items = items
        self._municipalities = {folded(entry.name): entry.name for entry in roster}
        self._schools = {
            (entry.name, folded(school)): school for entry in roster for school in entry.schools
        }
        self._bodies: dict[tuple[str, str], Body | Problem] = {}
        self._keys: dict[str, Meaning | Problem] = {}

    def meaning(self, row: Submission, problems: list[Problem]) -> tuple[Meaning, Body] | None:
        """The item and the body that the row names; None with a problem for each unknown name."""
        item = self._keys.get(row.item)
        if item is None:
            item = self._keys[row.item] = self._item(row.item)
        name = (row.municipality, row.school)
        body = self._bodies.get(name)
        if body is None:
            body = self._bodies[name] = self._body(*name)
        if isinstance(item, Problem) or isinstance(body, Problem):
            faults = (fault for fault in (item, body) if isinstance(fault, Problem))
            problems += [replace(fault, place=row.place) for fault in faults]
            return None
        return item, body

    def _item(self, text: str) -> Meaning | Problem:
        name, target = split_item(text)
        key = self._items.get(folded(name))
        if key is not None:
            return key, target
        return _unknown(_("the order has no item “%(name)s”"), "item", text, [])

    def _body(self, municipality: str, school: str) -> Body | Problem:
        if not municipality:
            return Body() if not school else self._homeless(school)
        name = self._municipalities.get(folded(municipality))
        if name is None:
            names = list(self._municipalities.values())
            return _unknown(
                _("the municipality “%(name)s” is not in the list"),
                "municipality",
                municipality,
                names,
            )
        if not school:
            return Body(name)
        known = self._schools.get((name, folded(school)))
        if known is not None:
            return Body(name, known)
        names = [title for (place, _key), title in self._schools.items() if place == name]
        return _unknown(_("the school “%(name)s” is not in the list"), "school", school, names)

    def _homeless(self, school: str) -> Body | Problem:
        """A school without its municipality is found by name, where only one has that name."""
        homes = [
            Body(place, title)
            for (place, key), title in self._schools.items()
            if key == folded(school)
        ]
        if len(homes) == 1:
            return homes[0]
        message = _("the municipality of the school “%(name)s” is missing") % {"name": school}
        return Problem("municipality", message, "municipality-missing")


def _unknown(message: str, path: str, name: str, known: list[str]) -> Problem:
    worded = message % {"name": name}
    near = get_close_matches(name, known, n=1, cutoff=0.5)
    if near and len(name) >= _SHORTEST_NAME:
        worded += "; " + _("did you mean “%(name)s”?") % {"name": near[0]}
    return Problem(path, worded, "unknown-name")
