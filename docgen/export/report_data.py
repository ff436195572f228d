"""A stage report as plain values for JSON; `former_of` reads back what a later stage needs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from docgen.models.reports import (
    ITEM_STATUSES,
    Body,
    Conflict,
    Deviation,
    Fact,
    Former,
    ItemReport,
    Part,
    StageReport,
    Tally,
)
from docgen.models.submissions import SUBMISSION_KEYS, Submission

KIND = "stage_report"
_DIGITS = 4


def report_values(report: StageReport) -> dict[str, Any]:
    """The whole report; `sources` are positions in its list of submissions, counted from 0."""
    return {
        "kind": KIND,
        "region": report.region,
        "order": {"date": _day(report.order_date), "number": report.order_number},
        "stage": {
            "number": report.stage.number,
            "date": _day(report.stage.date),
            "title": report.stage.title,
            "threshold": report.stage.threshold,
        },
        "totals": {
            **tally_values(report.total),
            "municipalities": len(report.roster),
            "items": len(report.items),
            "statuses": {status: report.count(status) for status in ITEM_STATUSES},
            "submissions": len(report.submissions),
            "doubled": report.doubled,
        },
        "items": [item_values(item) for item in report.items],
        "municipalities": [tally_values(tally) for tally in report.municipalities],
        "schools": [tally_values(tally) for tally in report.schools],
        "sections": [{"title": each.title, **each.counts} for each in report.sections],
        "deviations": [_deviation(each) for each in report.deviations],
        "conflicts": [_conflict(each) for each in report.conflicts],
        "submissions": [submission_values(row) for row in report.submissions],
    }


def item_values(item: ItemReport) -> dict[str, Any]:
    """Plan, fact and status of one item."""
    plan = item.plan
    return {
        "item": plan.key,
        "section": plan.section,
        "activity": plan.activity,
        "deadline": plan.deadline,
        "last_day": _day(plan.last_day),
        "due": plan.due,
        "indicator": plan.indicator,
        "scope": plan.scope,
        "status": item.status,
        "decided": item.decided,
        "targets": [_fact(fact) for fact in item.facts],
        "counts": item.counts,
        "expected": item.expected,
        "missing": [_body(body) for body in item.missing],
        "confirmed": item.confirmed,
        "overdue_days": item.overdue_days,
        "late": item.late,
        "fact_date": _day(item.fact_date),
        "sources": list(item.sources),
    }


def _fact(fact: Fact) -> dict[str, Any]:
    goal = fact.goal
    return {
        "unit": goal.unit,
        "rule": goal.rule,
        "comparator": goal.comparator,
        "target": goal.value,
        "target_max": goal.value_max,
        "subject": goal.subject,
        "per": goal.per,
        "window": [_day(day) for day in goal.window] if goal.window else None,
        "due": goal.due,
        **_part(fact.whole),
        "reached": fact.reached,
        "short_periods": [[_day(first), _day(last)] for first, last in fact.short_periods],
        "municipalities": {name: _part(part) for name, part in fact.parts.items()},
    }


def _part(part: Part) -> dict[str, Any]:
    return {
        "value": _figure(part.value),
        "done": part.done,
        "reported": part.given,
        "of": part.of,
    }


def tally_values(tally: Tally) -> dict[str, Any]:
    """The due items of a school, a municipality or the region by state."""
    values = {
        **_body(tally.body),
        "expected": tally.expected,
        "done": tally.done,
        "confirmed": tally.confirmed,
        "partial": tally.partial,
        "not_done": tally.not_done,
        "missing": tally.missing,
        "late": tally.late,
        "percent": _figure(tally.percent),
        "confirmed_percent": _figure(tally.confirmed_percent),
        "threshold_reached": tally.reached,
    }
    if tally.body.school:
        return values
    return values | {
        "schools": tally.schools,
        "schools_reported": tally.reported,
        "rank": tally.rank,
        "change": _figure(tally.change),
    }


def _body(body: Body) -> dict[str, str]:
    return {key: text for key, text in body._asdict().items() if text}


def _deviation(deviation: Deviation) -> dict[str, Any]:
    return {
        "item": deviation.key,
        **_body(deviation.body),
        "cause": deviation.cause,
        "days": deviation.days,
        "reason": deviation.reason,
        "source": deviation.source,
    }


def _conflict(conflict: Conflict) -> dict[str, Any]:
    return {
        "item": conflict.key,
        **_body(conflict.body),
        "counted": submission_values(conflict.chosen),
        "set_aside": [submission_values(row) for row in conflict.others],
    }


def submission_values(row: Submission) -> dict[str, Any]:
    """The row as in a data file, with the place it was read from; empty values are left out."""
    values = {key: getattr(row, key) for key in SUBMISSION_KEYS} | {"place": row.place}
    values["date"] = _day(row.date)
    values["value"] = _figure(row.value)
    return {key: value for key, value in values.items() if value not in (None, "")}


def former_of(values: Mapping[str, Any]) -> Former:
    """What a saved report says of its stage.

    KeyError, TypeError or ValueError where the values are no report.
    """
    return Former(
        stage=values["stage"]["number"],
        percent=_read(values["totals"]["percent"]),
        municipalities={m["municipality"]: _read(m["percent"]) for m in values["municipalities"]},
        items={item["item"]: item["status"] for item in values["items"]},
    )


def _read(figure: Any) -> float | None:
    """The figure of a data file, whose fractions are read as text."""
    return None if figure is None else float(figure)


def _figure(value: float | None) -> float | int | None:
    """A whole number as such, others to four places."""
    if value is None:
        return None
    return int(value) if float(value).is_integer() else round(value, _DIGITS)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
