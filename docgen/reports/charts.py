"""The charts of a report: statuses, progress by section and by municipality, stage over stage."""

from __future__ import annotations

from docgen.export.charts import Chart, Series
from docgen.language.typography import wrapped_lines
from docgen.models.reports import ITEM_STATUSES, ItemStatus, StageReport
from docgen.reports.wording import STATUS_TEXTS

_COLOURS: dict[ItemStatus, str] = {
    "done": "548235",
    "partial": "FFC000",
    "not_done": "C00000",
    "not_due": "A6A6A6",
    "no_data": "5B9BD5",
}
_BAR = 9.0
_FRAME = 26.0
_LABEL_LINE = 34
_LINE = 4.2
_LONGEST = 110
_SHARE = "0.0"


def report_charts(report: StageReport) -> dict[str, Chart]:
    """The charts that have something to show, by the name that the template places."""
    charts = {"statuses": _statuses(report)}
    if len(report.sections) > 1:
        charts["sections"] = _sections(report)
    if sum(t.percent is not None for t in report.municipalities) > 1:
        charts["municipalities"] = _municipalities(report)
        if report.former is not None:
            charts["stages"] = _stages(report)
    return charts


def _statuses(report: StageReport) -> Chart:
    used = [status for status in ITEM_STATUSES if report.count(status)]
    return Chart(
        title="Мероприятия по статусам",
        categories=tuple(STATUS_TEXTS[status] for status in used),
        series=(
            Series("Мероприятий", tuple(float(report.count(s)) for s in used), _COLOURS["no_data"]),
        ),
        height=_FRAME + _BAR * len(used),
    )


def _sections(report: StageReport) -> Chart:
    names = tuple(_label(section.title or "Без раздела") for section in report.sections)
    lines = sum(max(2, name.count("\n") + 2) for name in names)
    return Chart(
        title="Выполнение по разделам плана",
        categories=names,
        series=tuple(
            Series(
                STATUS_TEXTS[status],
                tuple(float(section.counts[status]) for section in report.sections),
                _COLOURS[status],
            )
            for status in ITEM_STATUSES
            if report.count(status)
        ),
        height=_FRAME + 8 + _LINE * lines,
        grouping="percentStacked",
    )


def _municipalities(report: StageReport) -> Chart:
    ranked = sorted(
        (t for t in report.municipalities if t.percent is not None), key=lambda t: t.rank or 0
    )
    return Chart(
        title="Доля выполненных мероприятий, %",
        categories=tuple(t.body.municipality for t in ranked),
        series=(Series("Выполнено, %", tuple(t.percent or 0.0 for t in ranked), _COLOURS["done"]),),
        height=min(_FRAME + 6.5 * len(ranked), 220),
        form=_SHARE,
        largest=100,
    )


def _stages(report: StageReport) -> Chart:
    former = report.former
    tallies = [t for t in report.municipalities if t.change is not None]
    before = tuple((t.percent or 0.0) - (t.change or 0.0) for t in tallies)
    number = former.stage if former else 0
    return Chart(
        title="Доля выполненных мероприятий: сравнение этапов, %",
        categories=tuple(t.body.municipality for t in tallies),
        series=(
            Series(f"этап {number}", before, _COLOURS["not_due"]),
            Series(
                f"этап {report.stage.number}",
                tuple(t.percent or 0.0 for t in tallies),
                _COLOURS["done"],
            ),
        ),
        height=min(_FRAME + 8 + 10 * len(tallies), 220),
        form=_SHARE,
        largest=100,
    )


def _label(title: str) -> str:
    """The title in lines that stand beside the bars, a very long one shortened at a word."""
    if len(title) > _LONGEST:
        title = title[:_LONGEST].rsplit(" ", 1)[0].rstrip(",;–- ") + "…"
    return "\n".join(wrapped_lines(title, _LABEL_LINE))
