"""Rows of submissions: plain values of any format in, `Submission`s out; good rows are kept.

One reader serves YAML, JSON, CSV and XLSX, so that all say the same of the same mistake.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from marshmallow import ValidationError, fields

from docgen.errors import Problem
from docgen.i18n import _
from docgen.language.numbers import parse_number
from docgen.models.submissions import (
    ANY_STAGE,
    HEADINGS,
    STATUS_WORDS,
    STATUSES,
    SUBMISSION_KEYS,
    Municipality,
    Status,
    Submission,
)
from docgen.schemas.fields import (
    Fault,
    ListOf,
    Numberish,
    Strict,
    Text,
    Whole,
    parse_day,
    problems_of,
    unknown_key,
)

_FURTHER_STATUSES: dict[str, Status] = {
    "да": "done",
    "выполнен": "done",
    "выполнена": "done",
    "исполнено": "done",
    "выполнено частично": "partial",
    "частично выполнено": "partial",
    "нет": "not_done",
    "не исполнено": "not_done",
    "не наступил": "not_due",
}
_REQUIRED = ("item", "status")
_SPACES = re.compile(r"\s+")
_BY_WORD: dict[str, Status] = {
    **{status: status for status in STATUSES},
    **{word: status for status, word in STATUS_WORDS.items()},
    **_FURTHER_STATUSES,
}


Locate = Callable[[str], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """A row read, or the problems that keep it from being one.

    A row of the form that was left as handed out has neither, and names in `blank` whose it is.
    """

    row: Submission | None
    problems: tuple[Problem, ...] = ()
    blank: tuple[str, str] | None = None


def key_of_heading(heading: str) -> str | None:
    """The key that a column heading stands for; None where it is none of the form's."""
    return _heading_keys().get(_plain(heading))


@lru_cache(maxsize=1)
def _heading_keys() -> dict[str, str]:
    keys = {_plain(word): key for key, words in HEADINGS.items() for word in words}
    return keys | {key: key for key in SUBMISSION_KEYS}


def _plain(text: str) -> str:
    return _SPACES.sub(" ", text).strip(" .:*").lower().replace("ё", "е")


def read_row(values: Mapping[str, Any], place: str, locate: Locate) -> RowOutcome:
    """The submission in the values of one row, or everything that is wrong with it.

    `place` says where the row stands; `locate` gives the path and the place of one of its keys.
    """
    reader = _Row(values, place, locate)
    row = reader.read()
    return RowOutcome(None if reader.problems else row, tuple(reader.problems))


class _Row:
    """Reads the values of one row, collecting what is wrong."""

    def __init__(self, values: Mapping[str, Any], place: str, locate: Locate) -> None:
        self._values = values
        self._place = place
        self._locate = locate
        self.problems: list[Problem] = []

    def read(self) -> Submission:
        for key in self._values:
            if key not in SUBMISSION_KEYS:
                self._fault(key, unknown_key(key, SUBMISSION_KEYS))
        return Submission(
            municipality=self._text("municipality"),
            school=self._text("school"),
            stage=self._stage(),
            item=self._text("item"),
            status=self._status(),
            value=self._number(),
            date=self._day(),
            evidence=self._text("evidence"),
            comment=self._text("comment"),
            place=self._place,
        )

    def _fault(self, key: str, fault: Fault) -> None:
        path, place = self._locate(key)
        self.problems.append(Problem(path, fault.message, fault.code, place))

    def _refuse(self, key: str, message: str, code: str) -> None:
        self._fault(key, Fault(message, code))

    def _text(self, key: str) -> str:
        text = cell_text(self._values.get(key))
        if text is None:
            self._refuse(key, _("expected %(expected)s") % {"expected": _("text")}, "wrong-type")
            return ""
        if not text and key in _REQUIRED:
            self._refuse(key, _("required, but absent"), "missing-key")
        return text

    def _stage(self) -> int:
        if self._values.get("stage") in (None, ""):
            return ANY_STAGE
        text = cell_text(self._values["stage"]) or ""
        number = parse_number(text)
        if isinstance(number, int) and number > 0:
            return number
        message = _("expected the number of the stage, e.g. 1, not “%(text)s”")
        self._refuse("stage", message % {"text": text}, "wrong-type")
        return 0

    def _status(self) -> Status:
        text = cell_text(self._values.get("status")) or ""
        status = _BY_WORD.get(_plain(text))
        if status is not None:
            return status
        if not text:
            self._refuse("status", _("required, but absent"), "missing-key")
            return "not_due"
        self._refuse("status", _status_fault(text), "unknown-word")
        return "not_due"

    def _number(self) -> float | None:
        given = self._values.get("value")
        if given is None or given == "":
            return None
        if isinstance(given, int | float) and not isinstance(given, bool):
            number: float | None = given
        else:
            number = parse_number(cell_text(given) or "?")
        if number is None or not math.isfinite(number) or number < 0:
            message = _("“%(text)s” is not a number; write digits only, e.g. 27 or 93,1")
            self._refuse("value", message % {"text": cell_text(given) or given}, "wrong-type")
            return None
        return number

    def _day(self) -> date | None:
        given = self._values.get("date")
        if isinstance(given, datetime):
            return given.date()
        if isinstance(given, date):
            return given
        text = cell_text(given)
        if not text:
            return None
        try:
            return parse_day(text)
        except ValidationError:
            message = _("“%(text)s” is not a date; write it as 30.12.2021")
            self._refuse("date", message % {"text": text}, "impossible-date")
            return None


def _status_fault(text: str) -> str:
    words = ", ".join(f"«{word}»" for word in STATUS_WORDS.values())
    message = _("unknown status “%(text)s”; write one of: %(words)s")
    message %= {"text": text, "words": words}
    near = get_close_matches(_plain(text), list(_BY_WORD), n=1, cutoff=0.7)
    if near:
        meant = STATUS_WORDS[_BY_WORD[near[0]]]
        message += "; " + _("did you mean “%(name)s”?") % {"name": meant}
    return message


def cell_text(value: Any) -> str | None:
    """The text of a cell, numbers as they are printed; None for what is no single value."""
    if value is None:
        return ""
    if isinstance(value, str):
        return _SPACES.sub(" ", value).strip()
    if isinstance(value, bool | list | dict):
        return None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


class MunicipalitySchema(Strict):
    """A municipality of the roster."""

    model = Municipality
    name = Text(required=True)
    schools = ListOf(Text(), load_default=())
    coordinator = Text(load_default="")
    phone = Numberish(load_default="")
    curators = Whole(load_default=None, allow_none=True)


class _RosterSchema(Strict):
    model = dict
    roster = ListOf(fields.Nested(MunicipalitySchema), required=True)


def read_roster(values: Any) -> tuple[tuple[Municipality, ...], list[Problem]]:
    """The roster in a list of plain values, or every problem that keeps it from being one."""
    try:
        loaded: Mapping[str, Any] = _RosterSchema().load({"roster": values})
    except ValidationError as error:
        return (), list(problems_of(error.messages, _roster_keys()))
    return tuple(loaded["roster"]), []


def _roster_keys() -> Iterable[str]:
    return MunicipalitySchema().fields
