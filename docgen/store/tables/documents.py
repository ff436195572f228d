"""Content-addressed files, documents with their versions, and the journal."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from docgen.store.tables.columns import METADATA, Moment, key, made, now, reference

files = Table(
    "files",
    METADATA,
    Column("hash", String(64), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("media_type", String(120), nullable=False),
    made(),
)

documents = Table(
    "documents",
    METADATA,
    key(),
    Column("region", String(64), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("state", String(20), nullable=False, server_default="draft"),
    Column("title", Text, nullable=False),
    Column("version", Integer, nullable=False, server_default=text("1")),
    Column("number", Text),
    Column("date", Date),
    Column("words", Text, nullable=False),
    Column("doubts", JSON, nullable=False, default=list),
    reference("amends_id", "documents"),
    reference("author_id", "accounts"),
    Column("updated_at", Moment, nullable=False, default=now),
    made(),
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
    reference("author_id", "accounts"),
    made(),
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
    key(),
    Column("region", String(64), nullable=False),
    Column("journal", String(64), nullable=False),
    Column("year", Integer, nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("number", Text, nullable=False),
    Column("date", Date, nullable=False),
    Column("document_id", Integer, ForeignKey("documents.id"), nullable=False, unique=True),
    reference("author_id", "accounts"),
    made(),
    UniqueConstraint("region", "journal", "year", "ordinal"),
    UniqueConstraint("region", "journal", "year", "number"),
)
"""The registration journal: `ordinal` has no gaps, `number` is how the region prints it."""
