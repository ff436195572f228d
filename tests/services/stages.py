"""A monitored stage of a published order, as tests of monitoring begin with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from docgen.models import Order
from docgen.models.accounts import Role, Scope
from docgen.models.monitoring import MonitoringStage
from docgen.models.submissions import Municipality
from docgen.services.monitoring import Monitoring
from docgen.services.questionnaires import Questionnaires
from docgen.services.registry import Registry
from docgen.services.reports import Reports
from docgen.services.submissions import Submissions
from docgen.store.database import Database
from docgen.store.files import Files
from docgen.store.monitoring import added
from docgen.store.tables import accounts
from tests.conftest import EXAMPLES
from tests.services.conftest import example

ROSTER = (
    Municipality("Вяземский район", ("МБОУ СОШ № 1", "МБОУ СОШ № 2"), "Иванова А.А.", "8-900"),
    Municipality("Рославльский район", ("МБОУ СОШ № 7",)),
)
START = datetime(2022, 6, 1, 9, 0, tzinfo=UTC)


class Clock:
    """The present moment, as a test says it is."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


@dataclass
class World:
    """The services over one database, the people who use them, and one open stage."""

    database: Database
    registry: Registry
    monitoring: Monitoring
    submissions: Submissions
    clock: Clock
    analyst: Scope
    vyazma: Scope
    roslavl: Scope
    foreign: Scope
    stage: MonitoringStage
    order: Order

    def school(self, name: str) -> int:
        return next(s.id for s in self.monitoring.schools(self.analyst) if s.name == name)


def person(
    database: Database, login: str, role: Role, region: str, home: int | None = None
) -> Scope:
    """The scope of a new account."""
    with database.begin() as connection:
        key = added(
            connection,
            accounts,
            login=login,
            name=login.title(),
            role=role,
            region=region,
            municipality_id=home,
        )
    return Scope(role, region, home, key, login)


def registered(registry: Registry, order: Order) -> int:
    """The id of the published order as a registered document."""
    clerk = Scope(Role.CLERK, order.region)
    assert order.date is not None
    draft = registry.create(clerk, example(order.region))
    registry.register(clerk, draft.id, 1, date=order.date, number=order.number)
    return draft.id


def build_world(
    database: Database, reports: Reports, folder: Path, region: str = "smolensk"
) -> World:
    """A world with the first stage of the region's published order open for ten days."""
    order = reports.documents.load(EXAMPLES / f"{region}.yaml")
    clock = Clock()
    registry = Registry(database, reports.documents, folder)
    regions = reports.documents.regions
    asked = Questionnaires(partial(registry.order_of, Scope.of_service()), regions)
    monitoring = Monitoring(database, reports, asked, clock)
    analyst = person(database, "analyst", Role.ANALYST, region)
    roadmap = monitoring.publish(analyst, registered(registry, order), ROSTER)
    stage = monitoring.open_stage(analyst, roadmap.id, 1, START + timedelta(days=10))
    homes = {place.name: place.id for place in monitoring.municipalities(analyst)}
    return World(
        database=database,
        registry=registry,
        monitoring=monitoring,
        submissions=Submissions(database, Files(folder / "files"), asked, clock),
        clock=clock,
        analyst=analyst,
        vyazma=person(database, "vyazma", Role.COORDINATOR, region, homes[ROSTER[0].name]),
        roslavl=person(database, "roslavl", Role.COORDINATOR, region, homes[ROSTER[1].name]),
        foreign=person(database, "kirov", Role.ANALYST, "kirov"),
        stage=stage,
        order=order,
    )
