"""Versions of what an administrator edits: templates and profiles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Edition:
    """One version of a region's template or profile; at most one of a name is active.

    `name` is the template's file, or empty for the profile; without a region it is for all.
    """

    id: int
    region: str | None
    name: str
    version: int
    active: bool
    reason: str
    author_id: int | None
    created_at: datetime
