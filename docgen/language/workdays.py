"""Working days of Russia: is a day one, and which day is so many of them away."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from docgen.errors import LanguageError
from docgen.i18n import _
from docgen.language.production_calendar import YEARS

_DAY: Final = timedelta(days=1)


class CalendarUnknown(LanguageError):
    """A day of a year whose production calendar is not in the table."""

    code = "calendar-unknown"


def is_working_day(day: date) -> bool:
    """Whether offices work on that day.

    Days that the President declared non-working (30 March – 8 May 2020, 4–7 May 2021 and others)
    count as days off: a term in working days does not run on them. Raises `CalendarUnknown`.
    """
    year = YEARS.get(day.year)
    if year is None:
        message = _("The production calendar of %(year)d is not known: %(first)d–%(last)d are.")
        raise CalendarUnknown(message % {"year": day.year, "first": min(YEARS), "last": max(YEARS)})
    return not year.rests(day)


def add_working_days(day: date, n: int) -> date:
    """The nth working day after `day`, or before it when n is negative; `day` itself when n is 0.

    The day counted from is not counted (Civil Code, article 191). Raises `CalendarUnknown`.
    """
    step = _DAY if n > 0 else -_DAY
    left = abs(n)
    while left:
        day += step
        left -= is_working_day(day)
    return day
