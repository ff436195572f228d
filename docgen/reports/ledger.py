"""The submissions of a stage sorted by item and body: doubles dropped, conflicts decided.

Of different answers to one question the later one counts, then the less favourable, so that
neither the order of files nor of rows matters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from docgen.errors import Problem
from docgen.i18n import _
from docgen.models.reports import Body, Conflict, PlanItem
from docgen.models.submissions import (
    ANY_STAGE,
    STATUSES,
    Batch,
    Municipality,
    Submission,
    gathered_roster,
)
from docgen.reports.names import Names, item_names

_FAVOUR = {status: -at for at, status in enumerate(STATUSES)}
Said = tuple[int | None, Submission]
"""A row, and which target of its item it speaks of."""


@dataclass(slots=True)
class Ledger:
    """The accepted rows of one stage, in the order of the roadmap and the roster.

    `answers[key][body]` are indexes of `rows`; `targets` say which rows speak of one target only.
    """

    rows: list[Submission]
    answers: dict[str, dict[Body, list[int]]]
    roster: tuple[Municipality, ...]
    conflicts: list[Conflict] = field(default_factory=list)
    problems: tuple[Problem, ...] = ()
    doubled: int = 0
    targets: dict[int, int] = field(default_factory=dict)


def open_ledger(batch: Batch, stage: int, items: Sequence[PlanItem]) -> Ledger:
    """The rows of the stage that name an item of the order and a body of the roster.

    Without a roster, the bodies that occur in the rows are the roster. What is refused stands in
    `problems`, each with its place and what would be right.
    """
    rows = [row for row in batch.rows if row.stage in (stage, ANY_STAGE)]
    roster = batch.roster or gathered_roster((row.municipality, row.school) for row in rows)
    names = Names(item_names(items), roster)
    shares = {item.key for item in items if _takes_percent(item)}
    problems: list[Problem] = []
    heard: dict[str, dict[Body, list[Said]]] = {item.key: {} for item in items}
    for row in rows:
        meaning = names.meaning(row, problems)
        if meaning is not None:
            (key, target), body = meaning
            if row.value is not None and row.value > 100 and key in shares:
                problems.append(_too_large(row))
                continue
            heard[key].setdefault(body, []).append((target, row))
    ledger = Ledger([], {}, roster, problems=tuple(problems))
    order = _bodies(roster)
    for item in items:
        _file(item, heard[item.key], order, ledger)
    return ledger


def _takes_percent(item: PlanItem) -> bool:
    """Whether every value about the item is a percentage."""
    return bool(item.goals) and all(goal.unit == "percent" for goal in item.goals)


def _too_large(row: Submission) -> Problem:
    message = _("“%(value)g” is no percentage; write a number from 0 to 100")
    return Problem("value", message % {"value": row.value}, "not-a-percentage", row.place)


def _bodies(roster: Sequence[Municipality]) -> list[Body]:
    """Everybody who may answer: the operator, then each municipality and its schools."""
    found = [Body()]
    for entry in roster:
        found.append(Body(entry.name))
        found += [Body(entry.name, school) for school in entry.schools]
    return found


def _file(
    item: PlanItem, heard: dict[Body, list[Said]], order: Sequence[Body], ledger: Ledger
) -> None:
    """Files the answers about an item, one to each question of each body."""
    answers = ledger.answers[item.key] = {}
    returning = any(goal.per for goal in item.goals)
    for body in order:
        said = heard.get(body)
        if said is None:
            continue
        indexes = answers[body] = []
        counted = said if len(said) == 1 else _settled(item, body, said, ledger, returning)
        for target, row in counted:
            if target is not None:
                ledger.targets[len(ledger.rows)] = target
            indexes.append(len(ledger.rows))
            ledger.rows.append(_spelt(row, item, body, target))


def _settled(
    item: PlanItem, body: Body, said: Sequence[Said], ledger: Ledger, returning: bool
) -> list[Said]:
    """One answer to each question; for a returning item every date is a question of its own."""
    questions: dict[tuple[int, date], list[Submission]] = {}
    for target, heard in said:
        row = _spelt(heard, item, body, target)
        day = row.date if returning and row.date else date.min
        answers = questions.setdefault((target or 0, day), [])
        if row in answers:
            ledger.doubled += 1
        else:
            answers.append(row)
    for (_target, _day), answers in sorted(questions.items()):
        answers.sort(key=_weight)
        if len(answers) > 1:
            *others, chosen = answers
            ledger.conflicts.append(Conflict(item.key, body, chosen, tuple(others)))
    return [(target or None, rows[-1]) for (target, _day), rows in sorted(questions.items())]


def _spelt(row: Submission, item: PlanItem, body: Body, target: int | None) -> Submission:
    """The row with the names as the order and the roster spell them."""
    key = item.key if target is None else f"{item.key}#{target}"
    if row.item == key and row.school == body.school and row.municipality == body.municipality:
        return row
    return replace(row, item=key, municipality=body.municipality, school=body.school)


def _weight(row: Submission) -> tuple[object, ...]:
    """Orders the answers to one question; the one that counts comes last."""
    value = -1.0 if row.value is None else row.value
    return row.date or date.min, _FAVOUR[row.status], -value, row.evidence, row.comment
