"""Schools and municipalities: of the items due, how many are done, confirmed, late or unknown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from docgen.models.reports import Body, Former, ItemReport, Tally
from docgen.models.submissions import Municipality
from docgen.reports.items import days_late, status_of
from docgen.reports.ledger import Ledger
from docgen.reports.responses import REGION, Responses


@dataclass(slots=True)
class _Count:
    """A tally being counted."""

    done: int = 0
    confirmed: int = 0
    partial: int = 0
    not_done: int = 0
    missing: int = 0
    late: int = 0
    heard: bool = False

    def tally(self, body: Body) -> Tally:
        expected = self.done + self.partial + self.not_done + self.missing
        return Tally(
            body=body,
            expected=expected,
            done=self.done,
            confirmed=self.confirmed,
            partial=self.partial,
            not_done=self.not_done,
            missing=self.missing,
            late=self.late,
            schools=1 if body.school else 0,
            reported=1 if body.school and self.heard else 0,
        )


def body_tallies(
    items: Iterable[tuple[ItemReport, Responses]], ledger: Ledger, roster: Sequence[Municipality]
) -> dict[Body, Tally]:
    """The tally of every school, of every municipality's own items, and of the operator's.

    An item counts when it is due, or when it is done already. «Срок не наступил» about an item
    that is due counts as not done: the order's calendar decides.
    """
    counts = {Body(entry.name, name): _Count() for entry in roster for name in entry.schools}
    counts |= {Body(entry.name): _Count() for entry in roster} | {REGION: _Count()}
    for item, answers in items:
        for body, rows in answers.given():
            count = counts[body]
            count.heard = True
            _add(count, item, rows, ledger)
        if item.plan.due:
            for body in answers.missing():
                counts[body].missing += 1
    return {body: count.tally(body) for body, count in counts.items()}


def _add(count: _Count, item: ItemReport, rows: list[int], ledger: Ledger) -> None:
    status = status_of(rows, ledger.rows)
    if status == "done":
        count.done += 1
        count.confirmed += any(ledger.rows[index].evidence for index in rows)
        count.late += any(days_late(ledger.rows[index], item.plan) for index in rows)
    elif item.plan.due or (item.plan.due is None and status != "not_due"):
        if status == "partial":
            count.partial += 1
        else:
            count.not_done += 1


def added(body: Body, tallies: Iterable[Tally]) -> Tally:
    """The sum of several tallies under one name."""
    parts = list(tallies)
    return Tally(
        body=body,
        **{
            name: sum(getattr(part, name) for part in parts)
            for name in (
                "expected",
                "done",
                "confirmed",
                "partial",
                "not_done",
                "missing",
                "late",
                "schools",
                "reported",
            )
        },
    )


def municipal_tallies(
    bodies: Mapping[Body, Tally], roster: Sequence[Municipality]
) -> tuple[Tally, ...]:
    """One tally a municipality: its schools and its own items together, in the roster's order."""
    return tuple(
        added(
            Body(entry.name),
            (
                bodies[Body(entry.name)],
                *(bodies[Body(entry.name, name)] for name in entry.schools),
            ),
        )
        for entry in roster
    )


def judged(tally: Tally, threshold: float | None) -> Tally:
    """The tally compared with the stage's threshold in percent; None while silence can decide."""
    if threshold is None or not tally.expected:
        return tally
    least, most = 100 * tally.done, 100 * (tally.done + tally.missing)
    needed = threshold * tally.expected
    reached = True if least >= needed else None if most >= needed else False
    return replace(tally, reached=reached)


def ranked(tallies: Sequence[Tally]) -> tuple[Tally, ...]:
    """The tallies with their ranks by percentage, then by confirmed percentage; equals share one.

    Those of whom nothing is expected have no rank.
    """
    scores = [(t.percent, t.confirmed_percent) for t in tallies]
    order = sorted((score for score in scores if score[0] is not None), reverse=True)
    return tuple(
        replace(tally, rank=order.index(score) + 1 if score[0] is not None else None)
        for tally, score in zip(tallies, scores, strict=True)
    )


def changed(tally: Tally, former: Former | None) -> Tally:
    """The tally with its change in percentage points against the former stage."""
    if former is None or tally.percent is None:
        return tally
    name = tally.body.municipality
    before = former.municipalities.get(name) if name else former.percent
    return tally if before is None else replace(tally, change=tally.percent - before)
