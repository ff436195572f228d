"""The workbook of a federal report: regions, tasks, and every item by task."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.export.report_workbook import SheetColumn, SheetTable, Value
from docgen.models.federal import RegionSummary
from docgen.models.reports import ITEM_STATUSES
from docgen.reports.federal import TITLES
from docgen.reports.wording import STATUS_TEXTS


def federal_tables(summaries: Sequence[RegionSummary]) -> tuple[SheetTable, ...]:
    """The sheets of the federal workbook: regions, tasks, items."""
    return (_regions_sheet(summaries), _tasks_sheet(summaries), _items_sheet(summaries))


def _regions_sheet(summaries: Sequence[RegionSummary]) -> SheetTable:
    columns = (
        SheetColumn("region", "Регион", 40),
        SheetColumn("stage", "Этап", 8),
        SheetColumn("date", "Дата мониторинга", 14),
        SheetColumn("municipalities", "Муниципалитетов", 16, summed=True),
        SheetColumn("schools", "Школ", 10, summed=True),
        SheetColumn("reported", "Представили сведения", 14, summed=True),
        SheetColumn("expected", "К выполнению", 14, summed=True),
        SheetColumn("done", "Выполнено", 12, summed=True),
        SheetColumn("percent", "Доля выполненных", 13, share=("done", "expected")),
        SheetColumn("confirmed", "Подтверждено", 14, summed=True),
        SheetColumn("missing", "Нет данных", 12, summed=True),
    )
    names = [column.key for column in columns if not column.share]
    rows: list[dict[str, Value]] = [
        {name: getattr(each, name) for name in names} for each in summaries
    ]
    return SheetTable("Регионы", "Регионы", columns, rows, bars="percent")


def _tasks_sheet(summaries: Sequence[RegionSummary]) -> SheetTable:
    columns = (
        SheetColumn("task", "Задача", 46),
        SheetColumn("region", "Регион", 34),
        SheetColumn("items", "Мероприятий", 13, summed=True),
        *(SheetColumn(status, STATUS_TEXTS[status], 14, summed=True) for status in ITEM_STATUSES),
    )
    rows: list[dict[str, Value]] = []
    for key, title in TITLES.items():
        for each in summaries:
            found = [item for item in each.items if item.task == key]
            if found:
                counts: dict[str, Value] = {
                    s: sum(item.status == s for item in found) for s in ITEM_STATUSES
                }
                row: dict[str, Value] = {"task": title, "region": each.region, "items": len(found)}
                rows.append(row | counts)
    return SheetTable("Задачи", "Выполнение по задачам", columns, rows)


def _items_sheet(summaries: Sequence[RegionSummary]) -> SheetTable:
    columns = (
        SheetColumn("task", "Задача", 34),
        SheetColumn("region", "Регион", 28),
        SheetColumn("key", "Пункт", 9),
        SheetColumn("activity", "Мероприятие", 60),
        SheetColumn("deadline", "Срок", 20),
        SheetColumn("indicator", "Плановый показатель", 46),
        SheetColumn("value", "Факт", 10),
        SheetColumn("status", "Статус", 17),
    )
    rows: list[dict[str, Value]] = [
        {
            "task": title,
            "region": each.region,
            "key": item.key,
            "activity": item.activity,
            "deadline": item.deadline,
            "indicator": item.indicator,
            "value": item.value,
            "status": STATUS_TEXTS[item.status],
        }
        for key, title in TITLES.items()
        for each in summaries
        for item in each.items
        if item.task == key
    ]
    return SheetTable("План и факт", "План и факт по задачам", columns, rows)
