"""The values a deadline is made of, in the normal form of the data files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

DeadlineKind = Literal[
    "date", "deadline", "period", "periods", "open_period", "conditional", "relative"
]
Precision = Literal["day", "month", "quarter", "half_year", "year"]
Frequency = Literal["daily", "weekly", "monthly", "quarterly", "yearly"]


@dataclass(frozen=True, slots=True)
class Interval:
    """Days from `start` to `end`, both included; no start means «до …»."""

    start: date | None
    end: date | None

    def as_dict(self) -> dict[str, str | None]:
        """`{start, end}` with ISO dates."""
        return {
            "start": self.start.isoformat() if self.start else None,
            "end": self.end.isoformat() if self.end else None,
        }


@dataclass(frozen=True, slots=True)
class Recurrence:
    """How often: `times` in each `freq`; «2-й и 4-й понедельник» has weekday 1 and nth (2, 4).

    `nth` counts weekdays within a month; -1 is the last one.
    """

    freq: Frequency
    times: int = 1
    weekday: int | None = None
    nth: tuple[int, ...] | None = None

    def as_dict(self) -> dict[str, Any]:
        """`{freq, times, weekday, nth}`."""
        return {
            "freq": self.freq,
            "times": self.times,
            "weekday": self.weekday,
            "nth": list(self.nth) if self.nth else None,
        }


@dataclass(frozen=True, slots=True)
class Relative:
    """So many days counted from an event, before it when negative; `anchor` is a verbatim piece."""

    days: int
    anchor: str | None
    working: bool = False

    def as_dict(self) -> dict[str, Any]:
        """`{days, anchor}`, with `working: true` for working days only."""
        form: dict[str, Any] = {"days": self.days, "anchor": self.anchor}
        if self.working:
            form["working"] = True
        return form


@dataclass(frozen=True, slots=True)
class Deadline:
    """What the text of a deadline means; `condition` is the rest, word for word."""

    kind: DeadlineKind
    intervals: tuple[Interval, ...] = ()
    precision: Precision | None = None
    recurrence: Recurrence | None = None
    condition: str | None = None
    year_inferred: bool = False
    relative: Relative | None = None

    def as_dict(self) -> dict[str, Any]:
        """The normal form; the key `relative` stands only in a relative deadline."""
        form: dict[str, Any] = {
            "kind": self.kind,
            "intervals": [interval.as_dict() for interval in self.intervals],
            "precision": self.precision,
            "recurrence": self.recurrence.as_dict() if self.recurrence else None,
            "condition": self.condition,
            "year_inferred": self.year_inferred,
        }
        if self.relative is not None:
            form["relative"] = self.relative.as_dict()
        return form
