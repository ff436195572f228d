"""The audit log, for those who administrate."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from docgen.models.accounts import Role
from docgen.web import current
from docgen.web.access import allow
from docgen.web.deeds import deed
from docgen.web.pages import forms

pages = Blueprint("audit", __name__, url_prefix="/audit")
_LINES = 100


@pages.get("/")
@allow(Role.ADMINISTRATOR)
def index() -> ResponseReturnValue:
    """What happened in the region, the newest first."""
    entries = current.service().accounts.audit(
        current.scope(), before=forms.number(request.args.get("before")), limit=_LINES
    )
    more = entries[-1].id if len(entries) == _LINES else None
    return render_template("audit/index.html", deeds=[deed(entry) for entry in entries], more=more)
