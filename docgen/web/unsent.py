"""What was typed in a form whose session was over: kept over signing in, sent by the reader alone.

A page of another site can send a form too, and then its reader looks signed out. So only what the
browser itself says comes from this very service is kept; it travels sealed inside the sign-in form,
and a press on a page that shows it sends it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app, render_template, request, url_for
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.exceptions import HTTPException

from docgen.i18n import _, noop
from docgen.web import current, navigation
from docgen.web.access import roles_of

LIMIT = 4 * 1024 * 1024
"""Bytes of what is carried, packed: a roadmap of thousands of fields has some hundred thousand."""

FORMS: Mapping[str, str] = {
    "reporting.send": noop("answers of a monitoring stage"),
    "editing.save": noop("draft of an order"),
    "editing.amend": noop("changes of an order"),
    "documents.acknowledge": noop("finding acknowledged"),
    "registration.register": noop("registration of a document"),
    "monitoring.publish": noop("beginning of a monitoring"),
    "monitoring.set_roster": noop("roster of schools"),
    "monitoring.open_stage": noop("opening of a stage"),
    "monitoring.reopen": noop("new closing time of a stage"),
    "monitoring.return_row": noop("remark on an answer"),
    "users.invite": noop("invitation of a user"),
    "users.update": noop("changes of an account"),
    "library.change_profile": noop("profile of a region"),
}
"""Forms in which people type, by the view they are sent to, and what each holds."""

_STATUSES = {
    "done": noop("done"),
    "partial": noop("partly"),
    "not_done": noop("not done"),
    "not_due": noop("not due yet"),
}
_NEVER = re.compile("csrf|password", re.IGNORECASE)
_NOT_TYPED = re.compile(
    r"(seen|shows)\..*|.*\.layout|version|key|keep|before|over|remove|code|path|stage|days"
    r"|document|municipality|municipality_id|region|role|settled"
)


@dataclass(frozen=True, slots=True)
class Unsent:
    """A form that was not let in: where it goes, what stands in it, the names of its files."""

    endpoint: str
    target: str
    fields: tuple[tuple[str, str], ...]
    files: tuple[str, ...]
    multipart: bool

    @property
    def words(self) -> str:
        """What the form holds, in the reader's language."""
        return _(FORMS[self.endpoint])

    @property
    def texts(self) -> list[str]:
        """What a person typed or chose in it."""
        return [
            _(_STATUSES.get(value, value)) if name.startswith("status.") else value.strip()
            for name, value in self.fields
            if value.strip() and not _NOT_TYPED.fullmatch(name)
        ]

    @property
    def page(self) -> str:
        """The address of the page that the form stands on, or where the reader's work begins."""
        return self.target if shown(self.target.partition("?")[0]) else navigation.home()


@dataclass(frozen=True, slots=True)
class Sealed:
    """The form and how it travels; nobody but this service can have sealed it."""

    form: Unsent
    seal: str


def shown(path: str) -> bool:
    """Whether a page stands at the path."""
    return current_app.url_map.bind("").test(path, "GET")


def of_request() -> Sealed | None:
    """What this request brings that may be kept; None for a script's and for another site's."""
    try:
        if not _from_here() or request.accept_mimetypes.best == "application/json":
            return None
        return of_sign_in() if request.endpoint == "accounts.sign_in" else _of_form()
    except HTTPException:  # too large to be read at all
        return None


def _from_here() -> bool:
    """Whether the browser says so itself: no page can change these headers."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("Origin", "").partition("://")[2] == request.host


def _of_form() -> Sealed | None:
    endpoint = request.endpoint
    if request.method != "POST" or endpoint is None or endpoint not in FORMS:
        return None
    query = request.query_string.decode("ascii", "ignore")
    form = Unsent(
        endpoint,
        url_for(endpoint, **(request.view_args or {})) + (f"?{query}" if query else ""),
        tuple(pair for pair in request.form.items(multi=True) if not _NEVER.search(pair[0])),
        tuple(file.filename for file in request.files.values() if file.filename),
        request.mimetype == "multipart/form-data",
    )
    return _sealed(form)


def _sealed(form: Unsent) -> Sealed | None:
    values = [form.endpoint, form.target, form.fields, form.files, form.multipart]
    seal = _sealing().dumps(values)
    text = seal if isinstance(seal, str) else seal.decode("ascii")
    return Sealed(form, text) if len(text) <= LIMIT else None


def of_sign_in() -> Sealed | None:
    """What the sign-in form carries; None for nothing, and where the seal is broken or too old."""
    seal = request.form.get("unsent", "")
    try:
        values: list[Any] = _sealing().loads(seal, max_age=current.SESSION_HOURS * 3600)
    except BadSignature:
        return None
    endpoint, target, fields, files, multipart = values
    pairs = tuple((name, value) for name, value in fields)
    return Sealed(Unsent(endpoint, target, pairs, tuple(files), multipart), seal)


def _sealing() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", salt="docgen unsent form")


def may_be_sent(kept: Sealed | None) -> bool:
    """Whether there is a form, and whoever has signed in may send it."""
    if kept is None or current.account_or_none() is None:
        return False
    roles = roles_of(current_app, kept.form.endpoint, "POST")
    return roles is None or current.account().role in roles


def confirmation(kept: Sealed) -> str:
    """The page that shows what was typed, with the one button that sends it."""
    return render_template("accounts/unsent.html", form=kept.form)


def door(kept: Sealed | None, fault: str = "", login: str = "", wanted: str = "") -> str:
    """The sign-in form, which carries what was typed."""
    return render_template(
        "accounts/sign_in.html",
        fault=fault,
        login=login,
        next=kept.form.page if kept and not wanted else wanted,
        kept=kept,
    )
