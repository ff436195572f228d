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
