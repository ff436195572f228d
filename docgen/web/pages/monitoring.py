"""The analyst's pages: roadmaps and rosters, stages, how far they are, rows returned, reports."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from docgen.errors import ConflictError, DocgenError, InputError, NotFoundError
from docgen.i18n import _
from docgen.importers.rosters import read_roster_file, read_roster_text
from docgen.models.accounts import Role
from docgen.models.jobs import Job
from docgen.models.submissions import Municipality
from docgen.web import current, errors
from docgen.web.access import allow
from docgen.web.downloads import attachment
from docgen.web.pages import forms

pages = Blueprint("monitoring", __name__, url_prefix="/monitoring")
analysts = allow(Role.ANALYST, Role.ADMINISTRATOR)
REPORT, LETTERS = "stage-report", "stage-letters"


@pages.get("")
@analysts
def index() -> ResponseReturnValue:
    """The stages and the roadmaps they belong to."""
    monitoring, scope = current.service().monitoring, current.scope()
    return render_template(
        "monitoring/index.html",
        stages=monitoring.stages(scope),
        roadmaps=monitoring.roadmaps(scope),
        publishable=monitoring.publishable(scope),
        now=monitoring.now(),
    )


# -- roadmaps and rosters -------------------------------------------------------------------------


@pages.get("/publish")
@analysts
def publish_form() -> ResponseReturnValue:
    """The choice of a registered order, and who reports on it."""
    return _publish_form()


def _publish_form(error: DocgenError | None = None) -> str:
    publishable = current.service().monitoring.publishable(current.scope())
    return render_template("monitoring/publish.html", publishable=publishable, error=error)


@pages.post("/publish")
@analysts
def publish() -> ResponseReturnValue:
    """The roadmap, to open its first stage."""
    try:
        made = current.service().monitoring.publish(
            current.scope(), forms.number(request.form.get("document")) or 0, _roster_given()
        )
    except (InputError, ConflictError) as error:
        return _publish_form(error), errors.status_of(error)
    flash(_("The roadmap is monitored. Open its first stage."))
    return redirect(url_for("monitoring.roadmap", roadmap_id=made.id))


def _roster_given() -> tuple[Municipality, ...]:
    file = request.files.get("file")
    if file is not None and file.filename:
        return read_roster_file(file.read(), file.filename)
    return read_roster_text(request.form.get("roster", ""))


@pages.get("/roadmaps/<int:roadmap_id>")
@analysts
def roadmap(roadmap_id: int) -> ResponseReturnValue:
    """A roadmap: its stages, the next one to open, and its roster."""
    return _roadmap(roadmap_id)


def _roadmap(roadmap_id: int, error: DocgenError | None = None, wrong: str = "") -> str:
    monitoring, scope = current.service().monitoring, current.scope()
    stages = monitoring.stages(scope, roadmap_id)
    known = {stage.number for stage in stages}
    return render_template(
        "monitoring/roadmap.html",
        roadmap=monitoring.roadmap(scope, roadmap_id),
        stages=stages,
        planned=[p for p in monitoring.planned_stages(scope, roadmap_id) if p[0] not in known],
        roster=monitoring.roster(scope, roadmap_id),
        now=monitoring.now(),
        error=error,
        wrong=wrong,
    )


@pages.post("/roadmaps/<int:roadmap_id>/roster")
@analysts
def set_roster(roadmap_id: int) -> ResponseReturnValue:
    """Another roster."""
    try:
        current.service().monitoring.set_roster(current.scope(), roadmap_id, _roster_given())
    except InputError as error:
        return _roadmap(roadmap_id, error, "roster"), errors.status_of(error)
    flash(_("The roster is saved."))
    return redirect(url_for("monitoring.roadmap", roadmap_id=roadmap_id))


# -- stages ---------------------------------------------------------------------------------------


@pages.post("/roadmaps/<int:roadmap_id>/stages")
@analysts
def open_stage(roadmap_id: int) -> ResponseReturnValue:
    """The stage, open."""
    try:
        number = forms.number(request.form.get("number"))
        if number is None:
            raise InputError(_("Choose a stage."), code="stage-missing")
        stage = current.service().monitoring.open_stage(
            current.scope(), roadmap_id, number, _closing_time(), _monitoring_date()
        )
    except (InputError, ConflictError) as error:
        return _roadmap(roadmap_id, error, "stage"), errors.status_of(error)
    flash(_("The stage is open: coordinators see what is due."))
    return redirect(url_for("monitoring.stage", stage_id=stage.id))


def _monitoring_date() -> date | None:
    """The day that was typed; None leaves it to the profile."""
    typed = request.form.get("monitoring_date", "").strip()
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError as error:
        message = _("The monitoring date is no date of the calendar.")
        raise InputError(message, code="monitoring-date-malformed") from error


def _closing_time() -> datetime:
    """What was typed, by the clock of whoever typed it."""
    try:
        typed = datetime.fromisoformat(request.form.get("closes_at", ""))
        return typed if typed.tzinfo else typed.replace(tzinfo=current.zone())
    except ValueError as error:
        message = _("Say until which day and hour the stage takes answers.")
        raise InputError(message, code="closing-time-missing") from error


@pages.get("/stages/<int:stage_id>")
@analysts
def stage(stage_id: int) -> ResponseReturnValue:
    """How far the stage is."""
    return _stage(stage_id)


def _stage(stage_id: int, error: DocgenError | None = None) -> str:
    return render_template("monitoring/stage.html", error=error, **_figures(stage_id))


@pages.get("/stages/<int:stage_id>/figures")
@analysts
def figures(stage_id: int) -> ResponseReturnValue:
    """The part of the stage's page that changes, for the page to renew itself."""
    return render_template("monitoring/figures.html", **_figures(stage_id))


def _figures(stage_id: int) -> dict[str, Any]:
    progress = current.service().monitoring.progress(current.scope(), stage_id)
    return {"progress": progress, "stage": progress.stage, "jobs": _jobs(stage_id)}


def _jobs(stage_id: int) -> list[Job]:
    """The newest works on this stage that the reader put in or may see."""
    jobs, scope = current.service().jobs, current.scope()
    found = [
        job
        for kind in (REPORT, LETTERS)
        for job in jobs.list(scope, kind=kind, page_size=20).rows
        if job.arguments.get("stage_id") == stage_id
    ]
    return sorted(found, key=lambda job: job.id, reverse=True)[:5]


@pages.post("/stages/<int:stage_id>/close")
@analysts
def close(stage_id: int) -> ResponseReturnValue:
    """The stage, closed."""
    current.service().monitoring.close_stage(current.scope(), stage_id)
    flash(_("The stage is closed."))
    return redirect(url_for("monitoring.stage", stage_id=stage_id))


@pages.post("/stages/<int:stage_id>/reopen")
@analysts
def reopen(stage_id: int) -> ResponseReturnValue:
    """The stage, open again or for longer."""
    try:
        current.service().monitoring.reopen_stage(current.scope(), stage_id, _closing_time())
    except InputError as error:
        return _stage(stage_id, error), errors.status_of(error)
    flash(_("The stage takes answers again."))
    return redirect(url_for("monitoring.stage", stage_id=stage_id))


@pages.get("/stages/<int:stage_id>/municipalities/<int:municipality_id>")
@analysts
def municipality(stage_id: int, municipality_id: int) -> ResponseReturnValue:
    """What one municipality said, row by row."""
    return _municipality(stage_id, municipality_id)


def _municipality(
    stage_id: int, municipality_id: int, error: DocgenError | None = None, wrong: int = 0
) -> str:
    service, scope = current.service(), current.scope()
    duties = [
        duty
        for duty in service.monitoring.duties(scope, stage_id)
        if duty.municipality_id == municipality_id
    ]
    if not duties:
        raise NotFoundError(_("No such municipality takes part in this stage."))
    shown = [
        service.monitoring.form(scope, stage_id, duty.school_id, municipality_id) for duty in duties
    ]
    return render_template(
        "monitoring/municipality.html",
        forms=shown,
        stage=shown[0].stage,
        place=shown[0].municipality,
        error=error,
        wrong=wrong,
        typed=request.form.get("comment", ""),
    )


@pages.post("/answers/<int:answer_id>/return")
@allow(Role.ANALYST)
def return_row(answer_id: int) -> ResponseReturnValue:
    """The row, waiting to be mended."""
    stage_id = forms.number(request.form.get("stage")) or 0
    municipality_id = forms.number(request.form.get("municipality")) or 0
    try:
        current.service().submissions.return_row(
            current.scope(), answer_id, request.form.get("comment", "")
        )
    except (InputError, ConflictError) as error:
        page = _municipality(stage_id, municipality_id, error, answer_id)
        return page, errors.status_of(error)
    flash(_("The answer is returned; its coordinator sees why."))
    return redirect(
        url_for(
            "monitoring.municipality",
            stage_id=stage_id,
            municipality_id=municipality_id,
            _anchor=f"answer-{answer_id}",
        )
    )


# -- reports --------------------------------------------------------------------------------------


@pages.post("/stages/<int:stage_id>/report")
@analysts
def report(stage_id: int) -> ResponseReturnValue:
    """The page of the stage, where the report is being made."""
    return _put_in(stage_id, REPORT, formats=["docx", "pdf", "xlsx"])


@pages.post("/stages/<int:stage_id>/letters")
@analysts
def letters(stage_id: int) -> ResponseReturnValue:
    """The page of the stage, where the letters are being made."""
    return _put_in(stage_id, LETTERS)


def _put_in(stage_id: int, kind: str, **arguments: Any) -> ResponseReturnValue:
    service, scope = current.service(), current.scope()
    found = service.monitoring.stage(scope, stage_id)
    service.jobs.enqueue(scope, kind, {"stage_id": found.id, **arguments})
    return redirect(url_for("monitoring.stage", stage_id=stage_id, _anchor="works"))


@pages.get("/works/<int:job_id>/<int:index>")
@analysts
def made(job_id: int, index: int) -> ResponseReturnValue:
    """A file that such work made."""
    service = current.service()
    job = service.jobs.read(current.scope(), job_id)
    if job.kind not in (REPORT, LETTERS) or index >= len(job.files):
        raise NotFoundError(_("There is no such file."))
    file = job.files[index]
    return attachment(file.name, service.files.read(file.hash), file.media_type)
