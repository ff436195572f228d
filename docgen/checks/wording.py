"""Slips of wording: a phrase typed twice, quotes and brackets without their pair."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from operator import eq

from docgen.checks.dossier import Dossier, Mistake
from docgen.i18n import _
from docgen.models import Severity

_WORD = re.compile(r"[^\W_]+(?:[-‑][^\W_]+)*")
_LONGEST_PHRASE = 40
_MOST_PHRASES = 20  # of one passage: a whole page typed twice is not told word by word
_LIST_MARK = re.compile(r"(?:(?<=\s)|^)(?:(?:\d{1,2}\.)*\d{1,2}|[а-яёa-z])\)")
_PAIRS = {"«": "»", "(": ")", '"': '"', "„": "“”", "“": "”"}
_QUOTES = re.compile('[«»"“”„]')
_BRACKETS = re.compile("[()]")


def repeated_phrase(dossier: Dossier) -> Iterator[Mistake]:
    """Texts in which the same words stand twice in a row."""
    for passage in dossier.passages:
        for phrase in _repeated(passage.text):
            once = re.compile(rf"({re.escape(phrase)})\s+{re.escape(phrase)}", re.IGNORECASE)
            yield Mistake(
                passage.path,
                _("typed twice in a row: “%(phrase)s”") % {"phrase": phrase},
                _around(once.sub(r"\1", passage.text, count=1), phrase),
            )


def _around(text: str, phrase: str) -> str:
    """The phrase as it should stand, with a little of the text on both sides."""
    at = text.casefold().find(phrase.casefold())
    start = text.rfind(" ", 0, max(at - 15, 0)) + 1
    end = text.find(" ", at + len(phrase) + 15)
    end = len(text) if end < 0 else end
    return f"{'… ' if start else ''}{text[start:end]}{' …' if end < len(text) else ''}"


@lru_cache(maxsize=8192)
def _repeated(text: str) -> tuple[str, ...]:
    """The phrases that follow themselves with nothing but space between."""
    plain = _WORD.findall(text.casefold())
    again = len(plain) - len(set(plain))
    if not again or (again == 1 and not any(map(eq, plain, plain[1:]))):
        return ()
    words = list(_WORD.finditer(text))
    folded = [word.group().casefold() for word in words]
    found: list[str] = []
    runs: dict[int, int] = {}
    places: dict[str, list[int]] = {}
    until = 0
    for at, word in enumerate(folded):
        earlier = [place for place in places.get(word, ()) if at - place <= _LONGEST_PHRASE]
        runs = {at - place: runs.get(at - place, 0) + 1 for place in earlier}
        places[word] = [*earlier[-7:], at]
        for lag in [lag for lag, length in runs.items() if length >= lag]:
            start = at - 2 * lag + 1
            if start >= until and _is_slip(text, words[start : at + 1]):
                found.append(text[words[at - lag + 1].start() : words[at].end()])
                until = at + 1
                break
    return tuple(found[:_MOST_PHRASES])


def _is_slip(text: str, words: list[re.Match[str]]) -> bool:
    """Whether a phrase and its copy stand in one line with only space between, and are words."""
    half = len(words) // 2
    if text[words[half - 1].end() : words[half].start()].strip(" \xa0\t"):
        return False
    letters = sum(len(word.group()) for word in words[:half] if not word.group().isdigit())
    return letters > 2 or (letters > 0 and words[0].group().islower())


@dataclass(frozen=True, slots=True)
class Loose:
    """A sign without its pair: `tail` when only the closing of an outer quotation is left out."""

    sign: str
    opens: bool
    around: str
    tail: bool = False


def unbalanced_quotes(dossier: Dossier) -> Iterator[Mistake]:
    """Texts with a quote or a bracket that is opened and not closed, or the other way round."""
    for passage in dossier.passages:
        for loose in _loose(passage.text):
            message = (
                _("opened and not closed: “%(sign)s” in “%(text)s”")
                if loose.opens
                else _("closed, but not opened: “%(sign)s” in “%(text)s”")
            )
            graver: Severity = "info" if loose.tail else "warning"
            values = {"sign": loose.sign, "text": loose.around}
            yield Mistake(passage.path, message % values, _advice(loose), graver)


def _advice(loose: Loose) -> str:
    if loose.tail:
        return f"{loose.around}»"
    pair = _PAIRS.get(loose.sign, "") if loose.opens else ""
    if pair:
        return _("add “%(pair)s”, or delete “%(sign)s”") % {"pair": pair[0], "sign": loose.sign}
    return _("delete “%(sign)s”, or open it where it begins") % {"sign": loose.sign}


@lru_cache(maxsize=8192)
def _loose(text: str) -> tuple[Loose, ...]:
    """The first quote and the first bracket of the text that lack their pair."""
    found = [_first_loose(text, signs) for signs in (_QUOTES, _BRACKETS)]
    return tuple(loose for loose in found if loose)


def _first_loose(text: str, signs: re.Pattern[str]) -> Loose | None:
    open_at: list[int] = []
    marks: set[int] | None = None
    for found in signs.finditer(text):
        at, sign = found.start(), found.group()
        top = text[open_at[-1]] if open_at else ""
        if sign in "«(„" or (sign in '"“' and not _closes(text, at, top)):
            open_at.append(at)
        elif top and _pair(top, sign):
            open_at.pop()
        else:
            if marks is None:
                marks = {mark.end() - 1 for mark in _LIST_MARK.finditer(text)}
            if at not in marks:
                return _unpaired(text, at, open_at)
    return _left_open(text, open_at) if open_at else None


def _closes(text: str, at: int, top: str) -> bool:
    """Whether a quote that looks the same on both sides ends something."""
    if top and _pair(top, text[at]):
        return True
    return at > 0 and not text[at - 1].isspace() and text[at - 1] not in "(«/"


def _pair(opening: str, closing: str) -> bool:
    return closing in _PAIRS[opening]


def _unpaired(text: str, at: int, open_at: list[int]) -> Loose:
    """The sign at fault where one closes that does not fit: the one left open, if any."""
    fault = open_at[-1] if open_at else at
    return Loose(text[fault], bool(open_at), _excerpt(text, fault))


def _left_open(text: str, open_at: list[int]) -> Loose:
    fault = open_at[0]
    inner = text.rfind("»")
    tail = len(open_at) == 1 and text[fault] == "«" and inner > fault
    if tail:
        return Loose("«", True, text[max(text.rfind("«", 0, inner), fault) : inner + 1], True)
    fault = open_at[-1]
    return Loose(text[fault], True, _excerpt(text, fault))


def _excerpt(text: str, at: int) -> str:
    start = text.rfind(" ", 0, max(at - 20, 0)) + 1
    end = text.find(" ", at + 30)
    return text[start : len(text) if end < 0 else end].strip()
