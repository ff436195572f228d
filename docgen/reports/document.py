"""What the template of a report may print: plain values, worded and in order of printing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from docgen.language.typography import hold_together, wrapped_lines
from docgen.models import Profile, Signatory
from docgen.models.reports import Deviation, ItemReport, PlanItem, StageReport, Tally
from docgen.reports.summary import (
    basis_texts,
    deviation_texts,
    municipal_texts,
    participation_texts,
    recommendation_texts,
    result_texts,
    stage_text,
    title_text,
)
from docgen.reports.wording import (
    CAUSE_TEXTS,
    body_text,
    change_text,
    facts_text,
    percent_text,
    reached_text,
    status_text,
)

TABLE_WIDTH = 14570
"""Width of a landscape A4 page between margins of 30 and 10 mm, in twentieths of a point."""

POST_LINE = 44
_BAR = 12
_LETTER_WIDTH = 110  # in twentieths of a point, at 10 pt
_ROW_LINES = 26  # a row of more lines may run on to the next page
_WIDTH = 20.0
_USUAL = ("activity", "deadline", "indicator")
_WIDTHS = {"activity": 34.0, "deadline": 16.0, "indicator": 30.0}
"""Relative widths of the plan's columns."""
_DETAILED = 56.0
_EVIDENCE = 2
Columns = Sequence[tuple[str, str, float]]


def report_context(
    report: StageReport,
    profile: Profile,
    signatory: Signatory | None,
    charts: Sequence[str],
) -> dict[str, Any]:
    """The names that a report's template knows; `charts` are the names of those to be placed."""
    post = signatory.post if signatory else profile.signatory_post
    *above, last = wrapped_lines(post, POST_LINE) or [""]
    name = hold_together(signatory.name) if signatory else ""
    return {
        "letterhead": list(profile.letterhead.lines),
        "document": profile.report.document,
        "title": hold_together(title_text(report, profile)),
        "stage": stage_text(report),
        "date": f"{report.stage.date:%d.%m.%Y}",
        "chapters": list(_chapters(report, profile, charts)),
        "signature": {"above": above, "last": last, "name": name},
        "annexes": list(_annexes(report, profile)),
        "issuer": profile.issuer.name,
        "region": profile.name,
        "project": {"name": profile.project.name, "short": profile.project.short},
        "terms": dict(profile.terms),
    }


def printed_report(context: Mapping[str, Any]) -> Iterator[str]:
    """Every text of the context that the document must show."""
    yield from (*context["letterhead"], context["document"], context["title"])
    for chapter in context["chapters"]:
        yield chapter["title"]
        yield from chapter["texts"]
    for annex in context["annexes"]:
        yield annex["title"]
        yield from (column["heading"] for column in annex["columns"])
        for section in annex["sections"]:
            yield section["title"]
            for row in section["rows"]:
                yield from (row[column["key"]] for column in annex["columns"])


def _chapters(
    report: StageReport, profile: Profile, charts: Sequence[str]
) -> Iterator[dict[str, Any]]:
    """The numbered parts of the text that have something to say, each with its charts."""
    parts = (
        ("Основание и участники", basis_texts(report, profile), ()),
        ("Выполнение мероприятий", result_texts(report), ("statuses", "sections", "stages")),
        ("Участие в опросах и обучении", participation_texts(report), ()),
        ("Муниципальные образования", municipal_texts(report), ("municipalities",)),
        ("Отклонения от плана", deviation_texts(report), ()),
        ("Рекомендации", _numbered(recommendation_texts(report)), ()),
    )
    number = 0
    for title, texts, placed in parts:
        told = [hold_together(text) for text in texts]
        if told:
            number += 1
            shown = [name for name in placed if name in charts]
            yield {"title": f"{number}. {title}", "texts": told, "charts": shown}


def _numbered(texts: Iterable[str]) -> Iterator[str]:
    return (f"{number}) {text}" for number, text in enumerate(texts, 1))


def _annexes(report: StageReport, profile: Profile) -> Iterator[dict[str, Any]]:
    tables = [_items(report, profile), _municipalities(report), _schools(report)]
    if report.deviations:
        tables.append(_deviations(report))
    if any(item.missing and item.plan.due for item in report.items):
        tables.append(_silent(report))
    for number, table in enumerate(tables, 1):
        yield {**table, "mark": f"Приложение {number}"}


def laid_out(title: str, columns: Columns, sections: Iterable[tuple[str, list[Any]]]) -> Any:
    """A table for the template: its columns share the width of the page.

    A row of many lines is `long`: it may run on to the next page, and must where it fills one.
    """
    share = TABLE_WIDTH / sum(width for _key, _heading, width in columns)
    placed = [
        {"key": key, "heading": heading, "width": round(width * share)}
        for key, heading, width in columns
    ]
    return {
        "title": title,
        "columns": placed,
        "sections": [
            {"title": name, "rows": [{**row, "long": _is_long(row, placed)} for row in rows]}
            for name, rows in sections
        ],
    }


def _is_long(row: Mapping[str, str], columns: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the longest cell takes so many lines that the row need not hold together."""
    return any(
        len(row[column["key"]]) * _LETTER_WIDTH > _ROW_LINES * column["width"] for column in columns
    )


def plan_columns(profile: Profile) -> tuple[str, ...]:
    """The keys of the plan's columns that reports of the region show; one at least."""
    own = tuple(column.key for column in profile.layouts["roadmap"].columns)
    usual = tuple(key for key in _USUAL if key in own)
    return profile.report.columns or usual or own[:1]


def plan_headings(profile: Profile) -> dict[str, str]:
    """What the region's roadmap calls each of its columns."""
    return {column.key: column.heading for column in profile.layouts["roadmap"].columns}


def _items(report: StageReport, profile: Profile) -> Any:
    numbers = max((len(item.plan.key) for item in report.items), default=0)
    shown, details, headings = plan_columns(profile), profile.report.details, plan_headings(profile)
    planned = [(key, headings[key], _WIDTHS.get(key, _WIDTH)) for key in shown]
    if details:
        planned[0] = (*planned[0][:2], _DETAILED)
    after = shown.index("deadline") + 1 if "deadline" in shown else len(planned)
    planned.insert(after, ("day", "Дата выпол\u00adнения", 14.5))
    columns: list[tuple[str, str, float]] = [
        ("number", "№", max(6.0, 1.6 * numbers)),
        *planned,
        ("fact", "Фактическое значение", 17.0),
        ("status", "Статус", 19.0),
        ("evidence", "Подтверждение", 22.0),
    ]
    sections = [
        (title, [{**_plan(item.plan, shown, details, headings), **_item(item)} for item in group])
        for title, group in groupby(report.items, key=lambda item: item.plan.section)
    ]
    return laid_out("Выполнение мероприятий", columns, sections)


def _plan(
    plan: PlanItem, shown: Sequence[str], details: Sequence[str], headings: Mapping[str, str]
) -> dict[str, str]:
    """The texts of the plan by column, with the details below the first of them."""
    texts = {key: plan.cells.get(key) or "–" for key in shown}
    told = [f"{headings[key]}: {plan.cells[key]}" for key in details if plan.cells.get(key)]
    return texts | {shown[0]: "\n".join([texts[shown[0]], *told])}


def _item(item: ItemReport) -> dict[str, str]:
    shown = item.evidence[:_EVIDENCE]
    rest = len(item.evidence) - len(shown)
    return {
        "number": item.plan.key,
        "day": f"{item.fact_date:%d.%m.%Y}" if item.fact_date and item.status == "done" else "–",
        "fact": facts_text(item),
        "status": status_text(item),
        "evidence": ("; ".join(shown) + (f" и ещё {rest}" if rest else "")) or "–",
    }


def _municipalities(report: StageReport) -> Any:
    columns: list[tuple[str, str, float]] = [
        ("rank", "Место", 9),
        ("name", "Муниципальное образование", 32),
        ("schools", "Школ / представили сведения", 15),
        ("done", "Выполнено из ожидаемых", 15),
        ("bar", "Доля выполненных", 27),
        ("confirmed", "Подтверждено", 17),
        ("missing", "Нет данных", 10),
        ("late", "С опозда\u00adнием", 11),
    ]
    if report.stage.threshold is not None:
        columns.append(("reached", "Порог этапа", 14))
    if report.former is not None:
        columns.append(("change", "Изменение", 14))
    ranked = sorted(report.municipalities, key=lambda t: (t.rank or 10_000, t.body.municipality))
    rows = [_tally(tally) for tally in ranked]
    total = {**_tally(report.total), "rank": "", "name": "Всего, включая регионального оператора"}
    return laid_out("Муниципальные образования", columns, [("", [*rows, total])])


def _tally(tally: Tally) -> dict[str, str]:
    return {
        "rank": str(tally.rank or "–"),
        "name": tally.body.municipality,
        "school": tally.body.school,
        "schools": f"{tally.schools} / {tally.reported}",
        "done": f"{tally.done} из {tally.expected}",
        "bar": bar_text(tally.percent),
        "percent": percent_text(tally.percent),
        "confirmed": f"{tally.confirmed} ({percent_text(tally.confirmed_percent)})",
        "partial": str(tally.partial),
        "not_done": str(tally.not_done),
        "missing": str(tally.missing),
        "late": str(tally.late),
        "reached": reached_text(tally.reached) if tally.expected else "–",
        "change": change_text(tally.change),
    }


def bar_text(percent: float | None) -> str:
    """A bar of twelve squares and the percentage: «█████████░░░ 78,5%»."""
    filled = round(_BAR * (percent or 0) / 100)
    return f"{'█' * filled}{'░' * (_BAR - filled)} {percent_text(percent)}"


def _schools(report: StageReport) -> Any:
    columns: list[tuple[str, str, float]] = [
        ("school", "Школа", 44),
        ("done", "Выполнено из ожидаемых", 15),
        ("percent", "Доля", 10),
        ("confirmed", "Подтверждено", 16),
        ("partial", "Частично", 11),
        ("not_done", "Не выполнено", 12),
        ("missing", "Нет данных", 11),
        ("late", "С опозда\u00adнием", 11),
    ]
    if report.stage.threshold is not None:
        columns.append(("reached", "Порог этапа", 15))
    sections = [
        (name, [_tally(tally) for tally in group])
        for name, group in groupby(report.schools, key=lambda tally: tally.body.municipality)
    ]
    return laid_out("Школы", columns, sections)


def _deviations(report: StageReport) -> Any:
    columns = (
        ("who", "Кто", 40),
        ("cause", "Отклонение", 30),
        ("days", "Дней", 8),
        ("reason", "Причина", 60),
    )
    activities = {item.plan.key: item.plan.activity for item in report.items}
    sections = [
        (f"{key}. {activities[key]}", [_deviation(each) for each in group])
        for key, group in groupby(report.deviations, key=lambda each: each.key)
    ]
    return laid_out("Отклонения от плана и их причины", columns, sections)


def _deviation(deviation: Deviation) -> dict[str, str]:
    return {
        "who": body_text(deviation.body),
        "cause": CAUSE_TEXTS[deviation.cause],
        "days": str(deviation.days) if deviation.days else "–",
        "reason": deviation.reason or "не указана",
    }


def _silent(report: StageReport) -> Any:
    """Who has not answered about which items, a row for each school."""
    columns = (("who", "Кто не представил сведения", 60), ("items", "Пункты плана", 80))
    found: dict[tuple[str, str], list[str]] = {}
    for item in report.items:
        if item.plan.due:
            for body in item.missing:
                found.setdefault((body.municipality, body.school), []).append(item.plan.key)
    rows: dict[str, list[dict[str, str]]] = {}
    for municipality, school in _in_order(report):
        keys = found.get((municipality, school))
        if not keys:
            continue
        who = school or municipality or "Региональный оператор"
        rows.setdefault(municipality, []).append({"who": who, "items": ", ".join(keys)})
    return laid_out("Непредставленные сведения", columns, list(rows.items()))


def _in_order(report: StageReport) -> Iterator[tuple[str, str]]:
    """Every body: the operator, then each municipality and its schools, as in the roster."""
    yield "", ""
    for entry in report.roster:
        yield entry.name, ""
        yield from ((entry.name, school) for school in entry.schools)
