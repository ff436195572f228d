"""Several regions' stage reports brought down to what they can be compared by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from docgen.models.reports import ItemStatus


@dataclass(frozen=True, slots=True)
class ComparedItem:
    """One item of a region: its task, plan and fact; `value` is in the target's `unit`."""

    task: str
    key: str
    activity: str
    deadline: str
    indicator: str
    status: ItemStatus
    value: float | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class RegionSummary:
    """A region at its stage: the sizes of its roster, its results, and its items by task."""

    region: str
    stage: int
    date: date
    municipalities: int
    schools: int
    reported: int
    expected: int
    done: int
    confirmed: int
    missing: int
    items: tuple[ComparedItem, ...]

    @property
    def percent(self) -> float | None:
        """The share of the expected results that is done."""
        return 100 * self.done / self.expected if self.expected else None
