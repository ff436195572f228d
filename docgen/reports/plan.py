"""The plan of a stage: every item of an order, what it demands and what is due by the day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from docgen.language.deadlines import Deadline, parse_deadline
from docgen.language.indicators import Target, parse_indicator
from docgen.language.schedule import due_by, last_day
from docgen.models import Annex, Item, Layout, Order, Reporter
from docgen.models.numbering import item_numbers, roman, section_heading
from docgen.models.reports import Goal, PlanItem, Scope
from docgen.reports.calendar import elapsed_periods
from docgen.reports.subjects import rule_of, scope_of, theme_of, told_scope

_TAKING_VALUES = ("mean", "sum", "least")


def plan_items(
    order: Order,
    layouts: Sequence[Layout],
    years: tuple[int, int],
    on: date,
    reporters: Sequence[Reporter] = (),
) -> tuple[PlanItem, ...]:
    """Every item of the order's annexes as planned for a stage monitored on that day.

    `layouts` are those of the annexes, in their order; `reporters` the region's rules about who
    reports an item.
    """
    seen: Counter[str] = Counter()
    return tuple(
        _item(order, item, key, number, section, years, on, told_scope(reporters, key, item))
        for key, number, section, item in _numbered(order, layouts, seen)
    )


def _numbered(
    order: Order, layouts: Sequence[Layout], seen: Counter[str]
) -> Iterator[tuple[str, str, str, Item]]:
    """Key, printed number and section heading of each item.

    The key is the number without its full stop, made unique: «II.3» where rows are numbered
    within sections, «2/1.1» in the second annex, «14(2)» for a number printed twice.
    """
    for index, (annex, layout) in enumerate(zip(order.annexes, layouts, strict=True)):
        numbers = item_numbers(annex, layout)
        for at, section in enumerate(annex.sections):
            heading = section_heading(section, at, layout)
            for item, styled in zip(section.items, numbers[at], strict=True):
                number = styled if item.number is None else item.number
                key = _prefix(index, at, annex, layout) + number.strip().rstrip(".")
                seen[key] += 1
                yield (
                    key if seen[key] == 1 else f"{key}({seen[key]})",
                    number,
                    heading,
                    item,
                )


def _prefix(index: int, section: int, annex: Annex, layout: Layout) -> str:
    within = layout.items == "section" and len(annex.sections) > 1
    return (f"{index + 1}/" if index else "") + (f"{roman(section + 1)}." if within else "")


def _item(
    order: Order,
    item: Item,
    key: str,
    number: str,
    section: str,
    years: tuple[int, int],
    on: date,
    told: Scope | None,
) -> PlanItem:
    deadline = parse_deadline(item.get("deadline"), years)
    indicator = parse_indicator(item.get("indicator"), years)
    goals = _goals(indicator.items, deadline, order.date, on)
    due = due_by(deadline, on)
    return PlanItem(
        key=key,
        number=number,
        section=section,
        activity=item.get("activity"),
        deadline=item.get("deadline"),
        indicator=item.get("indicator"),
        executor=item.get("executor"),
        first_day=min((i.start for i in deadline.intervals if i.start), default=None),
        last_day=_demanded_by(deadline, goals, on),
        due=True if any(goal.due for goal in goals) else due,
        scope=told
        or scope_of(
            [goal.subject for goal in goals if goal.subject],
            item.get("indicator"),
            item.get("executor"),
        ),
        goals=goals,
        theme=theme_of(item.get("activity")),
        cells=item.values,
    )


def _demanded_by(deadline: Deadline, goals: tuple[Goal, ...], on: date) -> date | None:
    """The day after which the item is late: of the stage's window, else of the deadline."""
    ends = [goal.window[1] for goal in goals if goal.window and goal.window[1]]
    past = [end for end in ends if end <= on]
    return max(past) if past else last_day(deadline)


def _goals(
    targets: Sequence[Target], deadline: Deadline, signed: date | None, on: date
) -> tuple[Goal, ...]:
    """The targets that hold on that day; of nested ones only the window at hand."""
    applicable = list(_applicable(targets, on))
    over = any(t.window and t.window.end and t.window.end <= on for _at, t in applicable)
    due = over or due_by(deadline, on)
    goals = [_goal(at, target, deadline, signed, due, on) for at, target in applicable]
    taking = next((at for at, goal in enumerate(goals) if goal.rule in _TAKING_VALUES), 0)
    return tuple(replace(goal, first=at == taking) for at, goal in enumerate(goals))


def _applicable(targets: Sequence[Target], on: date) -> Iterator[tuple[int, Target]]:
    """Targets without a window, and of those with one the last that is over, else the next.

    Each comes with its number in the indicator.
    """
    ends = sorted({t.window.end for t in targets if t.window and t.window.end})
    past = [end for end in ends if end <= on]
    chosen = past[-1] if past else next(iter(ends), None)
    for number, target in enumerate(targets, 1):
        if target.window is None or target.window.end == chosen:
            yield number, target


def _goal(
    number: int,
    target: Target,
    deadline: Deadline,
    signed: date | None,
    due: bool | None,
    on: date,
) -> Goal:
    periods = elapsed_periods(target.per, deadline, signed, on)
    window = (target.window.start, target.window.end) if target.window else None
    return Goal(
        number=number,
        unit=target.unit,
        rule=rule_of(target.unit, target.subject),
        subject=target.subject,
        comparator=target.comparator,
        value=target.value,
        value_max=target.value_max,
        due=True if periods else due,
        per=target.per,
        periods=periods,
        window=window,
    )
