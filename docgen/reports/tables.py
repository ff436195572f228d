"""The tables of a report for a workbook: what stands in each column of each row."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.export.report_workbook import SheetColumn, SheetTable, Value
from docgen.models.reports import ITEM_STATUSES, ItemReport, StageReport, Tally
from docgen.models.submissions import STATUS_WORDS
from docgen.reports.wording import (
    CAUSE_TEXTS,
    STATUS_TEXTS,
    body_text,
    facts_text,
    reached_text,
)

_COUNTS = (
    SheetColumn("expected", "К выполнению", 13, summed=True),
    SheetColumn("done", "Выполнено", 12, summed=True),
    SheetColumn("percent", "Доля выполненных", 13, share=("done", "expected")),
    SheetColumn("confirmed", "Подтверждено", 14, summed=True),
    SheetColumn("confirmed_percent", "Доля подтверждённых", 14, share=("confirmed", "expected")),
    SheetColumn("partial", "Частично", 11, summed=True),
    SheetColumn("not_done", "Не выполнено", 12, summed=True),
    SheetColumn("missing", "Нет данных", 11, summed=True),
    SheetColumn("late", "С опозданием", 13, summed=True),
    SheetColumn("reached", "Порог этапа", 14),
)


def report_tables(report: StageReport) -> tuple[SheetTable, ...]:
    """The sheets of the workbook in their order."""
    stage = report.stage
    about = f"этап {stage.number}, по состоянию на {stage.date:%d.%m.%Y}"
    return (
        _items(report, about),
        _municipalities(report, about),
        _schools(report, about),
        _sections(report, about),
        _deviations(report, about),
        _silent(report, about),
        _submissions(report, about),
    )


def _items(report: StageReport, about: str) -> SheetTable:
    columns = (
        SheetColumn("number", "№", 9),
        SheetColumn("activity", "Мероприятие", 50),
        SheetColumn("deadline", "Срок", 18),
        SheetColumn("fact_date", "Дата выполнения", 13),
        SheetColumn("indicator", "Плановый показатель", 40),
        SheetColumn("fact", "Фактическое значение", 22),
        SheetColumn("status", "Статус", 17),
        SheetColumn("overdue", "Просрочено, дней", 12),
        SheetColumn("expected", "Должны отчитаться", 12, summed=True),
        SheetColumn("done", "Выполнено", 12, summed=True),
        SheetColumn("percent", "Доля", 10, share=("done", "expected")),
        SheetColumn("missing", "Нет данных", 11, summed=True),
        SheetColumn("evidence", "Подтверждение", 40),
    )
    return SheetTable(
        "Мероприятия", f"Выполнение мероприятий, {about}", columns, list(map(_item, report.items))
    )


def _item(item: ItemReport) -> dict[str, Value]:
    return {
        "number": item.plan.key,
        "activity": item.plan.activity,
        "deadline": item.plan.deadline,
        "fact_date": item.fact_date,
        "indicator": item.plan.indicator,
        "fact": facts_text(item),
        "status": STATUS_TEXTS[item.status],
        "overdue": item.overdue_days,
        "expected": item.expected,
        "done": item.counts["done"],
        "missing": len(item.missing),
        "evidence": "; ".join(item.evidence[:3]),
    }


def _tally(tally: Tally) -> dict[str, Value]:
    return {
        "municipality": tally.body.municipality,
        "school": tally.body.school,
        "rank": tally.rank,
        "schools": tally.schools,
        "reported": tally.reported,
        "expected": tally.expected,
        "done": tally.done,
        "confirmed": tally.confirmed,
        "partial": tally.partial,
        "not_done": tally.not_done,
        "missing": tally.missing,
        "late": tally.late,
        "reached": reached_text(tally.reached) if tally.expected else "",
        "change": tally.change,
    }


def _municipalities(report: StageReport, about: str) -> SheetTable:
    columns = (
        SheetColumn("rank", "Место", 8),
        SheetColumn("municipality", "Муниципальное образование", 34),
        SheetColumn("schools", "Школ", 8, summed=True),
        SheetColumn("reported", "Представили сведения", 14, summed=True),
        *_COUNTS,
        SheetColumn("change", "Изменение, п.п.", 12),
    )
    ranked = sorted(report.municipalities, key=lambda t: (t.rank or 10_000, t.body.municipality))
    return SheetTable(
        "Муниципалитеты",
        f"Муниципальные образования, {about}",
        columns,
        list(map(_tally, ranked)),
        bars="percent",
    )


def _schools(report: StageReport, about: str) -> SheetTable:
    columns = (
        SheetColumn("municipality", "Муниципальное образование", 30),
        SheetColumn("school", "Школа", 38),
        *_COUNTS,
    )
    rows = list(map(_tally, report.schools))
    return SheetTable("Школы", f"Школы, {about}", columns, rows, bars="percent")


def _sections(report: StageReport, about: str) -> SheetTable:
    columns = (
        SheetColumn("title", "Раздел", 70),
        *(SheetColumn(status, STATUS_TEXTS[status], 15, summed=True) for status in ITEM_STATUSES),
    )
    rows = [{"title": each.title or "Все мероприятия", **each.counts} for each in report.sections]
    return SheetTable("Разделы", f"Выполнение по разделам, {about}", columns, rows)


def _deviations(report: StageReport, about: str) -> SheetTable:
    columns = (
        SheetColumn("item", "№", 9),
        SheetColumn("body", "Кто", 44),
        SheetColumn("cause", "Отклонение", 30),
        SheetColumn("days", "Дней", 9),
        SheetColumn("reason", "Причина", 60),
    )
    rows = [
        {
            "item": each.key,
            "body": body_text(each.body),
            "cause": CAUSE_TEXTS[each.cause],
            "days": each.days,
            "reason": each.reason,
        }
        for each in report.deviations
    ]
    return SheetTable("Отклонения", f"Отклонения и их причины, {about}", columns, rows)


def _silent(report: StageReport, about: str) -> SheetTable:
    columns = (
        SheetColumn("item", "№", 9),
        SheetColumn("activity", "Мероприятие", 60),
        SheetColumn("municipality", "Муниципальное образование", 34),
        SheetColumn("school", "Школа", 40),
    )
    rows: list[dict[str, Value]] = [
        {
            "item": item.plan.key,
            "activity": item.plan.activity,
            "municipality": body.municipality or "региональный оператор",
            "school": body.school,
        }
        for item in report.items
        if item.plan.due
        for body in item.missing
    ]
    return SheetTable("Нет данных", f"Не представлены сведения, {about}", columns, rows)


def _submissions(report: StageReport, about: str) -> SheetTable:
    columns = (
        SheetColumn("municipality", "Муниципалитет", 26),
        SheetColumn("school", "Школа", 34),
        SheetColumn("stage", "Этап", 7),
        SheetColumn("item", "Пункт", 9),
        SheetColumn("status", "Статус", 17),
        SheetColumn("value", "Значение", 11),
        SheetColumn("date", "Дата", 12),
        SheetColumn("evidence", "Подтверждение", 34),
        SheetColumn("comment", "Комментарий", 40),
        SheetColumn("place", "Откуда взято", 40),
    )
    return SheetTable(
        "Сведения", f"Учтённые сведения, {about}", columns, list(_submission_rows(report))
    )


def _submission_rows(report: StageReport) -> Iterator[dict[str, Value]]:
    for row in report.submissions:
        yield {
            "municipality": row.municipality,
            "school": row.school,
            "stage": row.stage,
            "item": row.item,
            "status": STATUS_WORDS[row.status],
            "value": row.value,
            "date": row.date,
            "evidence": row.evidence,
            "comment": row.comment,
            "place": row.place,
        }
