"""Run by Alembic for each upgrade, on the connection that its caller made."""

from __future__ import annotations

from alembic import context

from docgen.store.tables import METADATA

given = context.config.attributes
context.configure(
    connection=given["connection"], target_metadata=METADATA, **given.get("options", {})
)
with context.begin_transaction():
    context.run_migrations()
