"""Who asks, of which service: what a view may know of its request."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from time import time
from uuid import uuid4
from zoneinfo import ZoneInfo

from flask import Flask, Request, current_app, g, request, session
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from docgen.bootstrap import Service
from docgen.errors import AccessError
from docgen.i18n import _
from docgen.models.accounts import Account, Scope

SESSION_HOURS = 12
EXTENSION = "docgen"
_REQUEST_ID = re.compile(r"[A-Za-z0-9._:-]{1,64}")


class Reader(UserMixin):  # type: ignore[misc]
    """An account as Flask-Login carries it; a session's id names the epoch it began in."""

    def __init__(self, account: Account, *, by_token: bool = False) -> None:
        self.account = account
        self.by_token = by_token

    def get_id(self) -> str:
        """`id:epoch`: a session of a former epoch finds no account."""
        return f"{self.account.id}:{self.account.epoch}"


def service() -> Service:
    """The service this application stands before."""
    built: Service = current_app.extensions[EXTENSION]
    return built


def account_or_none() -> Account | None:
    """The account that asks, by session or token; None for a stranger."""
    return current_user.account if current_user.is_authenticated else None


def account() -> Account:
    """The account that asks; AccessError for a stranger."""
    found = account_or_none()
    if found is None:
        raise AccessError(_("Sign in first."), code="not-signed-in")
    return found


def scope() -> Scope:
    """How far the account that asks may see."""
    return Scope.of(account())


def zone() -> ZoneInfo:
    """The time by which whoever asks reads and types moments: their region's, else Moscow's."""
    if "zone" not in g:
        reader = account_or_none()
        g.zone = service().documents.regions.zone(reader.region if reader else None)
    found: ZoneInfo = g.zone
    return found


def now() -> datetime:
    """The present moment by the clock of whoever asks."""
    return datetime.now(UTC).astimezone(zone())


def by_token() -> bool:
    """Whether the account was proved by a token, which no foreign page can send."""
    return bool(current_user.is_authenticated and current_user.by_token)


def is_api() -> bool:
    """Whether a program asks, to be answered in JSON."""
    return request.path.startswith("/api/v1/")


def request_id() -> str:
    """The id under which logs know this request: the one that a proxy gave it, or a new one."""
    if "request_id" not in g:
        given = request.headers.get("X-Request-ID", "")
        g.request_id = given if _REQUEST_ID.fullmatch(given) else uuid4().hex[:12]
    return str(g.request_id)


def begin_session(account: Account) -> None:
    """A new session, nothing of the former one left: a planted cookie is worth nothing."""
    session.clear()
    session.permanent = True
    session["since"] = int(time())
    login_user(Reader(account))


def end_session() -> None:
    """Nobody is signed in any more."""
    logout_user()
    session.clear()


def install_readers(app: Flask) -> None:
    """Sessions and bearer tokens are turned into accounts, once a request."""
    manager = LoginManager(app)
    manager.session_protection = None  # a coordinator's phone changes its address all day
    manager.user_loader(_of_session)
    manager.request_loader(_of_token)


def _of_session(identity: str) -> Reader | None:
    """The account of the session, unless it is over or a token was sent instead."""
    number, _colon, epoch = identity.partition(":")
    age = time() - session.get("since", 0)
    if "Authorization" in request.headers or age > SESSION_HOURS * 3600:
        return None
    found = service().accounts.account(int(number), int(epoch))
    return None if found is None else Reader(found)


def _of_token(asked: Request) -> Reader | None:
    """The account of the bearer token; only programs bring one."""
    kind, _space, plain = asked.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not is_api():
        return None
    found = service().accounts.by_token(plain.strip())
    return None if found is None else Reader(found, by_token=True)
