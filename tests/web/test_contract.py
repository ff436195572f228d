"""The programming interface keeps to its own description, whatever is sent to it, for every role.

The ordinary number of requests keeps the whole under two minutes; `make soak` looks longer.
"""

from __future__ import annotations

import itertools
import json
import random
import re
import traceback
from collections.abc import Callable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi import checks

from docgen.bootstrap import Service, build_service, settings_in_force
from docgen.models.accounts import Role, Scope
from docgen.store.database import Database
from docgen.web import create_app
from docgen.web.access import roles_of
from tests.web.conftest import add_account
from tests.web.samples import REGION, make_samples

pytestmark = pytest.mark.slow

CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]
ORDER = ("get", "post", "put", "patch", "delete")
SEED = 7
FOREIGN_ROLE = 4
"""How many requests of a kind are enough from a role that is refused anyway."""
_CONVERTED = re.compile(r"<(?:[^<>]*:)?(\w+)>")

Operation = APIOperation[Any, Any, Any, Any]


@pytest.fixture
def service(database: Database, database_url: str, tmp_path: Path) -> Iterator[Service]:
    """The service as it is, but for the limit of requests."""
    chosen = replace(
        settings_in_force(),
        home=tmp_path / "home",
        database=database_url,
        rate_api="1000000 per minute",
    )
    built = build_service(chosen)
    yield built
    built.close()


class Caller:
    """A program of one role, with another account whenever it has shut itself out."""

    def __init__(self, app: Flask, service: Service, role: Role, samples: Mapping[str, object]):
        self._app, self._service, self.role, self._samples = app, service, role, samples
        self._enter()
        self.faults: dict[tuple[str, str], str] = {}

    def _enter(self) -> None:
        home = int(str(self._samples["municipality_id"]))
        account = add_account(
            self._service.database, self.role, REGION, home if self.role == "coordinator" else None
        )
        _token, secret = self._service.accounts.issue_token(Scope.of(account), "contract")
        self.headers = {"Authorization": f"Bearer {secret}"}

    def stay_in(self) -> None:
        """The next request is let in, whatever the former ones did."""
        if self._app.test_client().get("/api/v1/tokens", headers=self.headers).status_code != 200:
            self._enter()

    def send(self, case: Case, *, known: bool) -> None:
        """One request, about things that exist where that is wanted; what is wrong is kept."""
        if known:
            self._about_known(case)
        try:
            answer = case.call(headers=self.headers)
            case.validate_response(answer, checks=CHECKS)
        except FailureGroup as group:
            for fault in group.exceptions:
                self._keep(case, type(fault).__name__, f"{fault}\n{case.as_curl_command()}")
        except Exception as bug:
            self._keep(case, type(bug).__name__, "".join(traceback.format_exception(bug)[-6:]))

    def _about_known(self, case: Case) -> None:
        for name in set(case.path_parameters or ()) & set(self._samples):
            case.path_parameters[name] = self._samples[name]
        if "If-Match" in (case.headers or ()):
            case.headers["If-Match"] = "*"

    def _keep(self, case: Case, kind: str, text: str) -> None:
        self.faults.setdefault((case.operation.label, kind), text)


def operations(app: Flask) -> list[Operation]:
    """Everything described, what only reads first."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    found = [result.ok() for result in schema.get_all_operations()]
    return sorted(found, key=lambda operation: ORDER.index(operation.method))


def roles_by_operation(app: Flask) -> dict[str, frozenset[Role]]:
    """Who may call an operation, by its label."""
    found = {}
    for rule in app.url_map.iter_rules():
        path = _CONVERTED.sub(r"{\1}", rule.rule)
        for method in (rule.methods or set()) - {"HEAD"}:
            found[f"{method} {path}"] = roles_of(app, rule.endpoint, method) or frozenset(Role)
    return found


def at_the_borders(operation: Operation, count: int) -> Iterator[Case]:
    """Up to so many cases that schemathesis derives from the description, spread over all."""
    cases = list(
        operation.schema.iter_coverage_cases(
            operation,
            generation_modes=list(GenerationMode),
            generation_config=operation.schema.config.generation_for(operation=operation),
        )
    )
    yield from cases[:: max(1, -(-len(cases) // count))]


STRANGE: tuple[Any, ...] = (
    *("\0", "a\0b", "\ud800", "", " ", "я" * 100_000, "🏫", "%00", "../../etc/passwd"),
    *("0000-00-00", "2022-02-30", "9999-12-31", "9999-12-31T23:59:59-14:00"),
    *(0, -1, 2**31, 2**63, 2**64, 10**400, 0.5, 1e308, float("inf"), float("nan")),
    *(None, True, [], {}, [None], {"": ""}, ["\0"]),
)
"""What no description expects: for databases, calendars, file systems and JSON at their borders."""


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of everything inside a value."""
    inside = {dict: lambda: dict.items(value), list: lambda: enumerate(value)}.get(type(value))
    for key, each in inside() if inside else ():
        yield (*path, key)
        yield from places(each, (*path, key))


def put(value: Any, path: tuple[Any, ...], strange: Any) -> Any:
    """A copy of the value with something else in that place."""
    if not path:
        return strange
    changed = copy(value)
    changed[path[0]] = put(value[path[0]], path[1:], strange)
    return changed


@dataclass(frozen=True)
class Asked:
    """A request with something strange in it."""

    method: str
    path: str
    query: dict[str, Any]
    body: Any

    def url(self, ids: Mapping[str, Any]) -> str:
        parts = {name: as_text(value) for name, value in ids.items()}
        query = urlencode({name: as_text(value) for name, value in self.query.items()}, safe="%")
        return f"{self.path.format_map(parts)}?{query}"


def as_text(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    return quote(text.encode("utf-8", "surrogatepass"), safe="")


def strangely(operation: Operation, samples: Mapping[str, object]) -> Iterator[tuple[str, Asked]]:
    """The operation's own example with one strange thing in its address, query or body."""
    coverage = operation.schema.iter_coverage_cases(
        operation,
        generation_modes=[GenerationMode.POSITIVE],
        generation_config=operation.schema.config.generation_for(operation=operation),
    )
    usual = next(iter(coverage))
    ids = {name: samples[name] for name in usual.path_parameters or {}}
    query, body = dict(usual.query or {}), usual.body
    is_json = usual.media_type == "application/json"

    def asked(ids: Mapping[str, Any], query: dict[str, Any], body: Any) -> tuple[str, Asked]:
        made = Asked(operation.method.upper(), operation.path, query, body if is_json else None)
        return made.url(ids), made

    for strange in STRANGE:
        yield from (asked(ids | {name: strange}, query, body) for name in ids)
        for parameter in operation.query:
            yield asked(ids, query | {parameter.name: strange}, body)
        for place in [(), *places(body)] if is_json else ():
            yield asked(ids, query, put(body, place, strange))


@pytest.mark.slow
@pytest.mark.parametrize(
    "count", [12, pytest.param(10**6, marks=[pytest.mark.soak, pytest.mark.timeout(3600)])]
)
def test_stumbles_over_nothing_strange(service: Service, tmp_path: Path, count: int) -> None:
    samples = make_samples(service, tmp_path / "home")
    app = create_app(service)
    app.testing = True
    allowed = roles_by_operation(app)
    callers = {role: Caller(app, service, role, samples) for role in Role}
    chance, faults = random.Random(SEED), {}
    for operation in operations(app):
        caller = callers[sorted(allowed[operation.label])[0]]
        caller.stay_in()
        everything = list(strangely(operation, samples))
        for url, asked in chance.sample(everything, min(count, len(everything))):
            headers = {**caller.headers, "If-Match": "*", "Content-Type": "application/json"}
            data = None if asked.body is None else json.dumps(asked.body)
            try:
                answer = app.test_client().open(
                    url, method=asked.method, data=data, headers=headers
                )
                found = answer.status if answer.status_code >= 500 else ""
            except Exception as bug:
                found = "".join(traceback.format_exception(bug)[-4:])
            if found:
                faults.setdefault((operation.label, found[-80:]), f"{url[:200]} {data}: {found}")
    assert not faults, "\n\n".join(text[-1500:] for text in faults.values())


def by_chance(operation: Operation, count: int, send: Callable[[Case], None]) -> None:
    """So many cases that fit the description are sent, the same ones in every run."""

    @seed(SEED)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def sent(case: Case) -> None:
        send(case)

    sent()


@pytest.mark.slow
@pytest.mark.parametrize(
    "examples", [6, pytest.param(100, marks=[pytest.mark.soak, pytest.mark.timeout(3600)])]
)
@pytest.mark.parametrize("role", Role)
def test_answers_as_it_is_described(
    service: Service, tmp_path: Path, role: Role, examples: int
) -> None:
    samples = make_samples(service, tmp_path / "home")
    app = create_app(service)
    app.testing = True
    caller, allowed = Caller(app, service, role, samples), roles_by_operation(app)
    for operation in operations(app):
        count = examples if role in allowed[operation.label] else FOREIGN_ROLE
        turn = itertools.count()
        caller.stay_in()

        def send(case: Case, turn: Iterator[int] = turn) -> None:
            caller.send(case, known=next(turn) % 4 > 0)

        for case in at_the_borders(operation, count):
            send(case)
        by_chance(operation, max(1, count // 3), send)
    told = [f"{label}: {text}" for (label, _kind), text in caller.faults.items()]
    assert not told, "\n\n".join(told)
