"""Reports of stages and letters to those who owe something: at once, or as jobs."""

from __future__ import annotations

from typing import Any

from flask import Response, url_for
from flask_smorest import Blueprint

from docgen.errors import NotFoundError
from docgen.i18n import _
from docgen.models.accounts import Role
from docgen.models.jobs import Job
from docgen.services.reports import FORMATS
from docgen.web import current
from docgen.web.access import allow
from docgen.web.api.jobs import JobSchema
from docgen.web.api.schemas import LOCATION, MEDIA_TYPES, file_answer
from docgen.web.api.stage_shapes import IdempotencyKey, ReportRequest
from docgen.web.downloads import attachment

api = Blueprint(
    "api_reports", __name__, url_prefix="/api/v1/stages", description="Reports of stages."
)
readers = allow(Role.ANALYST, Role.ADMINISTRATOR)
Accepted = tuple[Job, int, dict[str, str]]


@api.get("/<int:stage_id>/report.<kind>")
@api.doc(responses=file_answer(*(MEDIA_TYPES[kind] for kind in FORMATS)))
@readers
def report(stage_id: int, kind: str) -> Response:
    """The report as it is now: docx, pdf, xlsx or json"""
    if kind not in FORMATS:
        raise NotFoundError(_("Reports are docx, pdf, xlsx or json."))
    name, data = current.service().monitoring.report(current.scope(), stage_id, kind)
    return attachment(name, data, MEDIA_TYPES[kind])


@api.get("/<int:stage_id>/letters.zip")
@api.doc(responses=file_answer(MEDIA_TYPES["zip"]))
@readers
def letters(stage_id: int) -> Response:
    """Letters to municipalities that owe answers or overdue items"""
    name, data = current.service().monitoring.letters(current.scope(), stage_id)
    return attachment(name, data, MEDIA_TYPES["zip"])


@api.post("/<int:stage_id>/reports")
@api.arguments(ReportRequest)
@api.arguments(IdempotencyKey, location="headers")
@api.response(202, JobSchema, headers=LOCATION)
@readers
def make_report(body: dict[str, Any], headers: dict[str, Any], stage_id: int) -> Accepted:
    """The report as a job; its files stand in the job's result"""
    return _enqueue("stage-report", stage_id, headers["key"], formats=body["formats"])


@api.post("/<int:stage_id>/letters")
@api.arguments(IdempotencyKey, location="headers")
@api.response(202, JobSchema, headers=LOCATION)
@readers
def make_letters(headers: dict[str, Any], stage_id: int) -> Accepted:
    """The letters as a job; the archive stands in the job's result"""
    return _enqueue("stage-letters", stage_id, headers["key"])


def _enqueue(kind: str, stage_id: int, key: str, **arguments: Any) -> Accepted:
    service = current.service()
    stage = service.monitoring.stage(current.scope(), stage_id)
    job = service.jobs.enqueue(
        current.scope(), kind, {"stage_id": stage.id, **arguments}, key or None
    )
    return job, 202, {"Location": url_for("api_jobs.OneJob", job_id=job.id)}
