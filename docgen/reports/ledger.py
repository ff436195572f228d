"""The submissions of a stage sorted by item and body: doubles dropped, conflicts decided.

Of different answers to one question the later one counts, then the less favourable, so that
neither the order of files nor of rows matters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches
from functools import lru_cache

from docgen.errors import Problem
from docgen.i18n import _
from docgen.models.reports import Body, Conflict, PlanItem
from docgen.models.submissions import (
    STATUSES,
    Batch,
    Municipality,
    Submission,
    folded,
    gathered_roster,
)

_SHORTEST_NAME = 4
"""Below this many characters a similar name is a guess: item 7 is not item 77."""
_ITEM = re.compile(r"^(?:п(?:ункт|\.)?|№)?\s*(.*?)\.?(?:#(\d+))?$", re.IGNORECASE)
Question = tuple[str, str, str, str]
"""Item, municipality, school and, for an item that returns, the day."""
_FAVOUR = {status: -at for at, status in enumerate(STATUSES)}


@dataclass(slots=True)
class Ledger:
    """The accepted rows of one stage. `answers[key][body]` are indexes of rows, in their order."""

    rows: list[Submission]
    answers: dict[str, dict[Body, list[int]]]
    roster: tuple[Municipality, ...]
    conflicts: tuple[Conflict, ...] = ()
    problems: tuple[Problem, ...] = ()
    doubled: int = 0
    targets: dict[int, int] = field(default_factory=dict)


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


def open_ledger(batch: Batch, stage: int, items: Sequence[PlanItem]) -> Ledger:
    """The rows of the stage that name an item of the order and a body of the roster.

    Without a roster, the bodies that occur in the rows are the roster. What is refused stands in
    `problems`, each with its place and what would be right.
    """
    rows = [row for row in batch.rows if row.stage == stage]
    roster = batch.roster or gathered_roster((row.municipality, row.school) for row in rows)
    known = _Known(item_names(items), roster)
    returning = {item.key for item in items if any(goal.per for goal in item.goals)}
    problems: list[Problem] = []
    questions: dict[Question, list[Submission]] = {}
    doubled = 0
    for row in filter(None, (known.fit(row, problems) for row in rows)):
        answers = questions.setdefault(_question(row, returning), [])
        if row in answers:
            doubled += 1
        else:
            answers.append(row)
    ledger = Ledger([], {}, roster, problems=tuple(problems), doubled=doubled)
    _settle(questions, ledger)
    return ledger


def _question(row: Submission, returning: set[str]) -> Question:
    """What the row answers; for a returning item every date is a question of its own."""
    if row.date is None or row.item.partition("#")[0] not in returning:
        return row.item, row.municipality, row.school, ""
    return row.item, row.municipality, row.school, row.date.isoformat()


class _Known:
    """The names rows may use, each with the spelling of the order or the roster."""

    def __init__(self, items: Mapping[str, str], roster: Sequence[Municipality]) -> None:
        self._items = items
        self._municipalities = {folded(entry.name): entry.name for entry in roster}
        self._schools = {
            (entry.name, folded(school)): school for entry in roster for school in entry.schools
        }
        self._bodies: dict[tuple[str, str], tuple[str, str] | Problem] = {}
        self._keys: dict[str, str | Problem] = {}

    def fit(self, row: Submission, problems: list[Problem]) -> Submission | None:
        """The row in known spellings, or None with a problem for each name nobody knows."""
        item = self._keys.get(row.item)
        if item is None:
            item = self._keys[row.item] = self._item(row.item)
        body = self._bodies.get((row.municipality, row.school))
        if body is None:
            body = self._body(row.municipality, row.school)
            self._bodies[row.municipality, row.school] = body
        if isinstance(item, Problem) or isinstance(body, Problem):
            faults = (fault for fault in (item, body) if isinstance(fault, Problem))
            problems += [replace(fault, place=row.place) for fault in faults]
            return None
        if item == row.item and body == (row.municipality, row.school):
            return row
        return replace(row, item=item, municipality=body[0], school=body[1])

    def _item(self, text: str) -> str | Problem:
        name, target = split_item(text)
        key = self._items.get(folded(name))
        if key is not None:
            return key if target is None else f"{key}#{target}"
        return _unknown(_("the order has no item “%(name)s”"), "item", text, [])

    def _body(self, municipality: str, school: str) -> tuple[str, str] | Problem:
        if not municipality:
            return ("", "") if not school else self._homeless(school)
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
            return name, ""
        known = self._schools.get((name, folded(school)))
        if known is not None:
            return name, known
        names = [title for (place, _key), title in self._schools.items() if place == name]
        return _unknown(_("the school “%(name)s” is not in the list"), "school", school, names)

    def _homeless(self, school: str) -> tuple[str, str] | Problem:
        """A school without its municipality is found by name, where only one has that name."""
        homes = [
            (place, title) for (place, key), title in self._schools.items() if key == folded(school)
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


def _weight(row: Submission) -> tuple[object, ...]:
    """Orders the answers to one question; the one that counts comes last."""
    value = -1.0 if row.value is None else row.value
    return row.date or date.min, _FAVOUR[row.status], -value, row.evidence, row.comment


def _settle(questions: Mapping[Question, list[Submission]], ledger: Ledger) -> None:
    """Files the answer to each question, in an order that the rows alone decide."""
    conflicts: list[Conflict] = []
    for question in sorted(questions):
        name, municipality, school, _day = question
        *others, chosen = sorted(questions[question], key=_weight)
        key, target = split_item(name)
        body = Body(municipality, school)
        if others:
            conflicts.append(Conflict(key, body, chosen, tuple(others)))
        index = len(ledger.rows)
        ledger.rows.append(chosen)
        ledger.answers.setdefault(key, {}).setdefault(body, []).append(index)
        if target is not None:
            ledger.targets[index] = target
    ledger.conflicts = tuple(conflicts)
