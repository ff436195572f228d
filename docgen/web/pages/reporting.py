"""The coordinator's pages: what is due, the form of a stage, receipts, what was sent before."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from docgen.errors import ConflictError, DocgenError, InputError, ProblemsError
from docgen.i18n import _
from docgen.models.accounts import Role
from docgen.models.monitoring import StageForm
from docgen.services.intake import Row, digest
from docgen.web import current, errors
from docgen.web.access import allow
from docgen.web.downloads import XLSX, attachment
from docgen.web.pages import answering, forms

pages = Blueprint("reporting", __name__, url_prefix="/reporting")
senders = allow(Role.COORDINATOR, Role.ANALYST)


@pages.get("")
@allow(Role.COORDINATOR)
def index() -> ResponseReturnValue:
    """What is due, till when, and how much of it is done."""
    return _index()


def _index(error: DocgenError | None = None) -> str:
    monitoring, scope = current.service().monitoring, current.scope()
    stages = monitoring.stages(scope)
    agenda = [(stage, monitoring.duties(scope, stage.id)) for stage in stages]
    now = monitoring.now()
    return render_template(
        "reporting/index.html",
        open=[entry for entry in agenda if entry[0].is_open(now)],
        closed=[entry for entry in agenda if not entry[0].is_open(now)],
        now=now,
        error=error,
    )


@pages.get("/stages/<int:stage_id>/form")
@senders
def form(stage_id: int) -> ResponseReturnValue:
    """The form of one respondent: `?school=`, `?municipality=`, or the asker's own."""
    return _form(_asked(stage_id))


def _asked(stage_id: int) -> StageForm:
    return current.service().monitoring.form(
        current.scope(),
        stage_id,
        forms.number(request.args.get("school")),
        forms.number(request.args.get("municipality")),
    )


def _form(
    asked: StageForm,
    typed: Sequence[answering.Typed] | None = None,
    error: DocgenError | None = None,
    saved: int = 0,
) -> str:
    problems = error.problems if isinstance(error, ProblemsError) else ()
    before = current.service().monitoring.said_before(current.scope(), asked)
    shown = answering.cards(asked, typed, problems, before)
    return render_template(
        "reporting/form.html",
        form=asked,
        cards=shown,
        faulty=[card for card in shown if card.faults],
        again=sum(card.again for card in shown),
        fillable=answering.fillable(asked, before),
        error=error,
        saved=saved,
        key=secrets.token_urlsafe(12),
        here=request.full_path.rstrip("?"),
        clock=(current.now().utcoffset() or timedelta()) // timedelta(minutes=1),
    )


@pages.post("/stages/<int:stage_id>/form")
@senders
def send(stage_id: int) -> ResponseReturnValue:
    """The receipt; or the form as it was typed, with each fault beside its field."""
    asked = _asked(stage_id)
    typed = answering.typed_in(asked, request.form)
    rows = answering.rows_of(asked, typed, request.form)
    try:
        _attach(asked)
        removed = forms.number(request.form.get("remove"))
        if removed is not None:
            current.service().submissions.detach(current.scope(), removed)
        if removed is not None or "keep" in request.form:
            return _kept(stage_id, rows)
        if "before" in request.form:
            return _beside_before(stage_id, typed)
        key = f"{request.form.get('key', '')}:{digest(stage_id, rows)[:16]}"
        receipt = current.service().submissions.submit(current.scope(), stage_id, rows, key)
    except (InputError, ConflictError) as error:
        saved = _rescued(stage_id, rows, error)
        return _form(_asked(stage_id), typed, error, saved), errors.status_of(error)
    return redirect(url_for("reporting.receipt", receipt_id=receipt.id))


def _beside_before(stage_id: int, typed: Sequence[answering.Typed]) -> str:
    """The form filled in as last time, or without that again; nothing of it is saved or sent."""
    asked = _asked(stage_id)
    before = current.service().monitoring.said_before(current.scope(), asked)
    fill = answering.without_before if request.form["before"] == "undo" else answering.as_before
    return _form(asked, fill(asked, typed, before))


def _kept(stage_id: int, rows: Sequence[Row]) -> ResponseReturnValue:
    current.service().submissions.save(current.scope(), stage_id, rows)
    flash(_("Saved."))
    return redirect(request.full_path)


def _attach(asked: StageForm) -> None:
    """Files are kept at once: a browser does not offer them again after a mistake."""
    for row in asked.rows:
        for file in request.files.getlist(f"file.{row.item}"):
            if file.filename:
                said = {
                    "school_id": asked.school.id if asked.school else None,
                    "municipality_id": asked.municipality_id,
                    "item": row.item,
                }
                current.service().submissions.attach(
                    current.scope(), asked.stage.id, said, file.filename, file.read()
                )


def _rescued(stage_id: int, rows: Sequence[Row], error: DocgenError) -> int:
    """How many of the rows were right and are kept, so that a mistake in one loses none."""
    if not isinstance(error, ProblemsError) or not error.problems:
        return 0
    good = answering.right_ones(rows, error.problems)
    if not good:
        return 0
    return current.service().submissions.save(current.scope(), stage_id, good).changed


@pages.get("/receipts/<int:receipt_id>")
@senders
def receipt(receipt_id: int) -> ResponseReturnValue:
    """A receipt, to be printed."""
    given, rows = current.service().submissions.receipt(current.scope(), receipt_id)
    stage = current.service().monitoring.stage(current.scope(), given.stage_id)
    return render_template("reporting/receipt.html", receipt=given, rows=rows, stage=stage)


@pages.get("/stages/<int:stage_id>/sent")
@senders
def sent(stage_id: int) -> ResponseReturnValue:
    """What was sent to the stage, receipt by receipt, the newest first."""
    stage = current.service().monitoring.stage(current.scope(), stage_id)
    given = current.service().submissions.receipts(current.scope(), stage_id)
    return render_template("reporting/sent.html", stage=stage, receipts=given)


@pages.get("/stages/<int:stage_id>/form.xlsx")
@senders
def form_file(stage_id: int) -> ResponseReturnValue:
    """The form as a workbook."""
    data = current.service().monitoring.form_file(current.scope(), stage_id)
    return attachment(f"форма-этап-{stage_id}.xlsx", data, XLSX)


@pages.post("/stages/<int:stage_id>/file")
@allow(Role.COORDINATOR)
def send_file(stage_id: int) -> ResponseReturnValue:
    """The receipt for a filled workbook; or what is wrong with it, cell by cell."""
    file = request.files.get("file")
    try:
        if file is None or not file.filename:
            raise InputError(_("Choose a file first."), code="file-missing")
        given = current.service().submissions.submit_file(
            current.scope(), stage_id, file.filename, file.read()
        )
    except (InputError, ConflictError) as error:
        return _index(error), errors.status_of(error)
    return redirect(url_for("reporting.receipt", receipt_id=given.id))


@pages.get("/evidence/<int:evidence_id>")
@allow(Role.COORDINATOR, Role.ANALYST, Role.ADMINISTRATOR)
def evidence(evidence_id: int) -> ResponseReturnValue:
    """A file that was attached, to be saved."""
    found, data = current.service().submissions.evidence(current.scope(), evidence_id)
    return attachment(found.name, data, found.media_type)
