"""Sessions, cookies, headers and limits."""

from __future__ import annotations

import json
import stat
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from docgen.bootstrap import Service
from docgen.errors import ConflictError, NotFoundError
from docgen.models.accounts import Account, Role, Scope
from docgen.web import create_app
from docgen.web.access import allow, anyone, rules
from docgen.web.navigation import safe_target
from docgen.web.security import secret_key
from tests.web.conftest import PASSWORD, AsRole, csrf_token

pytestmark = pytest.mark.slow


@pytest.fixture
def clerk(service: Service) -> Account:
    return service.accounts.create(
        Scope.of_service(), "ivanova", "Иванова Анна", Role.CLERK, "smolensk", password=PASSWORD
    )


def sign_in(browser: FlaskClient, login: str = "ivanova", password: str = PASSWORD, **more: str):  # type: ignore[no-untyped-def]
    values = {"login": login, "password": password, "csrf_token": csrf_token(browser), **more}
    return browser.post("/sign-in", data=values)


# -- sessions -------------------------------------------------------------------------------------


def test_signs_in_and_out(client: FlaskClient, clerk: Account) -> None:
    assert sign_in(client).status_code == 302
    assert "Иванова Анна" in client.get("/account").text
    client.post("/sign-out", data={"csrf_token": csrf_token(client)})
    assert client.get("/account").status_code == 302


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(
    client: FlaskClient, clerk: Account, service: Service
) -> None:
    cookie = sign_in(client).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie
    settings = replace(service.settings, secure_cookies=True)
    behind_https = create_app(replace(service, settings=settings)).test_client()
    answer = behind_https.get("/sign-in", base_url="https://localhost")
    assert "Secure" in answer.headers["Set-Cookie"]
    assert "max-age" in answer.headers["Strict-Transport-Security"]


def test_a_planted_session_does_not_become_that_of_the_reader(
    client: FlaskClient, clerk: Account
) -> None:
    token = csrf_token(client)
    with client.session_transaction() as session:
        session["planted"] = "by another"
        before = session["csrf_token"]
    sign_in(client)
    with client.session_transaction() as session:
        assert "planted" not in session
        assert session.get("csrf_token") != before
    assert client.post("/sign-out", data={"csrf_token": token}).status_code == 400


def test_a_session_ends_after_twelve_hours(as_role: AsRole) -> None:
    browser = as_role()
    with browser.session_transaction() as session:
        session["since"] = 0
    assert browser.get("/account").status_code == 302


def test_a_forged_session_is_nobodys(client: FlaskClient, clerk: Account) -> None:
    client.set_cookie("docgen", "eyJfdXNlcl9pZCI6IjE6MCJ9.aaaa.bbbb")
    assert client.get("/account").status_code == 302
    client.set_cookie("docgen", "\x00garbage")
    assert client.get("/account").status_code == 302


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(
    app: Flask, client: FlaskClient, clerk: Account
) -> None:
    other = app.test_client()
    sign_in(client)
    sign_in(other)
    new = "четыре синих груши"
    values = {"old": PASSWORD, "new": new, "again": new, "csrf_token": csrf_token(client)}
    assert client.post("/account/password", data=values).status_code == 302
    assert client.get("/account").status_code == 200
    assert other.get("/account").status_code == 302


def test_a_closed_account_is_out_at_once(as_role: AsRole, service: Service) -> None:
    browser = as_role()
    service.accounts.deactivate(Scope.of_service(), browser.account.id)  # type: ignore[attr-defined]
    assert browser.get("/account").status_code == 302


# -- what is refused ------------------------------------------------------------------------------


def test_a_form_without_the_csrf_token_is_refused(app: Flask, as_role: AsRole) -> None:
    browser = as_role()
    del browser.environ_base["HTTP_X_CSRFTOKEN"]
    assert browser.post("/account/sessions").status_code == 400
    call = browser.post("/api/v1/tokens", json={"name": "портал"})
    assert (call.status_code, call.json["code"]) == (400, "csrf-refused")


def test_a_token_needs_no_csrf_token_and_overrides_the_session(
    client: FlaskClient, service: Service, clerk: Account, as_role: AsRole
) -> None:
    _token, plain = service.accounts.issue_token(Scope.of(clerk), "портал")
    proof = {"Authorization": f"Bearer {plain}"}
    made = client.post("/api/v1/tokens", json={"name": "ещё"}, headers=proof)
    assert made.status_code == 201
    administrator = as_role(Role.ADMINISTRATOR)
    assert administrator.get("/api/v1/users").status_code == 200
    assert administrator.get("/api/v1/users", headers=proof).status_code == 403
    wrong = {"Authorization": "Bearer dg_wrong"}
    answer = administrator.get("/api/v1/users", headers=wrong)
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")


def test_a_token_does_not_open_pages(client: FlaskClient, service: Service, clerk: Account) -> None:
    _token, plain = service.accounts.issue_token(Scope.of(clerk), "портал")
    headers = {"Authorization": f"Bearer {plain}"}
    assert client.get("/account", headers=headers).status_code == 302


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/\n//evil.example",
        "evil.example",
        "///evil.example",
        "",
    ],
)
def test_next_leads_nowhere_but_into_this_service(
    client: FlaskClient, clerk: Account, target: str
) -> None:
    assert safe_target(target) is None
    assert sign_in(client, next=target).location == "/documents/"


def test_next_leads_to_the_wanted_page(client: FlaskClient, clerk: Account) -> None:
    assert sign_in(client, next="/account?a=%2F%2Fb").location == "/account?a=%2F%2Fb"


def test_known_and_unknown_logins_are_answered_by_the_same_page(
    client: FlaskClient, clerk: Account
) -> None:
    known = sign_in(client, "ivanova", "wrong password")
    unknown = sign_in(client, "petrova", "wrong password")
    assert (known.status_code, unknown.status_code) == (401, 401)
    assert known.text.replace("ivanova", "petrova") == unknown.text


def test_a_locked_login_is_told_when_to_come_back(client: FlaskClient, clerk: Account) -> None:
    answers = [sign_in(client, "ivanova", "wrong password") for _ in range(6)]
    assert answers[-1].status_code == 429
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 60
    assert "Retry-After" not in answers[0].headers


def test_sign_in_from_one_address_is_limited(client: FlaskClient) -> None:
    values = {"login": "a", "password": "b", "csrf_token": csrf_token(client)}
    answers = [client.post("/sign-in", data=values).status_code for _ in range(62)]
    assert answers[-1] == 429


def test_only_named_hosts_are_answered_where_they_are_set(service: Service) -> None:
    settings = replace(service.settings, hosts=("docgen.example",))
    client = create_app(replace(service, settings=settings)).test_client()
    assert client.get("/sign-in", base_url="http://docgen.example").status_code == 200
    assert client.get("/sign-in", base_url="http://evil.example").status_code == 400


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/users?page=99999999999999999999", 400),
        ("/api/v1/users?search=%00", 400),
        ("/api/v1/users/99999999999999999999", 404),
        ("/users/?page=0", 400),
        ("/users/?search=%00", 400),
    ],
)
def test_refuses_what_no_database_can_hold(as_role: AsRole, path: str, status: int) -> None:
    assert as_role(Role.ADMINISTRATOR).get(path).status_code == status


@pytest.mark.parametrize("body", ["[" * 20_000, '{"a":' * 5_000 + "1" + "}" * 5_000])
def test_refuses_json_nested_deeper_than_it_is_read(as_role: AsRole, body: str) -> None:
    headers = {"Content-Type": "application/json"}
    assert (
        as_role(Role.CLERK).post("/api/v1/documents", data=body, headers=headers).status_code < 500
    )


@pytest.mark.parametrize("name", ["a\x00b", "a\ud800b"])
def test_refuses_half_letters_in_json(as_role: AsRole, name: str) -> None:
    body = json.dumps({"name": name})
    answer = as_role().post("/api/v1/tokens", data=body, content_type="application/json")
    assert answer.status_code == 400


# -- headers, limits, the key ---------------------------------------------------------------------


def test_every_answer_carries_the_headers(client: FlaskClient) -> None:
    for path in ("/sign-in", "/nothing", "/api/v1/users", "/static/docgen.css"):
        with client.get(path) as answer:
            headers = answer.headers
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'; ")
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
    assert client.get("/sign-in").headers["Cache-Control"] == "no-store"


def test_a_form_of_a_whole_roadmap_passes_and_a_huge_request_does_not(as_role: AsRole) -> None:
    browser = as_role()
    fields = {f"row-{number}": "Организация мероприятий" for number in range(3000)}
    assert browser.post("/account/sessions", data=fields).status_code == 302
    browser = as_role()
    parts = browser.post("/account/sessions", data=fields, content_type="multipart/form-data")
    assert parts.status_code == 302
    length = {"CONTENT_LENGTH": str(56 * 1024 * 1024)}
    huge = as_role().post("/account/sessions", environ_overrides=length)
    assert huge.status_code == 413


def test_the_key_is_made_once_for_its_owner_only(service: Service) -> None:
    path = service.settings.home / "secret"
    create_app(service)
    key = secret_key(service.settings.home)
    assert key == secret_key(service.settings.home) == path.read_text()
    assert len(key) == 64
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


# -- rules and errors -----------------------------------------------------------------------------


def test_a_view_without_a_rule_stops_the_application(service: Service) -> None:
    app = create_app(service)
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    with pytest.raises(LookupError, match="forgotten"):
        list(rules(app))
    with pytest.raises(TypeError):
        allow()


def test_a_bug_is_told_by_its_number_and_nothing_else(app: Flask) -> None:
    app.testing = False

    @anyone
    def broken() -> str:
        raise RuntimeError("secret of the house")

    app.add_url_rule("/broken", "broken", broken)
    app.add_url_rule("/api/v1/broken", "api_broken", broken)
    page = app.test_client().get("/broken")
    assert page.status_code == 500
    assert page.headers["X-Request-ID"] in page.text
    assert "secret of the house" not in page.text
    details = app.test_client().get("/api/v1/broken")
    assert details.content_type == "application/problem+json"
    assert details.json["code"] == "bug"
    assert details.headers["X-Request-ID"] in details.json["instance"]


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (NotFoundError("Нет"), 404, "not-found"),
        (ConflictError("Занято"), 409, "conflict"),
        (ConflictError("Устарело", code="version-changed"), 412, "version-changed"),
    ],
)
def test_errors_are_told_to_programs_as_problem_details(
    app: Flask, error: Exception, status: int, code: str
) -> None:
    @anyone
    def refused() -> str:
        raise error

    app.add_url_rule("/api/v1/refused", "refused", refused)
    answer = app.test_client().get("/api/v1/refused")
    assert (answer.status_code, answer.json["code"], answer.json["status"]) == (
        status,
        code,
        status,
    )
    assert answer.json["type"] == f"urn:docgen:{code}"


def test_what_is_wrong_with_a_body_is_told_in_russian_with_its_path(as_role: AsRole) -> None:
    answer = as_role().post("/api/v1/tokens", json={"days": 1000, "nonsense": 1})
    assert answer.status_code == 422
    assert {problem["path"] for problem in answer.json["problems"]} == {"name", "days", "nonsense"}


@pytest.mark.parametrize("method", ["OPTIONS", "TRACE", "PATCH"])
def test_a_method_nobody_offers_is_refused(client: FlaskClient, method: str) -> None:
    assert client.open("/account", method=method).status_code == 405


def test_the_bar_shows_a_role_only_what_it_may_open(as_role: AsRole) -> None:
    assert 'href="/users/"' in as_role(Role.ADMINISTRATOR).get("/account").text
    assert 'href="/users/"' not in as_role(Role.CLERK).get("/account").text


def test_the_language_is_chosen_by_the_reader(as_role: AsRole) -> None:
    browser = as_role()
    answer = browser.post("/language", data={"language": "en", "next": "/account"})
    assert answer.location == "/account"
    assert '<html lang="en">' in browser.get("/account").text
    assert browser.post("/language", data={"next": "//evil.example"}).location == "/"


def test_a_refusal_speaks_the_language_of_its_own_reader(as_role: AsRole) -> None:
    clerk, english = as_role(), as_role()
    english.post("/language", data={"language": "en", "next": "/account"})
    assert '<html lang="en">' in english.get("/account").text
    refused = clerk.get("/users/")
    assert refused.status_code == 403
    assert '<html lang="ru">' in refused.text
