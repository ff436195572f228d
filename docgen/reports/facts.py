"""The fact of a target: what the answers add up to, and whether the target is reached.

One rule a kind of target, the same from school to municipality to region (docs/reports.md):
`share` schools that are done, of all; `mean` the schools' own percentages, of all; `number` schools
that are done; `sum` of the values; `least` the smallest frequency.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from docgen.models.reports import Fact, Goal, Part
from docgen.models.submissions import Submission
from docgen.reports.responses import Group, Responses

_SHARES: Final = ("share", "mean")
_RETURNING: Final = ("sum", "least")
_EPSILON: Final = 1e-9
Amounts = tuple[float, ...]
"""What one respondent reached: one number, or one for each elapsed period."""
Entry = tuple[bool, Amounts | None]
"""Whether a respondent is done, and what it reached; None where it gave no figure."""


class Measure:
    """Measures one goal over the rows of a ledger; `targets` are rows addressed to one target."""

    def __init__(self, goal: Goal, rows: Sequence[Submission], targets: Mapping[int, int]) -> None:
        self._goal = goal
        self._rows = rows
        self._targets = targets

    def fact(self, answers: Responses, sources: tuple[int, ...]) -> Fact:
        """The fact of the goal with its parts, and whether it is reached."""
        goal = self._goal
        entries = {
            name: self._amounts(group) for name, group in answers.groups.items() if group.expected
        }
        parts = {
            name: self._sum_up(found, len(answers.groups[name].missing))
            for name, found in entries.items()
        }
        everything = [entry for found in entries.values() for entry in found]
        if answers.own:
            whole = self._region(answers)
            everything = [self._answer(self._applying(answers.own), whole=True)]
        else:
            missing = sum(len(g.missing) for g in answers.groups.values())
            whole = self._sum_up(everything, missing + answers.missing_region)
        return Fact(
            goal=goal,
            whole=whole,
            parts=parts,
            reached=_reached(goal, whole),
            short_periods=self._short(everything),
            sources=sources,
        )

    def _region(self, answers: Responses) -> Part:
        """The operator's own statement; «выполнено» without a value means the plan."""
        given = self._applying(answers.own)
        done = self._is_done(given)
        values = self._values(given)
        if not values and done and self._goal.value is not None:
            amount = float(self._goal.value)
        else:
            amount = self._total([self._stated(values)]) if values else 100.0 * done
        known = bool(values) or any(row.status != "not_due" for row in given)
        share = amount / 100 if self._goal.rule in _SHARES else amount
        return Part(share, 1, int(bool(given)), int(done), amount if known else None)

    def _amounts(self, group: Group) -> list[Entry]:
        """Whether done, and the amount, of each respondent."""
        entries = [
            self._answer(self._applying(rows), whole=rows is group.own)
            for rows in group.given.values()
        ]
        if group.own and self._goal.rule in ("number", "sum"):
            return self._with_own_total(group, entries)
        return entries

    def _with_own_total(self, group: Group, entries: list[Entry]) -> list[Entry]:
        """The municipality's own figure in place of its schools', counted with the first of them.

        Without a figure its schools count, and for a sum the municipality once.
        """
        values = self._values(self._applying(group.own))
        if not values and self._goal.rule == "number":
            return entries
        own = self._stated(values) if values else entries[0][1]
        if values or all(rows is group.own for rows in group.given.values()):
            return [(done, _NOTHING if at else own) for at, (done, _old) in enumerate(entries)]
        covered = [rows is group.own for rows in group.given.values()]
        return [
            (done, _NOTHING if whole else amount)
            for (done, amount), whole in zip(entries, covered, strict=True)
        ]

    def _answer(self, given: list[Submission], *, whole: bool) -> Entry:
        """Whether the respondent is done, and what it reached; None where it did not say."""
        if not given:
            return False, None
        rule, done = self._goal.rule, self._is_done(given)
        if rule in ("share", "number") and not whole:
            return done, _ONE if done else _NOTHING
        values = self._values(given)
        if rule == "number" or (rule == "share" and not (whole and values)):
            return done, _ONE if done else _NOTHING
        if rule in _SHARES:
            stated = values[-1][1] / 100 if values else float(done)
            return done, (stated,)
        if values:
            return done, self._stated(values)
        if not self._goal.first and not self._addressed(given):
            return done, None
        usual = self._goal.value if self._goal.per and self._goal.value else 1.0
        return done, (usual * done,)

    def _addressed(self, given: list[Submission]) -> bool:
        return any("#" in row.item for row in given)

    def _applying(self, rows: Iterable[int]) -> list[Submission]:
        """The rows that speak of this target: those addressed to it, else those to no target."""
        if not self._targets:
            return [self._rows[index] for index in rows]
        aimed = [self._rows[i] for i in rows if self._targets.get(i) == self._goal.number]
        return aimed or [self._rows[i] for i in rows if i not in self._targets]

    def _values(self, given: list[Submission]) -> list[tuple[date | None, float]]:
        """The dated values of the rows, as far as they are this target's."""
        wanted = self._goal.first or self._addressed(given)
        several = len(given) > 1 and self._goal.per is not None
        return [
            (row.date, (1.0 * (row.status == "done")) if row.value is None else row.value)
            for row in given
            if wanted and (several or row.value is not None)
        ]

    def _stated(self, values: list[tuple[date | None, float]]) -> Amounts:
        """The amount of one respondent in each elapsed period.

        A single row says how much there is in each period; several are occurrences on their days.
        """
        periods = self._goal.periods
        if len(values) == 1:
            return (values[0][1],) * max(1, len(periods))
        if not periods:
            return (sum(value for _day, value in values),)
        return tuple(
            sum(value for day, value in values if day and first <= day <= last)
            for first, last in periods
        )

    def _is_done(self, given: list[Submission]) -> bool:
        return bool(given) and given[-1].status == "done"

    def _sum_up(self, entries: list[Entry], missing: int) -> Part:
        amounts = [amount for _done, amount in entries if amount is not None]
        done = sum(done for done, _amount in entries)
        of, given = len(entries) + missing, len(entries)
        if not amounts:
            return Part(0.0, of, given, done, None)
        total = self._total(amounts)
        value = 100 * total / of if self._goal.rule in _SHARES else total
        return Part(total, of, given, done, value)

    def _total(self, amounts: list[Amounts]) -> float:
        """The amounts of several respondents as one: added, or the least; the weakest period."""
        if self._goal.rule == "least":
            return min(min(amount) for amount in amounts)
        if all(len(amount) == 1 for amount in amounts):
            return sum(amount[0] for amount in amounts)
        return min(sum(column) for column in _columns(amounts, max(map(len, amounts))))

    def _short(self, entries: list[Entry]) -> tuple[tuple[date, date], ...]:
        """The elapsed periods in which less was done than each of them demands."""
        goal = self._goal
        known = [amount for _done, amount in entries if amount is not None]
        if not known or not goal.periods or goal.value is None or goal.rule not in _RETURNING:
            return ()
        join = min if goal.rule == "least" else sum
        reached = [join(column) for column in _columns(known, len(goal.periods))]
        return tuple(
            period
            for period, value in zip(goal.periods, reached, strict=True)
            if value < goal.value - _EPSILON
        )


_ONE: Final[Amounts] = (1.0,)
_NOTHING: Final[Amounts] = (0.0,)


def _columns(amounts: list[Amounts], length: int) -> list[Amounts]:
    """The amounts by period; one number stands for every period."""
    return list(zip(*(a if len(a) == length else a * length for a in amounts), strict=True))


def _reached(goal: Goal, whole: Part) -> bool | None:
    """Whether the target is reached; None while the answers still missing can decide.

    An exact figure counts as reached when it is exceeded, a range from its lower end.
    """
    if goal.value is None or whole.value is None:
        return None
    low, high = _between(goal, whole, whole.value)
    fits = _FITS.get(goal.comparator or "", _at_least)
    return _decide(fits(low, goal.value), fits(high, goal.value))


def _at_least(value: float, target: float) -> bool:
    return value >= target - _EPSILON


_FITS: Final[dict[str, Callable[[float, float], bool]]] = {
    "gt": lambda value, target: value > target + _EPSILON,
    "le": lambda value, target: value <= target + _EPSILON,
    "lt": lambda value, target: value < target - _EPSILON,
}


def _decide(with_least: bool, with_most: bool) -> bool | None:
    return with_least if with_least == with_most else None


def _between(goal: Goal, whole: Part, value: float) -> tuple[float, float]:
    """The value if everybody still silent has done nothing, and if they have done all."""
    missing = whole.of - whole.given
    if not missing:
        return value, value
    match goal.rule:
        case "share" | "mean":
            return value, 100 * (whole.amount + missing) / whole.of
        case "number":
            return value, value + missing
        case "sum":
            return value, float("inf")
        case "least":
            return 0.0, value
