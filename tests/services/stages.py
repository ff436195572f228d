"""A monitored stage of a published order, as tests of monitoring begin with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from docgen.models import Order
from docgen.models.accounts import Role, Scope
from docgen.models.monitoring import MonitoringStage
from docgen.models.submissions import Municipality
from docgen.services.monitoring import Monitoring
from docgen.services.questionnaires import Questionnaires
from docgen.services.reports import Reports
from docgen.services.submissions import Submissions
from docgen.store.database import Database
from docgen.store.files import Files
from docgen.store.monitoring import added
from docgen.store.tables import accounts, documents
from tests.conftest import EXAMPLES

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


def registered(database: Database, order: Order) -> int:
    """The id of the order as a registered document."""
    with database.begin() as connection:
        return added(
            connection,
            documents,
            region=order.region,
            kind="order",
            state="registered",
            title=order.title,
            number=order.number,
            date=order.date,
        )


def build_world(
    database: Database, reports: Reports, folder: Path, region: str = "smolensk"
) -> World:
    """A world with the first stage of the region's published order open for ten days."""
    order = reports.documents.load(EXAMPLES / f"{region}.yaml")
    clock = Clock()
    asked = Questionnaires(lambda _id: order, reports.documents.regions)
    monitoring = Monitoring(database, reports, asked, clock)
    analyst = person(database, "analyst", Role.ANALYST, region)
    roadmap = monitoring.publish(analyst, registered(database, order), ROSTER)
    stage = monitoring.open_stage(analyst, roadmap.id, 1, START + timedelta(days=10))
    homes = {place.name: place.id for place in monitoring.municipalities(analyst)}
    return World(
        database=database,
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
