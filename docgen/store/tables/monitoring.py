"""Roadmaps, stages, and what is sent to them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Date,
    Float,
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

roadmaps = Table(
    "roadmaps",
    METADATA,
    key(),
    Column("region", String(64), nullable=False, index=True),
    Column("document_id", Integer, ForeignKey("documents.id"), nullable=False, unique=True),
    Column("version", Integer, nullable=False),
    Column("title", Text, nullable=False),
    made(),
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
    key(),
    reference("roadmap_id", "roadmaps", nullable=False),
    Column("number", Integer, nullable=False),
    Column("title", Text, nullable=False, server_default=""),
    Column("monitoring_date", Date, nullable=False),
    Column("closes_at", Moment, nullable=False),
    Column("closed_at", Moment),
    made(),
    UniqueConstraint("roadmap_id", "number"),
)


def _question() -> tuple[Column[Any], ...]:
    """The columns that name a question of a stage and whose it is: what `Key` holds."""
    return (
        reference("stage_id", "stages", nullable=False),
        reference("municipality_id", "municipalities"),
        reference("school_id", "schools"),
        Column("item", String(40), nullable=False),
    )


def _once(name: str, columns: tuple[str, ...], where: str) -> Index:
    """At most one row for these columns, of those rows for which the condition holds."""
    only = text(where)
    return Index(name, *columns, unique=True, sqlite_where=only, postgresql_where=only)


submissions = Table(
    "submissions",
    METADATA,
    key(),
    *_question(),
    Column("status", String(20), nullable=False),
    Column("value", Float),
    Column("date", Date),
    Column("evidence", Text, nullable=False, server_default=""),
    Column("comment", Text, nullable=False, server_default=""),
    Column("version", Integer, nullable=False, server_default=text("1")),
    Column("returned", Text),
    reference("author_id", "accounts"),
    Column("updated_at", Moment, nullable=False, default=now),
    made(),
    _once("uq_submissions_school", ("stage_id", "school_id", "item"), "school_id IS NOT NULL"),
    _once(
        "uq_submissions_municipality", ("stage_id", "municipality_id", "item"), "school_id IS NULL"
    ),
    _once("uq_submissions_region", ("stage_id", "item"), "municipality_id IS NULL"),
)
"""What is said now about one item; without a school, of the municipality as a whole, and without
a municipality, of the region: what the operator answers for.

`returned` is the analyst's comment while the row waits to be mended.
"""

submission_history = Table(
    "submission_history",
    METADATA,
    key(),
    reference("submission_id", "submissions", nullable=False),
    Column("version", Integer, nullable=False),
    Column("values", JSON, nullable=False),
    reference("receipt_id", "receipts"),
    reference("author_id", "accounts"),
    made(),
    UniqueConstraint("submission_id", "version"),
)

receipts = Table(
    "receipts",
    METADATA,
    key(),
    reference("stage_id", "stages", nullable=False),
    reference("municipality_id", "municipalities"),
    Column("ordinal", Integer, nullable=False),
    Column("rows", Integer, nullable=False),
    reference("author_id", "accounts"),
    made(),
    UniqueConstraint("stage_id", "ordinal"),
)
"""What a coordinator is given for what they sent: its number within the stage, and the time."""

evidence = Table(
    "evidence",
    METADATA,
    key(),
    *_question(),
    Column("file_hash", String(64), ForeignKey("files.hash"), nullable=False),
    Column("name", Text, nullable=False),
    Column("removed_at", Moment),
    reference("author_id", "accounts"),
    made(),
)
