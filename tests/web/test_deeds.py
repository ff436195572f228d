"""The audit log speaks words: every action, thing and detail that services record has some."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import UTC, datetime

from flask import Flask

from docgen.bootstrap import Service
from docgen.models.accounts import Role, Scope
from docgen.store.audit import Entry
from docgen.web.deeds import ACTIONS, DETAILS, THINGS, deed
from tests.conftest import ROOT
from tests.web.conftest import AsRole


def calls() -> Iterator[ast.Call]:
    """Every call of the services that names an action."""
    for path in sorted((ROOT / "docgen" / "services").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                yield node


def texts() -> set[str]:
    """Every piece of text in the services."""
    return {
        node.value
        for path in (ROOT / "docgen" / "services").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def recorded() -> list[ast.Call]:
    """The calls that add a line to the log."""
    names = ("record", "_note")
    return [
        call
        for call in calls()
        if getattr(call.func, "attr", getattr(call.func, "id", "")) in names
    ]


def test_every_recorded_action_has_its_words() -> None:
    kinds = {action.partition(".")[0] for action in ACTIONS}
    named = {text for text in texts() if text.partition(".")[0] in kinds and "." in text}
    actions = {text for text in named if text.replace("-", "").replace(".", "").isalpha()}
    assert actions - ACTIONS.keys() <= {"signature.last", "signature.name"}
    assert ACTIONS.keys() - actions == set()


def test_no_action_is_put_together_where_the_test_cannot_see_it() -> None:
    assert len(recorded()) > 20
    for call in recorded():
        assert not any(isinstance(given, ast.JoinedStr) for given in call.args[2:3])


def test_every_thing_and_detail_has_its_words() -> None:
    things = {text.partition(":")[0] for text in texts() if text.endswith(":") and text.islower()}
    assert THINGS.keys() - things == set()
    details = {word.arg for call in recorded() for word in call.keywords if word.arg}
    assert details - DETAILS.keys() == set()


def test_a_line_reads_as_a_clerk_would_say_it(app: Flask) -> None:
    at = datetime(2026, 1, 2, tzinfo=UTC)
    line = Entry(1, at, "admin", None, "account.changed", "account:7", {"role": "clerk"})
    with app.test_request_context():
        told = deed(line)
    assert (told.action, told.thing, told.details) == (
        "учётная запись изменена",
        "учётная запись 7",
        "роль: делопроизводитель",
    )
    assert told.href == "/users/7"


def test_the_page_shows_no_codes(service: Service, as_role: AsRole) -> None:
    scope = Scope(Role.ADMINISTRATOR, "smolensk", login="admin")
    service.accounts.invite(scope, "Петрова Вера", role=Role.CLERK)
    page = as_role(Role.ADMINISTRATOR, "smolensk").get("/audit/").text
    assert "ссылка создана" in page
    assert "invitation.made" not in page
