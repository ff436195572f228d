"""What was reported and is not as planned: not done, partly, late, or said to be not due yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from docgen.models.reports import Body, Cause, Deviation, ItemReport
from docgen.models.submissions import Submission
from docgen.reports.items import days_late
from docgen.reports.ledger import Ledger

_CAUSES: dict[str, Cause] = {
    "not_done": "not_done",
    "partial": "partial",
    "not_due": "said_not_due",
}


def deviations(items: Iterable[ItemReport], ledger: Ledger, on: date) -> tuple[Deviation, ...]:
    """The deviations of all items in the order of the roadmap, with the reasons given."""
    return tuple(found for item in items for found in _of_item(item, ledger, on))


def _of_item(item: ItemReport, ledger: Ledger, on: date) -> Iterator[Deviation]:
    for index in item.sources:
        row = ledger.rows[index]
        found = _cause(row, item, on)
        if found is not None:
            cause, days = found
            body = Body(row.municipality, row.school)
            yield Deviation(item.plan.key, body, cause, days, row.comment, index)


def _cause(row: Submission, item: ItemReport, on: date) -> tuple[Cause, int | None] | None:
    if row.status == "done":
        days = days_late(row, item.plan)
        return ("late", days) if days else None
    if not item.plan.due:
        return None
    last = item.plan.last_day
    return _CAUSES[row.status], max(0, (on - last).days) if last else None
