"""What a check found, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a check found. Codes are stable and documented in docs/findings.md."""

    code: str
    severity: Severity
    path: str
    place: str
    message: str
    suggestion: str = ""
    acknowledged: bool = False


CODES = (
    "stamp-mismatch",
    "stamp-blank",
    "number-in-draft",
    "leftover-tag",
    "value-lost",
    "doubtful-value",
    "unplaced-text",
    "duplicate-number",
    "number-gap",
    "section-gap",
    "impossible-date",
    "date-before-order",
    "deadline-unparsed",
    "deadline-year-outside-project",
    "year-missing",
    "indicator-missing",
    "indicator-mismatch",
    "executor-missing",
    "executor-duplicate",
    "host-variant",
    "url-malformed",
    "annex-unreferenced",
    "annex-missing",
    "repeated-phrase",
    "unbalanced-quotes",
    "initials-malformed",
    "gender-unknown",
    "sample-left",
    "mixed-alphabet",
    "ocr-suspect",
    "layout-page-size",
    "layout-margins",
    "layout-font-size",
    "layout-indent",
    "layout-alignment",
    "layout-line-spacing",
    "layout-requisite-width",
    "layout-page-number",
    "layout-heading",
    "layout-operative",
    "layout-signature",
    "layout-date-form",
    "layout-approval-word",
    "layout-stamp",
    "acknowledgement-unused",
)
"""Every code there is; profiles grade them. docgen/checks/catalogue.py says who finds what."""
