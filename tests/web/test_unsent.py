"""What was typed when the session ended is kept over signing in, and sent by the reader alone."""

from __future__ import annotations

import re
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from docgen.models.accounts import Role, Scope
from docgen.web import current, security, unsent
from tests.web.conftest import PASSWORD, AsRole, csrf_token
from tests.web.monitored import Readers, readers

pytestmark = pytest.mark.slow

__all__ = ["readers"]
OWN = {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}
COMMENT = "сделано «в срок» <b>&</b>\r\nвторая строка"
AGAIN = 'class="unsent row"'
MARK = 'name="unsent"'


@pytest.fixture
def lapsed(readers: Readers) -> Readers:
    """The readers when the coordinator's session is over by a new password."""
    service, account = readers.service, readers.coordinator.account  # type: ignore[attr-defined]
    service.accounts.set_password(Scope.of_service(), account.id, PASSWORD)
    return readers


def page_of(readers: Readers) -> str:
    return f"/reporting/stages/{readers.stage}/form?school={readers.school}"


def pressed(readers: Readers, headers: dict[str, str], **more: Any) -> TestResponse:
    """The form of a school sent by whoever the browser of the coordinator is now."""
    item = readers.item
    typed = {f"status.{item}": "done", f"comment.{item}": COMMENT, "key": "k", **more}
    return readers.coordinator.post(page_of(readers), data=typed, headers=headers)


def fields(page: str) -> list[tuple[str, str]]:
    """The hidden fields of the page's own form, in order."""
    body = page.split('<main id="main"')[1].split("</main>", 1)[0]
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', body)
    return [(unescape(name), unescape(value)) for name, value in found]


def come_in(browser: FlaskClient, page: str, login: str, password: str = PASSWORD) -> TestResponse:
    """The sign-in form of the page, filled in and sent."""
    browser.environ_base.pop("HTTP_X_CSRFTOKEN", None)
    return browser.post(
        "/sign-in", data=dict(fields(page)) | {"login": login, "password": password}, headers=OWN
    )


def said(readers: Readers) -> list[str]:
    found = readers.service.submissions.answers(Scope(Role.ANALYST, "smolensk"), readers.stage)
    return [answer.values.comment for answer in found]


def test_what_was_typed_is_shown_after_signing_in_and_sent_by_one_press(lapsed: Readers) -> None:
    browser = lapsed.coordinator
    door = pressed(lapsed, OWN)
    assert door.status_code == 401
    assert MARK in door.text
    page = come_in(browser, door.text, browser.account.login)  # type: ignore[attr-defined]
    assert page.status_code == 200
    assert AGAIN in page.text
    assert "&lt;b&gt;" in page.text
    assert said(lapsed) == [], "nothing is sent without a press"
    assert (f"comment.{lapsed.item}", COMMENT) in fields(page.text)
    target = unescape(
        re.findall(r'<form method="post" action="([^"]*)" class="unsent', page.text)[0]
    )
    assert target == page_of(lapsed)
    receipt = browser.post(target, data=MultiDict(fields(page.text)))
    assert receipt.status_code == 302
    assert said(lapsed) == [" ".join(COMMENT.split())]


def test_a_wrong_password_costs_none_of_it(lapsed: Readers) -> None:
    browser = lapsed.coordinator
    login = browser.account.login  # type: ignore[attr-defined]
    door = come_in(browser, pressed(lapsed, OWN).text, login, "not that one")
    assert door.status_code == 401
    assert AGAIN in come_in(browser, door.text, login).text


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost.evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
        OWN | {"Accept": "application/json"},
    ],
)
def test_what_another_site_or_a_script_sent_is_not_kept(
    lapsed: Readers, headers: dict[str, str]
) -> None:
    answer = pressed(lapsed, headers)
    assert answer.status_code == 302
    assert answer.location.startswith("/sign-in?next=/reporting/")


@pytest.mark.parametrize(
    "headers", [{"Origin": "http://localhost"}, {"Sec-Fetch-Site": "same-origin"}]
)
def test_a_browser_may_say_it_by_either_header(lapsed: Readers, headers: dict[str, str]) -> None:
    assert MARK in pressed(lapsed, headers).text


def test_neither_tokens_nor_passwords_nor_files_are_kept(lapsed: Readers) -> None:
    more: dict[str, Any] = {
        "csrf_token": "of the former session",
        "password": PASSWORD,
        f"file.{lapsed.item}": (BytesIO(b"%PDF-1.7"), "справка.pdf"),
    }
    door = pressed(lapsed, OWN, **more)
    assert "справка.pdf" in door.text
    browser = lapsed.coordinator
    page = come_in(browser, door.text, browser.account.login)  # type: ignore[attr-defined]
    assert "справка.pdf" in page.text
    assert 'enctype="multipart/form-data"' in page.text
    sent = dict(fields(page.text))
    assert "password" not in sent
    assert sent["csrf_token"] != "of the former session"
    assert PASSWORD not in page.text


def test_nothing_is_planted_in_the_sign_in_form(lapsed: Readers, app: Flask) -> None:
    browser = lapsed.coordinator
    login = browser.account.login  # type: ignore[attr-defined]
    page = pressed(lapsed, OWN).text
    token = dict(fields(page))["csrf_token"]
    forged = {"login": login, "password": PASSWORD, "csrf_token": token, "unsent": "eyJhIjoxfQ.a.b"}
    assert browser.post("/sign-in", data=forged, headers=OWN).location == "/reporting"


def test_a_sealed_form_without_a_token_leads_nowhere_from_another_site(lapsed: Readers) -> None:
    browser = lapsed.coordinator
    sealed = dict(fields(pressed(lapsed, OWN).text))["unsent"]
    browser.environ_base.pop("HTTP_X_CSRFTOKEN", None)
    foreign = {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}
    answer = browser.post("/sign-in", data={"unsent": sealed}, headers=foreign)
    assert answer.status_code == 400
    assert sealed not in answer.text


def test_a_second_tab_that_signed_in_first_loses_nothing(lapsed: Readers) -> None:
    browser = lapsed.coordinator
    login = browser.account.login  # type: ignore[attr-defined]
    door = pressed(lapsed, OWN).text
    beside = {"login": login, "password": PASSWORD, "csrf_token": csrf_token(browser)}
    assert browser.post("/sign-in", data=beside).status_code == 302
    assert AGAIN in come_in(browser, door, login).text


def test_a_form_of_the_former_session_is_shown_to_who_signed_in_beside_it(
    lapsed: Readers,
) -> None:
    browser = lapsed.coordinator
    login = browser.account.login  # type: ignore[attr-defined]
    values = {"login": login, "password": PASSWORD, "csrf_token": csrf_token(browser)}
    browser.post("/sign-in", data=values)
    browser.environ_base.pop("HTTP_X_CSRFTOKEN", None)
    page = pressed(lapsed, OWN, csrf_token="of the former session")
    assert AGAIN in page.text
    assert said(lapsed) == []
    foreign = pressed(lapsed, {"Origin": "https://evil.example"})
    assert foreign.status_code == 400
    assert AGAIN not in foreign.text


def test_whoever_may_not_send_it_is_not_asked(lapsed: Readers, as_role: AsRole) -> None:
    door = pressed(lapsed, OWN).text
    clerk = as_role(Role.CLERK)
    account = clerk.account  # type: ignore[attr-defined]
    lapsed.service.accounts.set_password(Scope.of_service(), account.id, PASSWORD)
    answer = come_in(lapsed.coordinator, door, account.login)
    assert answer.status_code == 302
    assert answer.location == page_of(lapsed)


def test_what_is_too_large_to_carry_is_not(
    lapsed: Readers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unsent, "LIMIT", 100)
    assert pressed(lapsed, OWN).status_code == 302


def test_a_request_too_large_to_read_leads_to_the_form(lapsed: Readers) -> None:
    length = {"CONTENT_LENGTH": str(56 * security.MEGABYTE)}
    answer = lapsed.coordinator.post(
        page_of(lapsed), data={"key": "k"}, headers=OWN, environ_overrides=length
    )
    assert answer.status_code == 302


def test_a_whole_roadmap_passes(lapsed: Readers, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = {f"row-{number}": f"Организация мероприятия {number}" for number in range(3000)}
    door = pressed(lapsed, OWN, **rows)
    page = come_in(lapsed.coordinator, door.text, lapsed.coordinator.account.login)  # type: ignore[attr-defined]
    assert rows.items() <= dict(fields(page.text)).items()


def test_it_is_kept_no_longer_than_a_session(
    lapsed: Readers, monkeypatch: pytest.MonkeyPatch
) -> None:
    door = pressed(lapsed, OWN).text
    monkeypatch.setattr(current, "SESSION_HOURS", -1)
    answer = come_in(lapsed.coordinator, door, lapsed.coordinator.account.login)  # type: ignore[attr-defined]
    assert answer.status_code == 302


ONE_PRESS = {
    "accounts.sign_in": "the form of signing in itself",
    "accounts.sign_out": "nothing typed",
    "accounts.change_password": "passwords",
    "accounts.accept": "a password; for strangers",
    "accounts.end_sessions": "nothing typed",
    "accounts.issue_token": "makes a secret",
    "accounts.revoke_token": "nothing typed",
    "home.language": "for strangers",
    "users.withdraw": "nothing typed",
    "users.deactivate": "nothing typed",
    "users.activate": "nothing typed",
    "users.reset": "makes a secret",
    "documents.begin": "a year that stands there already",
    "documents.upload": "a file",
    "documents.settle": "nothing typed",
    "documents.withdraw": "nothing typed",
    "documents.restore": "nothing typed",
    "editing.check_row": "a script asks",
    "editions.revive": "nothing typed",
    "jobs.cancel": "nothing typed",
    "library.add_template": "a file",
    "library.use_template": "nothing typed",
    "library.drop_template": "nothing typed",
    "library.use_profile": "nothing typed",
    "library.drop_profile": "nothing typed",
    "monitoring.close": "nothing typed",
    "monitoring.report": "nothing typed",
    "monitoring.letters": "nothing typed",
    "reporting.send_file": "a file",
}
"""Forms of pages that are not kept, and why."""


def test_every_form_of_a_page_is_kept_or_has_nothing_to_keep(app: Flask) -> None:
    posted = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "POST" in (rule.methods or ()) and not rule.rule.startswith("/api/")
    }
    assert posted == unsent.FORMS.keys() | ONE_PRESS.keys()
    assert not unsent.FORMS.keys() & ONE_PRESS.keys()
