"""Documents that the service keeps: their states, versions and the registration journal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from docgen.models.findings import Finding
from docgen.models.readings import Unplaced


class State(StrEnum):
    """What becomes of a document: drafts change, registered ones never do (docs/registry.md)."""

    DRAFT = "draft"
    REGISTERED = "registered"
    WITHDRAWN = "withdrawn"


CREATED, AUTOSAVED, REGISTERED = "created", "autosaved", "registered"
"""Reasons that the service itself gives for a version; all others are people's own words."""


@dataclass(frozen=True, slots=True)
class Misgiving:
    """A cell that an import was not sure of, and the text it read there."""

    path: str
    place: str
    reason: str
    confidence: float
    text: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The plain values of the misgiving."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document of the registry; `version` is its newest, `author` the name of who made it."""

    id: int
    region: str
    kind: str
    state: State
    title: str
    version: int
    number: str | None
    date: date | None
    amends_id: int | None
    author: str
    created_at: datetime
    updated_at: datetime
    doubts: tuple[Misgiving, ...] = ()

    @property
    def etag(self) -> str:
        """What changes with each version: `17-3`."""
        return f"{self.id}-{self.version}"


@dataclass(frozen=True, slots=True)
class Version:
    """One immutable state of a document; `hash` is the SHA-256 of `data`, its data file as JSON."""

    document_id: int
    version: int
    hash: str
    reason: str
    author_id: int | None
    author: str
    created_at: datetime
    data: str = ""


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One line of a registration journal."""

    region: str
    journal: str
    year: int
    ordinal: int
    number: str
    date: date
    document_id: int
    title: str
    author: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Imported:
    """What was read from an uploaded file: a data file's values, and what a person should see."""

    values: Mapping[str, Any]
    doubts: tuple[Misgiving, ...]
    unplaced: tuple[Unplaced, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class CheckedItem:
    """What one row says to the engine: its deadline and indicator in words, and its findings.

    Paths of findings are keys of the row.
    """

    deadline: str
    indicator: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """The pages of a document: how many, and the key under which their pictures are kept."""

    key: str
    pages: int
