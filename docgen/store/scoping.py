"""How far a scope sees, as conditions of a query."""

from __future__ import annotations

from sqlalchemy import Column, ColumnElement, false, true

from docgen.models.accounts import Role, Scope


def in_region(scope: Scope, region: Column[str]) -> ColumnElement[bool]:
    """Rows of the scope's region."""
    return true() if scope.region is None else region == scope.region


def in_municipality(scope: Scope, municipality: Column[int]) -> ColumnElement[bool]:
    """Rows of the scope's municipality; a coordinator without one sees none."""
    if scope.municipality_id is not None:
        return municipality == scope.municipality_id
    return false() if scope.role is Role.COORDINATOR else true()
