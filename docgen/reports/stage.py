"""The whole report of one stage, from an order's plan and what was sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docgen.errors import Problem
from docgen.models import Layout, Order, Reporter, Stage
from docgen.models.reports import (
    ITEM_STATUSES,
    Body,
    Former,
    ItemReport,
    SectionProgress,
    StageReport,
)
from docgen.models.submissions import Batch
from docgen.reports.deviations import deviations
from docgen.reports.items import report_item
from docgen.reports.ledger import open_ledger
from docgen.reports.plan import plan_items
from docgen.reports.responses import responses
from docgen.reports.tallies import (
    added,
    body_tallies,
    changed,
    judged,
    municipal_tallies,
    ranked,
)


@dataclass(frozen=True, slots=True)
class Computed:
    """A report, and the rows that could not be counted, each with its place and what is right."""

    report: StageReport
    problems: tuple[Problem, ...]


def compute_stage(
    order: Order,
    layouts: Sequence[Layout],
    years: tuple[int, int],
    stage: Stage,
    batch: Batch,
    former: Former | None = None,
    reporters: Sequence[Reporter] = (),
) -> Computed:
    """The report of the stage; `layouts` are those of the order's annexes, in their order.

    `reporters` are the region's rules about who reports an item.
    """
    plan = plan_items(order, layouts, years, stage.date, reporters)
    ledger = open_ledger(batch, stage.number, plan)
    answered = [
        (item, responses(item, ledger.answers.get(item.key, {}), ledger.roster)) for item in plan
    ]
    items = [report_item(item, answers, ledger, stage.date) for item, answers in answered]
    pairs = zip(items, (answers for _item, answers in answered), strict=True)
    bodies = body_tallies(pairs, ledger, ledger.roster)
    municipalities = municipal_tallies(bodies, ledger.roster)
    total = added(Body(), (*municipalities, bodies[Body()]))
    threshold = stage.threshold
    report = StageReport(
        region=order.region,
        stage=stage,
        order_date=order.date,
        order_number=order.number,
        roster=ledger.roster,
        items=tuple(items),
        schools=tuple(judged(t, threshold) for body, t in bodies.items() if body.school),
        municipalities=ranked([changed(judged(t, threshold), former) for t in municipalities]),
        total=changed(judged(total, threshold), former),
        sections=_sections(items),
        deviations=deviations(items, ledger, stage.date),
        conflicts=tuple(ledger.conflicts),
        submissions=tuple(ledger.rows),
        doubled=ledger.doubled,
        former=former,
    )
    return Computed(report, ledger.problems)


def as_former(report: StageReport) -> Former:
    """What the next stage's report compares itself with."""
    return Former(
        stage=report.stage.number,
        percent=report.total.percent,
        municipalities={t.body.municipality: t.percent for t in report.municipalities},
        items={item.plan.key: item.status for item in report.items},
    )


def _sections(items: Sequence[ItemReport]) -> tuple[SectionProgress, ...]:
    titles = dict.fromkeys(item.plan.section for item in items)
    return tuple(
        SectionProgress(
            title,
            {
                status: sum(i.plan.section == title and i.status == status for i in items)
                for status in ITEM_STATUSES
            },
        )
        for title in titles
    )
