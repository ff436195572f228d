"""Several regions side by side: what each does about the same task, plan and fact."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from docgen.export.charts import Chart, Series
from docgen.language.numbers import agree, format_number, format_percent
from docgen.models.federal import ComparedItem, RegionSummary
from docgen.models.reports import StageReport
from docgen.reports.document import bar_text, laid_out
from docgen.reports.tasks import OTHER, TASKS, task_of
from docgen.reports.wording import STATUS_TEXTS, items, percent, results
from docgen.reports.wording import schools as counted_schools

TITLES: Final = {task.key: task.title for task in (*TASKS, OTHER)}


def summary_of(report: StageReport, region: str) -> RegionSummary:
    """What remains of a region's report for the comparison; `region` is its name."""
    total = report.total
    return RegionSummary(
        region=region,
        stage=report.stage.number,
        date=report.stage.date,
        municipalities=len(report.roster),
        schools=total.schools,
        reported=total.reported,
        expected=total.expected,
        done=total.done,
        confirmed=total.confirmed,
        missing=total.missing,
        items=tuple(
            ComparedItem(
                task=task_of(item.plan.activity).key,
                key=item.plan.key,
                activity=item.plan.activity,
                deadline=item.plan.deadline,
                indicator=item.plan.indicator,
                status=item.status,
                value=item.facts[0].whole.value if item.facts else None,
                unit=item.facts[0].goal.unit if item.facts else "",
            )
            for item in report.items
        ),
    )


def summary_from(values: Mapping[str, Any], region: str) -> RegionSummary:
    """The same from a report saved as JSON; KeyError, TypeError or ValueError where it is none."""
    totals = values["totals"]
    return RegionSummary(
        region=region,
        stage=int(values["stage"]["number"]),
        date=date.fromisoformat(values["stage"]["date"]),
        municipalities=totals["municipalities"],
        schools=totals["schools"],
        reported=totals["schools_reported"],
        expected=totals["expected"],
        done=totals["done"],
        confirmed=totals["confirmed"],
        missing=totals["missing"],
        items=tuple(map(_saved_item, values["items"])),
    )


def _saved_item(item: Mapping[str, Any]) -> ComparedItem:
    target = item["targets"][0] if item["targets"] else {}
    value = target.get("value")
    return ComparedItem(
        task=task_of(item["activity"]).key,
        key=item["item"],
        activity=item["activity"],
        deadline=item["deadline"],
        indicator=item["indicator"],
        status=item["status"],
        value=None if value is None else float(value),
        unit=target.get("unit", ""),
    )


def federal_context(summaries: Sequence[RegionSummary]) -> dict[str, Any]:
    """The names that the template of a report knows, filled for several regions."""
    latest = max(summary.date for summary in summaries)
    annexes = [_regions_table(summaries), _tasks_table(summaries), _items_table(summaries)]
    return {
        "letterhead": [],
        "document": "СВОДНЫЙ ОТЧЁТ",
        "title": "о выполнении региональных дорожных карт адресной методической помощи школам",
        "stage": "",
        "date": f"{latest:%d.%m.%Y}",
        "chapters": [
            {
                "title": "1. Итоги по регионам",
                "texts": list(_texts(summaries)),
                "charts": ["regions"],
            }
        ],
        "signature": {"above": [], "last": "", "name": ""},
        "annexes": [
            {**table, "mark": f"Приложение {number}"} for number, table in enumerate(annexes, 1)
        ],
        "issuer": "",
        "region": "",
        "project": {"name": "", "short": ""},
    }


def _texts(summaries: Sequence[RegionSummary]) -> Iterator[str]:
    expected, done, missing = (
        sum(getattr(each, name) for each in summaries) for name in ("expected", "done", "missing")
    )
    schools, reported = (
        sum(getattr(each, name) for each in summaries) for name in ("schools", "reported")
    )
    yield (
        f"Отчёт объединяет сведения {len(summaries)} "
        f"{agree(len(summaries), 'региона', 'регионов', 'регионов')}. В проекте "
        f"{agree(schools, 'участвует', 'участвуют', 'участвуют')} {counted_schools(schools)}, "
        f"сведения представили {reported} ({percent(reported, schools)})."
    )
    yield (
        f"К отчётным датам регионов ожидалось {results(expected)}: выполнено {done} "
        f"({percent(done, expected)}), не представлены сведения по {missing} "
        f"({percent(missing, expected)})."
    )
    count = sum(len(each.items) for each in summaries)
    yield (
        f"Планы регионов включают {items(count)}; в приложениях они сопоставлены по задачам, "
        "одинаковым для всех регионов."
    )


def federal_chart(summaries: Sequence[RegionSummary]) -> dict[str, Chart]:
    """The chart of the federal report: the share done in each region."""
    ranked = sorted(summaries, key=lambda each: -(each.percent or 0))
    return {
        "regions": Chart(
            title="Доля выполненных мероприятий, %",
            categories=tuple(each.region for each in ranked),
            series=(Series("Выполнено, %", tuple(e.percent or 0.0 for e in ranked), "548235"),),
            height=min(26 + 8.0 * len(ranked), 220),
            form="0.0",
            largest=100,
        )
    }


def _regions_table(summaries: Sequence[RegionSummary]) -> Any:
    columns = (
        ("region", "Регион", 34),
        ("date", "Дата мониторинга", 16),
        ("municipalities", "Муници\u00adпалитетов", 14),
        ("schools", "Школ / представили сведения", 18),
        ("done", "Выполнено из ожидаемых", 20),
        ("bar", "Доля выполненных", 28),
        ("missing", "Нет данных", 14),
    )
    rows = [
        {
            "region": each.region,
            "date": f"{each.date:%d.%m.%Y}",
            "municipalities": str(each.municipalities),
            "schools": f"{each.schools} / {each.reported}",
            "done": f"{each.done} из {each.expected}",
            "bar": bar_text(each.percent),
            "missing": str(each.missing),
        }
        for each in summaries
    ]
    return laid_out("Регионы", columns, [("", rows)])


def _tasks_table(summaries: Sequence[RegionSummary]) -> Any:
    """A row for each task, a column for each region: how many items are done of those due."""
    share = max(12.0, 100 / max(len(summaries), 1))
    columns = [("task", "Задача", 40.0)]
    columns += [(str(at), each.region, share) for at, each in enumerate(summaries)]
    rows = []
    for key, title in TITLES.items():
        cells = {str(at): _done_of_due(each, key) for at, each in enumerate(summaries)}
        if any(cell != "–" for cell in cells.values()):
            rows.append({"task": title, **cells})
    return laid_out("Задачи: выполнено из мероприятий с наступившим сроком", columns, [("", rows)])


def _done_of_due(summary: RegionSummary, task: str) -> str:
    found = [item for item in summary.items if item.task == task]
    due = [item for item in found if item.status != "not_due"]
    if not found:
        return "–"
    if not due:
        return f"срок не наступил ({len(found)})"
    return f"{sum(item.status == 'done' for item in due)} из {len(due)}"


def _items_table(summaries: Sequence[RegionSummary]) -> Any:
    columns = (
        ("region", "Регион", 22),
        ("key", "Пункт", 8),
        ("activity", "Мероприятие", 46),
        ("deadline", "Срок", 18),
        ("indicator", "Плановый показатель", 34),
        ("fact", "Факт", 10),
        ("status", "Статус", 14),
    )
    sections = []
    for key, title in TITLES.items():
        rows = [
            {
                "region": each.region,
                "key": item.key,
                "activity": item.activity,
                "deadline": item.deadline or "–",
                "indicator": item.indicator or "–",
                "fact": _fact(item),
                "status": STATUS_TEXTS[item.status],
            }
            for each in summaries
            for item in each.items
            if item.task == key
        ]
        if rows:
            sections.append((title, rows))
    return laid_out("План и факт по задачам", columns, sections)


def _fact(item: ComparedItem) -> str:
    if item.value is None:
        return "–"
    return format_percent(item.value) if item.unit == "percent" else format_number(item.value)


def federal_values(summaries: Sequence[RegionSummary]) -> dict[str, Any]:
    """The federal report as plain values for JSON."""
    return {
        "kind": "federal_report",
        "tasks": TITLES,
        "regions": [
            {
                "region": each.region,
                "stage": each.stage,
                "date": each.date.isoformat(),
                "municipalities": each.municipalities,
                "schools": each.schools,
                "schools_reported": each.reported,
                "expected": each.expected,
                "done": each.done,
                "confirmed": each.confirmed,
                "missing": each.missing,
                "percent": None if each.percent is None else round(each.percent, 4),
                "items": [
                    {
                        "task": item.task,
                        "item": item.key,
                        "activity": item.activity,
                        "deadline": item.deadline,
                        "indicator": item.indicator,
                        "status": item.status,
                        "value": item.value,
                        "unit": item.unit,
                    }
                    for item in each.items
                ],
            }
            for each in summaries
        ],
    }
