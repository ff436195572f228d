"""Every route × every role, and every route × a foreign region: generated from the URL map."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from docgen.bootstrap import Service
from docgen.models.accounts import Role
from docgen.store.database import Database
from docgen.web.access import roles_of
from tests.web.conftest import AsRole, add_municipality
from tests.web.samples import (
    BODIES,
    FOREIGN_REGION,
    JSON_PAGES,
    REGION,
    UPLOADS,
    address,
    make_samples,
)

pytestmark = pytest.mark.slow


@pytest.fixture
def samples(service: Service, tmp_path: Path) -> Mapping[str, object]:
    return make_samples(service, tmp_path)


def routes(app: Flask) -> Iterator[tuple[Rule, str]]:
    """Every route and method but static files."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint != "static":
            for method in sorted((rule.methods or set()) - {"HEAD"}):
                yield rule, method


def call(browser: FlaskClient, url: str, rule: Rule, method: str) -> TestResponse:
    """The answer to a request that is as right as this test knows how."""
    body = BODIES.get((rule.endpoint, method), {})
    headers = {"If-Match": "*", "Idempotency-Key": "matrix"}
    if method == "GET":
        return browser.get(url)
    if rule.endpoint in UPLOADS:
        file = (BytesIO(b"%PDF-1.7\n%%EOF"), UPLOADS[rule.endpoint])
        return browser.open(url, method=method, data={"file": file}, headers=headers)
    if url.startswith("/api/") or rule.endpoint in JSON_PAGES:
        return browser.open(url, method=method, json=body, headers=headers)
    return browser.open(url, method=method, data=body, headers=headers)


def test_every_argument_of_a_route_has_a_sample(app: Flask, samples: Mapping[str, object]) -> None:
    lacking = {
        f"{rule.endpoint}.{name}"
        for rule, _method in routes(app)
        for name in rule.arguments
        if not {name, f"{rule.endpoint.partition('.')[0]}.{name}"} & samples.keys()
    }
    assert lacking == set()


def test_a_stranger_finds_only_open_doors(
    app: Flask, client: FlaskClient, samples: Mapping[str, object]
) -> None:
    let_in = []
    for rule, method in routes(app):
        url = address(app, rule, samples)
        answer = call(client, url, rule, method)
        to_the_door = answer.status_code == 302 and answer.location.startswith("/sign-in")
        refused = answer.status_code == 401 if url.startswith("/api/v1/") else to_the_door
        if roles_of(app, rule.endpoint, method) is not None and not refused:
            let_in.append((method, rule.rule, answer.status))
    assert let_in == []


BROKEN = {500, 501, 502, 504}
"""503 is what a machine without LibreOffice answers."""


class Reader:
    """A browser of one reader, another one after each request that may have ended its session."""

    def __init__(self, as_role: AsRole, *who: Any) -> None:
        self._open = partial(as_role, *who)
        self._browser = self._open()

    def call(self, url: str, rule: Rule, method: str) -> TestResponse:
        answer = call(self._browser, url, rule, method)
        if rule.endpoint.startswith("accounts."):
            self._browser = self._open()
        return answer


@pytest.mark.slow
@pytest.mark.parametrize("role", Role)
def test_a_role_finds_only_its_own_doors(
    app: Flask, as_role: AsRole, samples: Mapping[str, object], role: Role
) -> None:
    wrong, reader = [], Reader(as_role, role, REGION)
    for rule, method in routes(app):
        roles = roles_of(app, rule.endpoint, method)
        url = address(app, rule, samples)
        if roles is None:
            continue
        answer = reader.call(url, rule, method)
        refused, broken = answer.status_code in (401, 403), answer.status_code in BROKEN
        if refused is (role in roles) or broken:
            wrong.append((method, rule.rule, answer.status))
    assert wrong == []


@pytest.mark.parametrize("role", Role)
def test_what_is_of_another_region_does_not_exist(
    app: Flask, as_role: AsRole, samples: Mapping[str, object], role: Role
) -> None:
    assert _seen(app, as_role, samples, role, FOREIGN_REGION, None) == []


def test_what_is_of_another_municipality_does_not_exist(
    app: Flask, database: Database, as_role: AsRole, samples: Mapping[str, object]
) -> None:
    elsewhere = add_municipality(database, REGION, "Рудня")
    assert _seen(app, as_role, samples, Role.COORDINATOR, REGION, elsewhere) == []


SHARED = {"api_regions.Region"}
"""Endpoints whose things belong to the whole region, so that every municipality sees them."""


def _seen(
    app: Flask,
    as_role: AsRole,
    samples: Mapping[str, object],
    role: Role,
    region: str,
    municipality_id: int | None,
) -> list[tuple[str, str, str]]:
    """The routes by which a reader of this place reaches a thing that belongs to another."""
    seen, reader = [], Reader(as_role, role, region, municipality_id)
    for rule, method in routes(app):
        roles = roles_of(app, rule.endpoint, method)
        spared = municipality_id is not None and rule.endpoint in SHARED
        if not rule.arguments or roles is None or role not in roles or spared:
            continue
        answer = reader.call(address(app, rule, samples), rule, method)
        if answer.status_code != 404:
            seen.append((method, rule.rule, answer.status))
    return seen
