"""The grammar of calendar periods: each rule reads one way of writing at one place.

A rule takes the tokens and a place; it answers with the spans read and the place after them, or
None. An answer with no spans means "a date was meant here, but there is no such date": the piece
stays together, unread.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from docgen.language.deadlines.dates import CENTURY, is_year, is_year_number, numeric
from docgen.language.deadlines.tokens import Token
from docgen.language.deadlines.units import (
    Span,
    Unit,
    day_unit,
    half_unit,
    in_school_year,
    month_unit,
    quarter_unit,
    school_year_unit,
    season_unit,
    year_unit,
)
from docgen.language.deadlines.vocabulary import Kind

Tokens = Sequence[Token]
Spans = tuple[Span, ...]
Found = tuple[Spans, int]
Numerals = list[tuple[int, int | None]]
"""Members of «1, 3–4»: a number or a first and a last one."""

_LONGEST_LIST: Final = 12
_NUMERALS: Final = frozenset({Kind.NUMBER, Kind.ROMAN, Kind.ORDINAL})
_RANGE_SIGNS: Final = frozenset({Kind.DASH, Kind.SLASH})
LIST_SIGNS: Final = frozenset({Kind.COMMA, Kind.AND})
RANGE_WORDS: Final = ("по", "до")


def period(tokens: Tokens, at: int) -> Found | None:
    """A unit, a list that shares its noun, or a range of two units."""
    found = unit(tokens, at)
    if found is None or len(found[0]) > 1:
        return found
    spans, end = found
    if tokens[end].kind is not Kind.DASH and tokens[end].text not in RANGE_WORDS:
        return found
    right = unit(tokens, end + 2 if tokens[end + 1].text == "по" else end + 1)
    if right is None:
        return found
    if not (spans and right[0]):
        return (), right[1]
    left, (first, *others) = spans[0], right[0]
    if left.right or first.right or left.years:
        return found
    return (_ranged(left, first), *others), right[1]


def _ranged(left: Span, right: Span) -> Span:
    return Span(left.left, right.left, years=right.years)


def unit(tokens: Tokens, at: int) -> Found | None:
    """The units named at this place: by digits, by a month, or by numbers before a noun."""
    rule = _UNIT_RULES.get(tokens[at].kind)
    found = rule(tokens, at) if rule else None
    if found is None or not _refers_elsewhere(tokens, found[1]):
        return found
    return (), found[1]


def _refers_elsewhere(tokens: Tokens, at: int) -> bool:
    """Whether «следующего года», «года, следующего за отчетным» or a school year follows."""
    if tokens[at].kind is Kind.SCHOOL:
        return True
    at = at + 1 if tokens[at].kind is Kind.COMMA else at
    return tokens[at].text in ("следующего", "следующий", "следующем")


def _in_digits(tokens: Tokens, at: int) -> Found | None:
    found = numeric(tokens, at)
    if found is None:
        return None
    written, end = found
    return (() if written is None else (Span(written),)), _past_year_word(tokens, end)


def _month(tokens: Tokens, at: int) -> Found:
    """«март», «марта 2022 г.», «апрель 2022–2023 годов»."""
    end = past(tokens, at + 1, Kind.DOT) if len(tokens[at].text) <= 4 else at + 1
    end = end + 1 if tokens[end].text in ("месяц", "месяца", "месяце") else end
    return _with_years((Span(month_unit(tokens[at].value)),), tokens, end)


def _season(tokens: Tokens, at: int) -> Found:
    """«весна 2022 г.», «летом» as three months; «до осени» names no day."""
    spans, end = _with_years((Span(season_unit(tokens[at].value)),), tokens, at + 1)
    limit = at > 0 and tokens[at - 1].text in ("до", "к", "по", "не")
    return (() if limit else spans), end


def _edge_of_month(tokens: Tokens, at: int) -> Found | None:
    """«начало марта» 1–10, «середина марта» 11–20, «конец марта» 21–31."""
    if tokens[at + 1].kind is not Kind.MONTH:
        return None
    return _parts([(tokens[at].value, None)], Kind.DECADE, tokens, at + 1)


def _counted(tokens: Tokens, at: int) -> Found | None:
    """«I–II квартал», «15, 17 марта», «2022-2023 годов», «последняя неделя мая»."""
    numbers, end = numerals(tokens, at)
    head = tokens[end].kind
    of_year = tokens[end + 1].kind is Kind.YEAR or is_year(tokens[end + 1])
    if head in (Kind.QUARTER, Kind.HALF) or (head is Kind.MOIETY and of_year):
        return _quarters_or_halves(numbers, tokens, end)
    if head in _PART_LENGTHS and tokens[end + 1].kind is Kind.MONTH:
        return _parts(numbers, head, tokens, end + 1)
    if tokens[at].kind in (Kind.ROMAN, Kind.WORD):
        return None
    if head is Kind.MONTH:
        return _days(numbers, tokens, end)
    if head is Kind.WEEKDAY and tokens[end + 1].kind is Kind.MONTH:
        return _weekdays(numbers, tokens, end)
    return _years(numbers, tokens, end) or _before_full_date(numbers, tokens, end)


def _number(tokens: Tokens, at: int) -> Found | None:
    return _in_digits(tokens, at) or _counted(tokens, at)


def _lookalike(tokens: Tokens, at: int) -> Found | None:
    return _counted(tokens, at) if tokens[at].value else None


_UNIT_RULES: Final[dict[Kind, Callable[[Tokens, int], Found | None]]] = {
    Kind.NUMBER: _number,
    Kind.DOT: _in_digits,
    Kind.MONTH: _month,
    Kind.SEASON: _season,
    Kind.EDGE: _edge_of_month,
    Kind.ROMAN: _counted,
    Kind.ORDINAL: _counted,
    Kind.WORD: _lookalike,
}


def numerals(tokens: Tokens, at: int) -> tuple[Numerals, int]:
    """Numbers joined by commas, «и» and dashes: «I–III», «15, 17», «2022-2023», «1-й и 3-й»."""
    found: Numerals = []
    while len(found) < _LONGEST_LIST:
        first, last = tokens[at].value, None
        at += 1
        joint = tokens[at]
        ranging = joint.kind in _RANGE_SIGNS or joint.text in RANGE_WORDS
        if ranging and _is_numeral(tokens[at + 1]):
            last = _in_full(tokens[at + 1], first)
            at += 2
        found.append((first, last))
        if tokens[at].kind not in LIST_SIGNS or not _is_numeral(tokens[at + 1]):
            break
        at += 1
    return found, at


def _is_numeral(token: Token) -> bool:
    if token.kind is Kind.WORD:
        return token.value > 0
    return token.kind in _NUMERALS


def _in_full(token: Token, first: int) -> int:
    """The last year of «2021/22» in full; any other number as it is."""
    short = token.kind is Kind.NUMBER and len(token.text) == 2 and is_year_number(first)
    return first // 100 * 100 + token.value if short else token.value


def _quarters_or_halves(numbers: Numerals, tokens: Tokens, at: int) -> Found:
    of_quarter = tokens[at].kind is Kind.QUARTER
    make, most = (quarter_unit, 4) if of_quarter else (half_unit, 2)
    end = past(tokens, at + 1, Kind.DOT) if tokens[at].text in ("кв", "пол") else at + 1
    spans = _spans(numbers, lambda number: make(number) if 1 <= number <= most else None)
    return _with_years(spans, tokens, end)


def _days(numbers: Numerals, tokens: Tokens, at: int) -> Found:
    spans = _spans(numbers, lambda number: day_unit(number, tokens[at].value))
    end = past(tokens, at + 1, Kind.DOT) if len(tokens[at].text) <= 4 else at + 1
    return _with_years(spans, tokens, end)


_PART_LENGTHS: Final = {Kind.WEEK: 7, Kind.DECADE: 10, Kind.MOIETY: 15}
_PARTS_IN_MONTH: Final = {Kind.WEEK: 4, Kind.DECADE: 3, Kind.MOIETY: 2}


def _parts(numbers: Numerals, part: Kind, tokens: Tokens, at: int) -> Found:
    """Weeks of 7 days, decades of 10 and halves of 15, from the 1st; the last one to the end."""
    length, most, month = _PART_LENGTHS[part], _PARTS_IN_MONTH[part], tokens[at].value

    def make(number: int) -> Unit | None:
        if number == -1 and part is Kind.WEEK:
            return Unit("day", (month, -7), (month, 31))
        number = most if number == -1 else number
        if not 1 <= number <= most:
            return None
        to_end = number == most and part is not Kind.WEEK
        last = 31 if to_end else length * number
        return Unit("day", (month, length * (number - 1) + 1), (month, last))

    return _with_years(_spans(numbers, make), tokens, at + 1)


def _weekdays(numbers: Numerals, tokens: Tokens, at: int) -> Found:
    """«вторая среда марта»: one day."""
    weekday, month = tokens[at].value, tokens[at + 1].value

    def make(nth: int) -> Unit | None:
        known = nth == -1 or 1 <= nth <= 5
        return Unit("day", (month, 1), (month, 1), weekday=(nth, weekday)) if known else None

    return _with_years(_spans(numbers, make), tokens, at + 2)


def _years(numbers: Numerals, tokens: Tokens, at: int) -> Found | None:
    """«2022», «2022 года», «2022-2023 годов», «2021/22 учебный год»."""
    if not _are_years(numbers):
        return None
    end, school = _year_word(tokens, at)
    units = school_years(numbers) if school else ()
    return (tuple(Span(unit) for unit in units) or _spans(numbers, year_unit)), end


def _are_years(numbers: Numerals) -> bool:
    return all(is_year_number(number) for pair in numbers for number in pair if number is not None)


def school_years(numbers: Numerals) -> tuple[Unit, ...]:
    """«2021/22» and «2021-2022» as one school year each."""
    return tuple(
        replace(school_year_unit(first), carry=(0, max(1, (last or first) - first)))
        for first, last in numbers
    )


def _before_full_date(numbers: Numerals, tokens: Tokens, end: int) -> Found | None:
    """«15-20.03.2022», «15, 16.03.2022», «02-05.2022»: numbers that share what the last one has."""
    last = numeric(tokens, end - 1) if tokens[end - 1].kind is Kind.NUMBER else None
    if last is None:
        return None
    whole, after = last
    if whole is None:
        return (), after
    month, year = whole.first[0], whole.year
    if whole.precision == "day":
        spans = _spans(numbers, lambda day: day_unit(day, month, year))
    else:
        spans = _spans(numbers, lambda first: month_unit(first, year) if 1 <= first <= 12 else None)
    return spans, _past_year_word(tokens, after)


def _spans(numbers: Numerals, make: Callable[[int], Unit | None]) -> Spans:
    """A span for each number or pair of numbers; none at all when one of them cannot be."""
    spans = []
    for first, last in numbers:
        left, right = make(first), None if last is None else make(last)
        if left is None or (last is not None and right is None):
            return ()
        spans.append(Span(left, right))
    return tuple(spans)


def _with_years(spans: Spans, tokens: Tokens, at: int) -> Found:
    """The spans with the year or years that follow them, and the place after those."""
    at = _past_current_year(tokens, at)
    if _is_short_year(tokens, at):
        year = CENTURY + tokens[at].value
        return tuple(_in_year(span, year) for span in spans), _past_year_word(tokens, at + 1)
    if not is_year(tokens[at]):
        return spans, at
    numbers, end = numerals(tokens, at)
    after, school = _year_word(tokens, end)
    years = [year for first, last in numbers for year in range(first, (last or first) + 1)]
    known = _are_years(numbers)
    if school and known and numbers[0][1]:
        return tuple(_in_school_year(span, numbers[0][0]) for span in spans), after
    if not known or len(years) < 2:
        after, _ = _year_word(tokens, at + 1)
        return tuple(_in_year(span, tokens[at].value) for span in spans), after
    return (*spans[:-1], *(replace(span, years=tuple(years)) for span in spans[-1:])), after


def _is_short_year(tokens: Tokens, at: int) -> bool:
    """Whether «22 г.» stands here; «22» alone after a month could be anything."""
    two_digits = tokens[at].kind is Kind.NUMBER and len(tokens[at].text) == 2
    return two_digits and tokens[at + 1].text in ("г", "год", "года")


def _in_year(span: Span, year: int) -> Span:
    if span.right is None:
        return replace(span, left=replace(span.left, year=year))
    return replace(span, right=replace(span.right, year=year))


def _in_school_year(span: Span, year: int) -> Span:
    right = in_school_year(span.right, year) if span.right else None
    return replace(span, left=in_school_year(span.left, year), right=right)


def _past_current_year(tokens: Tokens, at: int) -> int:
    """After «года», «текущего года», «т.г.», which name the project's year without a number."""
    if [token.text for token in tokens[at : at + 3]] == ["т", ".", "г"]:
        return past(tokens, at + 3, Kind.DOT)
    noun = at + 1 if tokens[at].text in ("текущего", "этого") else at
    return noun + 1 if tokens[noun].text == "года" else at


def _past_year_word(tokens: Tokens, at: int) -> int:
    return _year_word(tokens, at)[0]


def _year_word(tokens: Tokens, at: int) -> tuple[int, bool]:
    """The place after «г.», «года», «учебного года», and whether it was a school year."""
    school = tokens[at].kind is Kind.SCHOOL
    word = past(tokens, at + 1, Kind.DOT) if school else at
    if tokens[word].kind is not Kind.YEAR:
        return at, False
    while len(tokens[word].text) <= 2 and tokens[word + 1].kind is Kind.DOT:
        if tokens[word + 2].kind is not Kind.YEAR:
            return word + 2, school
        word += 2
    return word + 1, school


def past(tokens: Tokens, at: int, kind: Kind) -> int:
    """The place after a token of this kind, if one stands here."""
    return at + 1 if tokens[at].kind is kind else at
