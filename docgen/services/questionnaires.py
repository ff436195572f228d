"""What a stage asks, compiled from its order once for each edition of the text."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from threading import Lock
from time import monotonic
from typing import NamedTuple

from docgen.errors import NotFoundError
from docgen.i18n import _
from docgen.models import Order, Stage
from docgen.models.accounts import Scope
from docgen.models.monitoring import FormRow, Key, MonitoringStage, Place, School
from docgen.models.reports import PlanItem
from docgen.models.reports import Scope as Level
from docgen.models.submissions import Municipality
from docgen.regions import Region, Regions
from docgen.reports.forms import asked_items, first_day, form_lines
from docgen.reports.plan import plan_items
from docgen.store import monitoring as store
from docgen.store.database import Connection, Database

KEPT = 64
"""How many are kept at once: more stages than a region has open."""

FRESH = 15.0
KEPT_POSED = 4096

Edition = tuple[tuple[int, int], ...]
Orders = Callable[[int], Order]
"""The text in force of a registered order, by the document's id."""


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """The questions of a stage to each kind of respondent, by the number to be sent back."""

    order: Order
    stage: Stage
    plan: tuple[PlanItem, ...]
    first_day: date
    rows: Mapping[Level, Mapping[str, FormRow]]

    def asked_of(self, key: Key) -> Mapping[str, FormRow]:
        """The questions to the respondent of this key."""
        if key.school_id is not None:
            return self.rows["school"]
        return self.rows["region" if key.municipality_id is None else "municipality"]


@dataclass(frozen=True, slots=True)
class Respondents:
    """Everybody whose answers the asker may give at a stage."""

    schools: Sequence[School]
    places: Sequence[Place]

    def roster(self) -> tuple[Municipality, ...]:
        """The roster as reports and forms know it."""
        homes: dict[int, list[str]] = {}
        for school in self.schools:
            homes.setdefault(school.municipality_id, []).append(school.name)
        return tuple(
            Municipality(
                entry.name, tuple(homes[entry.id]), entry.coordinator, entry.phone, entry.curators
            )
            for entry in self.places
            if entry.id in homes
        )

    def home(self, municipality_id: int | None) -> int | None:
        """The id, where a school of that municipality takes part; NotFoundError otherwise."""
        if municipality_id is None or any(
            school.municipality_id == municipality_id for school in self.schools
        ):
            return municipality_id
        raise foreign()

    def school(self, school_id: int) -> School:
        """The school; NotFoundError where it takes no part or is another municipality's."""
        found = next((school for school in self.schools if school.id == school_id), None)
        if found is None:
            raise foreign()
        return found


def foreign() -> NotFoundError:
    """Who takes no part, or is another municipality's, is as if they did not exist."""
    return NotFoundError(_("No such school or municipality takes part in this stage."))


class Posed(NamedTuple):
    """A stage with what it asks and of whom, as far as the asker sees."""

    stage: MonitoringStage
    asked: Questionnaire
    people: Respondents


class Questionnaires:
    """The compiled questionnaires of this process."""

    def __init__(self, orders: Orders, regions: Regions) -> None:
        self._orders = orders
        self._regions = regions
        self._kept: OrderedDict[tuple[object, ...], Questionnaire] = OrderedDict()
        self._posed: dict[tuple[object, ...], tuple[float, Posed]] = {}
        self._lock = Lock()

    def at(self, connection: Connection, scope: Scope, stage_id: int) -> Posed:
        """The stage with its questions and respondents."""
        stage = store.stage(connection, scope, stage_id)
        asked = self._find(stage, store.edition_of(connection, stage.document_id))
        return Posed(stage, asked, respondents(connection, scope, stage.roadmap_id))

    def lately(self, database: Database, scope: Scope, stage_id: int) -> Posed:
        """As `at`, but up to `FRESH` seconds old: coordinators who save at once share one reading.

        Who is refused by it has to look again with `at`.
        """
        key = (scope.role, scope.region, scope.municipality_id, stage_id)
        known = self._posed.get(key)
        if known is None or known[0] < monotonic():
            with database.read() as connection:
                known = monotonic() + FRESH, self.at(connection, scope, stage_id)
            if len(self._posed) > KEPT_POSED:
                self._posed.clear()
            self._posed[key] = known
        return known[1]

    def _find(self, stage: MonitoringStage, edition: Edition) -> Questionnaire:
        """What the stage asks by this edition of its order."""
        key = (stage.id, stage.number, stage.monitoring_date, stage.title, edition)
        with self._lock:
            if key not in self._kept:
                self._kept[key] = self._compiled(stage)
                while len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
            return self._kept[key]

    def _compiled(self, stage: MonitoringStage) -> Questionnaire:
        order = self._orders(stage.document_id)
        region = self._regions.find(order.region)
        layouts = [region.layout(annex) for annex in order.annexes]
        years = order.years or region.profile.project.years
        reporters = region.profile.reporters
        plan = plan_items(order, layouts, years, stage.monitoring_date, reporters)
        asked = asked_items(plan, stage.monitoring_date)
        return Questionnaire(
            order=order,
            stage=planned_stage(region, stage),
            plan=plan,
            first_day=first_day(years),
            rows={
                level: {row.item: row for row in _rows(asked, level)}
                for level in ("school", "municipality", "region")
            },
        )


def respondents(connection: Connection, scope: Scope, roadmap_id: int) -> Respondents:
    """Who of the roadmap's roster is within the scope."""
    return Respondents(
        store.schools_of(connection, scope, roadmap_id), store.places(connection, scope)
    )


def planned_stage(region: Region, stage: MonitoringStage) -> Stage:
    """The stage as its region's profile plans it, on the day that it was opened for."""
    known = {entry.number: entry for entry in region.profile.stages}
    planned = known.get(stage.number, Stage(stage.number, stage.monitoring_date))
    return replace(planned, date=stage.monitoring_date, title=stage.title)


def _rows(asked: Sequence[PlanItem], level: Level) -> list[FormRow]:
    return [
        FormRow(
            item=line.item,
            section=item.section,
            activity=line.activity,
            deadline=line.deadline,
            indicator=line.indicator,
            asked=line.asked,
            planned=line.planned,
            ceiling=line.ceiling,
            due=item.due,
        )
        for item in asked
        if item.scope == level
        for line in form_lines(item)
    ]
