"""Administration of long work: what waits, runs, failed."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from docgen.errors import ConflictError
from docgen.i18n import _, noop
from docgen.models.accounts import Role
from docgen.models.jobs import State
from docgen.web import current
from docgen.web.access import allow
from docgen.web.downloads import attachment
from docgen.web.pages import forms

pages = Blueprint("jobs", __name__, url_prefix="/jobs")
administrators = allow(Role.ADMINISTRATOR)

STATES = {
    State.QUEUED: noop("waits"),
    State.RUNNING: noop("being done"),
    State.DONE: noop("job done"),
    State.FAILED: noop("failed"),
    State.CANCELLED: noop("job cancelled"),
}
KINDS = {
    "canary": noop("Test conversion"),
    "document-pdf": noop("PDF of a document"),
    "stage-report": noop("Report of a stage"),
    "stage-letters": noop("Letters of a stage"),
}


@pages.get("/")
@administrators
def index() -> ResponseReturnValue:
    """The jobs, the newest first, in one state or in all."""
    state = request.args.get("state", "")
    found = current.service().jobs.list(
        current.scope(),
        state=State(state) if state in list(State) else None,
        page=forms.number(request.args.get("page")) or 1,
    )
    states = {key: _(words) for key, words in STATES.items()}
    kinds = {key: _(words) for key, words in KINDS.items()}
    return render_template(
        "administration/jobs.html", found=found, state=state, states=states, kinds=kinds
    )


@pages.post("/<int:job_id>/cancel")
@administrators
def cancel(job_id: int) -> ResponseReturnValue:
    """Back to the list, the job cancelled."""
    try:
        current.service().jobs.cancel(current.scope(), job_id)
    except ConflictError as error:
        flash(error.message, "bad")
    else:
        flash(_("The job %(id)d is cancelled.") % {"id": job_id}, "good")
    return redirect(url_for("jobs.index"))


@pages.get("/<int:job_id>/files/<int:file_number>")
@administrators
def file(job_id: int, file_number: int) -> ResponseReturnValue:
    """A file that the job made."""
    made, data = current.service().jobs.file(current.scope(), job_id, file_number)
    return attachment(made.name, data, made.media_type)
