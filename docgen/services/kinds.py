"""What workers can do: each kind of job is a function over the services."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from docgen.convert import PdfOptions
from docgen.convert.canary import canary
from docgen.models.accounts import Scope
from docgen.services.jobs import Kind, Progress
from docgen.services.monitoring import Monitoring
from docgen.services.registry import Registry
from docgen.store.files import Contents

MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "json": "application/json",
    "zip": "application/zip",
}

Convert = Callable[[bytes, PdfOptions], bytes]


def kept(files: Contents, name: str, data: bytes) -> dict[str, Any]:
    """The file as a result of a job names it; its content is kept."""
    media_type = MEDIA_TYPES[name.rpartition(".")[2]]
    return {"name": name, "hash": files.put(data), "media_type": media_type, "size": len(data)}


def canary_kind(convert: Convert) -> Kind:
    """Proves that a document becomes a PDF; the result tells in how many seconds."""

    def sing(_scope: Scope, _arguments: Mapping[str, Any], _progress: Progress) -> dict[str, Any]:
        start = time.perf_counter()
        convert(canary(), PdfOptions(title=uuid4().hex))  # a new title, or the cache would answer
        return {"seconds": round(time.perf_counter() - start, 3)}

    return sing


def document_kind(files: Contents, registry: Registry) -> Kind:
    """The PDF of a document (`document_id`), of its newest version or of the one named."""

    def make(scope: Scope, arguments: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
        progress(0, 1)
        number, version = arguments["document_id"], arguments.get("version")
        data = registry.file(scope, number, version, "pdf")
        return {"files": [kept(files, f"{number}.pdf", data)]}

    return make


def report_kind(files: Contents, monitoring: Monitoring) -> Kind:
    """The report of a stage (`stage_id`) in `formats`."""

    def make(scope: Scope, arguments: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
        formats = arguments["formats"]
        made: list[dict[str, Any]] = []
        for kind in formats:
            progress(len(made), len(formats))
            made.append(kept(files, *monitoring.report(scope, arguments["stage_id"], kind)))
        return {"files": made}

    return make


def letters_kind(files: Contents, monitoring: Monitoring) -> Kind:
    """Letters to those who owe something at a stage (`stage_id`), as an archive."""

    def make(scope: Scope, arguments: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
        progress(0, 1)
        return {"files": [kept(files, *monitoring.letters(scope, arguments["stage_id"]))]}

    return make
