"""How many of the published mistakes the checks find, and how many findings are mistakes.

Run `python -m tests.checks.measure` from the root of the checkout to print the table of
docs/findings.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.checks.published import PUBLISHED, published


@dataclass
class Tally:
    """The mistakes of one code, by region and path."""

    listed: set[tuple[str, str]] = field(default_factory=set)
    reviewed: set[tuple[str, str]] = field(default_factory=set)
    found: set[tuple[str, str]] = field(default_factory=set)

    def row(self, name: str) -> str:
        """One row of the table."""
        mistakes = self.listed | self.reviewed
        right = len(self.found & mistakes)
        precision = share(right, len(self.found))
        recall = share(len(self.found & self.listed), len(self.listed))
        cells = (name, len(self.listed), len(self.found), right, precision, recall)
        return "| " + " | ".join(map(str, cells)) + " |"


def share(part: int, whole: int) -> str:
    """A percentage, or a dash where there is nothing to divide by."""
    return f"{100 * part / whole:.0f}%" if whole else "–"


def tallies() -> dict[str, Tally]:
    """The tally of every code that stands in an order or was found in one."""
    counted: dict[str, Tally] = defaultdict(Tally)
    for region in PUBLISHED:
        order = published(region)
        for mistake in order.mistakes:
            tally = counted[mistake["code"]]
            kind = tally.reviewed if mistake.get("by") == "review" else tally.listed
            kind.add((region, mistake["path"]))
        for finding in order.findings():
            counted[finding.code].found.add((region, finding.path))
    return dict(sorted(counted.items()))


def total(parts: Iterable[tuple[str, Tally]]) -> Tally:
    """All codes together."""
    whole = Tally()
    for code, part in parts:
        for name in ("listed", "reviewed", "found"):
            getattr(whole, name).update(
                (region, f"{code} {path}") for region, path in getattr(part, name)
            )
    return whole


def table() -> str:
    """The table of docs/findings.md."""
    counted = tallies()
    head = "| Code | Listed | Found | Right | Precision | Recall |\n|---|---|---|---|---|---|"
    rows = [tally.row(f"`{code}`") for code, tally in counted.items()]
    return "\n".join([head, *rows, total(counted.items()).row("**all**")])


if __name__ == "__main__":
    print(table())
