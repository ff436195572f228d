"""Long work: how far it is, what it made, and how to stop it."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask.views import MethodView
from flask_smorest import Blueprint
from flask_smorest.pagination import PaginationParameters
from marshmallow import Schema, fields

from docgen.models.accounts import Role
from docgen.models.jobs import Job, State
from docgen.web import current
from docgen.web.access import allow
from docgen.web.api.schemas import MEDIA_TYPES, file_answer
from docgen.web.downloads import attachment

api = Blueprint("api_jobs", __name__, url_prefix="/api/v1/jobs", description="Long work")
readers = allow(Role.CLERK, Role.ANALYST, Role.ADMINISTRATOR)


class FaultSchema(Schema):
    """Why the work did not succeed."""

    code = fields.String(required=True, metadata={"example": "conversion-timeout"})
    message = fields.String(required=True)


class FileSchema(Schema):
    """A file that the work made; its place in the list, from 1, is its number."""

    name = fields.String(required=True, metadata={"example": "report.docx"})
    media_type = fields.String(required=True)
    size = fields.Integer(required=True, metadata={"description": "In bytes"})


class JobSchema(Schema):
    """Work that was put in."""

    id = fields.Integer(required=True)
    kind = fields.String(required=True, metadata={"example": "stage-report"})
    state = fields.Enum(State, by_value=True, required=True)
    done = fields.Integer(required=True, metadata={"description": "Steps done"})
    total = fields.Integer(required=True, metadata={"description": "Steps in all; 0: not known"})
    attempt = fields.Integer(required=True)
    error = fields.Nested(FaultSchema, required=True, allow_none=True)
    files = fields.List(fields.Nested(FileSchema), required=True)
    created_at = fields.DateTime(required=True)
    started_at = fields.DateTime(required=True, allow_none=True)
    finished_at = fields.DateTime(required=True, allow_none=True)


class JobQuery(Schema):
    """Which jobs."""

    state = fields.Enum(State, by_value=True, load_default=None)
    kind = fields.String(load_default=None)


@api.route("/")
class Jobs(MethodView):
    """Jobs in view."""

    @readers
    @api.arguments(JobQuery, location="query")
    @api.response(200, JobSchema(many=True))
    @api.paginate(page_size=50, max_page_size=200)
    def get(self, query: dict[str, Any], pagination_parameters: PaginationParameters) -> list[Job]:
        """Jobs, the newest first"""
        found = current.service().jobs.list(
            current.scope(),
            **query,
            page=pagination_parameters.page,
            page_size=pagination_parameters.page_size,
        )
        pagination_parameters.item_count = found.total
        return list(found.rows)


@api.route("/<int:job_id>")
class OneJob(MethodView):
    """One job."""

    @readers
    @api.response(200, JobSchema)
    def get(self, job_id: int) -> Job:
        """The job with its progress"""
        return current.service().jobs.read(current.scope(), job_id)


@api.post("/<int:job_id>/cancel")
@api.response(200, JobSchema)
@readers
def cancel(job_id: int) -> Job:
    """The job will not be done; 409 where it was over already"""
    return current.service().jobs.cancel(current.scope(), job_id)


@api.get("/<int:job_id>/files/<int:file_number>")
@api.doc(responses=file_answer(*MEDIA_TYPES.values()))
@api.alt_response(503, description="Stored files are out of reach")
@readers
def file(job_id: int, file_number: int) -> Response:
    """A file that the job made"""
    made, data = current.service().jobs.file(current.scope(), job_id, file_number)
    return attachment(made.name, data, made.media_type)
