"""The regions in view: what their orders and tables are like."""

from __future__ import annotations

from flask.views import MethodView
from flask_smorest import Blueprint
from marshmallow import Schema, fields

from docgen.errors import NotFoundError
from docgen.i18n import _
from docgen.models import Profile
from docgen.web import current
from docgen.web.access import signed_in

api = Blueprint("api_regions", __name__, url_prefix="/api/v1/regions", description="Regions")


class ColumnSchema(Schema):
    """A column of a region's table."""

    key = fields.String(required=True, metadata={"example": "deadline"})
    heading = fields.String(required=True, metadata={"example": "Сроки реализации"})
    width = fields.Float(required=True)


class LayoutSchema(Schema):
    """The columns of one kind of annex."""

    title = fields.String(required=True)
    columns = fields.List(fields.Nested(ColumnSchema), required=True)


class ProjectSchema(Schema):
    """The project under the region's name for it."""

    name = fields.String(required=True)
    short = fields.String(required=True)
    years = fields.List(fields.Integer(), required=True, metadata={"example": [2022, 2022]})


class StageSchema(Schema):
    """A monitoring stage."""

    number = fields.Integer(required=True)
    date = fields.Date(required=True)
    title = fields.String(required=True)


class RegionSchema(Schema):
    """A region as its profile has it."""

    code = fields.String(required=True, metadata={"example": "smolensk"})
    name = fields.String(required=True, metadata={"example": "Смоленская область"})
    project = fields.Nested(ProjectSchema, required=True)
    layouts = fields.Dict(fields.String(), fields.Nested(LayoutSchema), required=True)
    stages = fields.List(fields.Nested(StageSchema), required=True)


def _profiles() -> dict[str, Profile]:
    """The profiles in view, by code."""
    own = current.scope().region
    regions, _errors = current.service().documents.regions.usable()
    return {code: region.profile for code, region in regions.items() if own in (None, code)}


@api.route("")
class Regions(MethodView):
    """All regions in view."""

    @signed_in
    @api.response(200, RegionSchema(many=True))
    def get(self) -> list[Profile]:
        """The regions by code."""
        return list(_profiles().values())


@api.route("/<region>")
class Region(MethodView):
    """One region."""

    @signed_in
    @api.response(200, RegionSchema)
    def get(self, region: str) -> Profile:
        """The region's project, columns and stages."""
        profiles = _profiles()
        if region not in profiles:
            raise NotFoundError(_("There is nothing here."))
        return profiles[region]
