"""What the page of the order form shows: fields, rows, meanings, findings and doubts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from docgen.errors import Problem
from docgen.models import Annex, Column, Finding, Item, Layout, Section
from docgen.models.numbering import item_numbers
from docgen.models.registry import Misgiving, StoredDocument
from docgen.regions import Region
from docgen.services.interpretation import meaning
from docgen.web.pages.order_form import BLANK_NUMBER, by_path, point_kind

_BLANK: Mapping[str, Any] = {
    "kind": "order", "title": "", "preamble": "", "city": "", "points": [], "annexes": [],
    "acquainted": [], "unplaced": [],
}  # fmt: skip
_PEOPLE = {"signatory": {"post": "", "name": ""}, "executor": {"name": "", "phone": ""}}
_FORM = {"role": "", "post": "", "name": "", "gender": "", "addressee": "", "tasks": ()}


@dataclass(frozen=True)
class Editor:
    """An order as its form shows it; `problems` are what kept the last try from being saved."""

    stored: StoredDocument
    values: Mapping[str, Any]
    region: Region
    findings: Sequence[Finding] = ()
    doubts: Sequence[Misgiving] = ()
    problems: Sequence[Problem] = ()
    wordings: Sequence[str] = ()

    @cached_property
    def found(self) -> dict[str, list[Finding]]:
        """Findings and problems by path."""
        refused = [Finding(p.code, "error", p.path, p.place, p.message) for p in self.problems]
        return by_path([*refused, *(f for f in self.findings if not f.acknowledged)])

    def wrong(self, path: str) -> bool:
        """Whether an error stands at the path."""
        return any(finding.severity == "error" for finding in self.found.get(path, ()))

    @cached_property
    def doubted(self) -> dict[str, list[Misgiving]]:
        """Doubts of the import by path."""
        return by_path(self.doubts)

    @property
    def years(self) -> tuple[int, int]:
        """First and last year of the project, as far as they are filled in."""
        given = self.values.get("years")
        pair = [given, given] if isinstance(given, int) else list(given or ())
        if len(pair) == 2 and all(isinstance(year, int) for year in pair):
            return pair[0], pair[1]
        return self.region.profile.project.years

    @property
    def shown(self) -> dict[str, Any]:
        """The values with every part that the form shows, empty ones included."""
        people = {
            name: {**blank, **(self.values.get(name) or {})} for name, blank in _PEOPLE.items()
        }
        return {**_BLANK, **self.values, **people}

    def point(self, point: Any) -> dict[str, Any]:
        """A point with every key that its form shows."""
        if not isinstance(point, Mapping):
            return {"text": point, "points": []}
        kind = point_kind(point)
        if kind in ("text", "approve"):
            return {"text": "", "points": [], **point}
        return {kind: {**_FORM, **point[kind]}}

    def kind(self, point: Any) -> str:
        """The form of a point."""
        return point_kind(point)

    def layout(self, annex: Mapping[str, Any]) -> Layout:
        """The columns of an annex's table."""
        layouts = self.region.profile.layouts
        return layouts.get(annex.get("layout") or "roadmap") or layouts["roadmap"]

    def titled(self, sections: Sequence[Mapping[str, Any]]) -> bool:
        """Whether any section has a title."""
        return any(section.get("title") for section in sections)

    def shown_number(self, item: Mapping[str, Any]) -> str:
        """What stands in the field of a row's number: empty where the style decides."""
        number = item.get("number")
        return BLANK_NUMBER if number == "" else str(number or "")

    def numbers(self, annex: Mapping[str, Any]) -> list[list[str]]:
        """The numbers that the region's style gives the rows, section by section."""
        sections = (
            Section((Item({}),) * len(section.get("items") or ()))
            for section in annex.get("sections") or ()
        )
        return item_numbers(Annex("", tuple(sections)), self.layout(annex))

    def meaning(self, key: str, text: str) -> str:
        """What the engine understands of a cell."""
        return meaning(key, text, self.years)


def width_class(layout: Layout, column: Column) -> str:
    """How wide a column of the form is: no less than the long words it usually holds."""
    if column.key in ("number", "deadline"):
        return column.key
    share = column.width / sum(each.width for each in layout.columns)
    return "medium" if share < 0.2 else "large"


def finding_values(finding: Finding) -> dict[str, Any]:
    """A finding as the page's script reads it."""
    return {
        "code": finding.code,
        "severity": finding.severity,
        "path": finding.path,
        "place": finding.place,
        "message": finding.message,
        "suggestion": finding.suggestion,
        "acknowledged": finding.acknowledged,
    }
