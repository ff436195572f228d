"""The pages of accounts, and what programs are told of them."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from docgen.bootstrap import Service
from docgen.models.accounts import Role, Scope
from docgen.store import tables
from docgen.store.database import Database
from tests.web.conftest import PASSWORD, AsRole, add_municipality, csrf_token

pytestmark = pytest.mark.slow


def secret_in(page: str) -> str:
    found = re.search(r'class="secret">([^<]+)<', page)
    assert found
    return found[1]


def test_the_invited_choose_login_and_password_without_a_script(
    client: FlaskClient, as_role: AsRole, database: Database
) -> None:
    home = str(add_municipality(database))
    administrator = as_role(Role.ADMINISTRATOR)
    values = {"name": "Петрова Вера", "role": "coordinator", "municipality_id": home, "days": "14"}
    made = administrator.post("/users/invitations", data=values)
    link = secret_in(made.text)
    assert link.startswith("http://localhost/invitation/")
    page = client.get(link)
    assert "Петрова Вера" in page.text
    assert "<script" not in page.text
    token = {"csrf_token": csrf_token(client)}
    weak = client.post(link, data={"login": "petrova", "password": "1234567890"} | token)
    assert weak.status_code == 422
    assert 'value="petrova"' in weak.text
    assert "1234567890" not in weak.text
    chosen = client.post(link, data={"login": "petrova", "password": PASSWORD} | token)
    assert chosen.status_code == 302
    assert "Петрова Вера" in client.get("/account").text
    again = administrator.get(link)
    assert again.status_code == 404


def test_a_reset_link_keeps_the_login(
    client: FlaskClient, as_role: AsRole, service: Service
) -> None:
    clerk = service.accounts.create(
        Scope.of_service(), "ivanova", "Иванова Анна", Role.CLERK, "smolensk", password=PASSWORD
    )
    link = secret_in(as_role(Role.ADMINISTRATOR).post(f"/users/{clerk.id}/reset").text)
    assert 'value="ivanova"' in client.get(link).text
    values = {"password": "четыре синих груши", "csrf_token": csrf_token(client)}
    assert client.post(link, data=values).status_code == 302
    assert service.accounts.sign_in("ivanova", "четыре синих груши").id == clerk.id


@pytest.mark.parametrize(
    ("change", "field"),
    [({"name": " "}, "name"), ({"days": "9999"}, "days"), ({"region": "yugra"}, "region")],
)
def test_a_wrong_invitation_comes_back_with_its_fault(
    as_role: AsRole, change: dict[str, str], field: str
) -> None:
    values = {"name": "Петрова", "role": "clerk", "region": "smolensk", "days": "14"} | change
    page = as_role(Role.ADMINISTRATOR).post("/users/invitations", data=values)
    assert page.status_code == 422
    assert f'id="{field}-fault"' in page.text


def test_an_administrator_changes_closes_and_opens_an_account(
    as_role: AsRole, service: Service
) -> None:
    administrator = as_role(Role.ADMINISTRATOR)
    number = as_role(Role.CLERK).account.id  # type: ignore[attr-defined]
    values = {"name": "Новая Фамилия", "role": "analyst", "region": "smolensk"}
    assert administrator.post(f"/users/{number}", data=values).status_code == 302
    assert administrator.post(f"/users/{number}/deactivate").status_code == 302
    closed = service.accounts.read(Scope.of_service(), number)
    assert (closed.name, closed.role, closed.active) == ("Новая Фамилия", Role.ANALYST, False)
    assert "Новая Фамилия" not in administrator.get("/users/").text
    assert "Новая Фамилия" in administrator.get("/users/?state=inactive&search=новая").text
    administrator.post(f"/users/{number}/activate")
    assert service.accounts.read(Scope.of_service(), number).active


def test_names_are_shown_as_text(as_role: AsRole, service: Service) -> None:
    name = '<img src=x onerror="alert(1)">'
    service.accounts.create(Scope.of_service(), "evil", name, Role.CLERK, "smolensk")
    page = as_role(Role.ADMINISTRATOR).get("/users/").text
    assert name not in page
    assert "&lt;img src=x" in page


def test_a_token_is_shown_once(as_role: AsRole, client: FlaskClient) -> None:
    browser = as_role()
    made = browser.post("/account/tokens", data={"name": "портал", "days": "30"})
    secret = secret_in(made.text)
    assert secret not in browser.get("/account").text
    proof = {"Authorization": f"Bearer {secret}"}
    assert client.get("/api/v1/tokens", headers=proof).json[0]["name"] == "портал"


def test_a_wrong_password_form_says_which_field(as_role: AsRole) -> None:
    browser = as_role()
    differs = browser.post("/account/password", data={"old": "x", "new": "a", "again": "b"})
    assert 'id="again-fault"' in differs.text
    wrong = browser.post("/account/password", data={"old": "x", "new": "a", "again": "a"})
    assert (wrong.status_code, 'id="old-fault"' in wrong.text) == (422, True)


def test_the_audit_log_shows_the_own_region(as_role: AsRole, service: Service) -> None:
    administrator, foreign = as_role(Role.ADMINISTRATOR), as_role(Role.ADMINISTRATOR, "yugra")
    administrator.post("/account/tokens", data={"name": "портал", "days": "30"})
    assert "токен создан" in administrator.get("/audit/").text
    assert "токен создан" not in foreign.get("/audit/").text
    assert foreign.get("/api/v1/audit").json == []
    assert administrator.get("/api/v1/audit?limit=1").json[0]["action"] == "token.issued"


def test_programs_manage_users(as_role: AsRole, database: Database) -> None:
    administrator = as_role(Role.ADMINISTRATOR)
    body = {"login": "novak", "name": "Новак", "role": "clerk", "password": PASSWORD}
    made = administrator.post("/api/v1/users", json=body)
    assert (made.status_code, made.json["region"]) == (201, "smolensk")
    assert "password" not in made.json
    path = f"/api/v1/users/{made.json['id']}"
    change = {"name": "Новак", "role": "analyst", "region": "smolensk", "active": False}
    assert administrator.put(path, json=change).json["active"] is False
    found = administrator.get("/api/v1/users?active=false&search=новак")
    assert [user["login"] for user in found.json] == ["novak"]
    assert '"total": 1' in found.headers["X-Pagination"]
    with database.read() as connection:
        kept = connection.execute(
            select(tables.accounts.c.password_hash).where(tables.accounts.c.login == "novak")
        ).scalar_one()
    assert kept.startswith("$argon2id$")


def test_programs_invite_and_withdraw(as_role: AsRole, client: FlaskClient) -> None:
    administrator = as_role(Role.ADMINISTRATOR)
    made = administrator.post("/api/v1/invitations", json={"name": "Новак", "role": "clerk"}).json
    assert client.get(made["path"]).status_code == 200
    assert "path" not in administrator.get("/api/v1/invitations").json[0]
    assert administrator.delete(f"/api/v1/invitations/{made['id']}").status_code == 204
    assert client.get(made["path"]).status_code == 404


def test_programs_see_the_columns_of_their_region(as_role: AsRole) -> None:
    clerk = as_role(Role.CLERK, "smolensk")
    assert [region["code"] for region in clerk.get("/api/v1/regions").json] == ["smolensk"]
    layout = clerk.get("/api/v1/regions/smolensk").json["layouts"]["roadmap"]
    assert {"key", "heading", "width"} == set(layout["columns"][0])
    everywhere = as_role(Role.ADMINISTRATOR, None)
    assert len(everywhere.get("/api/v1/regions").json) == 5
