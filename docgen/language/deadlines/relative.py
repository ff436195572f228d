"""The grammar of terms counted from an event: «в трехдневный срок со дня регистрации».

The event itself (`anchor`) is kept word for word. A term in months has no number of days and is
left unread.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from docgen.language.deadlines.recurrence import count
from docgen.language.deadlines.timing import Relative
from docgen.language.deadlines.tokens import WORDLIKE, Token
from docgen.language.deadlines.vocabulary import Kind

Tokens = Sequence[Token]

_PREFIXES: Final = {
    "одно": 1, "двух": 2, "трех": 3, "четырех": 4, "пяти": 5, "шести": 6, "семи": 7,
    "восьми": 8, "девяти": 9, "десяти": 10, "пятнадцати": 15, "двадцати": 20, "тридцати": 30,
}  # fmt: skip
_LENGTHS: Final = {"дневный": 1, "дневного": 1, "недельный": 7, "недельного": 7}
_STARTS: Final = ("дня", "момента", "даты")
_AFTER: Final = ("после", "с", "со", "от", "по")


class _Term(NamedTuple):
    """So many days, negative after «за»; `end` is the place after «… дней»."""

    days: int
    working: bool
    end: int


def relative(tokens: Tokens, at: int, text: str) -> tuple[Relative, int] | None:
    """The term counted from an event at this place, and where its words end."""
    term = _short_term(tokens, at) or _term(tokens, at)
    if term is None:
        return None
    before = tokens[term.end].text == "до"
    event = term.end + 1 if before else _past_preposition(tokens, term.end)
    if term.days < 0 and not before:
        return None
    if event is None:
        return Relative(term.days, None, term.working), term.end
    last = _end_of_event(tokens, event)
    if last == event:
        return None
    anchor = text[tokens[event].start : tokens[last - 1].end]
    days = -abs(term.days) if before else term.days
    return Relative(days, anchor, term.working), last


def _term(tokens: Tokens, at: int) -> _Term | None:
    """«не позднее 3 рабочих дней», «в течение недели», «за 3 дня»."""
    start = _past_opening(tokens, at)
    start = start + 1 if start > at and tokens[start].text == "следующего" else start
    sign = -1 if tokens[start].text == "за" else 1
    start = start + 1 if sign < 0 else start
    single = tokens[start].kind in (Kind.WEEK, Kind.DAY) or _is_working(tokens[start])
    found = (1, start) if single else count(tokens, start)
    if found is None or (start == at and not _followed_by_event(tokens, found[1])):
        return None
    return _days(tokens, sign * found[0], found[1])


def _days(tokens: Tokens, number: int, at: int) -> _Term | None:
    working = _is_working(tokens[at])
    at = at + 1 if working or tokens[at].text.startswith("календарн") else at
    if tokens[at].kind is Kind.DAY:
        return _Term(number, working, at + 1)
    if tokens[at].kind is Kind.WEEK and not working:
        return _Term(7 * number, False, at + 1)
    return None


def _is_working(token: Token) -> bool:
    return token.text in ("рабочих", "рабочий", "рабочего")


def _followed_by_event(tokens: Tokens, at: int) -> bool:
    """Whether «3 рабочих дня со дня …» without any opening word still names its event."""
    after = at + 2 if tokens[at + 1].kind is Kind.DAY else at + 1
    return tokens[after].text == "после" or tokens[after + 1].text in _STARTS


def _past_opening(tokens: Tokens, at: int) -> int:
    """After «не позднее (чем)», «не менее чем за», «в течение», «на следующий», «в срок до»."""
    first, second = tokens[at].text, tokens[at + 1].text
    if first == "не" and second in ("позднее", "позже"):
        than = at + 3 if tokens[at + 2].kind is Kind.COMMA else at + 2
        return _past_opening(tokens, than + 1) if tokens[than].text == "чем" else at + 2
    if (first, second) == ("не", "менее") and tokens[at + 3].text == "за":
        return at + 3
    if (first, second) in (("в", "течение"), ("в", "течении"), ("на", "следующий")):
        return at + 2
    if first == "в" and second == "срок":
        third = tokens[at + 2].text
        return at + 3 if third == "до" else _past_opening(tokens, at + 2) if third == "не" else at
    return at + 1 if first in ("через", "спустя") else at


def _short_term(tokens: Tokens, at: int) -> _Term | None:
    """«в трехдневный срок», «в 10-дневный срок», «в 3-х дневный срок», «в недельный срок»."""
    if tokens[at].text not in ("в", "во"):
        return None
    at += 1
    if tokens[at].kind is Kind.NUMBER:
        number, at = tokens[at].value, at + 2 if tokens[at + 1].kind is Kind.DASH else at + 1
        length = _LENGTHS.get(tokens[at].text)
    else:
        number, length = _compound(tokens[at].text)
    if length is None or tokens[at + 1].text != "срок":
        return None
    return _Term(number * length, False, at + 2)


def _compound(word: str) -> tuple[int, int | None]:
    for ending, length in _LENGTHS.items():
        if word == ending and length > 1:
            return 1, length
        prefix = word.removesuffix(ending)
        if prefix != word and prefix in _PREFIXES:
            return _PREFIXES[prefix], length
    return 0, None


def _past_preposition(tokens: Tokens, at: int) -> int | None:
    """The place of the event after «со дня», «с момента», «после»."""
    if tokens[at].text not in _AFTER:
        return None
    dated = tokens[at].text in ("с", "со", "от") and tokens[at + 1].text in _STARTS
    return at + 2 if dated else at + 1


def _end_of_event(tokens: Tokens, at: int) -> int:
    """The place after the event's last word, before an outer bracket or what starts anew."""
    depth, last = 0, at
    while tokens[at].kind is not Kind.END and not _starts_anew(tokens, at):
        depth += (tokens[at].kind is Kind.OPEN) - (tokens[at].kind is Kind.CLOSE)
        if depth < 0:
            break
        at += 1
        if tokens[at - 1].kind in WORDLIKE or tokens[at - 1].kind in (Kind.QUOTE, Kind.CLOSE):
            last = at
    return last


def _starts_anew(tokens: Tokens, at: int) -> bool:
    """Whether the event's name ends here: «; …», «, но …», «, ежемесячно»."""
    if tokens[at].kind is not Kind.COMMA:
        return False
    return (
        tokens[at].text == ";"
        or tokens[at + 1].text in ("но", "не")
        or tokens[at + 1].kind is Kind.FREQUENCY
    )
