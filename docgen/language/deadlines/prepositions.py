"""The grammar of words around a period: «до …», «с … по …», «в течение …», «весь период проекта».

The rules answer as those of `periods` do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from docgen.language.deadlines.dates import is_year
from docgen.language.deadlines.periods import (
    LIST_SIGNS,
    RANGE_WORDS,
    Found,
    Tokens,
    numerals,
    past,
    period,
    school_years,
)
from docgen.language.deadlines.units import Span, Unit, project_unit, school_year_unit, year_unit
from docgen.language.deadlines.vocabulary import Kind

_DURING: Final = ("течение", "течении", "теч")
_LASTING: Final = (("на", "протяжении"), ("в", "период"), ("в", "ходе"), ("во", "время"))
_WHOLE: Final = ("весь", "всего", "целый", "целого", "круглый", "календарного", "текущего",
                 "текущий", "текущем", "календарный", "календарном")  # fmt: skip
_PROJECT_TIME: Final = ("период", "периода", "срок", "срока", "времени", "время")
_PROJECT_RUN: Final = ("реализации", "действия", "проведения", "выполнения", "работы")
_PROJECT_NOUNS: Final = ("проекта", "программы", "плана")
_HOURS: Final = ("ч", "час", "часа", "часов")
_PROJECT_END: Final = ("конца", "окончания", "завершения")


def calendar(tokens: Tokens, at: int) -> Found | None:
    """«до …», «с … по …», «в течение …» or a bare period, whichever stands here."""
    for rule in _RULES.get(tokens[at].kind, (period,)):
        found = rule(tokens, at)
        if found is not None:
            return _onward(tokens, _due_by_hour(tokens, at, found))
    return None


def _due_by_hour(tokens: Tokens, at: int, found: Found) -> Found:
    """The day as a limit after «до 18.00», which stays unread: «до 18.00 15 марта»."""
    limit = _hour_before(tokens, at)
    if not limit or tokens[limit - 1].text != "до":
        return found
    if _hour_before(tokens, limit - 1) or tokens[max(limit - 3, 0)].text in ("с", "со"):
        return found  # «с 10.00 до 12.00 21.03.2022» is the hours of a meeting
    return tuple(_before(span) for span in found[0]), found[1]


def _hour_before(tokens: Tokens, at: int) -> int:
    """The place of the hour that ends here: «18.00», «18-00», «18 часов»; 0 where none does."""
    word = at - 1
    while word > 0 and (tokens[word].kind is Kind.DOT or tokens[word].text in _HOURS):
        word -= 1
    if tokens[word].kind is not Kind.NUMBER or len(tokens[word].text) > 2:
        return 0
    sign = tokens[word - 1]
    parted = word > 2 and (sign.kind in (Kind.DOT, Kind.DASH) or sign.text == ":")
    if parted and tokens[word - 2].kind is Kind.NUMBER and len(tokens[word].text) == 2:
        return word - 2
    return word if word < at - 1 else 0


def _onward(tokens: Tokens, found: Found) -> Found:
    """The period opened by «и далее»: «с марта 2022 г. и далее»."""
    spans, end = found
    after = _skip(tokens, end, "и", "далее")
    if after is None or len(spans) != 1 or spans[0].right or spans[0].shape == "until":
        return found
    return (replace(spans[0], shape="open"),), after


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
    while spans and spans[-1].precision == "day" and tokens[end].kind in LIST_SIGNS:
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
        return _project(tokens, at + 1) or _yearless(tokens, at + 1) or period(tokens, at + 1)
    if tokens[at].text in ("середины", "середине") and tokens[at + 1].kind is Kind.MONTH:
        found = period(tokens, at + 1)
        return (tuple(_middle(span) for span in found[0]), found[1]) if found else None
    if tokens[at].text in ("начала", "началу"):
        found = _yearless(tokens, at + 1) or period(tokens, at + 1)
        return (tuple(_first_day(span) for span in found[0]), found[1]) if found else None
    return None


def _first_day(span: Span) -> Span:
    unit = span.left
    return Span(replace(unit, precision="day", last=unit.first, carry=(unit.carry[0],) * 2))


def _middle(span: Span) -> Span:
    day = (span.left.first[0], 15)
    return replace(span, left=replace(span.left, precision="day", first=day, last=day))


def since(tokens: Tokens, at: int) -> Found | None:
    """«с марта», «с 15.03 по 20.03.2022», «в период с … по …», «начиная с …», «не ранее …»."""
    start = (
        _skip(tokens, at, "в", "период")
        or _skip(tokens, at, "период")
        or _skip(tokens, at, "в", "срок")
        or at
    )
    start = _skip(tokens, start, "начиная") or start
    if tokens[start].text in ("с", "со"):
        inside = start + 1
    elif tokens[start].text == "не" and tokens[start + 1].text in ("ранее", "раньше"):
        inside = start + 2
    else:
        return None
    beginning = _end_of(tokens, inside) if tokens[inside].text == "начала" else None
    found = beginning or period(tokens, inside)
    if found is None or len(found[0]) != 1 or found[0][0].right:
        return found
    (span,), end = found
    tail = _until_end(tokens, past(tokens, end, Kind.AND))
    if tail is not None:
        return (_up_to(span, tail[0]),), tail[1]
    limit = until(tokens, end + 1) if tokens[end].kind in LIST_SIGNS else None
    if limit is not None and tokens[end + 1].text == "не" and len(limit[0]) == 1:
        return (replace(span, right=limit[0][0].left),), limit[1]
    return (replace(span, shape="open"),), end


def _until_end(tokens: Tokens, at: int) -> tuple[Unit, int] | None:
    """«до конца года» after «с марта»."""
    found = _end_of(tokens, at + 1) if tokens[at].text in RANGE_WORDS else None
    return (found[0][0].left, found[1]) if found and len(found[0]) == 1 else None


def _up_to(span: Span, last: Unit) -> Span:
    """The span up to the end of `last`, which says nothing of how exact its start is."""
    if last.project:
        return replace(span, shape="open")
    return replace(span, right=replace(last, precision=span.precision))


def during(tokens: Tokens, at: int) -> Found | None:
    """«в течение 2022 года», «в марте», «весь период», «на протяжении учебного года»."""
    if tokens[at].text == "круглогодично":
        return (Span(year_unit()),), at + 1
    name = at + 1 if tokens[at].text == "на" else at
    if tokens[name].text == "период" and tokens[name + 1].text in _PROJECT_RUN:
        return _project(tokens, name)
    inside = _during_words(tokens, at)
    if inside is None:
        return None
    whole = inside
    while tokens[whole].text in _WHOLE:
        whole += 1
    if tokens[whole].text in _PROJECT_TIME and tokens[whole + 1].kind is Kind.NUMBER:
        whole += 1  # «весь период 2020-2021 учебного года»
    lasting = inside - at >= 2 or whole > inside or tokens[whole].kind is Kind.SCHOOL
    found = (_project(tokens, whole) or _yearless(tokens, whole)) if lasting else None
    if found is None and whole > inside:
        found = _time_alone(tokens, whole)
    found = found or period(tokens, whole)
    return ((), found[1]) if found and _is_hour(tokens, at, found) else found


def _is_hour(tokens: Tokens, at: int, found: Found) -> bool:
    """Whether «в 14.10» names an hour: nobody writes a day so."""
    in_digits = tokens[at + 1].kind is Kind.NUMBER and tokens[at + 2].kind is Kind.DOT
    return in_digits and len(found[0]) == 1 and not found[0][0].dated


def _during_words(tokens: Tokens, at: int) -> int | None:
    """The place after «в течение», «на протяжении», «в период», «в»; `at` itself before «весь»."""
    first, second = tokens[at].text, tokens[at + 1].text
    if first == "в" and second in _DURING:
        return past(tokens, at + 2, Kind.DOT)
    if (first, second) in _LASTING:
        return at + 2
    if first in ("в", "во") or (first == "на" and second in _WHOLE):
        return at + 1
    return at if first in _WHOLE or first == "учебный" else None


def _yearless(tokens: Tokens, at: int) -> Found | None:
    """«года», «учебного года», «текущего года»: the year is the project's."""
    inside = at + 1 if tokens[at].text in _WHOLE else at
    school = tokens[inside].kind is Kind.SCHOOL
    inside = past(tokens, inside + 1, Kind.DOT) if school else inside
    if tokens[inside].kind is not Kind.YEAR:
        return None
    end = past(tokens, inside + 1, Kind.DOT) if len(tokens[inside].text) == 1 else inside + 1
    if school and is_year(tokens[end]):
        numbers, after = numerals(tokens, end)
        return tuple(Span(unit) for unit in school_years(numbers)), after
    return (Span(school_year_unit() if school else year_unit()),), end


def _project(tokens: Tokens, at: int) -> Found | None:
    """«срока реализации проекта», «реализации дорожной карты», «проекта «500+»»."""
    end = at + 1 if tokens[at].text in _PROJECT_TIME else at
    end = end + 1 if tokens[end].text in _PROJECT_RUN else end
    if tokens[end].text in _PROJECT_NOUNS:
        return (Span(project_unit()),), _past_project_name(tokens, end + 1)
    end_of_map = _skip(tokens, end, "дорожной", "карты")
    return ((Span(project_unit()),), end_of_map) if end_of_map else None


def _time_alone(tokens: Tokens, at: int) -> Found | None:
    """«период» after «весь», unless it is the period of something else."""
    if tokens[at].text not in _PROJECT_TIME:
        return None
    end = at + 2 if tokens[at + 1].text in _PROJECT_RUN else at + 1
    alone = tokens[end].kind not in (Kind.WORD, Kind.SCHOOL)
    return ((Span(project_unit()),), end) if alone else None


def _past_project_name(tokens: Tokens, at: int) -> int:
    number = past(tokens, at, Kind.QUOTE)
    if tokens[number].value != 500 or tokens[number + 1].text != "+":
        return at
    return past(tokens, number + 2, Kind.QUOTE)


def _skip(tokens: Tokens, at: int, *words: str) -> int | None:
    """The place after these words, if exactly they stand here."""
    for word in words:
        if tokens[at].text != word:
            return None
        at += 1
    return at


_RULES: Final[dict[Kind, tuple[Callable[[Tokens, int], Found | None], ...]]] = {
    Kind.OPENER: (until, since, during),
    Kind.SCHOOL: (during,),
    Kind.WORD: (during, since, period),
}
