"""What coordinators send, read against what was asked: keys and values, or every fault at once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from docgen.errors import InputError, Problem
from docgen.i18n import _
from docgen.importers.submission_tables import read_sheets
from docgen.models.accounts import Scope
from docgen.models.monitoring import NO_DATA, Key, Values
from docgen.models.reports import Body
from docgen.models.submissions import ANY_STAGE, Submission
from docgen.reports.names import Names, item_names
from docgen.schemas.submissions import Locate, read_row
from docgen.services.questionnaires import Questionnaire, Respondents, foreign

ANSWER_KEYS = ("status", "value", "date", "evidence", "comment")
LONGEST = {"evidence": 2_000, "comment": 4_000}
Row = Mapping[str, Any]
"""`school_id` or none for the municipality as a whole, `item`, and what is said of it."""


def digest(stage_id: int, rows: object) -> str:
    """What two equal requests have in common."""
    body = json.dumps([stage_id, rows], sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(body.encode()).hexdigest()


@dataclass(slots=True)
class Intake:
    """The answers read so far, and what is wrong with others."""

    scope: Scope
    asked: Questionnaire
    people: Respondents
    said: dict[Key, Values] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def read(self, rows: Sequence[Row]) -> dict[Key, Values]:
        """What the rows say; InputError with the path `rows[3].date` of each fault."""
        for index, row in enumerate(rows):
            self._take(row, f"rows[{index}]")
        return self._accepted()

    def read_workbook(self, data: bytes, name: str) -> dict[Key, Values]:
        """What a filled form says; InputError with the cell of each fault."""
        names = Names(item_names(self.asked.plan), self.people.roster())
        homes = {entry.name: entry.id for entry in self.people.places}
        tables, _roster = read_sheets(data, name)
        for table in tables:
            for outcome in table:
                self.problems += outcome.problems
                row = outcome.row
                if row is not None and self._of_this_stage(row):
                    found = names.meaning(row, self.problems)
                    if found is not None:
                        (item, target), body = found
                        item = item if target is None else f"{item}#{target}"
                        self._add(self._key(body, homes, item), _values(row), _at(row.place))
        return self._accepted()

    def question(self, row: Row) -> Key:
        """Whose question the row names; InputError where the stage does not ask it."""
        key = self._key_of(row)
        if key.item not in self.asked.asked_of(key):
            message = _("the stage does not ask about item “%(item)s” here") % {"item": key.item}
            raise InputError(message, code="not-asked")
        return key

    def _accepted(self) -> dict[Key, Values]:
        if self.problems:
            message = _("Some rows are not right; nothing of them was saved.")
            raise InputError(message, tuple(self.problems), code="rows-refused")
        return self.said

    def _take(self, row: Row, path: str) -> None:
        """Reads one row; where a question was left as it stood there is nothing to keep."""

        def locate(key: str) -> tuple[str, str]:
            return f"{path}.{key}", self._place_of(row)

        key = self._key_of(row)
        values = {name: row.get(name) for name in ANSWER_KEYS}
        if values["status"] in (None, "", NO_DATA):
            if not any(values[name] not in (None, "") for name in ANSWER_KEYS[1:]):
                self._add(key, Values(NO_DATA), locate)
                return
            values["status"] = ""
        outcome = read_row({**values, "item": key.item}, "", locate)
        self.problems += outcome.problems
        if outcome.row is not None:
            self._add(key, _values(outcome.row), locate)

    def _place_of(self, row: Row) -> str:
        return _("item %(item)s") % {"item": row.get("item", "")}

    def _key_of(self, row: Row) -> Key:
        item = str(row.get("item") or "").strip()
        school_id = row.get("school_id")
        if school_id is not None:
            school = self.people.school(int(school_id))
            return Key(school.municipality_id, school.id, item)
        home = row.get("municipality_id", self.scope.municipality_id)
        if home is None and self.scope.municipality_id is not None:
            raise foreign()
        return Key(self.people.home(None if home is None else int(home)), None, item)

    def _key(self, body: Body, homes: Mapping[str, int], item: str) -> Key:
        if not body.municipality:
            return self._key_of({"item": item, "municipality_id": None})
        home = homes[body.municipality]
        school = next(
            (
                school.id
                for school in self.people.schools
                if school.municipality_id == home and school.name == body.school
            ),
            None,
        )
        return Key(home, school, item)

    def _of_this_stage(self, row: Submission) -> bool:
        if row.stage in (ANY_STAGE, self.asked.stage.number):
            return True
        message = _("the row is of stage %(number)d") % {"number": row.stage}
        self.problems.append(Problem("stage", message, "stage-mismatch", row.place))
        return False

    def _add(self, key: Key, values: Values, locate: Locate) -> None:
        faults = list(self._faults(key, values))
        for name, message, code in faults:
            path, place = locate(name)
            self.problems.append(Problem(path, message, code, place))
        if not faults:
            self.said[key] = values

    def _faults(self, key: Key, values: Values) -> Iterator[tuple[str, str, str]]:
        """Key, message and code of everything that the question does not allow."""
        question = self.asked.asked_of(key).get(key.item)
        if question is None:
            message = _("the stage does not ask about item “%(item)s” here")
            yield "item", message % {"item": key.item}, "not-asked"
            return
        if key in self.said:
            yield "item", _("the item is answered twice"), "duplicate-row"
        ceiling = question.ceiling
        if ceiling is not None and values.value is not None and values.value > ceiling:
            message = _("“%(value)g” is no percentage; write a number from 0 to 100")
            yield "value", message % {"value": values.value}, "not-a-percentage"
        last = self.asked.stage.date
        if values.date is not None and not self.asked.first_day <= values.date <= last:
            message = _("the date is not between %(first)s and %(last)s")
            days = {"first": f"{self.asked.first_day:%d.%m.%Y}", "last": f"{last:%d.%m.%Y}"}
            yield "date", message % days, "date-outside-stage"
        for name, limit in LONGEST.items():
            if len(getattr(values, name)) > limit:
                message = _("the text is longer than %(limit)d characters") % {"limit": limit}
                yield name, message, "too-long"


def _values(row: Submission) -> Values:
    return Values(row.status, row.value, row.date, row.evidence, row.comment)


def _at(place: str) -> Callable[[str], tuple[str, str]]:
    return lambda key: (key, place)
