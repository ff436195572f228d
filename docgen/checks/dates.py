"""Dates and deadlines: impossible, over too early, without a year, not understood."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from docgen.checks.distance import distance
from docgen.checks.dossier import NOTHING, Dossier, Mistake, Row, stands_alone
from docgen.i18n import _
from docgen.language.deadlines import Deadline
from docgen.language.deadlines.dates import impossible_dates
from docgen.language.schedule import last_day
from docgen.models import Severity

_MONTHS = (
    ("январь", "января", "январе"),
    ("февраль", "февраля", "феврале"),
    ("март", "марта", "марте"),
    ("апрель", "апреля", "апреле"),
    ("май", "мая", "мае"),
    ("июнь", "июня", "июне"),
    ("июль", "июля", "июле"),
    ("август", "августа", "августе"),
    ("сентябрь", "сентября", "сентябре"),
    ("октябрь", "октября", "октябре"),
    ("ноябрь", "ноября", "ноябре"),
    ("декабрь", "декабря", "декабре"),
)
_MONTH_FORMS = tuple(form for forms in _MONTHS for form in forms)
_DATELIKE = re.compile(
    r"[0-9](?:\s?[./]\s?\d{1,2}\s?[./]\s?\d|\d{3}-\d\d-\d\d"
    r"|[»\"]?\s+(?:[Яя]нв|[Фф]ев|[Мм]ар|[Аа]пр|[Мм]а[йя]|[Ии]ю[нл]|[Аа]вг|[Сс]ен|[Оо]кт|[Нн]оя|[Дд]ек))"
)
_DIGITS = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d+)")
_YEARLESS = re.compile(r"[0-3][0-9]\.(?:0[1-9]|1[0-2])\.(?!\s?[0-9])")
_WORD = re.compile(r"[а-яё]{3,}", re.IGNORECASE)
_DOCUMENT = re.compile(
    r"№|приказ|распоряж|письм|постановлен|план|график|\bна 20\d\d", re.IGNORECASE
)
_CALENDAR = re.compile(r"\d|квартал|полугод", re.IGNORECASE)
_PLAUSIBLE = range(1990, 2101)
_NAMED = ("day", "month", "quarter", "half_year")


def impossible_date(dossier: Dossier) -> Iterator[Mistake]:
    """Dates that stand in no calendar: «31.04.2022», «18.01.32021»."""
    suspects = dict.fromkeys(passage for passage, _match in dossier.find(_DATELIKE))
    for passage in suspects:
        for printed in impossible_dates(passage.text):
            yield Mistake(
                passage.path,
                _("there is no such date: %(date)s") % {"date": printed},
                _mended(printed, dossier.years) or _last_of_month(printed),
            )


def _mended(printed: str, years: tuple[int, int]) -> str:
    """The date that was meant, where only one is one slip away; otherwise nothing."""
    found = _DIGITS.fullmatch(printed)
    if found is None:
        return ""
    day, month, year = found.groups()
    if len(year) == 4:
        swapped = _day(month, day, year) if int(month) > 12 else None
        return f"{swapped:%d.%m.%Y}" if swapped else ""
    nearest = (years[0] - 3, years[1] + 3)
    shorter = {year[:at] + year[at + 1 :] for at in range(len(year))} if len(year) == 5 else set()
    dates = {_day(day, month, y) for y in shorter if nearest[0] <= int(y) <= nearest[1]} - {None}
    return f"{found_day:%d.%m.%Y}" if len(dates) == 1 and (found_day := dates.pop()) else ""


def _day(day: str, month: str, year: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _last_of_month(printed: str) -> str:
    """How long the month of the date is, where the day is beyond its end."""
    found = _DIGITS.fullmatch(printed)
    if found is None:
        return ""
    month, year = int(found.group(2)), int(found.group(3))
    if not (1 <= month <= 12 and year in _PLAUSIBLE):
        return ""
    last = date(year, month, monthrange(year, month)[1])
    return _("the last day of that month is %(date)s") % {"date": f"{last:%d.%m.%Y}"}


def date_before_order(dossier: Dossier) -> Iterator[Mistake]:
    """Deadlines that are over before the order is signed."""
    signed = dossier.order.date
    for row in dossier.rows if signed else ():
        end = last_day(dossier.deadline(row))
        if signed and end and end < signed:
            values = {"end": f"{end:%d.%m.%Y}", "signed": f"{signed:%d.%m.%Y}"}
            yield Mistake(
                f"{row.path}.deadline",
                _("the deadline was over on %(end)s, the order is signed on %(signed)s") % values,
                _("check the date, or say in the order from when it applies"),
            )


def deadline_year_outside_project(dossier: Dossier) -> Iterator[Mistake]:
    """Deadlines with a printed year in which there is no project."""
    first, last = dossier.years
    for row in dossier.rows:
        intervals = dossier.deadline(row).intervals
        days = [day for each in intervals for day in (each.start, each.end) if day]
        outside = {day.year for day in days if not first <= day.year <= last}
        for year in sorted(outside):
            values = {"year": year, "years": _years(first, last)}
            yield Mistake(
                f"{row.path}.deadline",
                _("the year %(year)d is outside the project (%(years)s)") % values,
                _("check the year"),
            )


def _years(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def year_missing(dossier: Dossier) -> Iterator[Mistake]:
    """Months, quarters and days printed without their year."""
    first, last = dossier.years
    graver: Severity = "info" if first == last else "warning"
    for row in dossier.rows:
        deadline = dossier.deadline(row)
        text = row.item.get("deadline")
        if deadline.year_inferred and deadline.precision in _NAMED:
            suggestion = f"{text.rstrip(' .')} {first}" if _ends_in_month(text, first, last) else ""
            yield Mistake(
                f"{row.path}.deadline",
                _("“%(text)s” is printed without a year") % {"text": text},
                suggestion or _("add the year"),
                graver,
            )
    for passage, found in dossier.find(_YEARLESS, ".0", ".1"):
        whole = stands_alone(found) and found.string[found.start() - 1] != "."
        if whole and passage.part == "cell" and not passage.path.endswith(".deadline"):
            yield Mistake(
                passage.path,
                _("“%(text)s” is printed without a year") % {"text": found.group()},
                f"{found.group()}{first}" if first == last else _("add the year"),
                graver,
            )


def _ends_in_month(text: str, first: int, last: int) -> bool:
    """Whether adding the year at the end makes the text whole."""
    words = _WORD.findall(text)
    return (
        first == last
        and bool(words)
        and text.rstrip(" .").endswith(words[-1])
        and (words[-1].casefold() in _MONTH_FORMS)
    )


def deadline_unparsed(dossier: Dossier) -> Iterator[Mistake]:
    """Deadlines that are absent, or name days or months in a way that is not understood."""
    for row in dossier.rows:
        if row.has("deadline"):
            yield from _unparsed(row, dossier)


def _unparsed(row: Row, dossier: Dossier) -> Iterator[Mistake]:
    text = row.item.get("deadline")
    path = f"{row.path}.deadline"
    if NOTHING.fullmatch(text):
        severity: Severity | None = "info" if text.strip() else None
        yield Mistake(path, _("the row has no deadline"), "", severity)
        return
    deadline = dossier.deadline(row)
    misspelt = _misspelt_month(deadline.condition) if deadline.condition else None
    if misspelt:
        word, month = misspelt
        yield Mistake(
            path,
            _("the month is misspelt: “%(word)s”") % {"word": word},
            text.replace(word, month),
        )
    elif deadline.condition and _is_calendar(deadline):
        yield Mistake(
            path,
            _("the deadline was not understood: “%(text)s”") % {"text": deadline.condition},
            _("write it as 15.03.2022, “март 2022 г.” or “II квартал 2022 г.”"),
        )


def _is_calendar(deadline: Deadline) -> bool:
    """Whether a text of which no day was understood seems to name some; plans and orders do not.

    What is repeated or counted from an event needs no day, and an impossible one is told of by
    itself.
    """
    text = deadline.condition or ""
    if deadline.intervals or deadline.recurrence or deadline.relative:
        return False
    if not any(map(str.isalnum, text)):
        return True
    return bool(_CALENDAR.search(text)) and not (_DOCUMENT.search(text) or impossible_dates(text))


@lru_cache(maxsize=1024)
def _misspelt_month(text: str) -> tuple[str, str] | None:
    """A word one letter away from a month, with the month."""
    for found in dict.fromkeys(_WORD.findall(text)):
        word = found.casefold()
        if len(word) < 5 or word in _MONTH_FORMS:
            continue
        for month in _MONTH_FORMS:
            if len(month) > 4 and distance(word, month, 1) == 1:
                return found, month.capitalize() if found[0].isupper() else month
    return None
