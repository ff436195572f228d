"""What coordinators send: forms, answers with history, receipts, evidence."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_smorest import Blueprint
from flask_smorest.pagination import PaginationParameters

from docgen.importers.evidence import KINDS
from docgen.models.accounts import Role
from docgen.models.monitoring import Answer, Evidence, Receipt, Said, Saved, StageForm
from docgen.web import current
from docgen.web.access import allow, signed_in
from docgen.web.api.schemas import UploadedFile, file_answer
from docgen.web.api.stage_shapes import (
    AnswerQuery,
    AnswerShape,
    EvidenceQuery,
    EvidenceShape,
    FormShape,
    HistoryShape,
    IdempotencyKey,
    ReceiptShape,
    Respondent,
    ReturnShape,
    RowsShape,
    SavedShape,
)
from docgen.web.downloads import XLSX, attachment

api = Blueprint(
    "api_submissions", __name__, url_prefix="/api/v1", description="What coordinators send."
)
ROWS, KEY = RowsShape(), IdempotencyKey()  # as classes they would be built anew at each request
senders = allow(Role.COORDINATOR, Role.ANALYST)


@api.get("/stages/<int:stage_id>/form")
@api.arguments(Respondent, location="query")
@api.response(200, FormShape)
@senders
def form(query: dict[str, Any], stage_id: int) -> StageForm:
    """What a school, a municipality as a whole or the operator is asked, with what it said"""
    return current.service().monitoring.form(current.scope(), stage_id, **query)


@api.get("/stages/<int:stage_id>/form.xlsx")
@api.doc(responses=file_answer(XLSX))
@senders
def form_file(stage_id: int) -> Response:
    """The form of everybody whom the caller sees, as one workbook"""
    data = current.service().monitoring.form_file(current.scope(), stage_id)
    return attachment(f"stage-{stage_id}.xlsx", data, XLSX)


@api.get("/stages/<int:stage_id>/submissions")
@api.arguments(AnswerQuery, location="query")
@api.response(200, AnswerShape(many=True))
@api.paginate(page_size=100, max_page_size=1000)
@signed_in
def answers(
    query: dict[str, Any], stage_id: int, pagination_parameters: PaginationParameters
) -> list[Answer]:
    """What is said now, a page at a time"""
    sort = query.pop("sort")
    found = current.service().submissions.answers(current.scope(), stage_id, **query)
    by = {"id": lambda row: row.id, "item": lambda row: row.key.item}.get(
        sort.lstrip("-"), lambda row: row.updated_at
    )
    found.sort(key=by, reverse=sort.startswith("-"))
    pagination_parameters.item_count = len(found)
    return found[pagination_parameters.first_item : pagination_parameters.last_item + 1]


@api.post("/stages/<int:stage_id>/submissions")
@api.arguments(ROWS)
@api.arguments(KEY, location="headers")
@api.response(201, ReceiptShape)
@api.alt_response(409, description="The stage is closed, or the key stood for another body")
@senders
def submit(body: dict[str, Any], headers: dict[str, Any], stage_id: int) -> Receipt:
    """Answers are kept, all or none, and acknowledged with a receipt"""
    return current.service().submissions.submit(
        current.scope(), stage_id, body["rows"], headers["key"]
    )


@api.patch("/stages/<int:stage_id>/submissions")
@api.arguments(ROWS)
@api.arguments(KEY, location="headers")
@api.response(200, SavedShape)
@api.alt_response(409, description="The stage is closed, or the key stood for another body")
@senders
def save(body: dict[str, Any], headers: dict[str, Any], stage_id: int) -> Saved:
    """Answers are kept as they are typed, without a receipt"""
    return current.service().submissions.save(
        current.scope(), stage_id, body["rows"], headers["key"]
    )


@api.post("/stages/<int:stage_id>/submissions/file")
@api.arguments(UploadedFile, location="files")
@api.response(201, ReceiptShape)
@senders
def submit_file(files: dict[str, Any], stage_id: int) -> Receipt:
    """The answers of a filled form (XLSX) are kept"""
    file = files["file"]
    return current.service().submissions.submit_file(
        current.scope(), stage_id, file.filename or "", file.read()
    )


@api.get("/submissions/<int:answer_id>/history")
@api.response(200, HistoryShape(many=True))
@signed_in
def history(answer_id: int) -> list[Said]:
    """Everything that was said in an answer, the newest first"""
    return current.service().submissions.history(current.scope(), answer_id)


@api.post("/submissions/<int:answer_id>/return")
@api.arguments(ReturnShape)
@api.response(200, AnswerShape)
@allow(Role.ANALYST)
def return_row(body: dict[str, Any], answer_id: int) -> Answer:
    """The answer is returned to its coordinator with a comment"""
    return current.service().submissions.return_row(current.scope(), answer_id, body["comment"])


@api.get("/stages/<int:stage_id>/receipts")
@api.response(200, ReceiptShape(many=True))
@signed_in
def receipts(stage_id: int) -> list[Receipt]:
    """The receipts of the stage, the newest first"""
    return current.service().submissions.receipts(current.scope(), stage_id)


@api.post("/stages/<int:stage_id>/evidence")
@api.arguments(EvidenceQuery, location="query")
@api.arguments(UploadedFile, location="files")
@api.response(201, EvidenceShape)
@api.alt_response(503, description="Stored files are out of reach")
@senders
def attach(query: dict[str, Any], files: dict[str, Any], stage_id: int) -> Evidence:
    """A file (pdf, jpg, png, docx, xlsx, up to 10 MB) confirms an answer"""
    row = {key: value for key, value in query.items() if value is not None}
    file = files["file"]
    return current.service().submissions.attach(
        current.scope(), stage_id, row, file.filename or "", file.read()
    )


@api.get("/evidence/<int:evidence_id>")
@api.doc(responses=file_answer(*KINDS.values()))
@api.alt_response(503, description="Stored files are out of reach")
@signed_in
def evidence(evidence_id: int) -> Response:
    """The content of a file"""
    found, data = current.service().submissions.evidence(current.scope(), evidence_id)
    return attachment(found.name, data, found.media_type)


@api.delete("/evidence/<int:evidence_id>")
@api.response(204)
@senders
def detach(evidence_id: int) -> None:
    """The file confirms nothing any more"""
    current.service().submissions.detach(current.scope(), evidence_id)
