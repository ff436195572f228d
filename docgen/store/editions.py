"""Versions of templates and profiles that administrators brought; they are added, never changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, func, select, true, update

from docgen.errors import NotFoundError
from docgen.i18n import _
from docgen.models.accounts import Scope
from docgen.models.editions import Edition
from docgen.store.tables import profile_versions, template_versions


def active(connection: Connection, scope: Scope) -> Mapping[tuple[str | None, str], str | int]:
    """What is in use: a template's content by region and name, a profile's row by region and ''."""
    rows = connection.execute(
        select(template_versions).where(template_versions.c.active, _seen(template_versions, scope))
    )
    found: dict[tuple[str | None, str], str | int] = {
        (row.region, row.name): row.file_hash for row in rows
    }
    profiles = connection.execute(
        select(profile_versions.c.region, profile_versions.c.id).where(
            profile_versions.c.active, _seen(profile_versions, scope)
        )
    )
    return found | {(region, ""): number for region, number in profiles}


def templates(connection: Connection, scope: Scope) -> list[Edition]:
    """All versions of templates in view, the newest first."""
    return _listed(connection, scope, template_versions)


def profiles(connection: Connection, scope: Scope) -> list[Edition]:
    """All versions of profiles in view, the newest first."""
    return _listed(connection, scope, profile_versions)


def add_template(
    connection: Connection, scope: Scope, region: str | None, name: str, file_hash: str, reason: str
) -> Edition:
    """The next version of the template, not yet in use."""
    values = {"name": name, "file_hash": file_hash}
    return _add(connection, scope, template_versions, region, values, reason)


def add_profile(
    connection: Connection, scope: Scope, region: str, text: str, reason: str
) -> Edition:
    """The next version of the region's profile, not yet in use."""
    return _add(connection, scope, profile_versions, region, {"text": text}, reason)


def template(connection: Connection, scope: Scope, number: int) -> tuple[Edition, str]:
    """A version of a template and the hash of its content; NotFoundError where none is in view."""
    row = _one(connection, scope, template_versions, number)
    return _edition(row), row.file_hash


def profile(connection: Connection, scope: Scope, number: int) -> tuple[Edition, str]:
    """A version of a profile and its text; NotFoundError where none is in view."""
    row = _one(connection, scope, profile_versions, number)
    return _edition(row), row.text


def use(connection: Connection, scope: Scope, edition: Edition, *, of_template: bool) -> None:
    """This version is the one in use, and no other of its name."""
    table = template_versions if of_template else profile_versions
    put_by(connection, scope, edition, of_template=of_template)
    connection.execute(update(table).where(table.c.id == edition.id).values(active=True))


def put_by(connection: Connection, scope: Scope, edition: Edition, *, of_template: bool) -> None:
    """No version of this name is in use: the one shipped with docgen is."""
    table = template_versions if of_template else profile_versions
    same = [table.c.region.is_not_distinct_from(edition.region), _seen(table, scope)]
    same += [table.c.name == edition.name] if of_template else []
    connection.execute(update(table).where(*same).values(active=False))


def _seen(table: Table, scope: Scope) -> ColumnElement[bool]:
    return true() if scope.region is None else table.c.region == scope.region


def _listed(connection: Connection, scope: Scope, table: Table) -> list[Edition]:
    wanted = select(table).where(_seen(table, scope)).order_by(table.c.id.desc())
    return [_edition(row) for row in connection.execute(wanted)]


def _one(connection: Connection, scope: Scope, table: Table, number: int) -> Row[Any]:
    wanted = select(table).where(table.c.id == number, _seen(table, scope))
    row = connection.execute(wanted).first()
    if row is None:
        raise NotFoundError(_("There is no such version."))
    return row


def _add(
    connection: Connection,
    scope: Scope,
    table: Table,
    region: str | None,
    values: Mapping[str, Any],
    reason: str,
) -> Edition:
    same = [table.c.region.is_not_distinct_from(region)]
    same += [table.c.name == values["name"]] if "name" in values else []
    last = connection.scalar(select(func.max(table.c.version)).where(*same))
    whole = {
        **values,
        "region": region,
        "version": (last or 0) + 1,
        "reason": reason,
        "author_id": scope.account_id,
        "active": False,
    }
    return _edition(connection.execute(table.insert().values(whole).returning(table)).one())


def _edition(row: Row[Any]) -> Edition:
    name = getattr(row, "name", "")
    return Edition(
        row.id,
        row.region,
        name,
        row.version,
        row.active,
        row.reason,
        row.author_id,
        row.created_at,
    )
