"""The programming interface as a whole: its description, its errors, what proves a caller."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import version
from typing import Any

from flask import Flask, current_app
from flask_smorest import Api, Blueprint
from marshmallow import Schema, fields

from docgen.web import access

ABOUT = """\
Orders, roadmaps and stage reports over HTTP. Programs send a token of an account,
`Authorization: Bearer dg_…`; pages of the service itself send their session's cookie and, with
every change, the header `X-CSRFToken`.

What belongs to another region or municipality answers 404, as if it did not exist. Errors are
problem details (RFC 9457, `application/problem+json`) with a stable `code`; messages are Russian,
or English with `Accept-Language: en`.
"""


class ProblemSchema(Schema):
    """One thing wrong with what was sent."""

    path = fields.String(required=True, metadata={"example": "annexes[0].title"})
    message = fields.String(required=True)
    code = fields.String(required=True, metadata={"example": "missing-key"})
    place = fields.String(
        required=True, metadata={"description": "Where a person looks; empty when the path says it"}
    )


class ProblemDetails(Schema):
    """Why a request was refused (RFC 9457)."""

    type = fields.String(required=True, metadata={"example": "urn:docgen:not-found"})
    title = fields.String(required=True)
    status = fields.Integer(required=True, metadata={"example": 404})
    detail = fields.String(required=True)
    code = fields.String(required=True, metadata={"description": "Stable; see docs/errors.md"})
    problems = fields.List(fields.Nested(ProblemSchema), required=True)
    instance = fields.String(metadata={"description": "The id to quote when it is our mistake"})


class ProblemApi(Api):
    """flask-smorest with our errors: as problem details, handled with those of the pages."""

    ERROR_SCHEMA = ProblemDetails

    def _register_responses(self) -> None:
        self.DEFAULT_RESPONSE_CONTENT_TYPE = "application/problem+json"
        super()._register_responses()
        del self.DEFAULT_RESPONSE_CONTENT_TYPE

    def _register_pagination_header(self) -> None:
        """What `X-Pagination` is: JSON in a line of text, where flask-smorest says an object."""
        described = {
            "description": "JSON: total, total_pages, page, first_page, last_page, next_page …",
            "schema": {"type": "string", "contentMediaType": "application/json"},
        }
        self.spec.components.header("PAGINATION", described, lazy=True)

    def _register_error_handlers(self) -> None:
        """None of its own: docgen.web.errors answers."""


def install(app: Flask, blueprints: Iterable[Blueprint]) -> None:
    """All parts of the interface, each operation with who may call it."""
    app.config.update(
        API_TITLE="docgen",
        API_VERSION=version("docgen"),
        OPENAPI_VERSION="3.1.0",
        API_SPEC_OPTIONS={
            "info": {"description": ABOUT, "license": {"name": "MIT", "identifier": "MIT"}},
            "security": [{"token": []}, {"session": []}],
        },
    )
    api = ProblemApi(app)
    schemes = api.spec.components
    schemes.security_scheme("token", {"type": "http", "scheme": "bearer"})
    schemes.security_scheme("session", {"type": "apiKey", "in": "cookie", "name": "docgen"})
    api.register_converter(access.Number, _id_parameter)
    for blueprint in blueprints:
        api.register_blueprint(blueprint)


def _id_parameter(_converter: access.Number) -> dict[str, Any]:
    return {"type": "integer", "minimum": 1, "maximum": 2**31 - 1}


def description() -> dict[str, Any]:
    """The OpenAPI document of this application; its parts are named without our prefix."""
    api: ProblemApi = current_app.extensions["flask-smorest"]["apis"][""]["ext_obj"]
    document: dict[str, Any] = api.spec.to_dict()
    for tag in document["tags"]:
        tag["name"] = _plain(tag["name"])
    for operations in document["paths"].values():
        for operation in operations.values():
            if isinstance(operation, dict):
                operation["tags"] = [_plain(name) for name in operation["tags"]]
                _describe_refusals(operation["responses"])
    return document


def _describe_refusals(responses: dict[str, Any]) -> None:
    """Refusals that an operation explains in words of its own are problem details as well."""
    details = {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}
    for status, described in responses.items():
        if status >= "400" and "$ref" not in described:
            described["content"] = {"application/problem+json": details}


def _plain(blueprint: str) -> str:
    return blueprint.removeprefix("api_")
