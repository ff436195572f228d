"""The description of the programming interface, and a page that shows it."""

from __future__ import annotations

from flask import Blueprint, jsonify, render_template
from flask.typing import ResponseReturnValue

from docgen.web.access import anyone
from docgen.web.api.openapi import description

pages = Blueprint("documentation", __name__)


@pages.get("/api/v1/openapi.json")
@anyone
def openapi() -> ResponseReturnValue:
    """The OpenAPI document."""
    return jsonify(description())


@pages.get("/api/docs")
@anyone
def shown() -> ResponseReturnValue:
    """The document as a page, by the vendored Swagger UI."""
    return render_template("documentation.html")
