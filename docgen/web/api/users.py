"""Users and invitations, for administrators; an administrator of a region rules that region."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask.views import MethodView
from flask_smorest import Blueprint
from flask_smorest.pagination import PaginationParameters
from marshmallow import Schema, fields, validate

from docgen.models.accounts import Account, Invitation, Role
from docgen.web import current
from docgen.web.access import allow
from docgen.web.api.schemas import Body

api = Blueprint("api_users", __name__, url_prefix="/api/v1", description="Users and invitations")
administrators = allow(Role.ADMINISTRATOR)


class Place(Body):
    """A role, and how far it sees."""

    role = fields.Enum(Role, by_value=True, required=True)
    region = fields.String(
        allow_none=True,
        load_default=None,
        metadata={"description": "Of an administrator of all regions: null", "example": "smolensk"},
    )
    municipality_id = fields.Integer(
        allow_none=True,
        load_default=None,
        strict=True,
        validate=validate.Range(1, 2**31 - 1),
        metadata={"description": "Of a coordinator only", "example": None},
    )


class UserChange(Place):
    """An account as it is to be."""

    name = fields.String(required=True, metadata={"example": "Иванова Анна Петровна"})
    active = fields.Boolean(load_default=None, metadata={"description": "false closes it"})


class NewUser(Place):
    """An account with a password."""

    name = fields.String(required=True, metadata={"example": "Иванова Анна Петровна"})
    login = fields.String(required=True, metadata={"example": "ivanova@obr.example"})
    password = fields.String(required=True, load_only=True, metadata={"format": "password"})


class NewInvitation(Place):
    """A link for someone who will choose a login and a password."""

    name = fields.String(required=True, metadata={"example": "Иванова Анна Петровна"})
    days = fields.Integer(load_default=14, strict=True, validate=validate.Range(1, 366))


class UserSchema(Schema):
    """An account."""

    id = fields.Integer(required=True)
    login = fields.String(required=True)
    name = fields.String(required=True)
    role = fields.Enum(Role, by_value=True, required=True)
    region = fields.String(required=True, allow_none=True)
    municipality_id = fields.Integer(required=True, allow_none=True)
    active = fields.Boolean(required=True)
    created_at = fields.DateTime(required=True)


class InvitationSchema(Schema):
    """A link that works once. Its `path` is shown only in the answer that made it."""

    id = fields.Integer(required=True)
    name = fields.String(required=True)
    role = fields.Enum(Role, by_value=True, required=True)
    region = fields.String(required=True, allow_none=True)
    municipality_id = fields.Integer(required=True, allow_none=True)
    account_id = fields.Integer(
        required=True, allow_none=True, metadata={"description": "Whose new password it is for"}
    )
    created_at = fields.DateTime(required=True)
    expires_at = fields.DateTime(required=True)
    path = fields.String(metadata={"description": "The page to send", "example": "/invitation/…"})


class UserQuery(Schema):
    """Which users."""

    search = fields.String(load_default="", metadata={"description": "Part of a name or login"})
    role = fields.Enum(Role, by_value=True, load_default=None)
    active = fields.Boolean(load_default=None)


def _with_path(invitation: Invitation, secret: str) -> dict[str, Any]:
    return asdict(invitation) | {"path": f"/invitation/{secret}"}


@api.route("/users")
class Users(MethodView):
    """All users in view."""

    @administrators
    @api.arguments(UserQuery, location="query")
    @api.response(200, UserSchema(many=True))
    @api.paginate(page_size=50, max_page_size=200)
    def get(
        self, query: dict[str, Any], pagination_parameters: PaginationParameters
    ) -> list[Account]:
        """Users by name."""
        found = current.service().accounts.list(
            current.scope(),
            **query,
            page=pagination_parameters.page,
            page_size=pagination_parameters.page_size,
        )
        pagination_parameters.item_count = found.total
        return list(found.rows)

    @administrators
    @api.arguments(NewUser)
    @api.response(201, UserSchema)
    def post(self, body: dict[str, Any]) -> Account:
        """A new user with a password; an invitation lets them choose their own."""
        return current.service().accounts.create(current.scope(), **body)


@api.route("/users/<int:user_id>")
class User(MethodView):
    """One user."""

    @administrators
    @api.response(200, UserSchema)
    def get(self, user_id: int) -> Account:
        """The user."""
        return current.service().accounts.read(current.scope(), user_id)

    @administrators
    @api.arguments(UserChange)
    @api.response(200, UserSchema)
    def put(self, body: dict[str, Any], user_id: int) -> Account:
        """The user under this name, in this role and place; open or closed."""
        active = body.pop("active")
        return current.service().accounts.update(current.scope(), user_id, **body, active=active)


@api.route("/users/<int:user_id>/reset")
class Reset(MethodView):
    """A new password for a user."""

    @administrators
    @api.response(201, InvitationSchema)
    def post(self, user_id: int) -> dict[str, Any]:
        """A link by which the user sets a new password; shown this once."""
        return _with_path(*current.service().accounts.reset(current.scope(), user_id))


@api.route("/invitations")
class Invitations(MethodView):
    """Links for new users."""

    @administrators
    @api.response(200, InvitationSchema(many=True))
    def get(self) -> list[Invitation]:
        """The links that still work, the newest first."""
        return list(current.service().accounts.invitations(current.scope()))

    @administrators
    @api.arguments(NewInvitation)
    @api.response(201, InvitationSchema)
    def post(self, body: dict[str, Any]) -> dict[str, Any]:
        """A link for a new user; shown this once."""
        return _with_path(*current.service().accounts.invite(current.scope(), **body))


@api.route("/invitations/<int:invitation_id>")
class OneInvitation(MethodView):
    """One link."""

    @administrators
    @api.response(204)
    def delete(self, invitation_id: int) -> None:
        """The link opens nothing any more."""
        current.service().accounts.withdraw(current.scope(), invitation_id)
