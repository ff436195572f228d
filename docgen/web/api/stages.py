"""Stages: opened, closed, reopened, and how far they are."""

from __future__ import annotations

from typing import Any

from flask_smorest import Blueprint

from docgen.models.accounts import Role
from docgen.models.monitoring import MonitoringStage, Progress
from docgen.web import current
from docgen.web.access import allow, signed_in
from docgen.web.api.stage_shapes import (
    ClosingTime,
    NewStage,
    ProgressShape,
    RoadmapQuery,
    StageShape,
)

api = Blueprint(
    "api_stages", __name__, url_prefix="/api/v1/stages", description="Stages of monitoring."
)


@api.get("")
@api.arguments(RoadmapQuery, location="query")
@api.response(200, StageShape(many=True))
@signed_in
def stages(query: dict[str, Any]) -> list[MonitoringStage]:
    """The stages that the caller sees, those that close last first"""
    return current.service().monitoring.stages(current.scope(), query["roadmap_id"])


@api.post("")
@api.arguments(NewStage)
@api.response(201, StageShape)
@api.alt_response(409, description="The roadmap has a stage of that number")
@allow(Role.ANALYST, Role.ADMINISTRATOR)
def open_stage(body: dict[str, Any]) -> MonitoringStage:
    """A stage is opened for answers"""
    return current.service().monitoring.open_stage(current.scope(), **body)


@api.get("/<int:stage_id>")
@api.response(200, StageShape)
@signed_in
def stage(stage_id: int) -> MonitoringStage:
    """One stage"""
    return current.service().monitoring.stage(current.scope(), stage_id)


@api.post("/<int:stage_id>/close")
@api.response(200, StageShape)
@allow(Role.ANALYST, Role.ADMINISTRATOR)
def close(stage_id: int) -> MonitoringStage:
    """The stage takes no more answers"""
    return current.service().monitoring.close_stage(current.scope(), stage_id)


@api.post("/<int:stage_id>/reopen")
@api.arguments(ClosingTime)
@api.response(200, StageShape)
@allow(Role.ANALYST, Role.ADMINISTRATOR)
def reopen(body: dict[str, Any], stage_id: int) -> MonitoringStage:
    """The stage takes answers again, or longer"""
    return current.service().monitoring.reopen_stage(current.scope(), stage_id, **body)


@api.get("/<int:stage_id>/progress")
@api.response(200, ProgressShape)
@allow(Role.ANALYST, Role.ADMINISTRATOR)
def progress(stage_id: int) -> Progress:
    """How far the stage is by municipality and by item"""
    return current.service().monitoring.progress(current.scope(), stage_id)
