from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from docgen.models.accounts import Role
from tests.web.conftest import AsRole


@pytest.mark.parametrize("role", Role)
def test_shows_every_role_its_account(as_role: AsRole, role: Role) -> None:
    page = as_role(role).get("/account")
    assert page.status_code == 200
    assert "Иванова Анна Петровна" in page.text


def test_leads_a_stranger_to_the_form_and_remembers_the_page(client: FlaskClient) -> None:
    answer = client.get("/account?a=1")
    assert answer.status_code == 302
    assert answer.location == "/sign-in?next=/account?a%3D1"


def test_describes_the_interface_and_shows_it(client: FlaskClient) -> None:
    assert client.get("/api/v1/openapi.json").json["openapi"] == "3.1.0"
    assert "swagger-ui-bundle.js" in client.get("/api/docs").text
