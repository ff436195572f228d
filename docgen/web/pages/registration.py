"""Registration: the date, the number, and the journal."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from docgen.checks.refusal import stopping
from docgen.errors import InputError, Problem, ProblemsError
from docgen.i18n import _
from docgen.schemas.fields import read_day
from docgen.web import current, errors
from docgen.web.pages import forms
from docgen.web.pages.documents import (
    clerks,
    findings_of,
    grouped,
    page_of,
    readers,
    registry,
    today,
)

pages = Blueprint("registration", __name__, url_prefix="/documents")
journal_pages = Blueprint("journal", __name__, url_prefix="/journal")


@journal_pages.get("/")
@readers
def index() -> ResponseReturnValue:
    """The registration journal."""
    year = forms.number(request.args.get("year"))
    page = forms.number(request.args.get("page")) or 1
    found = registry().journal(current.scope(), year=year, page=page)
    return render_template("documents/journal.html", found=found, year=year)


@pages.get("/<int:number>/register")
@clerks
def registration(number: int) -> ResponseReturnValue:
    """The form of registration: the date, and the number that the journal would give."""
    return _registration(number)


def _registration(number: int, error: ProblemsError | None = None) -> str:
    stored, _values = registry().read(current.scope(), number)
    findings = findings_of(number)
    day = read_day(request.values.get("date", "")) or stored.date or today()
    return render_template(
        "documents/register.html",
        stored=stored,
        day=day,
        next_number=registry().next_number(current.scope(), number, day),
        typed=request.form.get("number", stored.number or ""),
        error=error,
        findings=findings,
        grave=stopping(findings),
        samples=[each for each in findings if each.code == "sample-left" and not each.acknowledged],
        groups=grouped(findings),
    )


@pages.post("/<int:number>/register")
@clerks
def register(number: int) -> ResponseReturnValue:
    """The document registered; or the form with what keeps it from being."""
    version = forms.number(request.form.get("version")) or 0
    text = request.form.get("date", "")
    day = read_day(text)
    try:
        if day is None:
            message = _("Write the date as 30.12.2021.")
            raise InputError(message, (Problem("date", message, "impossible-date"),))
        done = registry().register(
            current.scope(),
            number,
            version,
            date=day,
            number=request.form.get("number", "").strip() or None,
        )
    except ProblemsError as error:
        return _registration(number, error), errors.status_of(error)
    flash(
        _("Registered: № %(number)s of %(date)s.")
        % {"number": done.number, "date": f"{day:%d.%m.%Y}"}
    )
    return redirect(page_of(number))
