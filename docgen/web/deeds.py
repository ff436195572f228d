"""The words of the audit log: what was done, with which thing, and its details."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from docgen.i18n import _, noop
from docgen.models.accounts import Role
from docgen.store.audit import Entry
from docgen.web import navigation
from docgen.web.pages.jobs import KINDS

ACTIONS = {
    "account.changed": noop("account changed"),
    "account.created": noop("account made"),
    "account.password": noop("password changed"),
    "account.proved": noop("password confirmed"),
    "account.sessions-ended": noop("other sessions ended"),
    "answer.returned": noop("answer returned"),
    "document.changed": noop("document changed"),
    "document.created": noop("draft made"),
    "document.registered": noop("document registered"),
    "document.restored": noop("draft restored"),
    "document.withdrawn": noop("draft withdrawn"),
    "evidence.attached": noop("file attached"),
    "evidence.removed": noop("file removed"),
    "invitation.accepted": noop("link used"),
    "invitation.made": noop("link made"),
    "invitation.withdrawn": noop("link withdrawn"),
    "job.cancelled": noop("job cancelled by hand"),
    "job.done": noop("job finished"),
    "job.enqueued": noop("job put in"),
    "job.failed": noop("job failed"),
    "profile.changed": noop("profile changed"),
    "profile.dropped": noop("shipped profile in use again"),
    "profile.used": noop("profile put in use"),
    "roadmap.published": noop("monitoring begun"),
    "roster.changed": noop("roster changed"),
    "session.begun": noop("signed in"),
    "session.refused": noop("sign-in refused"),
    "stage.closed": noop("stage closed"),
    "stage.opened": noop("stage opened"),
    "stage.reopened": noop("stage opened again"),
    "submission.sent": noop("answers sent"),
    "template.added": noop("template brought"),
    "template.dropped": noop("shipped template in use again"),
    "template.used": noop("template put in use"),
    "token.issued": noop("token made"),
    "token.revoked": noop("token revoked"),
}
"""What each recorded action is called."""

THINGS = {
    "account": (noop("account %(id)s"), "users.show", "user_id"),
    "answer": (noop("answer %(id)s"), "", ""),
    "document": (noop("document %(id)s"), "documents.show", "number"),
    "evidence": (noop("file %(id)s"), "", ""),
    "invitation": (noop("link %(id)s"), "", ""),
    "job": (noop("job %(id)s"), "", ""),
    "profile": (noop("profile version %(id)s"), "", ""),
    "roadmap": (noop("roadmap %(id)s"), "monitoring.roadmap", "roadmap_id"),
    "stage": (noop("stage %(id)s"), "monitoring.stage", "stage_id"),
    "template": (noop("template version %(id)s"), "", ""),
    "token": (noop("token %(id)s"), "", ""),
}
"""What each kind of thing is called, and the page that shows it."""

DETAILS = {
    "active": noop("open"),
    "changed": noop("new answers"),
    "code": noop("reason"),
    "kind": noop("work"),
    "name": noop("name"),
    "number": noop("under the number"),
    "receipt": noop("receipt"),
    "role": noop("role"),
    "rows": noop("answers in all"),
    "version": noop("version"),
}
"""What each detail is called."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One line of the log in words; `href` leads to the thing where a page shows it."""

    entry: Entry
    action: str
    thing: str
    href: str
    details: str


def deed(entry: Entry) -> Deed:
    """The line in the reader's language; a code that has no words is shown as it is."""
    kind, _colon, number = entry.object.partition(":")
    worded, endpoint, argument = THINGS.get(kind, (entry.object, "", ""))
    return Deed(
        entry,
        _(ACTIONS.get(entry.action, entry.action)),
        _(worded) % {"id": number} if kind in THINGS else entry.object,
        _page_of(endpoint, argument, number) if endpoint else "",
        "; ".join(_details(entry.details)),
    )


def _page_of(endpoint: str, argument: str, number: str) -> str:
    values: dict[str, Any] = {argument: int(number)}
    return url_for(endpoint, **values)


def _details(details: Mapping[str, Any]) -> list[str]:
    return [f"{_(DETAILS.get(key, key))}: {_value(key, value)}" for key, value in details.items()]


def _value(key: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if key == "role" and value in list(Role):
        return _(navigation.ROLES[Role(value)])
    return _(KINDS.get(value, value)) if key == "kind" else str(value)
