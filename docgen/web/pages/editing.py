"""The order form: drafts edited and saved, rows checked while they are typed, editions amended."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from docgen.errors import ConflictError, InputError, ProblemsError
from docgen.i18n import _
from docgen.models.registry import AUTOSAVED, State, StoredDocument
from docgen.web import current, errors
from docgen.web.pages import forms
from docgen.web.pages.documents import clerks, findings_of, page_of, registry
from docgen.web.pages.editor import Editor, finding_values, width_class
from docgen.web.pages.order_form import values_of

pages = Blueprint("editing", __name__, url_prefix="/documents")


@pages.get("/<int:number>/edit")
@clerks
def edit(number: int) -> ResponseReturnValue:
    """The form of a draft; a document that cannot be changed is shown instead."""
    stored, values = registry().read(current.scope(), number)
    if stored.state != State.DRAFT:
        return redirect(url_for("documents.show", number=number))
    return _form(stored, values)


def _form(
    stored: StoredDocument,
    values: dict[str, Any],
    error: ProblemsError | None = None,
    **more: Any,
) -> str:
    known = registry()
    editor = Editor(
        stored,
        values,
        known.region(stored.region),
        findings=[] if error else findings_of(stored.id),
        doubts=known.standing_doubts(stored, values),
        problems=error.problems if error else (),
        wordings=[] if error else known.wordings(values),
    )
    return render_template(
        "documents/edit.html", editor=editor, error=error, width_class=width_class, **more
    )


@pages.post("/<int:number>/edit")
@clerks
def save(number: int) -> ResponseReturnValue:
    """The draft saved: as JSON for the page's script, as the form again for a browser alone.

    The field `over` says what becomes of a conflict: `mine` saves on top of the other version,
    `theirs` too, and then the other version once more, so that neither is lost.
    """
    scope, known = current.scope(), registry()
    version = forms.number(request.form.get("version")) or 0
    stored, base = known.read(scope, number, version or None)
    values = values_of(list(request.form.items(multi=True)), base)
    reason = request.form.get("reason", "").strip()
    try:
        over = request.form.get("over")
        saved = (
            _save_over(number, values, theirs=over == "theirs")
            if over
            else known.update(scope, number, version, values, reason)
        )
    except ConflictError as error:
        return _conflict(stored, values, error)
    except InputError as error:
        return _refused(stored, values, error)
    known.settle_doubts(scope, number, frozenset(request.form.getlist("settled")))
    if _by_script():
        return _saved(saved, values)
    flash(_("Saved as version %(version)d.") % {"version": saved.version})
    return redirect(url_for("editing.edit", number=number))


def _by_script() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _save_over(number: int, values: dict[str, Any], *, theirs: bool) -> StoredDocument:
    """Both sides of a conflict kept as versions, the chosen one on top."""
    scope, known = current.scope(), registry()
    other, chosen = known.read(scope, number)
    mine = known.update(scope, number, other.version, values, AUTOSAVED)
    return known.update(scope, number, mine.version, chosen) if theirs else mine


def _saved(saved: StoredDocument, values: dict[str, Any]) -> ResponseReturnValue:
    return jsonify(
        version=saved.version,
        saved_at=f"{current.now():%H:%M}",
        findings=[finding_values(finding) for finding in findings_of(saved.id)],
        wordings=registry().wordings(values),
    )


def _conflict(
    stored: StoredDocument, values: dict[str, Any], error: ConflictError
) -> ResponseReturnValue:
    if _by_script():
        return jsonify(_told(error)), errors.status_of(error)
    if error.code != "version-changed":
        raise error
    return _form(stored, values, error, conflict=True), errors.status_of(error)


def _refused(
    stored: StoredDocument, values: dict[str, Any], error: InputError
) -> ResponseReturnValue:
    if _by_script():
        return jsonify(_told(error)), errors.status_of(error)
    return _form(stored, values, error), errors.status_of(error)


def _told(error: ProblemsError) -> dict[str, Any]:
    problems = [
        {"path": p.path, "place": p.place, "message": p.message, "severity": "error"}
        for p in error.problems
    ]
    return {"code": error.code, "message": error.message, "problems": problems}


@pages.post("/<int:number>/row")
@clerks
def check_row(number: int) -> ResponseReturnValue:
    """What one row says and what the checks find in it, while it is typed."""
    stored, _values = registry().read(current.scope(), number)
    sent = request.get_json()
    if not isinstance(sent, dict) or not isinstance(sent.get("item"), dict):
        raise BadRequest
    first, last = (forms.number(str(sent.get(name, ""))) for name in ("first", "last"))
    project = registry().region(stored.region).profile.project.years
    checked = registry().check_item(
        current.scope(),
        stored.region,
        str(sent.get("layout") or "roadmap"),
        (first or project[0], last or first or project[1]),
        sent["item"],
    )
    return jsonify(
        meanings={"deadline": checked.deadline, "indicator": checked.indicator},
        findings=[finding_values(finding) for finding in checked.findings],
    )


@pages.get("/<int:number>/amend")
@clerks
def amendment(number: int) -> ResponseReturnValue:
    """The edition in force in the form, to be edited as it is to read."""
    stored, _values = registry().read(current.scope(), number)
    return _form(stored, registry().edition_values(current.scope(), number), amending=True)


@pages.post("/<int:number>/amend")
@clerks
def amend(number: int) -> ResponseReturnValue:
    """The draft of the order that makes these changes."""
    scope, known = current.scope(), registry()
    stored, _values = known.read(scope, number)
    base = known.edition_values(scope, number)
    values = values_of(list(request.form.items(multi=True)), base)
    try:
        made = known.amend(scope, number, values)
    except ProblemsError as error:
        return _form(stored, values, error, amending=True), errors.status_of(error)
    flash(_("The amending order is drafted. Look at its wording and register it."))
    return redirect(page_of(made.id))
