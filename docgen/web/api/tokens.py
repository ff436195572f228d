"""Tokens of the account that asks."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask.views import MethodView
from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate

from docgen.models.accounts import Token
from docgen.web import current
from docgen.web.access import signed_in
from docgen.web.api.schemas import Body

api = Blueprint(
    "api_tokens",
    __name__,
    url_prefix="/api/v1/tokens",
    description="Tokens of the account that asks",
)


class NewToken(Body):
    """A token to be made."""

    name = fields.String(required=True, metadata={"example": "school portal"})
    days = fields.Integer(load_default=365, strict=True, validate=validate.Range(1, 366))


class TokenSchema(Schema):
    """A token. Its `secret` is shown only in the answer that made it."""

    id = fields.Integer(required=True)
    name = fields.String(required=True)
    prefix = fields.String(required=True, metadata={"example": "dg_3kX9aQ"})
    created_at = fields.DateTime(required=True)
    expires_at = fields.DateTime(required=True, allow_none=True)
    used_at = fields.DateTime(required=True, allow_none=True)
    secret = fields.String(metadata={"description": "What to send after “Bearer”"})


@api.route("")
class Tokens(MethodView):
    """All tokens of the account."""

    @signed_in
    @api.response(200, TokenSchema(many=True))
    def get(self) -> list[Token]:
        """The tokens that were not revoked, the newest first."""
        return list(current.service().accounts.tokens(current.scope()))

    @signed_in
    @api.arguments(NewToken)
    @api.response(201, TokenSchema)
    def post(self, body: dict[str, Any]) -> dict[str, Any]:
        """A new token; its secret is shown this once."""
        token, secret = current.service().accounts.issue_token(current.scope(), **body)
        return asdict(token) | {"secret": secret}


@api.route("/<int:token_id>")
class OneToken(MethodView):
    """One token."""

    @signed_in
    @api.response(204)
    def delete(self, token_id: int) -> None:
        """The token opens nothing any more."""
        current.service().accounts.revoke_token(current.scope(), token_id)
