"""Jobs, uploaded templates and profiles, repeated requests, what happened."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from docgen.store.tables.columns import METADATA, Moment, key, made, now, reference

jobs = Table(
    "jobs",
    METADATA,
    key(),
    Column("kind", String(40), nullable=False),
    Column("arguments", JSON, nullable=False),
    Column("region", String(64), index=True),
    reference("author_id", "accounts"),
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
    made(),
    Index("ix_jobs_state_id", "state", "id"),
    UniqueConstraint("author_id", "kind", "key"),
)
"""The truth about long work; a message to an engine carries only the id (design.md section 8)."""

template_versions = Table(
    "template_versions",
    METADATA,
    key(),
    Column("region", String(64), index=True),
    Column("name", String(120), nullable=False),
    Column("version", Integer, nullable=False),
    Column("file_hash", String(64), ForeignKey("files.hash"), nullable=False),
    Column("active", Boolean, nullable=False, server_default=false()),
    Column("reason", Text, nullable=False, server_default=""),
    reference("author_id", "accounts"),
    made(),
    UniqueConstraint("region", "name", "version"),
)

profile_versions = Table(
    "profile_versions",
    METADATA,
    key(),
    Column("region", String(64), nullable=False),
    Column("version", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("active", Boolean, nullable=False, server_default=false()),
    Column("reason", Text, nullable=False, server_default=""),
    reference("author_id", "accounts"),
    made(),
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
    made(),
)
"""The answer to a request with an Idempotency-Key, given again to the same request."""

audit = Table(
    "audit",
    METADATA,
    key(),
    Column("at", Moment, nullable=False, default=now, index=True),
    reference("account_id", "accounts"),
    Column("login", String(200), nullable=False),
    Column("region", String(64), index=True),
    Column("action", String(60), nullable=False),
    Column("object", String(120), nullable=False, server_default=""),
    Column("details", JSON, nullable=False, default=dict),
)
"""Append only: triggers refuse to change or delete a row."""
