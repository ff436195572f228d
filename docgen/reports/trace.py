"""Where a figure comes from: its rule, and every submission behind it."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.errors import InputError
from docgen.i18n import _
from docgen.models.reports import ItemReport, StageReport, Tally
from docgen.models.submissions import Submission, folded
from docgen.reports.names import item_names, split_item


def traced_item(report: StageReport, name: str) -> ItemReport:
    """The item called so in the order; InputError where there is none."""
    names = item_names([item.plan for item in report.items])
    key = names.get(folded(split_item(name)[0]))
    for item in report.items:
        if item.plan.key == key:
            return item
    raise InputError(
        _("The order has no item “%(name)s”; its items are: %(known)s.")
        % {"name": name, "known": ", ".join(item.plan.key for item in report.items)}
    )


def traced_tally(report: StageReport, kind: str, name: str) -> Tally:
    """The municipality or school of that name; InputError where there is none."""
    tallies = report.municipalities if kind == "municipality" else report.schools
    at = 0 if kind == "municipality" else 1
    for tally in tallies:
        if folded(tally.body[at]) == folded(name):
            return tally
    raise InputError(_("“%(name)s” is not in the report.") % {"name": name})


def rows_of_item(report: StageReport, item: ItemReport) -> Iterator[Submission]:
    """The submissions behind the item."""
    return (report.submissions[index] for index in item.sources)


def rows_of_tally(report: StageReport, tally: Tally) -> Iterator[Submission]:
    """The submissions of the school, or of the municipality and all its schools."""
    body = tally.body
    return (
        row
        for row in report.submissions
        if row.municipality == body.municipality
        and (not body.school or row.school in ("", body.school))
    )
