"""The numbers that Word's automatic numbering prints, counted as Word counts them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from lxml import etree

from docgen.importers.docx.names import W, number, switched_on, value
from docgen.importers.docx.styles import Properties, paragraph_properties
from docgen.importers.paper import BULLET
from docgen.models.numbering import roman

LEVELS = 9
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_PLACEHOLDER = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """One depth of a list: where it starts, how it counts, what it prints."""

    start: int
    form: str
    text: str
    restart: int
    legal: bool
    properties: Properties


class Numbering:
    """The lists of a document; ask for the labels of its paragraphs in reading order."""

    def __init__(self, root: etree._Element | None) -> None:
        parts = [] if root is None else list(root)
        self._abstract = {
            part.get(W + "abstractNumId", ""): part
            for part in parts
            if part.tag == W + "abstractNum"
        }
        self._lists = {part.get(W + "numId", ""): part for part in parts if part.tag == W + "num"}
        self._by_style = {
            value(part.find(W + "styleLink")): key for key, part in self._abstract.items()
        }
        self._levels: dict[str, tuple[str, dict[int, Level]]] = {}
        self._counters: dict[str, dict[int, int]] = defaultdict(dict)
        self._begun: set[tuple[str, int]] = set()

    def level(self, identity: str, depth: int) -> Level | None:
        """The level of a list; None for paragraphs of no list."""
        return self._list(identity)[1].get(depth) if identity in self._lists else None

    def label(self, identity: str, depth: int) -> str:
        """The number of the next paragraph of the list at this depth, empty for none."""
        level = self.level(identity, depth)
        if level is None:
            return ""
        abstract, levels = self._list(identity)
        counters = self._counters[abstract]
        self._override(identity, depth, level, counters)
        counters[depth] = counters[depth] + 1 if depth in counters else level.start
        for deeper in [other for other in counters if other > depth]:
            if levels[deeper].restart > depth:
                del counters[deeper]
        return self._printed(level, levels, counters)

    def _override(self, identity: str, depth: int, level: Level, counters: dict[int, int]) -> None:
        """A list that overrides its start begins anew the first time it is used."""
        if (identity, depth) in self._begun:
            return
        self._begun.add((identity, depth))
        for override in self._lists[identity].iterfind(W + "lvlOverride"):
            start = number(value(override.find(W + "startOverride")))
            if number(override.get(W + "ilvl")) == depth and start is not None:
                counters[depth] = start - 1

    def _printed(self, level: Level, levels: dict[int, Level], counters: dict[int, int]) -> str:
        if level.form == "bullet":
            return BULLET
        if level.form == "none":
            return level.text if "%" not in level.text else ""

        def count(found: re.Match[str]) -> str:
            depth = int(found.group(1)) - 1
            other = levels.get(depth)
            if other is None:
                return ""
            form = "decimal" if level.legal else other.form
            return worded_number(counters.setdefault(depth, other.start), form)

        return _PLACEHOLDER.sub(count, level.text)

    def _list(self, identity: str) -> tuple[str, dict[int, Level]]:
        if identity not in self._levels:
            part = self._lists[identity]
            key = self._source(value(part.find(W + "abstractNumId")) or "")
            levels = _levels(self._abstract.get(key))
            for override in part.iterfind(W + "lvlOverride"):
                levels |= _levels(override)
            self._levels[identity] = key, levels
        return self._levels[identity]

    def _source(self, key: str) -> str:
        """The list that really holds the levels: some only name the style that does."""
        part = self._abstract.get(key)
        link = None if part is None else value(part.find(W + "numStyleLink"))
        return self._by_style.get(link, key) if link else key


def _levels(part: etree._Element | None) -> dict[int, Level]:
    found: dict[int, Level] = {}
    for element in () if part is None else part.iterfind(W + "lvl"):
        depth = number(element.get(W + "ilvl"))
        if depth is not None and 0 <= depth < LEVELS:
            found[depth] = _level(element, depth)
    return found


def _level(element: etree._Element, depth: int) -> Level:
    start = number(value(element.find(W + "start")))
    restart = number(value(element.find(W + "lvlRestart")))
    return Level(
        start=0 if start is None else start,
        form=value(element.find(W + "numFmt")) or "decimal",
        text=value(element.find(W + "lvlText")) or "",
        restart=depth if restart is None else restart,
        legal=switched_on(element.find(W + "isLgl")),
        properties=paragraph_properties(element.find(W + "pPr")),
    )


def worded_number(count: int, form: str) -> str:
    """The number in one of Word's forms: 4 as `upperRoman` is «IV», as `russianLower` «г»."""
    if form in ("upperRoman", "lowerRoman") and 0 < count < 4000:
        return roman(count) if form == "upperRoman" else roman(count).lower()
    if form.endswith("Letter") and count > 0:
        return _lettered(count, _LATIN, form.startswith("upper"))
    if form in ("russianLower", "russianUpper") and count > 0:
        return _lettered(count, _RUSSIAN, form.endswith("Upper"))
    return f"{count:02d}" if form == "decimalZero" else str(count)


def _lettered(count: int, alphabet: str, upper: bool) -> str:
    repeats, index = divmod(count - 1, len(alphabet))
    letters = alphabet[index] * min(repeats + 1, LEVELS)
    return letters.upper() if upper else letters
