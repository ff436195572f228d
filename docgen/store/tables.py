"""The tables of the service. SQLite and PostgreSQL hold the same ones.

Moments are kept in UTC. Names of regions are their codes; `items` of stages are printed numbers.
Every change of a table needs a migration: a test compares the two.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
    true,
)
from sqlalchemy.types import TypeDecorator

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC; always aware in Python, whatever the database keeps."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment as UTC; a naive one is a mistake of the caller."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment in UTC, though PostgreSQL gives it in the zone of its session."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


def _key() -> Column[int]:
    return Column("id", Integer, primary_key=True)


def _made() -> Column[datetime]:
    return Column("created_at", Moment, nullable=False, default=now)


def _to(name: str, target: str, **options: Any) -> Column[int]:
    """A reference to the row of another table, indexed."""
    return Column(name, Integer, ForeignKey(f"{target}.id"), index=True, **options)


# -- people and places --------------------------------------------------------------------------

organisations = Table(
    "organisations",
    METADATA,
    _key(),
    Column("region", String(64), nullable=False),
    Column("name", Text, nullable=False),
    UniqueConstraint("region", "name"),
)

municipalities = Table(
    "municipalities",
    METADATA,
    _key(),
    Column("region", String(64), nullable=False),
    Column("name", Text, nullable=False),
    Column("coordinator", Text, nullable=False, default=""),
    Column("phone", Text, nullable=False, default=""),
    Column("curators", Integer),
    UniqueConstraint("region", "name"),
)

schools = Table(
    "schools",
    METADATA,
    _key(),
    _to("municipality_id", "municipalities", nullable=False),
    Column("name", Text, nullable=False),
    UniqueConstraint("municipality_id", "name"),
)

accounts = Table(
    "accounts",
    METADATA,
    _key(),
    Column("login", String(200), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("role", String(20), nullable=False),
    Column("region", String(64), index=True),
    _to("municipality_id", "municipalities"),
    _to("organisation_id", "organisations"),
    Column("password_hash", Text),
    Column("active", Boolean, nullable=False, server_default=true()),
    Column("epoch", Integer, nullable=False, server_default=text("0")),
    Column("signed_in_at", Moment),
    _made(),
)

attempts = Table(
    "attempts",
    METADATA,
    Column("login_hash", String(64), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("locked_until", Moment),
    Column("updated_at", Moment, nullable=False),
)
"""Failures to sign in, by what was typed: a login that does not exist is locked like any other."""

tokens = Table(
    "tokens",
    METADATA,
    _key(),
    _to("account_id", "accounts", nullable=False),
    Column("name", Text, nullable=False),
    Column("prefix", String(16), nullable=False),
    Column("hash", String(64), nullable=False, unique=True),
    Column("expires_at", Moment),
    Column("used_at", Moment),
    Column("revoked_at", Moment),
    _made(),
)

invitations = Table(
    "invitations",
    METADATA,
    _key(),
    Column("hash", String(64), nullable=False, unique=True),
    Column("role", String(20), nullable=False),
    Column("region", String(64), index=True),
    _to("municipality_id", "municipalities"),
    Column("name", Text, nullable=False),
    _to("author_id", "accounts"),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    _to("account_id", "accounts"),
    _made(),
)
"""Links that work once: for a new account, or, where `account_id` is given, a new password."""

# -- files --------------------------------------------------------------------------------------

files = Table(
    "files",
    METADATA,
    Column("hash", String(64), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("media_type", String(120), nullable=False),
    _made(),
)

# -- documents and their journal ----------------------------------------------------------------

documents = Table(
    "documents",
    METADATA,
    _key(),
    Column("region", String(64), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("state", String(20), nullable=False, server_default="draft"),
    Column("title", Text, nullable=False),
    Column("version", Integer, nullable=False, server_default=text("1")),
    Column("number", Text),
    Column("date", Date),
    Column("words", Text, nullable=False),
    Column("doubts", JSON, nullable=False, default=list),
    _to("amends_id", "documents"),
    _to("author_id", "accounts"),
    Column("updated_at", Moment, nullable=False, default=now),
    _made(),
    Index("ix_documents_region_state", "region", "state"),
)
"""`words` is what a search looks in; `doubts` is what an import was not sure of."""

document_versions = Table(
    "document_versions",
    METADATA,
    Column("document_id", Integer, ForeignKey("documents.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("data", Text, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    _to("author_id", "accounts"),
    _made(),
)
"""Immutable: `data` is the data file as JSON, `hash` its SHA-256."""

sequences = Table(
    "sequences",
    METADATA,
    Column("region", String(64), primary_key=True),
    Column("journal", String(64), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("last", Integer, nullable=False),
)
"""The last number given out; the row is changed in the transaction that uses the number."""

journal = Table(
    "journal",
    METADATA,
    _key(),
    Column("region", String(64), nullable=False),
    Column("journal", String(64), nullable=False),
    Column("year", Integer, nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("number", Text, nullable=False),
    Column("date", Date, nullable=False),
    Column("document_id", Integer, ForeignKey("documents.id"), nullable=False, unique=True),
    _to("author_id", "accounts"),
    _made(),
    UniqueConstraint("region", "journal", "year", "ordinal"),
    UniqueConstraint("region", "journal", "year", "number"),
)
"""The registration journal: `ordinal` has no gaps, `number` is how the region prints it."""

# -- monitoring ---------------------------------------------------------------------------------

roadmaps = Table(
    "roadmaps",
    METADATA,
    _key(),
    Column("region", String(64), nullable=False, index=True),
    Column("document_id", Integer, ForeignKey("documents.id"), nullable=False, unique=True),
    Column("version", Integer, nullable=False),
    Column("title", Text, nullable=False),
    _made(),
)
"""A registered order whose measures are monitored; `version` is the edition of its text."""

participants = Table(
    "participants",
    METADATA,
    Column("roadmap_id", Integer, ForeignKey("roadmaps.id"), primary_key=True),
    Column("school_id", Integer, ForeignKey("schools.id"), primary_key=True, index=True),
)
"""The roster: which schools report on a roadmap."""

stages = Table(
    "stages",
    METADATA,
    _key(),
    _to("roadmap_id", "roadmaps", nullable=False),
    Column("number", Integer, nullable=False),
    Column("title", Text, nullable=False, server_default=""),
    Column("monitoring_date", Date, nullable=False),
    Column("closes_at", Moment, nullable=False),
    Column("closed_at", Moment),
    _made(),
    UniqueConstraint("roadmap_id", "number"),
)

submissions = Table(
    "submissions",
    METADATA,
    _key(),
    _to("stage_id", "stages", nullable=False),
    _to("municipality_id", "municipalities"),
    Column("school_id", Integer, ForeignKey("schools.id"), index=True),
    Column("item", String(40), nullable=False),
    Column("status", String(20), nullable=False),
    Column("value", Float),
    Column("date", Date),
    Column("evidence", Text, nullable=False, server_default=""),
    Column("comment", Text, nullable=False, server_default=""),
    Column("version", Integer, nullable=False, server_default=text("1")),
    Column("returned", Text),
    _to("author_id", "accounts"),
    Column("updated_at", Moment, nullable=False, default=now),
    _made(),
    Index(
        "uq_submissions_school",
        "stage_id",
        "school_id",
        "item",
        unique=True,
        sqlite_where=text("school_id IS NOT NULL"),
        postgresql_where=text("school_id IS NOT NULL"),
    ),
    Index(
        "uq_submissions_municipality",
        "stage_id",
        "municipality_id",
        "item",
        unique=True,
        sqlite_where=text("school_id IS NULL"),
        postgresql_where=text("school_id IS NULL"),
    ),
    Index(
        "uq_submissions_region",
        "stage_id",
        "item",
        unique=True,
        sqlite_where=text("municipality_id IS NULL"),
        postgresql_where=text("municipality_id IS NULL"),
    ),
)
"""What is said now about one item; without a school, of the municipality as a whole, and without
a municipality, of the region: what the operator answers for.

`returned` is the analyst's comment while the row waits to be mended.
"""

submission_history = Table(
    "submission_history",
    METADATA,
    _key(),
    _to("submission_id", "submissions", nullable=False),
    Column("version", Integer, nullable=False),
    Column("values", JSON, nullable=False),
    Column("receipt_id", Integer, ForeignKey("receipts.id"), index=True),
    _to("author_id", "accounts"),
    _made(),
    UniqueConstraint("submission_id", "version"),
)

receipts = Table(
    "receipts",
    METADATA,
    _key(),
    _to("stage_id", "stages", nullable=False),
    _to("municipality_id", "municipalities"),
    Column("ordinal", Integer, nullable=False),
    Column("rows", Integer, nullable=False),
    _to("author_id", "accounts"),
    _made(),
    UniqueConstraint("stage_id", "ordinal"),
)
"""What a coordinator is given for what they sent: its number within the stage, and the time."""

evidence = Table(
    "evidence",
    METADATA,
    _key(),
    _to("stage_id", "stages", nullable=False),
    _to("municipality_id", "municipalities"),
    Column("school_id", Integer, ForeignKey("schools.id"), index=True),
    Column("item", String(40), nullable=False),
    Column("file_hash", String(64), ForeignKey("files.hash"), nullable=False),
    Column("name", Text, nullable=False),
    Column("removed_at", Moment),
    _to("author_id", "accounts"),
    _made(),
)

# -- work, templates, repeated requests, what happened --------------------------------------------

jobs = Table(
    "jobs",
    METADATA,
    _key(),
    Column("kind", String(40), nullable=False),
    Column("arguments", JSON, nullable=False),
    Column("region", String(64), index=True),
    _to("author_id", "accounts"),
    Column("state", String(20), nullable=False, server_default="queued"),
    Column("owner", String(120)),
    Column("lease_until", Moment),
    Column("fence", Integer, nullable=False, server_default=text("0")),
    Column("attempt", Integer, nullable=False, server_default=text("0")),
    Column("attempts", Integer, nullable=False, server_default=text("3")),
    Column("not_before", Moment),
    Column("done", Integer, nullable=False, server_default=text("0")),
    Column("total", Integer, nullable=False, server_default=text("0")),
    Column("key", String(200)),
    Column("result", JSON),
    Column("error", JSON),
    Column("started_at", Moment),
    Column("finished_at", Moment),
    Column("updated_at", Moment, nullable=False, default=now),
    _made(),
    Index("ix_jobs_state_id", "state", "id"),
    UniqueConstraint("author_id", "kind", "key"),
)
"""The truth about long work; a message to an engine carries only the id (design.md section 8)."""

template_versions = Table(
    "template_versions",
    METADATA,
    _key(),
    Column("region", String(64), index=True),
    Column("name", String(120), nullable=False),
    Column("version", Integer, nullable=False),
    Column("file_hash", String(64), ForeignKey("files.hash"), nullable=False),
    Column("active", Boolean, nullable=False, server_default=false()),
    Column("reason", Text, nullable=False, server_default=""),
    _to("author_id", "accounts"),
    _made(),
    UniqueConstraint("region", "name", "version"),
)

profile_versions = Table(
    "profile_versions",
    METADATA,
    _key(),
    Column("region", String(64), nullable=False),
    Column("version", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("active", Boolean, nullable=False, server_default=false()),
    Column("reason", Text, nullable=False, server_default=""),
    _to("author_id", "accounts"),
    _made(),
    UniqueConstraint("region", "version"),
)

answers = Table(
    "answers",
    METADATA,
    Column("account_id", Integer, ForeignKey("accounts.id"), primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("body_hash", String(64), nullable=False),
    Column("status", Integer, nullable=False),
    Column("body", JSON, nullable=False),
    _made(),
)
"""The answer to a request with an Idempotency-Key, given again to the same request."""

audit = Table(
    "audit",
    METADATA,
    _key(),
    Column("at", Moment, nullable=False, default=now, index=True),
    _to("account_id", "accounts"),
    Column("login", String(200), nullable=False),
    Column("region", String(64), index=True),
    Column("action", String(60), nullable=False),
    Column("object", String(120), nullable=False, server_default=""),
    Column("details", JSON, nullable=False, default=dict),
)
"""Append only: triggers refuse to change or delete a row."""
