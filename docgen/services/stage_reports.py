"""How far a stage is and its report, from what the database holds of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Lock

from docgen.models.accounts import Scope
from docgen.models.monitoring import (
    NO_DATA,
    Answer,
    Evidence,
    Key,
    MonitoringStage,
    PlaceProgress,
    Progress,
)
from docgen.models.reports import Former
from docgen.models.submissions import STATUSES, Batch, Submission
from docgen.reports.stage import as_former
from docgen.services.questionnaires import Questionnaire, Questionnaires, Respondents
from docgen.services.reports import Prepared, Reports
from docgen.store import monitoring as store
from docgen.store import submissions as sent
from docgen.store.database import Connection, Database
from docgen.store.tables import now

_STATUSES = {str(status): status for status in STATUSES}


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything said at a stage, as one moment saw it."""

    stage: MonitoringStage
    asked: Questionnaire
    people: Respondents
    answers: tuple[Answer, ...]
    files: tuple[Evidence, ...]
    receipts: int

    def batch(self) -> Batch:
        """The rows of a report; what was taken back is not among them, files are evidence."""
        names: dict[Key, list[str]] = {}
        for file in self.files:
            names.setdefault(file.key, []).append(file.name)
        rows = (
            _row(answer, self.stage.number, names.get(answer.key, []))
            for answer in self.answers
            if answer.values.status != NO_DATA
        )
        return Batch(tuple(rows), self.people.roster())


def _row(answer: Answer, stage: int, files: list[str]) -> Submission:
    values = answer.values
    return Submission(
        municipality=answer.municipality,
        school=answer.school,
        stage=stage,
        item=answer.key.item,
        status=_STATUSES[values.status],
        value=values.value,
        date=values.date,
        evidence="; ".join(filter(None, (values.evidence, *files))),
        comment=values.comment,
    )


class StageReports:
    """Reports over the rows of the database; each is kept while nothing changes."""

    def __init__(self, database: Database, reports: Reports, asked: Questionnaires) -> None:
        self._database = database
        self._reports = reports
        self._asked = asked
        self._kept: dict[tuple[int, int | None], tuple[object, Progress]] = {}
        self._lock = Lock()

    def progress(self, scope: Scope, stage_id: int, at: datetime | None = None) -> Progress:
        """How far the stage is, as its report would say now."""
        with self._database.read() as connection:
            stage = store.stage(connection, scope, stage_id)
            mark = (stage, *self._mark(connection, scope, stage))
        key = (stage_id, scope.municipality_id)
        with self._lock:  # many readers at once wait for one computation
            kept = self._kept.get(key)
            if kept is None or kept[0] != mark:
                kept = self._kept[key] = (mark, self._computed(scope, stage_id))
        moment = at or now()
        return replace(kept[1], open=stage.is_open(moment), at=moment)

    def _mark(self, connection: Connection, scope: Scope, stage: MonitoringStage) -> list[object]:
        people = store.schools_of(connection, scope, stage.roadmap_id)
        return [
            *sent.change_mark(connection, stage.id),
            store.edition_of(connection, stage.document_id),
            tuple(people),
        ]

    def _computed(self, scope: Scope, stage_id: int) -> Progress:
        sheet = self._sheet(scope, stage_id)
        report = self._prepared(sheet, None).report
        tallies = {tally.body.municipality: tally for tally in report.municipalities}
        heard: dict[int | None, list[Answer]] = {}
        for answer in sheet.answers:
            heard.setdefault(answer.key.municipality_id, []).append(answer)
        places = tuple(
            PlaceProgress(
                place,
                tallies[place.name],
                max((answer.updated_at for answer in heard.get(place.id, [])), default=None),
                sum(bool(answer.returned) for answer in heard.get(place.id, [])),
            )
            for place in sheet.people.places
            if place.name in tallies
        )
        last = max((answer.updated_at for answer in sheet.answers), default=None)
        return Progress(sheet.stage, True, report, places, last, sheet.receipts)

    def prepare(self, scope: Scope, stage_id: int) -> Prepared:
        """The report of the stage, with changes against the stage before it."""
        sheet = self._sheet(scope, stage_id)
        return self._prepared(sheet, self._former(scope, sheet.stage))

    def make(self, scope: Scope, stage_id: int, kind: str) -> tuple[str, bytes]:
        """The report in one format: its file's name and content."""
        prepared = self.prepare(scope, stage_id)
        return f"{prepared.stem}.{kind}", self._reports.make(prepared, kind)

    def letters(self, scope: Scope, stage_id: int) -> Iterator[tuple[str, bytes]]:
        """A letter to each municipality that owes something, with its file's name."""
        return self._reports.letters(self.prepare(scope, stage_id))

    def _prepared(self, sheet: Sheet, former: Former | None) -> Prepared:
        stem = f"{sheet.stage.region}-stage-{sheet.stage.number}"
        return self._reports.compute(
            sheet.asked.order, sheet.asked.stage, sheet.batch(), former, stem
        )

    def _former(self, scope: Scope, stage: MonitoringStage) -> Former | None:
        with self._database.read() as connection:
            others = store.stage_list(connection, scope, stage.roadmap_id)
        before = [other for other in others if other.number < stage.number]
        if not before:
            return None
        last = max(before, key=lambda other: other.number)
        return as_former(self._prepared(self._sheet(scope, last.id), None).report)

    def _sheet(self, scope: Scope, stage_id: int) -> Sheet:
        with self._database.read() as connection:
            return Sheet(
                *self._asked.at(connection, scope, stage_id),
                answers=tuple(sent.answer_list(connection, scope, stage_id)),
                files=tuple(sent.evidence_list(connection, scope, stage_id)),
                receipts=len(sent.receipt_list(connection, scope, stage_id)),
            )
