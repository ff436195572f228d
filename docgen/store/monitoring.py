"""Municipalities, schools, roadmaps with their rosters, and stages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    Table,
    bindparam,
    delete,
    func,
    insert,
    select,
    true,
    update,
)

from docgen.errors import ConflictError, NotFoundError
from docgen.i18n import _
from docgen.models.accounts import Role, Scope
from docgen.models.monitoring import MonitoringStage, Place, Roadmap, School
from docgen.models.submissions import Municipality, folded
from docgen.store.scoping import in_municipality, in_region
from docgen.store.tables import documents, municipalities, participants, roadmaps, schools, stages

# -- places -------------------------------------------------------------------------------------


def places(connection: Connection, scope: Scope) -> list[Place]:
    """The municipalities that the scope sees, by name."""
    wanted = (
        select(municipalities)
        .where(in_region(scope, municipalities.c.region))
        .where(in_municipality(scope, municipalities.c.id))
        .order_by(municipalities.c.name)
    )
    return [Place(**row._mapping) for row in connection.execute(wanted)]


def schools_of(connection: Connection, scope: Scope, roadmap_id: int | None = None) -> list[School]:
    """The schools that the scope sees, in the order they were enrolled; of one roster, or all."""
    wanted = (
        select(
            schools.c.id,
            schools.c.name,
            schools.c.municipality_id,
            municipalities.c.name.label("municipality"),
        )
        .join(municipalities, schools.c.municipality_id == municipalities.c.id)
        .where(in_region(scope, municipalities.c.region))
        .where(in_municipality(scope, municipalities.c.id))
        .order_by(municipalities.c.name, schools.c.id)
    )
    if roadmap_id is not None:
        wanted = wanted.join(participants, participants.c.school_id == schools.c.id).where(
            participants.c.roadmap_id == roadmap_id
        )
    return [School(**row._mapping) for row in connection.execute(wanted)]


def enrol(
    connection: Connection, scope: Scope, region: str, roster: Sequence[Municipality]
) -> list[int]:
    """The ids of the roster's schools; places that were not known are added, others brought up."""
    _require_region(scope, region)
    found = select(municipalities).where(municipalities.c.region == region)
    known = {folded(row.name): row.id for row in connection.execute(found)}
    ids: list[int] = []
    for entry in roster:
        said = {"coordinator": entry.coordinator, "phone": entry.phone, "curators": entry.curators}
        given = {key: value for key, value in said.items() if value not in ("", None)}
        place = known.get(folded(entry.name))
        if place is None:
            place = known[folded(entry.name)] = added(
                connection, municipalities, region=region, name=entry.name, **given
            )
        elif given:
            connection.execute(
                update(municipalities).where(municipalities.c.id == place).values(**given)
            )
        ids += _enrolled(connection, place, entry.schools)
    return ids


def _enrolled(connection: Connection, place: int, names: Sequence[str]) -> list[int]:
    found = select(schools.c.id, schools.c.name).where(schools.c.municipality_id == place)
    known = {folded(row.name): row.id for row in connection.execute(found)}
    for name in names:
        if folded(name) not in known:
            known[folded(name)] = added(connection, schools, municipality_id=place, name=name)
    return [known[folded(name)] for name in names]


def added(connection: Connection, table: Table, **values: Any) -> int:
    """The id of a new row."""
    key: int = connection.execute(insert(table).values(**values).returning(table.c.id)).scalar_one()
    return key


def _require_region(scope: Scope, region: str) -> None:
    if scope.region not in (None, region):
        raise not_found()


def not_found() -> NotFoundError:
    """What is foreign is as if it did not exist."""
    return NotFoundError(_("There is no such thing here."))


# -- roadmaps -----------------------------------------------------------------------------------


def publishable(connection: Connection, scope: Scope) -> list[tuple[int, str]]:
    """Registered orders that are not monitored yet: id and title, the newest first."""
    wanted = (
        select(documents.c.id, documents.c.title)
        .outerjoin(roadmaps, roadmaps.c.document_id == documents.c.id)
        .where(in_region(scope, documents.c.region))
        .where(documents.c.kind == "order", documents.c.state == "registered")
        .where(roadmaps.c.id.is_(None))
        .order_by(documents.c.id.desc())
    )
    return [(row.id, row.title) for row in connection.execute(wanted)]


def add_roadmap(connection: Connection, scope: Scope, document_id: int) -> Roadmap:
    """The registered order becomes a roadmap; ConflictError where it is a draft or is one."""
    wanted = select(documents).where(
        documents.c.id == document_id, in_region(scope, documents.c.region)
    )
    found = connection.execute(wanted).one_or_none()
    if found is None or found.kind != "order":
        raise not_found()
    if found.state != "registered":
        message = _("The order is not registered yet: only a registered one can be monitored.")
        raise ConflictError(message, code="not-registered")
    if connection.execute(
        select(roadmaps.c.id).where(roadmaps.c.document_id == document_id)
    ).first():
        raise ConflictError(_("The order is being monitored already."), code="already-published")
    key = added(
        connection,
        roadmaps,
        region=found.region,
        document_id=document_id,
        version=found.version,
        title=found.title,
    )
    return roadmap(connection, scope, key)


def roadmap_list(connection: Connection, scope: Scope) -> list[Roadmap]:
    """The roadmaps that the scope sees, the newest first."""
    wanted = _roadmaps(scope).order_by(roadmaps.c.id.desc())
    return [Roadmap(**row._mapping) for row in connection.execute(wanted)]


def roadmap(connection: Connection, scope: Scope, roadmap_id: int) -> Roadmap:
    """One roadmap; NotFoundError where the scope sees none of that id."""
    row = connection.execute(_roadmaps(scope).where(roadmaps.c.id == roadmap_id)).one_or_none()
    if row is None:
        raise not_found()
    return Roadmap(**row._mapping)


def _roadmaps(scope: Scope) -> Select[Any]:
    counted = (
        select(func.count())
        .select_from(participants)
        .where(participants.c.roadmap_id == roadmaps.c.id)
        .scalar_subquery()
    )
    return (
        select(roadmaps, counted.label("schools"))
        .where(in_region(scope, roadmaps.c.region))
        .where(_takes_part(scope))
    )


def _takes_part(scope: Scope) -> ColumnElement[bool]:
    """Roadmaps in whose roster the scope's municipality has a school."""
    if scope.role is not Role.COORDINATOR and scope.municipality_id is None:
        return true()
    return (
        select(participants.c.school_id)
        .join(schools, schools.c.id == participants.c.school_id)
        .where(participants.c.roadmap_id == roadmaps.c.id)
        .where(in_municipality(scope, schools.c.municipality_id))
        .exists()
    )


def set_participants(
    connection: Connection, scope: Scope, roadmap_id: int, school_ids: Sequence[int]
) -> None:
    """The roster of the roadmap is these schools."""
    roadmap(connection, scope, roadmap_id)
    connection.execute(delete(participants).where(participants.c.roadmap_id == roadmap_id))
    rows = [{"roadmap_id": roadmap_id, "school_id": key} for key in dict.fromkeys(school_ids)]
    if rows:
        connection.execute(insert(participants), rows)


# -- stages -------------------------------------------------------------------------------------


def stage_list(
    connection: Connection, scope: Scope, roadmap_id: int | None = None
) -> list[MonitoringStage]:
    """The stages that the scope sees, those that close last first."""
    wanted = _stages(scope).order_by(stages.c.closes_at.desc(), stages.c.id.desc())
    if roadmap_id is not None:
        wanted = wanted.where(stages.c.roadmap_id == roadmap_id)
    return [_stage(row) for row in connection.execute(wanted)]


def stage(connection: Connection, scope: Scope, stage_id: int) -> MonitoringStage:
    """One stage; NotFoundError where the scope sees none of that id."""
    return _one(connection, _stage_by_id(scope), stage_id)


def held_stage(connection: Connection, scope: Scope, stage_id: int) -> MonitoringStage:
    """The stage, held until the end of the transaction: others who change it or answer wait.

    SQLite has one writer in any case.
    """
    return _one(connection, _stage_to_hold(scope), stage_id)


@lru_cache(maxsize=1024)  # building a statement takes longer than SQLite takes to answer it
def _stage_by_id(scope: Scope) -> Select[Any]:
    return _stages(scope).where(stages.c.id == bindparam("stage_id"))


@lru_cache(maxsize=1024)
def _stage_to_hold(scope: Scope) -> Select[Any]:
    return _stage_by_id(scope).with_for_update(of=stages)


def _one(connection: Connection, wanted: Select[Any], stage_id: int) -> MonitoringStage:
    row = connection.execute(wanted, {"stage_id": stage_id}).one_or_none()
    if row is None:
        raise not_found()
    return _stage(row)


def _stages(scope: Scope) -> Select[Any]:
    return (
        select(
            stages,
            roadmaps.c.region,
            roadmaps.c.title.label("roadmap"),
            roadmaps.c.document_id,
        )
        .join(roadmaps, stages.c.roadmap_id == roadmaps.c.id)
        .where(in_region(scope, roadmaps.c.region))
        .where(_takes_part(scope))
    )


def _stage(row: Row[Any]) -> MonitoringStage:
    values = dict(row._mapping)
    del values["created_at"]
    return MonitoringStage(**values)


def add_stage(
    connection: Connection,
    scope: Scope,
    roadmap_id: int,
    *,
    number: int,
    title: str,
    monitoring_date: date,
    closes_at: datetime,
) -> MonitoringStage:
    """A new stage of the roadmap; ConflictError where it has one of that number."""
    roadmap(connection, scope, roadmap_id)
    same = select(stages.c.id).where(stages.c.roadmap_id == roadmap_id, stages.c.number == number)
    if connection.execute(same).first():
        message = _("The roadmap has a stage %(number)d already.") % {"number": number}
        raise ConflictError(message, code="stage-exists")
    key = added(
        connection,
        stages,
        roadmap_id=roadmap_id,
        number=number,
        title=title,
        monitoring_date=monitoring_date,
        closes_at=closes_at,
    )
    return stage(connection, scope, key)


def change_stage(
    connection: Connection, scope: Scope, stage_id: int, **values: datetime | None
) -> MonitoringStage:
    """The stage with another `closes_at` or `closed_at`."""
    held_stage(connection, scope, stage_id)
    connection.execute(update(stages).where(stages.c.id == stage_id).values(**values))
    return stage(connection, scope, stage_id)


def edition_of(connection: Connection, document_id: int) -> tuple[tuple[int, int], ...]:
    """What the text in force is made of: the order and its registered amendments, by version.

    It changes whenever that text does.
    """
    wanted = (
        select(documents.c.id, documents.c.version)
        .where((documents.c.id == document_id) | (documents.c.amends_id == document_id))
        .where(documents.c.state == "registered")
        .order_by(documents.c.id)
    )
    return tuple((row.id, row.version) for row in connection.execute(wanted))
