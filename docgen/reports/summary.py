"""The report's text: what the stage came to, in sentences an analyst may go on to edit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docgen.default_region import document_word
from docgen.language.declension import decline_phrase
from docgen.language.numbers import agree, format_number
from docgen.models import Profile
from docgen.models.reports import ItemReport, ItemStatus, StageReport, Tally
from docgen.reports.wording import (
    items,
    municipalities_of,
    percent,
    percent_text,
    results,
    schools,
    schools_of,
    took_part,
)

_LISTED = 12
_PREFIXES: dict[ItemStatus, str] = {
    "partial": "выполнено частично",
    "not_done": "не выполнено",
    "no_data": "нет данных",
}


def title_text(report: StageReport, profile: Profile) -> str:
    """«о выполнении … проекта … по итогам первого этапа»: the heading under the word ОТЧЁТ."""
    roadmap = decline_phrase(profile.terms.get("roadmap", "дорожная карта"), "genitive")
    name = profile.project.name
    project = decline_phrase(name[:1].lower() + name[1:], "genitive")
    return f"о выполнении {roadmap} реализации {project}: {stage_text(report)}"


def stage_text(report: StageReport) -> str:
    """«этап 1 (первое полугодие)», «первый этап»."""
    stage = report.stage
    if not stage.title:
        return f"этап {stage.number}"
    return stage.title if "этап" in stage.title else f"этап {stage.number} ({stage.title})"


def basis_texts(report: StageReport, profile: Profile) -> Iterator[str]:
    """On what grounds and about whom the report is."""
    issued = f"от {report.order_date:%d.%m.%Y} № {report.order_number}" if report.order_date else ""
    basis = (document_word(profile, "genitive"), *profile.issuer.genitive, issued)
    yield (
        f"Подготовлено на основании {' '.join(filter(None, basis))} и сведений, представленных "
        f"муниципальными "
        f"координаторами, по состоянию на {report.stage.date:%d.%m.%Y}."
    )
    total = report.total
    if total.schools:
        yield (
            f"В мониторинге {agree(total.schools, 'участвует', 'участвуют', 'участвуют')} "
            f"{schools(total.schools)} из {municipalities_of(len(report.roster))}"
            f"{_people(report)}. {_reported(total)}"
        )


def _people(report: StageReport) -> str:
    """«; назначено 27 кураторов и 12 муниципальных координаторов», as far as it is known."""
    curators = sum(entry.curators or 0 for entry in report.roster)
    coordinators = sum(bool(entry.coordinator) for entry in report.roster)
    found: list[str] = []
    if curators:
        found.append(f"{curators} {agree(curators, 'куратор', 'куратора', 'кураторов')}")
    if coordinators:
        adjective = agree(coordinators, "муниципальный", *["муниципальных"] * 2)
        noun = agree(coordinators, "координатор", "координатора", "координаторов")
        found.append(f"{coordinators} {adjective} {noun}")
    return f"; назначены {' и '.join(found)}" if found else ""


def _reported(total: Tally) -> str:
    if total.reported == total.schools:
        return "Сведения представили все школы." if total.schools > 1 else "Сведения представлены."
    share = percent(total.reported, total.schools)
    return f"Сведения представили {total.reported} из {schools_of(total.schools)} ({share})."


def result_texts(report: StageReport) -> Iterator[str]:
    """How many items are done, whether the threshold is reached, and what changed."""
    due = [item for item in report.items if _counts_by_now(item)]
    done = sum(item.status == "done" for item in due)
    early = report.count("done") - done
    yield (
        f"План включает {items(len(report.items))}. К отчётной дате подлежало выполнению "
        f"{len(due)}, из них выполнено {done} ({percent(done, len(due))})"
        f"{_other_statuses(report)}.{f' Досрочно выполнено {early}.' if early else ''}"
        f"{_not_due(report.count('not_due'))}"
    )
    total = report.total
    if total.expected:
        silent = f", не представлены сведения по {total.missing}" if total.missing else ""
        share = f" ({percent(total.missing, total.expected)})" if total.missing else ""
        yield (
            f"По школам, муниципальным образованиям и региональному оператору к отчётной дате "
            f"ожидалось {results(total.expected)}: выполнено "
            f"{total.done} ({percent_text(total.percent)}), подтверждено документами "
            f"{total.confirmed} ({percent_text(total.confirmed_percent)}){silent}{share}."
        )
    yield from _threshold(report)
    yield from _change(report)


def _counts_by_now(item: ItemReport) -> bool:
    """Whether the item is due; one without a calendar day is once anything was done about it."""
    return item.plan.due or (item.plan.due is None and item.status != "not_due")


def _not_due(number: int) -> str:
    if not number:
        return ""
    nouns = agree(number, "мероприятию", "мероприятиям", "мероприятиям")
    return f" Срок ещё не наступил по {number} {nouns}."


def _other_statuses(report: StageReport) -> str:
    parts: list[str] = []
    for status, words in _PREFIXES.items():
        count = report.count(status)
        if count and status == "no_data":
            parts.append(f"{words} по {count}")
        elif count:
            parts.append(f"{words} {count}")
    return "; " + ", ".join(parts) if parts else ""


def _threshold(report: StageReport) -> Iterator[str]:
    threshold, total = report.stage.threshold, report.total
    if threshold is None or not total.expected:
        return
    outcome = {
        True: "достигнуто",
        False: "не достигнуто",
        None: "пока не достигнуто; оно может быть достигнуто, если будут представлены "
        "недостающие сведения",
    }[total.reached]
    reached = sum(tally.reached is True for tally in report.schools)
    verb = agree(reached, "достигла", "достигли", "достигли")
    told = f"Из {schools_of(total.schools)} порога {verb} {reached} ("
    told += f"{percent(reached, total.schools)})."
    if reached == total.schools > 1:
        told = "Порога достигли все школы."
    yield (
        f"Пороговое значение этапа – не менее {format_number(threshold)}% мероприятий – {outcome} "
        f"(выполнено {percent_text(total.percent)}). {told}"
    )


def _change(report: StageReport) -> Iterator[str]:
    if report.former is None or report.total.change is None:
        return
    change = report.total.change
    shares = f"{percent_text(report.former.percent)} и {percent_text(report.total.percent)}"
    verb = "выросла" if change > 0 else "снизилась"
    moved = f"{verb} на {format_number(abs(change))} п.п. ({shares})"
    if format_number(abs(change)) == "0":
        moved = f"не изменилась ({percent_text(report.total.percent)})"
    yield f"По сравнению с этапом {report.former.stage} доля выполненных мероприятий {moved}."


def participation_texts(report: StageReport) -> Iterator[str]:
    """Who took part in surveys and in training: «из 29 школ приняли участие 27 (93,1%)»."""
    for theme, words in (("survey", "опросах и анкетированиях"), ("training", "обучении")):
        found = [
            item
            for item in report.items
            if item.plan.theme == theme and item.plan.scope == "school"
            if item.plan.due and item.counts_given
        ]
        if found:
            yield f"Участие в {words}:"
            *others, last = (_taking_part(item) for item in found[:_LISTED])
            yield from (f"{line};" for line in others)
            yield f"{last}."


def _taking_part(item: ItemReport) -> str:
    """One event; those who did part of it took part as well."""
    partly = item.counts["partial"]
    took = item.counts["done"] + partly
    rest = f", из них частично – {partly}" if partly else ""
    if partly == item.expected == 1:
        rest = " частично"
    return (
        f"– пункт {item.plan.key} «{_inside_quotes(shortened(item.plan.activity))}»: "
        f"{took_part(took, item.expected)}{rest}"
    )


def shortened(text: str, most: int = 70) -> str:
    """The text, a long one cut at a word; a quotation cut off is closed."""
    text = text.strip(" .")
    if len(text) <= most:
        return text
    cut = text[:most].rsplit(" ", 1)[0]
    closing = "»" * (cut.count("«") - cut.count("»"))
    return cut.rstrip(",;:–- «") + "…" + closing


def _inside_quotes(text: str) -> str:
    """The text as it stands between «…»: quotes within quotes are „…“."""
    if text.startswith("«") and text.endswith("»") and text.count("«") == 1:
        return text[1:-1]
    return text.replace("«", "„").replace("»", "“")


def municipal_texts(report: StageReport) -> Iterator[str]:
    """The best municipalities, and those that have not reached the threshold."""
    ranked = [t for t in report.municipalities if t.percent is not None]
    if len(ranked) < 2:
        return
    best = [t for t in ranked if t.rank == 1]
    named = ", ".join(t.body.municipality for t in best[:_LISTED])
    yield f"Наибольшая доля выполненных мероприятий – {percent_text(best[0].percent)}: {named}."
    below = [t for t in ranked if t.reached is False]
    if below:
        told = ", ".join(f"{t.body.municipality} ({percent_text(t.percent)})" for t in below)
        yield f"Не достигли порогового значения этапа: {told}."


def deviation_texts(report: StageReport) -> Iterator[str]:
    """The deviations in figures; the table beside them gives names and reasons."""
    late = sum(each.cause == "late" for each in report.deviations)
    unfinished = sum(each.cause in ("not_done", "partial") for each in report.deviations)
    claimed = sum(each.cause == "said_not_due" for each in report.deviations)
    if not report.deviations:
        yield "Отклонений от плана в представленных сведениях нет."
        return
    told = [f"не выполнено или выполнено частично – {unfinished}"] if unfinished else []
    told += [f"выполнено с опозданием – {late}"] if late else []
    told += [f"указано «срок не наступил», хотя срок истёк, – {claimed}"] if claimed else []
    unexplained = sum(not each.reason for each in report.deviations if each.cause != "late")
    count = len(report.deviations)
    yield (
        f"Выявлено {count} {agree(count, 'отклонение', 'отклонения', 'отклонений')}: "
        f"{'; '.join(told)}."
    )
    if unexplained:
        cases = agree(unexplained, "случае", "случаях", "случаях")
        yield f"Причина не указана в {unexplained} {cases}."
    if report.conflicts:
        count = len(report.conflicts)
        nouns = ("вопросу", "вопросам", "вопросам")
        yield (
            f"По {count} {agree(count, *nouns)} поступили разные сведения; учтены сведения с более "
            "поздней датой."
        )


def recommendation_texts(report: StageReport) -> Iterator[str]:
    """What follows from the figures; a draft for the analyst to edit."""
    silent = _silent_municipalities(report)
    if silent:
        everybody = len(silent) == len(report.municipalities) > 1
        whom = "всех муниципальных образований" if everybody else f"({_names(silent)})"
        yield (
            f"Муниципальным координаторам {whom} представить недостающие сведения; перечень "
            "приведён в приложении."
        )
    overdue = [i for i in report.items if i.overdue_days]
    if overdue:
        word = agree(len(overdue), "пункту", "пунктам", "пунктам")
        yield (
            f"Обеспечить выполнение мероприятий с истёкшим сроком по {word} "
            f"{', '.join(item.plan.key for item in overdue)}."
        )
    unconfirmed = report.total.done - report.total.confirmed
    if unconfirmed:
        nouns = (
            "результату, указанному как выполненный",
            *["результатам, указанным как выполненные"] * 2,
        )
        yield f"Представить подтверждающие документы к {unconfirmed} {agree(unconfirmed, *nouns)}."
    below = [t.body.municipality for t in report.municipalities if t.reached is False]
    if below:
        yield f"Оказать адресную методическую помощь: {_names(below)}."
    if not (silent or overdue or unconfirmed or below):
        yield "Продолжить выполнение мероприятий в установленные сроки."


def _silent_municipalities(report: StageReport) -> list[str]:
    return [t.body.municipality for t in report.municipalities if t.missing]


def _names(names: Sequence[str]) -> str:
    if len(names) <= _LISTED:
        return ", ".join(names)
    rest = len(names) - _LISTED
    return f"{', '.join(names[:_LISTED])} и ещё {rest}"
