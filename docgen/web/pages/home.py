"""The door: the first page of each role, and the choice of language."""

from __future__ import annotations

from flask import Blueprint, redirect, request, session
from flask.typing import ResponseReturnValue

from docgen.i18n import LANGUAGES
from docgen.web import navigation
from docgen.web.access import anyone, signed_in

pages = Blueprint("home", __name__)


@pages.get("/")
@signed_in
def index() -> ResponseReturnValue:
    """The page where the reader's work begins."""
    return redirect(navigation.home())


@pages.post("/language")
@anyone
def language() -> ResponseReturnValue:
    """The page the reader came from, in the language they chose."""
    if request.form.get("language") in LANGUAGES:
        session["language"] = request.form["language"]
    return redirect(navigation.safe_target(request.form.get("next")) or "/")
