"""What the engine understands of a cell, in the words of a Russian clerk.

Shown beside the cell, so that a misread deadline is seen before the order is signed. Russian
whatever the language of the interface, as the order is.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from docgen.language.deadlines import Deadline, Interval, Recurrence, Relative, parse_deadline
from docgen.language.indicators import Indicator, Target, parse_indicator
from docgen.language.numbers import agree
from docgen.reports.wording import goal_text

_EACH = {
    "daily": "ежедневно",
    "weekly": "еженедельно",
    "monthly": "ежемесячно",
    "quarterly": "ежеквартально",
    "yearly": "ежегодно",
}
_IN = {
    "daily": "в день",
    "weekly": "в неделю",
    "monthly": "в месяц",
    "quarterly": "в квартал",
    "yearly": "в год",
}
_WEEKDAYS = (
    "понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье",
)  # fmt: skip


@lru_cache(maxsize=8192)
def meaning(key: str, text: str, years: tuple[int, int]) -> str:
    """What the engine understands of a cell in the column `key`; empty for other columns."""
    if key == "deadline":
        return deadline_words(parse_deadline(text, years))
    return indicator_words(parse_indicator(text, years)) if key == "indicator" else ""


def deadline_words(deadline: Deadline) -> str:
    """«до 01.03.2022», «с 17.01.2022 по 04.02.2022», «без календарного срока: по графику»."""
    words = [_interval(deadline, interval) for interval in deadline.intervals]
    if deadline.recurrence:
        words.append(_recurrence(deadline.recurrence))
    if deadline.relative:
        words.append(_relative(deadline.relative))
    if not words:
        return f"без календарного срока: {deadline.condition}" if deadline.condition else ""
    if deadline.condition and not deadline.relative:
        words.append(f"условие: {deadline.condition}")
    inferred = " (год взят из приказа)" if deadline.year_inferred else ""
    return "; ".join(words) + inferred


def _interval(deadline: Deadline, interval: Interval) -> str:
    if interval.start is None and deadline.kind != "deadline":
        return _day(interval.end)
    return _span(interval)


def _span(interval: Interval) -> str:
    start, end = interval.start, interval.end
    if start == end:
        return _day(end)
    if start is None:
        return f"до {_day(end)}"
    if end is None:
        return f"с {_day(start)}"
    return f"с {_day(start)} по {_day(end)}"


def _day(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else ""


def _recurrence(recurrence: Recurrence) -> str:
    if recurrence.weekday is not None:
        weekday = _WEEKDAYS[recurrence.weekday - 1]
        which = " и ".join("последний" if n < 0 else f"{n}-й" for n in recurrence.nth or ())
        return f"{which} {weekday} месяца" if which else f"по дням недели: {weekday}"
    if recurrence.times == 1:
        return _EACH[recurrence.freq]
    return (
        f"{recurrence.times} {agree(recurrence.times, 'раз', 'раза', 'раз')} "
        + _IN[recurrence.freq]
    )


def _relative(relative: Relative) -> str:
    working = "рабочих " if relative.working else ""
    days = agree(relative.days, "дня", "дней", "дней")
    anchor = f", считая от: {relative.anchor}" if relative.anchor else ""
    return f"в течение {relative.days} {working}{days}{anchor}"


def indicator_words(indicator: Indicator) -> str:
    """«не менее 60% школ», «величина названа, число – нет»; empty for no text."""
    targets = "; ".join(_target(target) for target in indicator.items if target.value is not None)
    if targets:
        return targets
    if indicator.measure_only:
        return "величина названа, число – нет"
    if indicator.implied_all:
        return "все участники, 100%"
    return "проверяется по документу или факту, без числа" if indicator.qualitative else ""


def _target(target: Target) -> str:
    subject = " ".join(target.subject.split()) if target.subject else ""
    counted = f" ({subject})" if subject and target.per else f" {subject}".rstrip()
    until = f" ({_span(target.window)})" if target.window else ""
    return f"{goal_text(target)}{counted}{until}"
