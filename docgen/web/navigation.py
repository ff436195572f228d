"""The bar at the head of a page: what each role finds there, in order."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import request, url_for

from docgen.i18n import _, noop
from docgen.models.accounts import Role
from docgen.web import current


@dataclass(frozen=True, slots=True)
class Item:
    """One link of the bar: the view it opens, its words, who sees it, the parts it stands for."""

    endpoint: str
    label: str
    roles: frozenset[Role]
    parts: tuple[str, ...]


_READERS = frozenset({Role.CLERK, Role.ANALYST, Role.ADMINISTRATOR})
_ANALYSTS = frozenset({Role.ANALYST, Role.ADMINISTRATOR})
_ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
_PAPERS = ("documents", "editing", "editions", "registration")
_ENGINE = ("library", "jobs", "health", "audit")
ITEMS: tuple[Item, ...] = (
    Item("reporting.index", noop("What is due"), frozenset({Role.COORDINATOR}), ("reporting",)),
    Item("monitoring.index", noop("Monitoring"), _ANALYSTS, ("monitoring", "reporting")),
    Item("documents.index", noop("Documents"), _READERS, _PAPERS),
    Item("journal.index", noop("Journal"), _READERS, ("journal",)),
    Item("users.index", noop("Users"), _ADMINISTRATORS, ("users",)),
    Item("library.templates", noop("Administration"), _ADMINISTRATORS, _ENGINE),
)

ROLES = {
    Role.CLERK: noop("clerk"),
    Role.ANALYST: noop("analyst"),
    Role.COORDINATOR: noop("coordinator"),
    Role.ADMINISTRATOR: noop("administrator"),
}


def links() -> list[dict[str, object]]:
    """The links the reader may follow; the one that leads to this part is marked."""
    reader = current.account_or_none()
    return [
        {
            "href": url_for(item.endpoint),
            "label": _(item.label),
            "here": request.blueprint in item.parts,
        }
        for item in ITEMS
        if reader is not None and reader.role in item.roles
    ]


def home() -> str:
    """Where the reader's work begins."""
    return next((str(link["href"]) for link in links()), url_for("accounts.account"))


def safe_target(target: str | None) -> str | None:
    """The address when it leads to a page of this very service; None otherwise.

    Browsers read a backslash as a slash and skip line ends, so neither may stand in it.
    """
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return None
    if any(character < " " or character == "\\" for character in target):
        return None
    parts = urlsplit(target)
    return None if parts.scheme or parts.netloc else target
