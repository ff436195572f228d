"""The grammar of calendar periods: each rule reads one way of writing at one place.

A rule takes the tokens and a place; it answers with the spans read and the place after them, or
None. An answer with no spans means "a date was meant here, but there is no such date": the piece
stays together, unread.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from docgen.language.dates import is_year, is_year_number, numeric
from docgen.language.tokens import Token
from docgen.language.units import (
    Span,
    Unit,
    day_unit,
    half_unit,
    in_school_year,
    month_unit,
    project_unit,
    quarter_unit,
    school_year_unit,
    year_unit,
)
from docgen.language.vocabulary import Kind

Tokens = Sequence[Token]
Spans = tuple[Span, ...]
Found = tuple[Spans, int]
Numerals = list[tuple[int, int | None]]
"""Members of «1, 3–4»: a number or a first and a last one."""

_LONGEST_LIST: Final = 12
_RANGE_WORDS: Final = ("по", "до")
_LIST_SIGNS: Final = (Kind.COMMA, Kind.AND)
_DURING: Final = ("течение", "течении", "теч")
_WHOLE: Final = ("весь", "всего", "целый", "целого", "круглый", "календарного", "текущего",
                 "текущий", "текущем", "календарный", "календарном")  # fmt: skip
_PROJECT_TIME: Final = ("период", "периода", "срок", "срока", "времени", "время")
_PROJECT_RUN: Final = ("реализации", "действия", "проведения", "выполнения", "работы")
_PROJECT_NOUNS: Final = ("проекта", "программы", "плана")
_PROJECT_END: Final = ("конца", "окончания", "завершения")


def calendar(tokens: Tokens, at: int) -> Found | None:
    """«до …», «с … по …», «в течение …» or a bare period, whichever stands here."""
    for rule in (until, since, during, period):
        found = rule(tokens, at)
        if found is not None:
            return _onward(tokens, found)
    return None


def _onward(tokens: Tokens, found: Found) -> Found:
    """The period opened by «и далее»: «с марта 2022 г. и далее»."""
    spans, end = found
    after = _past(tokens, end, Kind.COMMA) if tokens[end].kind is not Kind.AND else end + 1
    if tokens[after].text != "далее" or len(spans) != 1 or spans[0].right:
        return found
    return (replace(spans[0], shape="open"),), after + 1


def until(tokens: Tokens, at: int) -> Found | None:
    """«до 14.05.2021», «не позднее 15 марта», «к 1 сентября», «до конца мая», «в срок до …»."""
    start = _skip(tokens, at, "в", "срок") or at
    if tokens[start].text in ("до", "к", "ко", "по"):
        inside = start + 1
    elif tokens[start].text == "не" and tokens[start + 1].text in ("позднее", "позже"):
        inside = start + 2
    else:
        return None
    found = _end_of(tokens, inside) or period(tokens, inside)
    if found is None:
        return None
    spans, end = found
    while spans and spans[-1].precision == "day" and tokens[end].kind in _LIST_SIGNS:
        another = period(tokens, end + 1)
        if another is None or not all(_is_day(span) for span in another[0]):
            break
        spans, end = (*spans, *another[0]), another[1]
    return tuple(_before(span) for span in spans), end


def _is_day(span: Span) -> bool:
    return span.precision == "day" and span.right is None


def _before(span: Span) -> Span:
    return span if span.right else replace(span, shape="until")


def _end_of(tokens: Tokens, at: int) -> Found | None:
    """«конца мая», «конца 2022 года», «конца года», «окончания проекта»."""
    if tokens[at].text in (*_PROJECT_END, "концу", "окончанию", "завершению"):
        inside = at + 1
        if tokens[inside].text in _PROJECT_NOUNS:
            return (Span(project_unit()),), _past_project_name(tokens, inside + 1)
        return _project(tokens, inside) or _yearless(tokens, inside) or period(tokens, inside)
    if tokens[at].text in ("начала", "началу"):
        found = _yearless(tokens, at + 1) or period(tokens, at + 1)
        return (tuple(_first_day(span) for span in found[0]), found[1]) if found else None
    return None


def _first_day(span: Span) -> Span:
    unit = span.left
    return Span(replace(unit, precision="day", last=unit.first, carry=(unit.carry[0],) * 2))


def since(tokens: Tokens, at: int) -> Found | None:
    """«с марта», «с 15.03 по 20.03.2022», «в период с … по …», «начиная с …», «не ранее …»."""
    start = _skip(tokens, at, "в", "период") or _skip(tokens, at, "в", "срок") or at
    start = _skip(tokens, start, "начиная") or start
    if tokens[start].text in ("с", "со"):
        inside = start + 1
    elif tokens[start].text == "не" and tokens[start + 1].text in ("ранее", "раньше"):
        inside = start + 2
    else:
        return None
    found = period(tokens, inside)
    if found is None or len(found[0]) != 1 or found[0][0].right:
        return found
    (span,), end = found
    tail = _until_end(tokens, end)
    if tail is not None:
        return (_up_to(span, tail[0]),), tail[1]
    return (replace(span, shape="open"),), end


def _until_end(tokens: Tokens, at: int) -> tuple[Unit, int] | None:
    """«до конца года» after «с марта»."""
    found = _end_of(tokens, at + 1) if tokens[at].text in _RANGE_WORDS else None
    return (found[0][0].left, found[1]) if found and len(found[0]) == 1 else None


def _up_to(span: Span, last: Unit) -> Span:
    """The span up to the end of `last`, which says nothing of how exact its start is."""
    if last.project:
        return replace(span, shape="open")
    return replace(span, right=replace(last, precision=span.precision))


def during(tokens: Tokens, at: int) -> Found | None:
    """«в течение 2022 года», «в марте», «весь период», «на протяжении учебного года»."""
    inside = _during_words(tokens, at)
    if inside is None:
        return None
    whole = inside
    while tokens[whole].text in _WHOLE:
        whole += 1
    lasting = inside - at == 2 or whole > inside or tokens[whole].kind is Kind.SCHOOL
    found = _project(tokens, whole, bare=whole > inside) or (
        _yearless(tokens, whole) if lasting else None
    )
    return found or period(tokens, whole)


def _during_words(tokens: Tokens, at: int) -> int | None:
    """The place after «в течение», «на протяжении», «в период», «в»; `at` itself before «весь»."""
    first, second = tokens[at].text, tokens[at + 1].text
    if first == "в" and second in _DURING:
        return _past(tokens, at + 2, Kind.DOT)
    if (first == "на" and second == "протяжении") or (first == "в" and second == "период"):
        return at + 2
    if first in ("в", "во"):
        return at + 1
    return at if first in _WHOLE or first == "учебный" else None


def _yearless(tokens: Tokens, at: int) -> Found | None:
    """«года», «учебного года», «текущего года»: the year is the project's."""
    inside = at + 1 if tokens[at].text in _WHOLE else at
    school = tokens[inside].kind is Kind.SCHOOL
    inside = _past(tokens, inside + 1, Kind.DOT) if school else inside
    if tokens[inside].kind is not Kind.YEAR:
        return None
    end = _past(tokens, inside + 1, Kind.DOT) if len(tokens[inside].text) == 1 else inside + 1
    if school and is_year(tokens[end]):
        numbers, after = numerals(tokens, end)
        return tuple(Span(unit) for unit in _school_years(numbers)), after
    return (Span(school_year_unit() if school else year_unit()),), end


def _project(tokens: Tokens, at: int, *, bare: bool = False) -> Found | None:
    """«срока реализации проекта», «реализации программы», «проекта «500+»»; «период» when bare."""
    timed = at + 1 if tokens[at].text in _PROJECT_TIME else at
    end = timed + 1 if tokens[timed].text in _PROJECT_RUN else timed
    if end > at and tokens[end].text in _PROJECT_NOUNS:
        end = _past_project_name(tokens, end + 1)
    elif end > at and tokens[end].text == "дорожной" and tokens[end + 1].text == "карты":
        end += 2
    elif not (bare and end == timed > at) or tokens[end].kind in (Kind.WORD, Kind.SCHOOL):
        return None
    return (Span(project_unit()),), end


def _past_project_name(tokens: Tokens, at: int) -> int:
    number = _past(tokens, at, Kind.QUOTE)
    if tokens[number].value != 500 or tokens[number + 1].text != "+":
        return at
    return _past(tokens, number + 2, Kind.QUOTE)


def period(tokens: Tokens, at: int) -> Found | None:
    """A unit, a list that shares its noun, or a range of two units."""
    found = unit(tokens, at)
    if found is None or len(found[0]) > 1:
        return found
    spans, end = found
    if tokens[end].kind is not Kind.DASH and tokens[end].text not in _RANGE_WORDS:
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
    """Whether «следующего года», «года, следующего за отчетным» or a nameless school year follows."""
    if tokens[at].kind is Kind.SCHOOL:
        return True
    at = at + 2 if tokens[at].kind is Kind.YEAR and tokens[at + 1].kind is Kind.COMMA else at
    return tokens[at].text in ("следующего", "следующий", "следующем")


def _in_digits(tokens: Tokens, at: int) -> Found | None:
    found = numeric(tokens, at)
    if found is None:
        return None
    unit, end = found
    return (() if unit is None else (Span(unit),)), _past_year_word(tokens, end)


def _month(tokens: Tokens, at: int) -> Found:
    """«март», «марта 2022 г.», «апрель 2022–2023 годов»."""
    end = _past(tokens, at + 1, Kind.DOT) if len(tokens[at].text) <= 4 else at + 1
    return _with_years((Span(month_unit(tokens[at].value)),), tokens, end)


def _edge_of_month(tokens: Tokens, at: int) -> Found | None:
    """«начало марта» 1–10, «середина марта» 11–20, «конец марта» 21–31."""
    if tokens[at + 1].kind is not Kind.MONTH:
        return None
    return _parts([(tokens[at].value, None)], Kind.DECADE, tokens, at + 1)


def _counted(tokens: Tokens, at: int) -> Found | None:
    """«I–II квартал», «15, 17 марта», «2022-2023 годов», «последняя неделя мая»."""
    numbers, end = numerals(tokens, at)
    if tokens[end].kind is Kind.QUOTE and tokens[end + 1].kind is Kind.MONTH:
        end += 1
    head = tokens[end].kind
    if head is Kind.QUARTER or head is Kind.HALF:
        return _quarters_or_halves(numbers, tokens, end)
    if tokens[at].kind is Kind.ROMAN or tokens[at].kind is Kind.WORD:
        return None
    if head is Kind.MONTH:
        return _days(numbers, tokens, end)
    if head in _PART_LENGTHS and tokens[end + 1].kind is Kind.MONTH:
        return _parts(numbers, head, tokens, end + 1)
    if head is Kind.WEEKDAY and tokens[end + 1].kind is Kind.MONTH:
        return _weekdays(numbers, tokens, end)
    return _years(numbers, tokens, end) or _days_of_one_month(tokens, at)


def _number(tokens: Tokens, at: int) -> Found | None:
    return _in_digits(tokens, at) or _counted(tokens, at)


def _lookalike(tokens: Tokens, at: int) -> Found | None:
    return _counted(tokens, at) if tokens[at].value else None


_UNIT_RULES: Final[dict[Kind, Callable[[Tokens, int], Found | None]]] = {
    Kind.NUMBER: _number,
    Kind.DOT: _in_digits,
    Kind.MONTH: _month,
    Kind.EDGE: _edge_of_month,
    Kind.ROMAN: _counted,
    Kind.ORDINAL: _counted,
    Kind.WORD: _lookalike,
}


def numerals(tokens: Tokens, at: int) -> tuple[Numerals, int]:
    """Numbers joined by commas, «и» and dashes: «1», «I–III», «15, 17», «2022-2023», «1-й и 3-й»."""
    found: Numerals = []
    while len(found) < _LONGEST_LIST:
        first, last = tokens[at].value, None
        at += 1
        joint = tokens[at]
        if _is_numeral(tokens[at + 1]) and (
            joint.kind in (Kind.DASH, Kind.SLASH) or joint.text in _RANGE_WORDS
        ):
            last = _in_full(tokens[at + 1], first)
            at += 2
        found.append((first, last))
        if tokens[at].kind not in (Kind.COMMA, Kind.AND) or not _is_numeral(tokens[at + 1]):
            break
        at += 1
    return found, at


def _is_numeral(token: Token) -> bool:
    if token.kind is Kind.WORD:
        return token.value > 0
    return token.kind in (Kind.NUMBER, Kind.ROMAN, Kind.ORDINAL)


def _in_full(token: Token, first: int) -> int:
    """The last year of «2021/22» in full; any other number as it is."""
    short = len(token.text) == 2 and is_year_number(first)
    return first // 100 * 100 + token.value if short else token.value


def _quarters_or_halves(numbers: Numerals, tokens: Tokens, at: int) -> Found:
    of_quarter = tokens[at].kind is Kind.QUARTER
    make, most = (quarter_unit, 4) if of_quarter else (half_unit, 2)
    end = _past(tokens, at + 1, Kind.DOT) if tokens[at].text == "кв" else at + 1
    spans = _spans(numbers, lambda number: make(number) if 1 <= number <= most else None)
    return _with_years(spans, tokens, end)


def _days(numbers: Numerals, tokens: Tokens, at: int) -> Found:
    spans = _spans(numbers, lambda number: day_unit(number, tokens[at].value))
    end = _past(tokens, at + 1, Kind.DOT) if len(tokens[at].text) <= 4 else at + 1
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
    units = _school_years(numbers) if school else ()
    return (tuple(Span(unit) for unit in units) or _spans(numbers, year_unit)), end


def _are_years(numbers: Numerals) -> bool:
    return all(is_year_number(number) for pair in numbers for number in pair if number is not None)


def _school_years(numbers: Numerals) -> tuple[Unit, ...]:
    return tuple(
        replace(school_year_unit(first), carry=(0, max(1, (last or first) - first)))
        for first, last in numbers
    )


def _days_of_one_month(tokens: Tokens, at: int) -> Found | None:
    """«15-20.03.2022», «15, 16.03.2022»: days that share the month of the last."""
    numbers, end = numerals(tokens, at)
    last = numeric(tokens, end - 1)
    if last is None or tokens[end - 1].kind is not Kind.NUMBER:
        return None
    unit = last[0]
    if unit is None or unit.precision != "day":
        return (), last[1]
    spans = _spans(numbers, lambda day: day_unit(day, unit.first[0], unit.year))
    return spans, _past_year_word(tokens, last[1])


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
    if not is_year(tokens[at]):
        return spans, at
    numbers, end = numerals(tokens, at)
    after, school = _year_word(tokens, end)
    years = [year for first, last in numbers for year in range(first, (last or first) + 1)]
    known = _are_years(numbers)
    if school and known:
        return tuple(_in_school_year(span, numbers[0][0]) for span in spans), after
    if after == end or not known or len(years) == 1:
        after, _ = _year_word(tokens, at + 1)
        return tuple(_in_year(span, tokens[at].value) for span in spans), after
    return (*spans[:-1], *(replace(span, years=tuple(years)) for span in spans[-1:])), after


def _in_year(span: Span, year: int) -> Span:
    if span.right is None:
        return replace(span, left=replace(span.left, year=year))
    return replace(span, right=replace(span.right, year=year))


def _in_school_year(span: Span, year: int) -> Span:
    right = in_school_year(span.right, year) if span.right else None
    return replace(span, left=in_school_year(span.left, year), right=right)


def _past_current_year(tokens: Tokens, at: int) -> int:
    """After «текущего года», which names the project's year without a number."""
    named = tokens[at].text in ("текущего", "этого") and tokens[at + 1].kind is Kind.YEAR
    return at + 2 if named else at


def _past_year_word(tokens: Tokens, at: int) -> int:
    return _year_word(tokens, at)[0]


def _year_word(tokens: Tokens, at: int) -> tuple[int, bool]:
    """The place after «г.», «года», «учебного года», and whether it was a school year."""
    school = tokens[at].kind is Kind.SCHOOL
    word = _past(tokens, at + 1, Kind.DOT) if school else at
    if tokens[word].kind is not Kind.YEAR:
        return at, False
    short = len(tokens[word].text) <= 2
    return (_past(tokens, word + 1, Kind.DOT) if short else word + 1), school


def _past(tokens: Tokens, at: int, kind: Kind) -> int:
    return at + 1 if tokens[at].kind is kind else at


def _skip(tokens: Tokens, at: int, *words: str) -> int | None:
    """The place after these words, if exactly they stand here."""
    for word in words:
        if tokens[at].text != word:
            return None
        at += 1
    return at
