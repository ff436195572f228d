"""Indicators of a roadmap read into targets: «Не менее 50% школ приняли участие».

The normal form is design.md, section 5. What is printed decides: a number that is a year, a class
or a part of a name is no target, and what the grammar does not understand stays verbatim.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from docgen.language.deadlines import Interval
from docgen.language.indicators.amounts import MOST_NUMBERS
from docgen.language.indicators.figures import Place, find_places
from docgen.language.indicators.frequency import frequencies
from docgen.language.indicators.lexemes import Line, fold
from docgen.language.indicators.subjects import MEASURES, subject_after, subject_before
from docgen.language.indicators.windows import Window, windows
from docgen.language.numbers import NUMBER_WORDS, Number
from docgen.language.plain import Plain, plain

_EVIDENCE = re.compile(r"(?:итогов|подтверждающ|отчетн)[а-я]{2} документ(?:ы|ация)? *[-:] *")
_HAS_NUMBER = re.compile(rf"\d|\b(?:раза?|стопроц|дважды|трижды|единожды|{'|'.join(NUMBER_WORDS)})")
_SENTENCE_END = re.compile(r"(?<!\bг)(?<!\b[А-ЯЁ])\.\s+(?=[А-ЯЁ«\d])|\n(?=\s*[А-ЯЁ\d])")
_UNHELD = re.compile("полугод|семестр|четверт|триместр|день|сутки|декад|недел|месяц|года")
_LONGEST_MEASURE = 1000  # characters, far more than any measure is named with
_DIGITS = re.compile(r"\d+")
_ALL = re.compile(
    r"\bвсе(?:х|м|ми)? (?:\S+ )?(?:школ|оо|выпускник|обучающ|учащ|учител|педагог|куратор|директор"
    r"|координатор|руководител|участник|организаци|наставник|родител|муниципал|тьютор)"
)


@dataclass(frozen=True, slots=True)
class Target:
    """One number to reach; `subject` is a piece of the printed text, empty where none is named."""

    comparator: str | None
    value: Number | None
    value_max: Number | None
    unit: str
    subject: str
    per: str | None = None
    window: Interval | None = None

    def as_dict(self) -> dict[str, object]:
        """The target as one of the normal form's `items`."""
        return {
            "comparator": self.comparator,
            "value": self.value,
            "value_max": self.value_max,
            "unit": self.unit,
            "subject": self.subject,
            "per": self.per,
            "window": self.window.as_dict() if self.window else None,
        }


@dataclass(frozen=True, slots=True)
class Indicator:
    """What a cell of the indicator column asks for."""

    items: tuple[Target, ...] = ()
    qualitative: bool = False
    measure_only: bool = False
    evidence: str | None = None
    implied_all: bool = False

    def as_dict(self) -> dict[str, object]:
        """The normal form; `implied_all` stands in it only where «всеми» takes a number's place."""
        form: dict[str, object] = {
            "items": [item.as_dict() for item in self.items],
            "qualitative": self.qualitative,
            "measure_only": self.measure_only,
            "evidence": self.evidence,
        }
        return form | {"implied_all": True} if self.implied_all else form


def parse_indicator(text: str, years: tuple[int, int]) -> Indicator:
    """What the printed indicator asks for; never raises, never changes a word."""
    said = plain(text)
    folded = fold(said.text)
    body, evidence = _split_evidence(said, folded)
    items: tuple[Target, ...] = ()
    if _HAS_NUMBER.search(body) and len(_DIGITS.findall(body)) <= MOST_NUMBERS:
        items = _targets(Line(said, body), years)
    if items:
        return Indicator(items, evidence=evidence)
    measure = _measure(said, body)
    if measure:
        return Indicator((measure,), measure_only=True, evidence=evidence)
    qualitative = any(character.isalpha() for character in folded)
    return Indicator((), qualitative, False, evidence, bool(_ALL.search(body)))


def _split_evidence(said: Plain, folded: str) -> tuple[str, str | None]:
    """The folded text with «Итоговый документ – …» blanked, and what stands after the dash."""
    match = _EVIDENCE.search(folded)
    if match is None:
        return folded, None
    stop = _SENTENCE_END.search(said.text, match.end())
    end = stop.start() if stop else len(folded)
    evidence = said.printed(match.end(), end).strip(" .;\n\t\xa0")
    blank = " " * (end - match.start())
    return folded[: match.start()] + blank + folded[end:], evidence or None


def _measure(said: Plain, body: str) -> Target | None:
    words = body.split(maxsplit=1)
    if not words or words[0] not in MEASURES:
        return None
    line = Line(said, body[:_LONGEST_MEASURE])
    end = line.sentence_end(0, line.count)
    end = line.words.index(":", 0, end) if ":" in line.words[:end] else end
    first, end = subject_before(line, 0, end)
    return Target(None, None, None, MEASURES[words[0]], line.printed(first, end))


def _targets(line: Line, years: tuple[int, int]) -> tuple[Target, ...]:
    places = find_places(line)
    whens = zip(frequencies(line, places), windows(line, places, years), strict=True)
    return tuple(
        _target(line, place, per, window)
        for place, (per, window) in zip(places, whens, strict=True)
    )


def _target(line: Line, place: Place, per: str | None, window: Window) -> Target:
    figure = place.figure
    first, end = _subject(line, place, per, window)
    return Target(
        figure.comparator,
        figure.value,
        figure.value_max,
        figure.unit,
        line.printed(first, end),
        per,
        window.interval,
    )


def _subject(line: Line, place: Place, per: str | None, window: Window) -> tuple[int, int]:
    figure = place.figure
    if figure.unit == "times" and per is None and line.words[figure.end] in ("в", "за"):
        period = figure.end + 1 + (line.kinds[figure.end + 1] == "number")
        if _UNHELD.match(line.words[period]):
            return figure.end, min(period + 1, place.ceiling)
    first, end = subject_after(line, figure.end, place.ceiling)
    if first < end:
        return first, end
    if window.heads:
        return _headed(line, place) or (first, end)
    floor = place.floor if figure.changes is None else figure.changes
    return subject_before(line, floor, figure.first)


def _headed(line: Line, place: Place) -> tuple[int, int] | None:
    """The measure before a colon that several windows share: «Доля школ: 2022 год – 50 %, …»."""
    start = line.sentence_start(place.figure.first)
    if line.words[start] not in MEASURES or ":" not in line.words[start : place.figure.first]:
        return None
    return subject_before(line, start, line.words.index(":", start))
