"""What coordinators send: rows of a stage's form, and who is expected to send them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Literal, get_args

Status = Literal["done", "partial", "not_done", "not_due"]
STATUSES: tuple[Status, ...] = get_args(Status)
SUBMISSION_KEYS = (
    "municipality",
    "school",
    "stage",
    "item",
    "status",
    "value",
    "date",
    "evidence",
    "comment",
)
"""The keys of a row in every format, in the order of the form (design.md section 3)."""

_QUOTES = str.maketrans("ёЁ«»“”„\u00a0", 'еЕ"""""\u0020')
STATUS_WORDS: dict[Status, str] = {
    "done": "выполнено",
    "partial": "частично",
    "not_done": "не выполнено",
    "not_due": "срок не наступил",
}
"""The words of the form, Russian whatever the language of the interface."""

HEADINGS: dict[str, tuple[str, ...]] = {
    "municipality": ("Муниципалитет", "Муниципальное образование", "Район", "МО"),
    "school": ("Школа", "ОО", "Общеобразовательная организация", "Образовательная организация"),
    "stage": ("Этап", "№ этапа"),
    "item": ("Пункт", "№ пункта", "Пункт плана", "№ п/п", "№", "Номер пункта"),
    "status": ("Статус", "Статус исполнения", "Статус выполнения", "Исполнение"),
    "value": ("Значение", "Фактическое значение", "Факт"),
    "date": ("Дата", "Дата исполнения", "Дата выполнения", "Фактическая дата"),
    "evidence": ("Подтверждение", "Подтверждающий документ", "Подтверждающие документы", "Ссылка"),
    "comment": ("Комментарий", "Причина", "Причина отклонения", "Примечание"),
}
"""The heading of each column in the form, and others under which a table may carry it."""

ROSTER_SHEET = "Состав"
ROSTER_HEADINGS = {
    "муниципалитет": "municipality",
    "школа": "school",
    "координатор": "coordinator",
    "телефон": "phone",
    "кураторов": "curators",
}
"""The sheet of a workbook that names who is expected to answer, and its columns."""

_NUMBER = re.compile(r"(\d+)")
_SPACES = re.compile(r"\s+")

ANY_STAGE = 0
"""The stage of a row that names none: the one that is asked for."""


@dataclass(frozen=True, slots=True)
class Submission:
    """One statement about one item: of a school, of a municipality as a whole, or of the operator.

    `school` is empty in a statement about a whole municipality; so is `municipality` in one about
    the whole region. `item` is the printed number; «2#3» means the third target of item 2.
    `place` says where the row was read and takes no part in comparisons.
    """

    municipality: str
    school: str
    stage: int
    item: str
    status: Status
    value: float | None = None
    date: date | None = None
    evidence: str = ""
    comment: str = ""
    place: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality of the roster: its schools, its coordinator, how many curators it has."""

    name: str
    schools: tuple[str, ...]
    coordinator: str = ""
    phone: str = ""
    curators: int | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """Everything read from the files of one stage, or of several; the roster may be empty."""

    rows: tuple[Submission, ...]
    roster: tuple[Municipality, ...] = ()


@lru_cache(maxsize=65536)
def folded(name: str) -> str:
    """The name for comparing: spaces, quotes, «ё» and capitals make no difference."""
    return _SPACES.sub(" ", name.translate(_QUOTES)).strip().casefold()


def gathered_roster(names: Iterable[tuple[str, str]]) -> tuple[Municipality, ...]:
    """The roster that pairs of municipality and school amount to, in alphabetical order."""
    titles: dict[str, str] = {}
    schools: dict[str, dict[str, str]] = {}
    for municipality, school in sorted(set(names)):
        if municipality:
            titles.setdefault(folded(municipality), municipality)
            inside = schools.setdefault(folded(municipality), {})
            if school:
                inside.setdefault(folded(school), school)
    return tuple(
        Municipality(title, tuple(sorted(schools[key].values(), key=_counted)))
        for key, title in sorted(titles.items())
    )


def _counted(name: str) -> list[tuple[int, str]]:
    """Orders names as people count: № 7 before № 29."""
    return [(int(part), "") if part.isdecimal() else (0, part) for part in _NUMBER.split(name)]


@dataclass(frozen=True, slots=True)
class FormLine:
    """A row of the form before it is filled in: whose, about which item, and what is asked.

    `item` is the number to be sent back; `planned` the target in words, `ceiling` the largest value
    that makes sense.
    `nameless` lines are of a municipality and a school still to be named.
    """

    municipality: str
    school: str
    item: str
    activity: str
    deadline: str
    indicator: str
    asked: str = ""
    ceiling: float | None = None
    nameless: bool = False
    planned: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """The form of one respondent for one stage; `roster` is carried along for reading it back."""

    project: str
    respondent: str
    stage: int
    stage_title: str
    day: date
    first_day: date
    lines: tuple[FormLine, ...]
    roster: tuple[Municipality, ...] = ()
