"""Who was expected to answer for an item, who did, and who did not.

A statement about a whole covers its parts: a municipality's row stands for those of its schools
that sent none, the operator's row for the region.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from docgen.models.reports import Body, PlanItem, Scope
from docgen.models.submissions import Municipality

REGION = Body()


@dataclass(slots=True)
class Group:
    """The answers of one municipality: `own` are its own rows, `given` those of each respondent."""

    own: list[int] = field(default_factory=list)
    given: dict[Body, list[int]] = field(default_factory=dict)
    missing: list[Body] = field(default_factory=list)

    @property
    def expected(self) -> int:
        """How many were to answer."""
        return len(self.given) + len(self.missing)


@dataclass(slots=True)
class Responses:
    """The answers for one item: the region's own rows, and those of each municipality."""

    own: list[int]
    groups: dict[str, Group]
    missing_region: bool = False

    def given(self) -> Iterable[tuple[Body, list[int]]]:
        """Every respondent with its rows, the region first."""
        if self.own:
            yield REGION, self.own
        for group in self.groups.values():
            yield from group.given.items()

    def missing(self) -> tuple[Body, ...]:
        """Everybody who was to answer and did not."""
        silent = tuple(body for group in self.groups.values() for body in group.missing)
        return (REGION, *silent) if self.missing_region else silent

    def sources(self) -> tuple[int, ...]:
        """The indexes of every row behind the item, each once."""
        found = list(self.own)
        for group in self.groups.values():
            found += group.own
            for rows in group.given.values():
                if rows is not group.own:
                    found += rows
        return tuple(sorted(found))


def responses(
    item: PlanItem, answers: Mapping[Body, list[int]], roster: Sequence[Municipality]
) -> Responses:
    """The answers for the item, sorted by who gave them and who was to."""
    own = answers.get(REGION, [])
    asked: Scope = "region" if own else item.scope
    groups = {entry.name: _group(entry, asked, answers) for entry in roster}
    silent = asked == "region" and not own and not any(g.given for g in groups.values())
    return Responses(own, groups, missing_region=silent)


def _group(entry: Municipality, asked: Scope, answers: Mapping[Body, list[int]]) -> Group:
    head = Body(entry.name)
    group = Group(own=answers.get(head, []))
    for school in entry.schools:
        body = Body(entry.name, school)
        rows = answers.get(body)
        if rows is not None:
            group.given[body] = rows
        elif asked == "school":
            if group.own:
                group.given[body] = group.own
            else:
                group.missing.append(body)
    if group.own and not group.given:
        group.given[head] = group.own
    elif asked == "municipality" and not group.given:
        group.missing.append(head)
    return group
