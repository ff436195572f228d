"""Monitoring: rosters and stages, the forms of coordinators, how far a stage is, its report."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from docgen.errors import InputError
from docgen.export.submissions import write_form
from docgen.i18n import _
from docgen.models.accounts import Scope
from docgen.models.monitoring import (
    NO_DATA,
    Answer,
    Duty,
    Evidence,
    FormRow,
    Key,
    MonitoringStage,
    Place,
    Progress,
    Roadmap,
    School,
    StageForm,
)
from docgen.models.submissions import Municipality
from docgen.reports.forms import OPERATOR, joined
from docgen.services.questionnaires import Questionnaire, Questionnaires, respondents
from docgen.services.reports import Reports, stage_of
from docgen.services.stage_reports import StageReports
from docgen.store import answers as requests
from docgen.store import audit
from docgen.store import monitoring as store
from docgen.store import submissions as sent
from docgen.store.database import Connection, Database
from docgen.store.tables import now

MOST_FILES = 20
"""How many files may confirm one answer."""

REPEATS_END = timedelta(days=30)
"""After so long no program repeats a request: the answers to old ones are forgotten."""


class Monitoring:
    """The use cases of monitoring, but for what is sent: that is `Submissions`."""

    def __init__(
        self,
        database: Database,
        reports: Reports,
        asked: Questionnaires,
        clock: Callable[[], datetime] = now,
    ) -> None:
        self._database = database
        self._reports = reports
        self._asked = asked
        self._clock = clock
        self._regions = reports.documents.regions
        self._made = StageReports(database, reports, asked)

    # -- rosters and roadmaps --------------------------------------------------------------------

    def publishable(self, scope: Scope) -> list[tuple[int, str]]:
        """Registered orders that are not monitored yet: id and title."""
        with self._database.read() as connection:
            return store.publishable(connection, scope)

    def publish(self, scope: Scope, document_id: int, roster: Sequence[Municipality]) -> Roadmap:
        """A registered order becomes a roadmap on which the roster's schools report."""
        with self._database.begin() as connection:
            roadmap = store.add_roadmap(connection, scope, document_id)
            self._enrol(connection, scope, roadmap, roster)
            audit.record(connection, scope, "roadmap.published", f"roadmap:{roadmap.id}")
            return store.roadmap(connection, scope, roadmap.id)

    def set_roster(self, scope: Scope, roadmap_id: int, roster: Sequence[Municipality]) -> Roadmap:
        """The roadmap is reported on by this roster's schools from now on; answers stay."""
        with self._database.begin() as connection:
            roadmap = store.roadmap(connection, scope, roadmap_id)
            self._enrol(connection, scope, roadmap, roster)
            audit.record(connection, scope, "roster.changed", f"roadmap:{roadmap_id}")
            return store.roadmap(connection, scope, roadmap_id)

    def _enrol(
        self,
        connection: Connection,
        scope: Scope,
        roadmap: Roadmap,
        roster: Sequence[Municipality],
    ) -> None:
        if not any(entry.schools for entry in roster):
            raise InputError(_("The roster names no school."), code="roster-empty")
        ids = store.enrol(connection, scope, roadmap.region, roster)
        store.set_participants(connection, scope, roadmap.id, ids)

    def roadmaps(self, scope: Scope) -> list[Roadmap]:
        """The roadmaps, the newest first."""
        with self._database.read() as connection:
            return store.roadmap_list(connection, scope)

    def roadmap(self, scope: Scope, roadmap_id: int) -> Roadmap:
        """One roadmap."""
        with self._database.read() as connection:
            return store.roadmap(connection, scope, roadmap_id)

    def roster(self, scope: Scope, roadmap_id: int) -> tuple[Municipality, ...]:
        """Who reports on the roadmap."""
        with self._database.read() as connection:
            store.roadmap(connection, scope, roadmap_id)
            return respondents(connection, scope, roadmap_id).roster()

    def municipalities(self, scope: Scope) -> list[Place]:
        """The municipalities, by name."""
        with self._database.read() as connection:
            return store.places(connection, scope)

    def schools(self, scope: Scope, roadmap_id: int | None = None) -> list[School]:
        """The schools, of one roster or all."""
        with self._database.read() as connection:
            return store.schools_of(connection, scope, roadmap_id)

    # -- stages ----------------------------------------------------------------------------------

    def stages(self, scope: Scope, roadmap_id: int | None = None) -> list[MonitoringStage]:
        """The stages, those that close last first."""
        with self._database.read() as connection:
            return store.stage_list(connection, scope, roadmap_id)

    def stage(self, scope: Scope, stage_id: int) -> MonitoringStage:
        """One stage."""
        with self._database.read() as connection:
            return store.stage(connection, scope, stage_id)

    def now(self) -> datetime:
        """The present moment, by which stages are open or closed."""
        return self._clock()

    def planned_stages(self, scope: Scope, roadmap_id: int) -> list[tuple[int, date, str]]:
        """The stages that the region's profile plans: number, day and title."""
        region = self._regions.find(self.roadmap(scope, roadmap_id).region)
        return [(stage.number, stage.date, stage.title) for stage in region.profile.stages]

    def open_stage(
        self,
        scope: Scope,
        roadmap_id: int,
        number: int,
        closes_at: datetime,
        monitoring_date: date | None = None,
        title: str | None = None,
    ) -> MonitoringStage:
        """The stage takes answers until `closes_at`.

        Day and title are the profile's where they are not given; InputError where it has none.
        """
        region = self._regions.find(self.roadmap(scope, roadmap_id).region)
        self._require_future(closes_at)
        titles = {planned.number: planned.title for planned in region.profile.stages}
        title = titles.get(number) if title is None else title
        monitoring_date = monitoring_date or stage_of(region, number).date
        with self._database.begin() as connection:
            stage = store.add_stage(
                connection,
                scope,
                roadmap_id,
                number=number,
                title=title or "",
                monitoring_date=monitoring_date,
                closes_at=closes_at,
            )
            audit.record(connection, scope, "stage.opened", f"stage:{stage.id}", number=number)
            return stage

    def close_stage(self, scope: Scope, stage_id: int) -> MonitoringStage:
        """The stage takes no more answers."""
        at = self._clock()
        with self._database.begin() as connection:
            requests.forget_answers(connection, at - REPEATS_END)
        return self._change(scope, stage_id, "stage.closed", closed_at=at)

    def reopen_stage(self, scope: Scope, stage_id: int, closes_at: datetime) -> MonitoringStage:
        """The stage takes answers again, or longer, until `closes_at`."""
        self._require_future(closes_at)
        return self._change(scope, stage_id, "stage.reopened", closed_at=None, closes_at=closes_at)

    def _change(
        self, scope: Scope, stage_id: int, action: str, **values: datetime | None
    ) -> MonitoringStage:
        with self._database.begin() as connection:
            stage = store.change_stage(connection, scope, stage_id, **values)
            audit.record(connection, scope, action, f"stage:{stage_id}")
            return stage

    def _require_future(self, closes_at: datetime) -> None:
        if closes_at <= self._clock():
            message = _("The closing time is over already; name a later one.")
            raise InputError(message, code="closes-in-the-past")

    # -- forms -----------------------------------------------------------------------------------

    def duties(self, scope: Scope, stage_id: int) -> list[Duty]:
        """What each respondent that the scope sees owes at the stage."""
        with self._database.read() as connection:
            _stage, asked, people = self._asked.at(connection, scope, stage_id)
            answers = sent.answer_list(connection, scope, stage_id)
        bodies = [Key(school.municipality_id, school.id, "") for school in people.schools]
        names = [school.name for school in people.schools]
        homes = {school.municipality_id for school in people.schools}
        for place in people.places:
            if place.id in homes:
                bodies.append(Key(place.id, None, ""))
                names.append(place.name)
        if scope.municipality_id is None:
            bodies.append(Key(None, None, ""))
            names.append(OPERATOR)
        found = [
            _duty(body, name, asked, answers) for body, name in zip(bodies, names, strict=True)
        ]
        return [duty for duty in found if duty.asked]

    def form(
        self,
        scope: Scope,
        stage_id: int,
        school_id: int | None = None,
        municipality_id: int | None = None,
    ) -> StageForm:
        """What a school, a municipality as a whole or the operator is asked, with what it said."""
        with self._database.read() as connection:
            stage, asked, people = self._asked.at(connection, scope, stage_id)
            school = None if school_id is None else people.school(school_id)
            home = school.municipality_id if school else municipality_id or scope.municipality_id
            people.home(home)
            said = {
                answer.key: answer
                for answer in sent.answer_list(connection, scope, stage_id, municipality_id=home)
            }
            files = sent.evidence_list(connection, scope, stage_id, home)
        body = Key(home, school_id, "")
        return StageForm(
            stage=stage,
            open=stage.is_open(self._clock()),
            municipality=next(
                (place.name for place in people.places if place.id == home), OPERATOR
            ),
            municipality_id=home,
            school=school,
            first_day=asked.first_day,
            rows=tuple(
                _filled(row, body._replace(item=row.item), said, files)
                for row in asked.asked_of(body).values()
            ),
        )

    def said_before(self, scope: Scope, form: StageForm) -> Mapping[str, Answer]:
        """What the form's respondent said at the stage before this one, by item.

        A «not due» that has become due is left out: it cannot be said again.
        """
        due = {row.item for row in form.rows if row.due}
        with self._database.read() as connection:
            stages = store.stage_list(connection, scope, form.stage.roadmap_id)
            former = [stage for stage in stages if stage.number < form.stage.number]
            if not former:
                return {}
            newest = max(former, key=lambda stage: stage.number)
            home = form.municipality_id
            answers = sent.answer_list(connection, scope, newest.id, municipality_id=home)
        whose = (home, form.school.id if form.school else None)
        return {
            answer.key.item: answer
            for answer in answers
            if answer.key[:2] == whose
            and answer.values.status != NO_DATA
            and not (answer.values.status == "not_due" and answer.key.item in due)
        }

    def form_file(self, scope: Scope, stage_id: int) -> bytes:
        """The form of everybody whom the scope sees as one workbook, to be filled in and sent."""
        with self._database.read() as connection:
            _stage, asked, people = self._asked.at(connection, scope, stage_id)
        roster = people.roster()
        forms = self._reports.forms(asked.order, asked.stage, roster)
        if scope.municipality_id is not None:
            forms = tuple(form for form in forms if form.respondent != OPERATOR)
        return write_form(joined(forms, roster))

    # -- what comes of it ------------------------------------------------------------------------

    def progress(self, scope: Scope, stage_id: int) -> Progress:
        """How far the stage is, as its report would say now."""
        return self._made.progress(scope, stage_id, self._clock())

    def report(self, scope: Scope, stage_id: int, kind: str) -> tuple[str, bytes]:
        """The report of the stage as docx, pdf, xlsx or json: its file's name and content."""
        return self._made.make(scope, stage_id, kind)

    def letters(self, scope: Scope, stage_id: int) -> tuple[str, bytes]:
        """Letters to those who owe something, as an archive: its name and content."""
        stage = self.stage(scope, stage_id)
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, docx in self._made.letters(scope, stage_id):
                archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), docx)
            if not archive.namelist():
                message = _("Nobody owes anything: there is no letter to write.")
                raise InputError(message, code="no-letters")
        return f"letters-{stage.region}-stage-{stage.number}.zip", stream.getvalue()


def _filled(
    row: FormRow, key: Key, said: Mapping[Key, Answer], files: Sequence[Evidence]
) -> FormRow:
    own = tuple(file for file in files if file.key == key)
    return replace(row, answer=said.get(key), files=own)


def _duty(body: Key, name: str, asked: Questionnaire, answers: Sequence[Answer]) -> Duty:
    questions = asked.asked_of(body)
    own = [
        answer
        for answer in answers
        if answer.key._replace(item="") == body and answer.key.item in questions
    ]
    return Duty(
        municipality_id=body.municipality_id,
        school_id=body.school_id,
        name=name,
        asked=len(questions),
        answered=sum(answer.values.status != NO_DATA for answer in own),
        returned=sum(bool(answer.returned) for answer in own),
        last=max((answer.updated_at for answer in own), default=None),
    )
