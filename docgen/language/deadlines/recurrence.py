"""The grammar of repetition: «ежемесячно», «2 раза в год», «1-й и 3-й понедельник».

A rule answers with the recurrence read and the place after it; with no recurrence when the piece
speaks of one that the normal form cannot hold («1-2 раза в месяц») and must stay together, unread.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from docgen.language.deadlines.periods import numerals
from docgen.language.deadlines.timing import Frequency, Recurrence
from docgen.language.deadlines.tokens import Token
from docgen.language.deadlines.vocabulary import Kind

Tokens = Sequence[Token]
Found = tuple[Recurrence | None, int]

_FREQUENCIES: Final[tuple[Frequency, ...]] = ("daily", "weekly", "monthly", "quarterly", "yearly")
_MONTH_NOUNS: Final = ("месяц", "месяца", "мес")
_NOUN_FREQUENCIES: Final[dict[Kind, Frequency]] = {
    Kind.DAY: "daily",
    Kind.WEEK: "weekly",
    Kind.QUARTER: "quarterly",
    Kind.YEAR: "yearly",
}
_AT_LEAST: Final = ("реже", "менее")
_AT_MOST: Final = ("чаще", "более")
_LONGEST_NOUN: Final = 4


def recurrence(tokens: Tokens, at: int) -> Found | None:
    """The repetition named at this place."""
    for rule in _RULES.get(tokens[at].kind, ()):
        found = rule(tokens, at)
        if found is not None:
            return found
    return None


def combined(first: Recurrence | None, second: Recurrence) -> Recurrence | None:
    """Both said of one thing («еженедельно, по средам»); None when they contradict."""
    if first is None:
        return second
    if first.freq != second.freq:
        return None
    return replace(
        first,
        times=max(first.times, second.times),
        weekday=first.weekday or second.weekday,
        nth=first.nth or second.nth,
    )


def _adverb(tokens: Tokens, at: int) -> Found:
    """«ежемесячно», «еженедельно по средам», «ежемесячно не менее 2 раз»."""
    freq = _FREQUENCIES[tokens[at].value - 1]
    place = at + 2 if tokens[at + 1].kind is Kind.COMMA else at + 1
    counted = count(tokens, _past_at_least(tokens, place))
    if counted and tokens[counted[1]].kind is Kind.TIMES:
        times, end = counted
        if tokens[end + 1].text not in ("в", "во"):
            return Recurrence(freq, times), end + 1
    return _on_weekday(tokens, Recurrence(freq), at + 1)


def _on_weekday(tokens: Tokens, found: Recurrence, at: int) -> tuple[Recurrence, int]:
    """«еженедельно (среда)», «раз в неделю, по средам»: the day of a weekly recurrence."""
    place = at + 1 if tokens[at].kind is Kind.COMMA else at
    place = place + 1 if tokens[place].text in ("в", "во", "по", "(") else place
    one_day = tokens[place].kind is Kind.WEEKDAY and not _listed(tokens, place + 1)
    if found.freq != "weekly" or found.times > 1 or not one_day:
        return found, at
    return replace(found, weekday=tokens[place].value), place + 1


def _each(tokens: Tokens, at: int) -> Found | None:
    """«каждый месяц», «каждое полугодие», «каждую среду», «каждый 2-й четверг месяца»."""
    noun = tokens[at + 1]
    if noun.kind is Kind.HALF or noun.text == "полгода":
        return Recurrence("yearly", 2), at + 2
    freq = _noun_frequency(noun)
    if freq is not None:
        return Recurrence(freq), at + 2
    if noun.kind is Kind.WEEKDAY and not _listed(tokens, at + 2):
        return Recurrence("weekly", weekday=noun.value), _past_of_month(tokens, at + 2)
    return _nth_weekday(tokens, at + 1)


def _nth_weekday(tokens: Tokens, at: int) -> Found | None:
    """«2-й и 4-й понедельник», «последняя пятница каждого месяца»."""
    if tokens[at].kind not in (Kind.NUMBER, Kind.ORDINAL, Kind.ROMAN):
        return None
    numbers, end = numerals(tokens, at)
    if tokens[end].kind is not Kind.WEEKDAY:
        return None
    nth = tuple(first for first, last in numbers if last is None)
    known = len(nth) == len(numbers) and all(n == -1 or 1 <= n <= 5 for n in nth)
    weekday, end = tokens[end].value, _past_of_month(tokens, end + 1)
    if not known:
        return None, end
    return Recurrence("monthly", len(set(nth)), weekday, tuple(dict.fromkeys(nth))), end


def _past_of_month(tokens: Tokens, at: int) -> int:
    noun = at + 1 if tokens[at].kind is Kind.EACH else at
    return noun + 1 if tokens[noun].text in _MONTH_NOUNS else at


def _on_weekdays(tokens: Tokens, at: int) -> Found | None:
    """«в последнюю пятницу месяца», «по 2-м и 4-м понедельникам», «в каждый вторник»."""
    if tokens[at].text not in ("в", "во", "по"):
        return None
    if tokens[at + 1].kind is Kind.EACH:
        return _each(tokens, at + 1)
    return _nth_weekday(tokens, at + 1)


def _by_weekday(tokens: Tokens, at: int) -> Found | None:
    """«по понедельникам»; two weekdays do not fit the normal form."""
    if tokens[at].text != "по" or tokens[at + 1].kind is not Kind.WEEKDAY:
        return None
    if not tokens[at + 1].text.endswith("м"):
        return None
    if _listed(tokens, at + 2):
        return None, at + 4
    return Recurrence("weekly", weekday=tokens[at + 1].value), at + 2


def _listed(tokens: Tokens, at: int) -> bool:
    """Whether another weekday follows."""
    joined = tokens[at].kind in (Kind.AND, Kind.COMMA, Kind.DASH)
    return joined and tokens[at + 1].kind is Kind.WEEKDAY


def _times_in(tokens: Tokens, at: int) -> Found | None:
    """«2 раза в год», «не реже 1 раза в месяц», «2 совещания в месяц»; not «не чаще», «1-2»."""
    start = _past_at_least(tokens, at)
    counted = (1, start) if tokens[start].kind is Kind.TIMES else count(tokens, start)
    if counted is None:
        return None
    times, end = counted
    upper = count(tokens, end + 1) if tokens[end].kind is Kind.DASH else None
    within = _within(tokens, upper[1] if upper else end)
    if within is None:
        return None
    freq, factor, end = within
    bounded = upper or tokens[at + 1].text in _AT_MOST
    return (None, end) if bounded else _on_weekday(tokens, Recurrence(freq, times * factor), end)


def _past_at_least(tokens: Tokens, at: int) -> int:
    """After «не реже (чем)», «не менее», «не чаще», «как минимум», «по»."""
    if tokens[at].text == "не" and tokens[at + 1].text in (*_AT_LEAST, *_AT_MOST):
        than = at + 3 if tokens[at + 2].kind is Kind.COMMA else at + 2
        return than + 1 if tokens[than].text == "чем" else at + 2
    if tokens[at].text == "как" and tokens[at + 1].text == "минимум":
        return at + 2
    return at + 1 if tokens[at].text in ("по", "минимум") else at


def count(tokens: Tokens, at: int) -> tuple[int, int] | None:
    """A small number in digits or words, with the words repeated in brackets: «3 (трёх)»."""
    token = tokens[at]
    if token.kind is Kind.MULTIPLE:
        return token.value, at + 1
    if token.kind not in (Kind.NUMBER, Kind.CARDINAL) or not 1 <= token.value <= 366:
        return None
    repeated = tokens[at + 1].kind is Kind.OPEN and tokens[at + 2].kind is Kind.CARDINAL
    return token.value, at + 4 if repeated and tokens[at + 3].kind is Kind.CLOSE else at + 1


def _within(tokens: Tokens, at: int) -> tuple[Frequency, int, int] | None:
    """What is counted and in which time: «раза в год», «онлайн-совещания в месяц»."""
    end = at
    while end - at < _LONGEST_NOUN and tokens[end].kind in _COUNTED:
        end += 1
    if tokens[end].text not in ("в", "во", "/"):
        return None
    lasting = tokens[end + 1].text == "течение"
    if lasting and Kind.YEAR in (tokens[end + 2].kind, tokens[end + 3].kind):
        return "yearly", 1, end  # «2 раза в течение года»: the year is the period, too
    noun = end + 2 if tokens[end + 1].kind in (Kind.SCHOOL, Kind.EACH) else end + 1
    if tokens[noun].kind is Kind.HALF or tokens[noun].text == "полгода":
        return "yearly", 2, noun + 1
    freq = _noun_frequency(tokens[noun])
    return (freq, 1, noun + 1) if freq else None


_COUNTED: Final = frozenset({Kind.TIMES, Kind.WORD, Kind.DASH, Kind.DAY})


def _noun_frequency(token: Token) -> Frequency | None:
    return "monthly" if token.text in _MONTH_NOUNS else _NOUN_FREQUENCIES.get(token.kind)


_RULES: Final[dict[Kind, tuple[Callable[[Tokens, int], Found | None], ...]]] = {
    Kind.FREQUENCY: (_adverb,),
    Kind.EACH: (_each,),
    Kind.NUMBER: (_nth_weekday, _times_in),
    Kind.ORDINAL: (_nth_weekday,),
    Kind.ROMAN: (_nth_weekday,),
    Kind.CARDINAL: (_times_in,),
    Kind.MULTIPLE: (_times_in,),
    Kind.TIMES: (_times_in,),
    Kind.OPENER: (_by_weekday, _on_weekdays, _times_in),
    Kind.WORD: (_times_in,),
}
