"""The tables of the service. SQLite and PostgreSQL hold the same ones.

Moments are kept in UTC. Names of regions are their codes; `items` of stages are printed numbers.
Every change of a table needs a migration: a test compares the two.
"""

from docgen.store.tables.columns import METADATA, Moment, now
from docgen.store.tables.documents import document_versions, documents, files, journal, sequences
from docgen.store.tables.monitoring import (
    evidence,
    participants,
    receipts,
    roadmaps,
    stages,
    submission_history,
    submissions,
)
from docgen.store.tables.people import (
    accounts,
    attempts,
    invitations,
    municipalities,
    organisations,
    schools,
    tokens,
)
from docgen.store.tables.work import answers, audit, jobs, profile_versions, template_versions

__all__ = [
    "METADATA",
    "Moment",
    "accounts",
    "answers",
    "attempts",
    "audit",
    "document_versions",
    "documents",
    "evidence",
    "files",
    "invitations",
    "jobs",
    "journal",
    "municipalities",
    "now",
    "organisations",
    "participants",
    "profile_versions",
    "receipts",
    "roadmaps",
    "schools",
    "sequences",
    "stages",
    "submission_history",
    "submissions",
    "template_versions",
    "tokens",
]
