"""The figures of a report in words, as an institute's analyst writes them.

Documents are Russian whatever the language of the interface.
"""

from __future__ import annotations

from collections.abc import Sequence

from docgen.i18n import _
from docgen.language.indicators import Target
from docgen.language.numbers import agree, format_number, format_percent
from docgen.models.reports import Body, Cause, Fact, Goal, ItemReport, ItemStatus, Rule, Tally

STATUS_TEXTS: dict[ItemStatus, str] = {
    "done": "выполнено",
    "partial": "частично",
    "not_done": "не выполнено",
    "not_due": "срок не наступил",
    "no_data": "нет данных",
}
CAUSE_TEXTS: dict[Cause, str] = {
    "not_done": "не выполнено",
    "partial": "выполнено частично",
    "late": "выполнено с опозданием",
    "said_not_due": "указано «срок не наступил», хотя срок истёк",
}
_PERIODS = {"week": "в неделю", "month": "в месяц", "quarter": "в квартал", "year": "в год"}
_COMPARATORS = {
    "ge": "не менее ",
    "gt": "более ",
    "le": "не более ",
    "lt": "менее ",
}


def schools_of(number: int) -> str:
    """«29 школ», «21 школы» – after «из»."""
    return f"{number} {agree(number, 'школы', 'школ', 'школ')}"


def schools(number: int) -> str:
    """«29 школ», «21 школа», «2 школы»."""
    return f"{number} {agree(number, 'школа', 'школы', 'школ')}"


def municipalities_of(number: int) -> str:
    """«12 муниципальных образований», «21 муниципального образования» – after «из»."""
    noun = agree(number, "муниципального образования", *["муниципальных образований"] * 2)
    return f"{number} {noun}"


def items(number: int) -> str:
    """«21 мероприятие», «22 мероприятия», «25 мероприятий»."""
    return f"{number} {agree(number, 'мероприятие', 'мероприятия', 'мероприятий')}"


def results(number: int) -> str:
    """«21 результат», «22 результата», «25 результатов»."""
    return f"{number} {agree(number, 'результат', 'результата', 'результатов')}"


def days(number: int) -> str:
    """«1 день», «2 дня», «5 дней»."""
    return f"{number} {agree(number, 'день', 'дня', 'дней')}"


def took_part(done: int, of: int) -> str:
    """«из 29 школ приняли участие 27 (93,1%)»; of a single school «школа приняла участие»."""
    if of == 1:
        return "школа приняла участие" if done else "школа участия не приняла"
    verb = agree(done, "приняла", "приняли", "приняли")
    return f"из {schools_of(of)} {verb} участие {done} ({percent(done, of)})"


def percent(part: float, whole: float) -> str:
    """«93,1%»; a dash where the whole is nothing."""
    return format_percent(100 * part / whole) if whole else "–"


def percent_text(value: float | None) -> str:
    """«93,1%», or a dash for None."""
    return "–" if value is None else format_percent(value)


def change_text(value: float | None) -> str:
    """«+4,2 п.п.», «−1 п.п.», «без изменений»; a dash for None."""
    if value is None:
        return "–"
    shown = format_number(value)
    if shown.strip("−") == "0":
        return "0"
    return f"{shown} п.п." if value < 0 else f"+{shown} п.п."


def goal_text(goal: Goal | Target) -> str:
    """«не менее 60%», «8», «140–145», «не менее 1 раза в квартал»; empty without a value."""
    if goal.value is None:
        return ""
    number = format_number(goal.value)
    if goal.value_max is not None:
        number = f"{number}–{format_number(goal.value_max)}"
    unit = "%" if goal.unit == "percent" else ""
    if goal.unit == "times":
        genitive = goal.comparator in _COMPARATORS
        forms = ("раза", "раз", "раз") if genitive else ("раз", "раза", "раз")
        unit = f" {agree(goal.value, *forms)}"
    per = f" {_PERIODS[goal.per]}" if goal.per else ""
    return f"{_COMPARATORS.get(goal.comparator or '', '')}{number}{unit}{per}"


def fact_text(fact: Fact) -> str:
    """«27 из 29 (93,1%)», «в среднем 86,5%», «9», «1 раз в квартал», or «нет данных»."""
    whole, goal = fact.whole, fact.goal
    if whole.value is None:
        return "нет данных"
    if goal.rule == "share" and whole.of > 1:
        return f"{format_number(whole.amount)} из {whole.of} ({format_percent(whole.value)})"
    if goal.unit == "percent":
        return format_percent(whole.value)
    shown = format_number(whole.value)
    if goal.unit == "times":
        shown += f" {agree(whole.value, 'раз', 'раза', 'раз')}"
    return f"{shown} {_PERIODS[goal.per]}" if goal.per else shown


def facts_text(item: ItemReport) -> str:
    """What was reached against every target; without targets, how many are done."""
    told = [
        fact_text(fact) for fact in item.facts if fact.goal.first or fact.whole.value is not None
    ]
    if told:
        return "; ".join(told)
    given = sum(item.counts.values())
    if not given:
        return "нет данных"
    if item.expected == 1:
        return STATUS_TEXTS[item.status]
    return (
        f"{item.counts['done']} из {item.expected} ({percent(item.counts['done'], item.expected)})"
    )


def status_text(item: ItemReport) -> str:
    """The status, with the days overdue and how many sent nothing."""
    parts = [STATUS_TEXTS[item.status]]
    if item.overdue_days:
        parts.append(f"просрочено на {days(item.overdue_days)}")
    if item.missing and item.counts_given and item.plan.due:
        parts.append(f"нет данных от {silent_text(item.missing)}")
    return "; ".join(parts)


def silent_text(bodies: Sequence[Body]) -> str:
    """«2 школ», «1 муниципального образования»: how many of whom, after «от»."""
    silent = sum(bool(body.school) for body in bodies)
    if silent:
        return schools_of(silent)
    named = sum(bool(body.municipality) for body in bodies)
    return municipalities_of(named) if named else "регионального оператора"


def body_text(body: Body) -> str:
    """«Школа (район)», the municipality, or the operator."""
    if body.school:
        return f"{body.school} ({body.municipality})"
    return body.municipality or "региональный оператор"


def reached_text(reached: bool | None) -> str:
    """Whether the threshold is reached."""
    if reached is None:
        return "нет данных"
    return "достигнут" if reached else "не достигнут"


def rule_text(rule: Rule) -> str:
    """How the figure is made of its parts, in the language of the interface."""
    return {
        "share": _("schools that are done, of all schools expected"),
        "mean": _("the schools' own percentages added up, over all schools expected"),
        "number": _("the number of those who are done"),
        "sum": _("the sum of the values"),
        "least": _("the smallest frequency among those who reported"),
    }[rule]


def item_lines(item: ItemReport) -> list[str]:
    """Plan, fact, rule and status of an item for `--explain`, a line each."""
    plan = item.plan
    lines = [
        _("Item %(key)s. %(activity)s") % {"key": plan.key, "activity": plan.activity},
        _("Deadline: %(text)s") % {"text": plan.deadline or "–"},
        _("Indicator: %(text)s") % {"text": plan.indicator or "–"},
    ]
    for fact in item.facts:
        text = _("Fact: %(fact)s, planned: %(plan)s. Counted as %(rule)s.")
        plan_text = goal_text(fact.goal) or "–"
        rule = rule_text(fact.goal.rule)
        lines.append(text % {"fact": fact_text(fact), "plan": plan_text, "rule": rule})
    lines.append(_("Status: %(text)s") % {"text": status_text(item)})
    silent = _("Without an answer: %(count)d of %(of)d")
    lines.append(silent % {"count": len(item.missing), "of": item.expected})
    return lines


def tally_lines(tally: Tally) -> list[str]:
    """The tally of a school or a municipality for `--explain`, a line each."""
    text = _(
        "%(done)d of %(expected)d items due are done (%(percent)s), %(confirmed)d with evidence."
    )
    rest = _("Partly done: %(partial)d, not done: %(not_done)d, without an answer: %(missing)d.")
    values = {
        "done": tally.done,
        "expected": tally.expected,
        "percent": percent_text(tally.percent),
        "confirmed": tally.confirmed,
        "partial": tally.partial,
        "not_done": tally.not_done,
        "missing": tally.missing,
    }
    return [body_text(tally.body), text % values, rest % values]
