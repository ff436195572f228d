"""The Russian production calendar, 2020–2027: days off moved by decree, each year with its source.

Holidays are those of article 112 of the Labour Code. A holiday on a Saturday or Sunday moves to the
next working day, save the two in January that the Government moves by an annual decree; the decree
may also make a Saturday a working day. `idle` are the non-working days that the President declared.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

HOLIDAYS: Final = frozenset(
    [(1, day) for day in range(1, 9)] + [(2, 23), (3, 8), (5, 1), (5, 9), (6, 12), (11, 4)]
)
"""(month, day) of the non-working holidays, Labour Code, article 112."""

_SATURDAY: Final = 6

Days = frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """(month, day) of the weekdays off besides the holidays, and of the weekend days at work."""

    source: str
    days_off: Days
    working: Days = frozenset()
    idle: Days = frozenset()

    def rests(self, day: date) -> bool:
        """Whether nobody is at work on that day."""
        place = (day.month, day.day)
        if place in self.working:
            return False
        weekend = day.isoweekday() >= _SATURDAY
        return weekend or place in HOLIDAYS or place in self.days_off or place in self.idle


def _days(text: str) -> Days:
    """Days written as `dd.mm`, and runs of them as `dd-dd.mm`."""
    found: set[tuple[int, int]] = set()
    for piece in text.split():
        days, month = piece.split(".")
        first, _, last = days.partition("-")
        found.update((int(month), day) for day in range(int(first), int(last or first) + 1))
    return frozenset(found)


YEARS: Final = {
    2020: CalendarYear(
        "Government decree No. 875 of 10.07.2019; Presidential decrees No. 206 of 25.03.2020, "
        "No. 239 of 02.04.2020, No. 294 of 28.04.2020, No. 345 of 29.05.2020 and No. 354 of "
        "01.06.2020",
        days_off=_days("24.02 09.03 04.05 05.05 11.05"),
        idle=_days("30-31.03 01-30.04 06-08.05 24.06 01.07"),
    ),
    2021: CalendarYear(
        "Government decree No. 1648 of 10.10.2020; Presidential decrees No. 242 of 23.04.2021, "
        "No. 595 of 20.10.2021",
        days_off=_days("22.02 03.05 10.05 14.06 05.11 31.12"),
        working=_days("20.02"),
        idle=_days("04-07.05 01-03.11"),
    ),
    2022: CalendarYear(
        "Government decree No. 1564 of 16.09.2021",
        days_off=_days("07.03 02-03.05 10.05 13.06"),
        working=_days("05.03"),
    ),
    2023: CalendarYear(
        "Government decree No. 1505 of 29.08.2022",
        days_off=_days("24.02 08.05 06.11"),
    ),
    2024: CalendarYear(
        "Government decree No. 1314 of 10.08.2023",
        days_off=_days("29-30.04 10.05 30-31.12"),
        working=_days("27.04 02.11 28.12"),
    ),
    2025: CalendarYear(
        "Government decree No. 1335 of 04.10.2024",
        days_off=_days("02.05 08.05 13.06 03.11 31.12"),
        working=_days("01.11"),
    ),
    2026: CalendarYear(
        "Government decree No. 1466 of 24.09.2025",
        days_off=_days("09.01 09.03 11.05 31.12"),
    ),
    2027: CalendarYear(
        "Government decree on moving days off in 2027 (ConsultantPlus, LAW 544706)",
        days_off=_days("22.02 03.05 10.05 14.06 05.11 31.12"),
        working=_days("20.02"),
    ),
}
"""What each year's decrees changed; a year that is not here is unknown."""
