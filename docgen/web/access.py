"""Which roles may call which view. A view without a rule stops the application from starting."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from flask import Flask, current_app, request
from werkzeug.exceptions import BadRequest
from werkzeug.routing import IntegerConverter, Map

from docgen.errors import AccessError
from docgen.i18n import _
from docgen.models.accounts import Role
from docgen.web import current

View = TypeVar("View", bound=Callable[..., Any])
Roles = frozenset[Role] | None
"""Who may call a view; None is everyone, signed in or not."""

_RULE = "docgen_roles"
_UNUSABLE = re.compile("[\x00\ud800-\udfff]|\\\\u0000")
_PAGES = 10**9
_NESTED = 500
_OPEN_ENDPOINTS = frozenset({"static"})


class Number(IntegerConverter):
    """An id in an address; one that no table can hold leads nowhere, as any unknown one does."""

    def __init__(self, map: Map) -> None:  # noqa: A002 - werkzeug names it so
        super().__init__(map, max=2**31 - 1)


def allow(*roles: Role) -> Callable[[View], View]:
    """The view answers these roles only; administrators too only where they are named."""
    if not roles:
        raise TypeError("allow() needs at least one role")

    def mark(view: View) -> View:
        setattr(view, _RULE, frozenset(roles))
        return view

    return mark


signed_in = allow(*Role)
"""The view answers everyone who signed in."""


def anyone(view: View) -> View:
    """The view answers strangers too."""
    setattr(view, _RULE, None)
    return view


def rules(app: Flask) -> Iterator[tuple[str, str, str, Roles]]:
    """Every route as (endpoint, method, rule, who may call it); LookupError without a rule."""
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD"}):
            yield rule.endpoint, method, rule.rule, roles_of(app, rule.endpoint, method)


def roles_of(app: Flask, endpoint: str, method: str) -> Roles:
    """Who may call the endpoint by this method; LookupError where nobody said so."""
    if endpoint in _OPEN_ENDPOINTS:
        return None
    view = app.view_functions[endpoint]
    methods = getattr(view, "view_class", None)
    if methods is not None:
        view = getattr(methods, "get" if method == "HEAD" else method.lower())
    if not hasattr(view, _RULE):
        raise LookupError(f"{method} of {endpoint} has no rule: say @allow(…) or @anyone")
    found: Roles = getattr(view, _RULE)
    return found


def install_guard(app: Flask, protect: Callable[[], None]) -> None:
    """Each request is let in by its rule, then held to `protect` unless a token proves it."""

    def guard() -> None:
        if request.endpoint is None:  # no such page or method: Flask says so itself
            return
        _admit(roles_of(current_app, request.endpoint, request.method))
        if not current.by_token():
            protect()
        _refuse_unusable()

    app.url_map.converters["int"] = Number
    app.before_request(guard)


def _admit(roles: Roles) -> None:
    if roles is not None and current.account().role not in roles:
        raise AccessError(_("This is not for your role."), code="role-not-allowed")


def _refuse_unusable() -> None:
    """BadRequest for what no database takes: the null character, half a letter, a page too far."""
    body = request.get_data() if request.is_json else b""
    values = [request.path, *request.args.values()]
    if not body:
        values += request.form.values()
    if b"\\u" in body or body.count(b"[") + body.count(b"{") > _NESTED:
        try:
            values.append(json.dumps(request.get_json(silent=True), ensure_ascii=False))
        except RecursionError as error:  # nested deeper than JSON is read
            raise BadRequest from error
    if any(_UNUSABLE.search(value) for value in values):
        raise BadRequest
    if not 0 < request.args.get("page", 1, type=int) < _PAGES:
        raise BadRequest
