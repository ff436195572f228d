"""What happened, for administrators."""

from __future__ import annotations

from typing import Any

from flask.views import MethodView
from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate

from docgen.models.accounts import Role
from docgen.web import current
from docgen.web.access import allow

api = Blueprint("api_audit", __name__, url_prefix="/api/v1/audit", description="The audit log")


class AuditQuery(Schema):
    """Which lines."""

    before = fields.Integer(
        load_default=None,
        validate=validate.Range(1, 2**31 - 1),
        metadata={"description": "The id that the former answer ended with"},
    )
    limit = fields.Integer(load_default=100, validate=validate.Range(1, 1000))


class EntrySchema(Schema):
    """One line of the log."""

    id = fields.Integer(required=True)
    at = fields.DateTime(required=True)
    login = fields.String(required=True)
    region = fields.String(required=True, allow_none=True)
    action = fields.String(required=True, metadata={"example": "document.registered"})
    object = fields.String(required=True, metadata={"example": "document:17"})
    details = fields.Dict(required=True)


@api.route("")
class Audit(MethodView):
    """The log of the region."""

    @allow(Role.ADMINISTRATOR)
    @api.arguments(AuditQuery, location="query")
    @api.response(200, EntrySchema(many=True))
    def get(self, query: dict[str, Any]) -> list[Any]:
        """The newest lines first."""
        return list(current.service().accounts.audit(current.scope(), **query))
