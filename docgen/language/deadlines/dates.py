"""Calendar dates as clerks write them: found in texts, told from impossible ones, and written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from docgen.language.deadlines.tokens import Token, tokenize
from docgen.language.deadlines.units import FIRST_YEAR, LAST_YEAR, Unit, day_unit, month_unit
from docgen.language.deadlines.vocabulary import GENITIVE_MONTHS, Kind

CENTURY: Final = 2000
"""What two digits of a year leave out."""

_SIGNS: Final = (
    (Kind.SLASH, Kind.SLASH), (Kind.COMMA, Kind.COMMA), (Kind.COMMA, Kind.DOT),
    (Kind.DASH, Kind.DASH), (Kind.DOT, Kind.DOT),
)  # fmt: skip
_DAY_FIRST: Final = [
    [Kind.NUMBER, first, Kind.NUMBER, second, Kind.NUMBER] for first, second in _SIGNS
]


@dataclass(frozen=True, slots=True)
class DateMention:
    """A full calendar date and its place in the text."""

    date: date
    start: int
    end: int


def format_date(day: date) -> str:
    """The date in digits, `05.06.2016` (ГОСТ Р 7.0.97, реквизит «дата документа»)."""
    return f"{day:%d.%m}.{day.year:04}"


def format_date_words(day: date) -> str:
    """The date in words and digits, `5 июня 2016 г.`, without a leading zero."""
    return f"{day.day} {GENITIVE_MONTHS[day.month - 1]} {day.year} г."


def dates_in(text: str) -> tuple[DateMention, ...]:
    """Every full calendar date of the text, in digits or with the month in words."""
    return tuple(DateMention(found, start, end) for start, end, found in _full_dates(text) if found)


@lru_cache(maxsize=4096)
def impossible_dates(text: str) -> tuple[str, ...]:
    """The pieces of the text that look like dates but stand in no calendar: «31.02.2022»."""
    return tuple(text[start:end] for start, end, found in _full_dates(text) if found is None)


def numeric(tokens: Sequence[Token], at: int) -> tuple[Unit | None, int] | None:
    """A unit written in digits at this place and where it ends.

    Reads «15.03.2022», «15.03.22», «15.03», «03.2022», «.03.2022», «2022-03-15», «15/03/2022». The
    unit is None when digits and dots make no date: they are one piece and must not be taken apart.
    """
    if tokens[at].kind is Kind.DOT:
        return _dayless(tokens, at)
    same_sign = _same_sign(tokens, at)
    if same_sign is not None:
        return same_sign, at + 5
    parts = _dotted(tokens, at)
    if len(parts) == 1:
        return _slashed_month(tokens, at)
    end = at + 2 * len(parts) - 1
    if _is_torn_year(parts, tokens[end]):
        last, rest = parts[-1], tokens[end]
        text = last.text + rest.text
        parts[-1], end = last._replace(text=text, value=int(text), end=rest.end), end + 1
    return _unit(parts), _past_dot(tokens, end)


def _slashed_month(tokens: Sequence[Token], at: int) -> tuple[Unit, int] | None:
    """«03/2022»."""
    month, slash, year = tokens[at : at + 3]
    whole = slash.kind is Kind.SLASH and year.end - month.start == len(month.text) + 5
    if not whole or not is_year(year) or not 1 <= month.value <= 12:
        return None
    return month_unit(month.value, year.value), at + 3


def _is_torn_year(parts: Sequence[Token], rest: Token) -> bool:
    """Whether a space stands inside the year: «15.03.20 22»."""
    if len(parts) != 3 or parts[-1].text not in ("19", "20") or rest.kind is not Kind.NUMBER:
        return False
    return len(rest.text) == 2 and 1 <= rest.start - parts[-1].end <= 2


def _dayless(tokens: Sequence[Token], at: int) -> tuple[Unit | None, int] | None:
    if tokens[at + 1].kind is not Kind.NUMBER:
        return None
    parts = _dotted(tokens, at + 1)
    unit = _unit(parts)
    if unit is None or unit.precision != "month":
        return None
    return unit, _past_dot(tokens, at + 4)


def _past_dot(tokens: Sequence[Token], at: int) -> int:
    return at + 1 if tokens[at].kind is Kind.DOT else at


def _same_sign(tokens: Sequence[Token], at: int) -> Unit | None:
    """The day in «2022-03-15», «2022.03.15», «15/03/2022» or «15,03.2022», without spaces."""
    five = tokens[at : at + 5]
    if [token.kind for token in five] not in _DAY_FIRST:
        return None
    day, month, year = five[0], five[2], five[4]
    if five[1].kind in (Kind.DASH, Kind.DOT) and len(day.text) == 4:
        year, day = day, year
    if [len(part.text) for part in (year, month, day)] != [4, 2, 2]:
        return None
    if five[4].end - five[0].start != 10:
        return None
    return day_unit(day.value, month.value, year.value)


def _dotted(tokens: Sequence[Token], at: int) -> list[Token]:
    """Numbers joined by dots, up to a year in full."""
    parts = [tokens[at]]
    while len(parts[-1].text) != 4 and _joined(tokens, at):
        at += 2
        parts.append(tokens[at])
    return parts


def _joined(tokens: Sequence[Token], at: int) -> bool:
    """Whether a dot ties this number to the next: spaces may stand only before a year's number."""
    number, dot, following = tokens[at : at + 3]
    if dot.kind is not Kind.DOT or following.kind is not Kind.NUMBER or dot.start - number.end > 2:
        return False
    gap = following.start - dot.end
    if gap == 0 or (gap <= 2 and len(following.text) == 4):
        return True
    if gap > 2 or tokens[at + 3].kind is not Kind.DOT:
        return False
    return len(following.text) == 2 and len(tokens[at + 4].text) == 4


def _unit(parts: Sequence[Token]) -> Unit | None:
    values = [part.value for part in parts]
    widths = [len(part.text) for part in parts]
    if len(parts) == 3 and max(widths[:2]) <= 2:
        if widths[2] == 4:
            return _dated(values[0], values[1], values[2])
        return _dated(values[0], values[1], CENTURY + values[2]) if widths == [2, 2, 2] else None
    if len(parts) != 2 or widths[0] > 2:
        return None
    if widths[1] == 4:
        known = 1 <= values[0] <= 12 and is_year(parts[1])
        return month_unit(values[0], values[1]) if known else None
    return day_unit(values[0], values[1]) if widths[1] == 2 else None


def _dated(day: int, month: int, year: int) -> Unit | None:
    return day_unit(day, month, year) if FIRST_YEAR <= year <= LAST_YEAR else None


def is_year(token: Token) -> bool:
    """Whether the token is a year written in full."""
    return token.kind is Kind.NUMBER and len(token.text) == 4 and is_year_number(token.value)


def is_year_number(number: int) -> bool:
    """Whether the number can be a year of a document."""
    return FIRST_YEAR <= number <= LAST_YEAR


Seen = tuple[date | None, ...]
"""Nothing, one date, or one None: something that looks like a date but is in no calendar."""

_NOTHING: Final[Seen] = ()


def _full_dates(text: str) -> Iterator[tuple[int, int, date | None]]:
    """Start and end of everything that looks like a full date, with the date if it is one."""
    tokens = tokenize(text)
    at = 0
    while tokens[at].kind is not Kind.END:
        end, seen = at + 1, _NOTHING
        if tokens[at].kind is Kind.NUMBER:
            end, seen = _worded(tokens, at) or _in_digits(tokens, at)
        for found in seen:
            yield tokens[at].start, tokens[end - 1].end, found
        at = end


def _in_digits(tokens: Sequence[Token], at: int) -> tuple[int, Seen]:
    found = _same_sign(tokens, at)
    if found is not None:
        return at + 5, (_as_date(found),)
    parts = _dotted(tokens, at)
    end = at + 2 * len(parts) - 1
    unit = _unit(parts)
    if unit is None:
        return end, (None,) if _looks_like_date(parts) else ()
    return end, (_as_date(unit),) if len(parts) == 3 else ()


def _as_date(unit: Unit) -> date:
    return date(unit.year or FIRST_YEAR, *unit.first)


def _looks_like_date(parts: Sequence[Token]) -> bool:
    widths = [len(part.text) for part in parts]
    if len(parts) != 3 or max(widths[:2]) > 2:
        return False
    plausible = widths[:2] == [2, 2] and parts[0].value <= 31 and parts[1].value <= 12
    return widths[2] == 4 or (widths[2] in (2, 3, 5) and plausible)


def _worded(tokens: Sequence[Token], at: int) -> tuple[int, Seen] | None:
    """The date in «5 июня 2016» or ««5» июня 2016»; also the impossible one in «31 апреля»."""
    day, month_at = tokens[at], at + 1
    month, year = tokens[month_at], tokens[month_at + 1]
    if len(day.text) > 2 or month.text not in GENITIVE_MONTHS:
        return None
    if day_unit(day.value, month.value) is None:
        return month_at + 1, (None,)
    if not is_year(year):
        return None
    unit = day_unit(day.value, month.value, year.value)
    return month_at + 2, (_as_date(unit) if unit else None,)
