"""Which findings no one may sign, and the error that names them."""

from __future__ import annotations

from collections.abc import Iterable

from docgen.errors import FindingsError, Problem
from docgen.models import Finding


def stopping(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that keep a document from being made: errors that no one acknowledged."""
    return tuple(f for f in findings if f.severity == "error" and not f.acknowledged)


def refuse_errors(findings: Iterable[Finding], message: str) -> None:
    """FindingsError under this message where any finding keeps the document from being made."""
    stopped = stopping(findings)
    if stopped:
        problems = tuple(Problem(f.path, f.message, f.code, f.place) for f in stopped)
        raise FindingsError(message, problems)
