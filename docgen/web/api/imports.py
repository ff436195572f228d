"""Orders read from uploaded files."""

from __future__ import annotations

from typing import Any

from flask_smorest import Blueprint

from docgen.i18n import _
from docgen.web import current
from docgen.web.api import document_shapes as shapes
from docgen.web.api.documents import clerks, registry
from docgen.web.api.schemas import UploadedFile

api = Blueprint(
    "api_imports", __name__, url_prefix="/api/v1/imports", description="Orders read from files."
)


@api.post("")
@api.arguments(UploadedFile, location="files")
@api.arguments(shapes.Upload, location="form")
@api.response(200, shapes.ImportedShape)
@clerks
def read(files: dict[str, Any], form: dict[str, Any]) -> dict[str, Any]:
    """An order is read from a DOCX, XLSX, PDF or text, and kept as a draft where wanted"""
    file, scope = files["file"], current.scope()
    name = file.filename or ""
    found = registry().import_file(scope, name, file.read(), form["region"])
    kept = None
    if form["keep"]:
        reason = _("imported from %(name)s") % {"name": name}
        kept = registry().create(scope, found.values, reason, found.doubts)
    return {
        "values": found.values,
        "doubts": found.doubts,
        "unplaced": found.unplaced,
        "findings": found.findings,
        "document": kept,
    }
