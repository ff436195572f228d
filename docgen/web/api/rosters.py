"""Municipalities, schools, and the rosters of roadmaps."""

from __future__ import annotations

from typing import Any

from flask_smorest import Blueprint

from docgen.models.accounts import Role
from docgen.models.monitoring import Place, Roadmap, School
from docgen.models.submissions import Municipality
from docgen.web import current
from docgen.web.access import allow, signed_in
from docgen.web.api.stage_shapes import (
    PlaceShape,
    Publication,
    RoadmapQuery,
    RoadmapShape,
    RosterShape,
    SchoolShape,
)

api = Blueprint("api_rosters", __name__, url_prefix="/api/v1", description="Who reports on what.")


@api.get("/municipalities")
@api.response(200, PlaceShape(many=True))
@signed_in
def municipalities() -> list[Place]:
    """The municipalities that the caller sees"""
    return current.service().monitoring.municipalities(current.scope())


@api.get("/schools")
@api.arguments(RoadmapQuery, location="query")
@api.response(200, SchoolShape(many=True))
@signed_in
def schools(query: dict[str, Any]) -> list[School]:
    """The schools that the caller sees, of one roadmap or all"""
    return current.service().monitoring.schools(current.scope(), query["roadmap_id"])


@api.get("/roadmaps")
@api.response(200, RoadmapShape(many=True))
@signed_in
def roadmaps() -> list[Roadmap]:
    """The monitored orders, the newest first"""
    return current.service().monitoring.roadmaps(current.scope())


@api.post("/roadmaps")
@api.arguments(Publication)
@api.response(201, RoadmapShape)
@api.alt_response(409, description="The order is a draft, or is monitored already")
@allow(Role.ANALYST, Role.ADMINISTRATOR)
def publish(body: dict[str, Any]) -> Roadmap:
    """A registered order is monitored from now on"""
    roster = roster_of(body)
    return current.service().monitoring.publish(current.scope(), body["document_id"], roster)


@api.get("/roadmaps/<int:roadmap_id>")
@api.response(200, RoadmapShape)
@signed_in
def roadmap(roadmap_id: int) -> Roadmap:
    """One monitored order"""
    return current.service().monitoring.roadmap(current.scope(), roadmap_id)


@api.get("/roadmaps/<int:roadmap_id>/roster")
@api.response(200, RosterShape)
@signed_in
def roster(roadmap_id: int) -> dict[str, Any]:
    """Who reports on the roadmap"""
    return {"roster": current.service().monitoring.roster(current.scope(), roadmap_id)}


@api.put("/roadmaps/<int:roadmap_id>/roster")
@api.arguments(RosterShape)
@api.response(200, RoadmapShape)
@allow(Role.ANALYST, Role.ADMINISTRATOR)
def set_roster(body: dict[str, Any], roadmap_id: int) -> Roadmap:
    """Another roster; answers that were given stay"""
    roster = roster_of(body)
    return current.service().monitoring.set_roster(current.scope(), roadmap_id, roster)


def roster_of(body: dict[str, Any]) -> tuple[Municipality, ...]:
    """The roster of a request's body."""
    return tuple(
        Municipality(**{**entry, "schools": tuple(entry["schools"])}) for entry in body["roster"]
    )
