"""Letters to municipalities: exactly what each has not sent, and what is overdue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from docgen.errors import LanguageError
from docgen.language.declension import Overrides, decline
from docgen.language.numbers import agree
from docgen.language.typography import hold_together, wrapped_lines
from docgen.models import Profile, Signatory
from docgen.models.reports import Deviation, PlanItem, StageReport
from docgen.models.submissions import Municipality
from docgen.reports.summary import shortened, stage_text
from docgen.reports.wording import CAUSE_TEXTS, days

TABLE_WIDTH = 9638
"""Width of a portrait A4 page between margins of 30 and 10 mm, in twentieths of a point."""

POST_LINE = 44
_ACTIVITY = 110
_OVERDUE = ("not_done", "partial", "said_not_due")
_COLUMNS: tuple[tuple[str, str, float], ...] = (
    ("item", "Пункт", 11),
    ("activity", "Мероприятие", 50),
    ("deadline", "Срок", 22),
    ("state", "Что требуется", 30),
)


def letter_contexts(
    report: StageReport, profile: Profile, signatory: Signatory | None
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each municipality that owes something, with what the template of its letter may print."""
    for entry in report.roster:
        sections = list(_sections(report, entry))
        if sections:
            yield entry.name, _context(report, profile, signatory, entry, sections)


def printed_letter(context: Mapping[str, Any]) -> Iterator[str]:
    """Every text of the context that the letter must show."""
    yield from (*context["letterhead"], *context["addressee"], context["title"])
    yield from context["texts"]
    for section in context["sections"]:
        yield section["title"]
        for row in section["rows"]:
            yield from row.values()


def _context(
    report: StageReport,
    profile: Profile,
    signatory: Signatory | None,
    entry: Municipality,
    sections: list[dict[str, Any]],
) -> dict[str, Any]:
    post = signatory.post if signatory else profile.signatory_post
    *above, last = wrapped_lines(post, POST_LINE) or [""]
    share = TABLE_WIDTH / sum(width for _key, _heading, width in _COLUMNS)
    to_whom = _dative(entry.coordinator, profile)
    addressee = ["Муниципальному координатору", f"({entry.name})", to_whom]
    return {
        "letterhead": list(profile.letterhead.lines),
        "addressee": [hold_together(line) for line in addressee if line],
        "title": hold_together(f"О представлении сведений: {stage_text(report)}"),
        "texts": [hold_together(text) for text in _texts(report, profile, sections)],
        "columns": [
            {"key": key, "heading": heading, "width": round(width * share)}
            for key, heading, width in _COLUMNS
        ],
        "sections": sections,
        "signature": {
            "above": above,
            "last": last,
            "name": hold_together(signatory.name) if signatory else "",
        },
        "issuer": profile.issuer.name,
        "project": {"name": profile.project.name, "short": profile.project.short},
    }


def _dative(name: str, profile: Profile) -> str:
    """The name as a letter addresses it; as it stands where the form depends on the gender."""
    given = cast(Overrides, profile.forms)
    try:
        return decline(name, case="dative", kind="person", overrides=given)
    except LanguageError:
        return name


def _texts(report: StageReport, profile: Profile, sections: list[dict[str, Any]]) -> Iterator[str]:
    rows = [row for section in sections for row in section["rows"]]
    silent = sum(row["state"] == _SEND for row in rows)
    overdue = len(rows) - silent
    project = profile.project.short[:1].upper() + profile.project.short[1:]
    yield (
        f"{project}, {stage_text(report)}: по состоянию на "
        f"{report.stage.date:%d.%m.%Y} {_told(silent, overdue)}. Перечень приведён в таблице."
    )
    yield (
        "Просим представить сведения и подтверждающие документы, а по мероприятиям с истёкшим "
        "сроком – сообщить причину и новый срок выполнения."
    )


_SEND = "представить сведения"


def _told(silent: int, overdue: int) -> str:
    parts: list[str] = []
    if silent:
        nouns = ("позиции", "позициям", "позициям")
        parts.append(f"не представлены сведения по {silent} {agree(silent, *nouns)}")
    if overdue:
        nouns = ("позиции", "позициям", "позициям")
        parts.append(f"истёк срок выполнения по {overdue} {agree(overdue, *nouns)}")
    return ", ".join(parts)


def _sections(report: StageReport, entry: Municipality) -> Iterator[dict[str, Any]]:
    """The rows of the municipality's own items, then those of each school."""
    plans = {item.plan.key: item.plan for item in report.items}
    owed: dict[str, list[dict[str, str]]] = {name: [] for name in ("", *entry.schools)}
    for item in report.items:
        if item.plan.due:
            for body in item.missing:
                if body.municipality == entry.name:
                    owed[body.school].append(_row(item.plan, _SEND))
    for deviation in report.deviations:
        if deviation.body.municipality == entry.name and deviation.cause in _OVERDUE:
            row = _row(plans[deviation.key], _overdue(deviation))
            owed[deviation.body.school].append(row)
    order = list(plans)
    for school, rows in owed.items():
        if rows:
            rows.sort(key=lambda row: order.index(row["item"]))
            yield {"title": school or "Муниципальный уровень", "rows": rows}


def _overdue(deviation: Deviation) -> str:
    late = f", просрочено на {days(deviation.days)}" if deviation.days else ""
    verb = "завершить" if deviation.cause == "partial" else "выполнить"
    return f"{verb} ({CAUSE_TEXTS[deviation.cause]}{late})"


def _row(plan: PlanItem, state: str) -> dict[str, str]:
    return {
        "item": plan.key,
        "activity": shortened(plan.activity, _ACTIVITY),
        "deadline": plan.deadline or "–",
        "state": state,
    }
