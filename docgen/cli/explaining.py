"""What a figure of a report is made of, for `docgen report --explain`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import click

from docgen.cli.outcome import print_json
from docgen.cli.progress import summary
from docgen.errors import InputError
from docgen.export.report_data import item_values, submission_values, tally_values
from docgen.i18n import _
from docgen.models.reports import Body, StageReport
from docgen.models.submissions import STATUS_WORDS, Submission
from docgen.reports.trace import rows_of_item, rows_of_tally, traced_item, traced_tally
from docgen.reports.wording import body_text, item_lines, tally_lines


def explain(report: StageReport, questions: Sequence[str], *, as_json: bool) -> None:
    """Prints each figure with its rule and the submissions behind it."""
    answers = [_answer(report, question) for question in questions]
    if as_json:
        print_json(
            [
                {**values, "submissions": list(map(submission_values, rows))}
                for values, _lines, rows in answers
            ]
        )
        return
    for _values, lines, rows in answers:
        for line in lines:
            click.echo(line)
        _table(rows)


def _answer(
    report: StageReport, question: str
) -> tuple[dict[str, object], list[str], list[Submission]]:
    kind, _colon, name = question.partition(":")
    if kind == "item" and name:
        item = traced_item(report, name)
        return item_values(item), item_lines(item), list(rows_of_item(report, item))
    if kind in ("municipality", "school") and name:
        tally = traced_tally(report, kind, name)
        return tally_values(tally), tally_lines(tally), list(rows_of_tally(report, tally))
    message = _("“%(text)s”: write item:14, municipality:NAME or school:NAME.")
    raise InputError(message % {"text": question})


def _table(rows: Iterable[Submission]) -> None:
    headings = (_("Who"), _("Status"), _("Value"), _("Date"), _("Evidence"), _("Read from"))
    summary(
        headings,
        [
            (
                body_text(Body(row.municipality, row.school)),
                STATUS_WORDS[row.status],
                "" if row.value is None else f"{row.value:g}".replace(".", ","),
                f"{row.date:%d.%m.%Y}" if row.date else "",
                row.evidence,
                row.place,
            )
            for row in rows
        ],
    )
