"""The application of each test, on both databases, and readers of every role."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert

from docgen.bootstrap import Service, build_service, settings_in_force
from docgen.models.accounts import Account, Role, Scope
from docgen.store import accounts
from docgen.store.database import Database
from docgen.store.tables import municipalities
from docgen.web import create_app

PASSWORD = "три зелёных яблока"
AsRole = Callable[..., FlaskClient]


@pytest.fixture
def service(database: Database, database_url: str, tmp_path: Path) -> Iterator[Service]:
    """The whole service on an empty database of each kind, its home in a folder of its own."""
    settings = replace(settings_in_force(), home=tmp_path / "home", database=database_url)
    built = build_service(settings)
    yield built
    built.close()


@pytest.fixture
def app(service: Service) -> Flask:
    """The application, which shows bugs as they are."""
    built = create_app(service)
    built.testing = True
    return built


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A stranger's browser."""
    return app.test_client()


def add_municipality(database: Database, region: str = "smolensk", name: str = "Вязьма") -> int:
    """The id of a municipality of the region, a new one for a new name."""
    with database.begin() as connection:
        known = accounts.municipality_choices(connection, Scope.of_service())
        for number, its_region, its_name in known:
            if (its_region, its_name) == (region, name):
                return number
        added = connection.execute(insert(municipalities).values(region=region, name=name))
        return int(added.inserted_primary_key[0])


def add_account(
    database: Database,
    role: Role = Role.CLERK,
    region: str | None = "smolensk",
    municipality_id: int | None = None,
    **columns: object,
) -> Account:
    """An account without a password; a coordinator gets a municipality of the region."""
    if role is Role.COORDINATOR and municipality_id is None:
        assert region is not None
        municipality_id = add_municipality(database, region)
    with database.begin() as connection:
        count = accounts.page(connection, Scope.of_service()).total
        values = {
            "login": f"{role}{count}",
            "name": "Иванова Анна Петровна",
            "role": role,
            "region": region,
            "municipality_id": municipality_id,
        }
        number = accounts.add(connection, values | columns)
        added = accounts.find(connection, Scope.of_service(), number)
    assert added is not None
    return added


def enter(client: FlaskClient, account: Account) -> None:
    """The browser holds a session of the account, as after signing in."""
    client.post("/sign-out")
    with client.session_transaction() as session:
        session.update(_user_id=f"{account.id}:{account.epoch}", _fresh=True, since=2**40)


@pytest.fixture
def as_role(app: Flask, database: Database) -> AsRole:
    """A browser signed in as a new account of the role: `as_role(Role.CLERK, "yugra")`.

    The account stands in `browser.account`; its forms and calls carry the CSRF token by themselves.
    """

    def open_browser(
        role: Role = Role.CLERK,
        region: str | None = "smolensk",
        municipality_id: int | None = None,
    ) -> FlaskClient:
        browser = app.test_client()
        account = add_account(database, role, region, municipality_id)
        enter(browser, account)
        browser.account = account  # type: ignore[attr-defined]
        browser.environ_base["HTTP_X_CSRFTOKEN"] = csrf_token(browser)
        return browser

    return open_browser


def csrf_token(browser: FlaskClient) -> str:
    """The token that the browser's pages carry."""
    page = browser.get("/account")
    page = browser.get("/sign-in") if page.status_code == 302 else page
    return page.text.split('name="csrf-token" content="')[1].split('"')[0]
