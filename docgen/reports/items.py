"""The report of one item: its facts, its status, what is late and who is silent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from docgen.models.reports import Fact, ItemReport, ItemStatus, PlanItem
from docgen.models.submissions import STATUSES, Status, Submission
from docgen.reports.facts import Measure
from docgen.reports.ledger import Ledger
from docgen.reports.responses import Responses

_WORST_FIRST: tuple[Status, ...] = ("not_due", "not_done", "partial", "done")
SHOWN_EVIDENCE = 3


def report_item(item: PlanItem, answers: Responses, ledger: Ledger, on: date) -> ItemReport:
    """Plan and fact of the item on the day of monitoring."""
    sources = answers.sources()
    targets = {i: ledger.targets[i] for i in sources if i in ledger.targets}
    facts = tuple(Measure(goal, ledger.rows, targets).fact(answers, sources) for goal in item.goals)
    rows = [ledger.rows[index] for index in sources]
    counts = _counts(answers, ledger.rows)
    missing = answers.missing()
    status, decided = _status(item, facts, counts, len(missing))
    done = [row for row in rows if row.status == "done"]
    return ItemReport(
        plan=item,
        status=status,
        facts=facts,
        counts=counts,
        expected=sum(counts.values()) + len(missing),
        missing=missing,
        confirmed=sum(bool(row.evidence) for row in done),
        overdue_days=_overdue(item, status, on) if decided or _unfinished(counts) else None,
        late=sum(days_late(row, item) > 0 for row in done),
        fact_date=max((row.date for row in done if row.date), default=None),
        evidence=tuple(dict.fromkeys(row.evidence for row in done if row.evidence)),
        sources=sources,
        decided=decided,
    )


def status_of(rows: Sequence[int], all_rows: Sequence[Submission]) -> Status:
    """The status of a respondent: of its last row, or the least favourable of several targets."""
    if len(rows) == 1:
        return all_rows[rows[0]].status
    found = [all_rows[index] for index in rows]
    if any("#" in row.item for row in found):
        return min((row.status for row in found), key=_WORST_FIRST.index)
    return max(found, key=lambda row: row.date or date.min).status


def days_late(row: Submission, item: PlanItem) -> int:
    """How many days after the deadline the row's day is; 0 where it is in time or unknown.

    Returning items are late by their periods, not by days.
    """
    if row.date is None or item.last_day is None or any(goal.per for goal in item.goals):
        return 0
    return max(0, (row.date - item.last_day).days)


def _counts(answers: Responses, rows: Sequence[Submission]) -> dict[str, int]:
    found = Counter(status_of(given, rows) for _body, given in answers.given())
    return {status: found[status] for status in STATUSES}


def _unfinished(counts: dict[str, int]) -> bool:
    """Whether anybody answered anything but «выполнено»."""
    return sum(counts.values()) > counts["done"]


def _overdue(item: PlanItem, status: ItemStatus, on: date) -> int | None:
    """Days since the deadline of what is reported as not done; silence is not lateness."""
    if status not in ("partial", "not_done") or item.last_day is None or not item.due:
        return None
    return (on - item.last_day).days if on > item.last_day else None


def _status(
    item: PlanItem, facts: Sequence[Fact], counts: dict[str, int], missing: int
) -> tuple[ItemStatus, bool]:
    """The item's status, and whether answers still missing cannot change it."""
    begun = counts["done"] + counts["partial"] > 0
    reached = _all_reached(item, facts, counts, missing)
    if reached and counts["done"]:
        return "done", True
    if item.due is False:
        return "not_due", True
    if not sum(counts.values()):
        return "no_data", True
    if begun:
        return "partial", reached is not None
    if missing:
        return "no_data", False
    return ("not_due" if item.due is None and not counts["not_done"] else "not_done"), True


def _all_reached(
    item: PlanItem, facts: Sequence[Fact], counts: dict[str, int], missing: int
) -> bool | None:
    """Whether every target is reached; without targets, whether everybody is done.

    None while missing answers can decide.
    """
    judged = [fact for fact in facts if fact.goal.value is not None and _demanded(item, fact)]
    if judged:
        answers = {fact.reached for fact in judged}
        if False in answers:
            return False
        return None if None in answers else True
    if _unfinished(counts):
        return False
    return None if missing else True


def _demanded(item: PlanItem, fact: Fact) -> bool:
    """Whether the target counts now: the first one, those due with it, and those with an answer."""
    return fact.goal.first or fact.whole.value is not None
