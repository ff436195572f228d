"""The calendar period that a short phrase names: «в 1 полугодии», «II квартал 2022 года»."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

_ORDINALS = {"1": 1, "i": 1, "2": 2, "ii": 2, "3": 3, "iii": 3, "4": 4, "iv": 4}
_ORDINALS |= {"перв": 1, "втор": 2, "трет": 3, "четверт": 4}
_PERIOD = re.compile(
    r"(?:в |во |за |на )?(?P<nth>\d|i{1,3}|iv|перв|втор|трет|четверт)(?:-?[а-я]{1,3})? "
    r"(?P<unit>полугод|квартал)[а-я]*(?: (?P<year>\d{4}) ?г.*)?"
)


class Interval(NamedTuple):
    """Two inclusive days."""

    start: date
    end: date


def read_period(text: str, years: tuple[int, int]) -> Interval | None:
    """The days of the period that the whole text names, or None."""
    match = _PERIOD.fullmatch(text.lower().strip())
    if match is None:
        return None
    months = 6 if match["unit"] == "полугод" else 3
    last = _ORDINALS[match["nth"]] * months
    year = int(match["year"] or years[0])
    if last > 12:
        return None
    end = date(year + last // 12, last % 12 + 1, 1) - timedelta(days=1)
    return Interval(date(year, last - months + 1, 1), end)
