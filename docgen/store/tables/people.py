"""Accounts and the places they belong to."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
    true,
)

from docgen.store.tables.columns import METADATA, Moment, key, made, reference

organisations = Table(
    "organisations",
    METADATA,
    key(),
    Column("region", String(64), nullable=False),
    Column("name", Text, nullable=False),
    UniqueConstraint("region", "name"),
)

municipalities = Table(
    "municipalities",
    METADATA,
    key(),
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
    key(),
    reference("municipality_id", "municipalities", nullable=False),
    Column("name", Text, nullable=False),
    UniqueConstraint("municipality_id", "name"),
)

accounts = Table(
    "accounts",
    METADATA,
    key(),
    Column("login", String(200), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("role", String(20), nullable=False),
    Column("region", String(64), index=True),
    reference("municipality_id", "municipalities"),
    reference("organisation_id", "organisations"),
    Column("password_hash", Text),
    Column("active", Boolean, nullable=False, server_default=true()),
    Column("epoch", Integer, nullable=False, server_default=text("0")),
    Column("signed_in_at", Moment),
    made(),
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
    key(),
    reference("account_id", "accounts", nullable=False),
    Column("name", Text, nullable=False),
    Column("prefix", String(16), nullable=False),
    Column("hash", String(64), nullable=False, unique=True),
    Column("expires_at", Moment),
    Column("used_at", Moment),
    Column("revoked_at", Moment),
    made(),
)

invitations = Table(
    "invitations",
    METADATA,
    key(),
    Column("hash", String(64), nullable=False, unique=True),
    Column("role", String(20), nullable=False),
    Column("region", String(64), index=True),
    reference("municipality_id", "municipalities"),
    Column("name", Text, nullable=False),
    reference("author_id", "accounts"),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    reference("account_id", "accounts"),
    made(),
)
"""Links that work once: for a new account, or, where `account_id` is given, a new password."""
