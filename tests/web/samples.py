"""One existing thing of Smolensk for every argument that addresses of the service have.

A new argument needs a line here: its name, or `blueprint.name` where one name means several
things. A new route with a body that is checked before its id is looked up needs a line in BODIES.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

from docgen.bootstrap import Service
from docgen.models.accounts import Role, Scope
from docgen.services.registry import Registry
from tests.services.conftest import example
from tests.services.stages import build_world

REGION, FOREIGN_REGION = "smolensk", "yugra"

BODIES: dict[tuple[str, str], dict[str, Any]] = {
    ("api_users.User", "PUT"): {"name": "Иванова Анна", "role": "clerk", "region": FOREIGN_REGION},
}
"""A body that fits, by endpoint and method; sent as JSON to the API and as a form to pages."""


def make_samples(service: Service, folder: Path) -> Mapping[str, object]:
    """The things made, by the argument that leads to them."""
    world = build_world(service.database, service.reports, folder, REGION)
    clerk = Scope(Role.CLERK, REGION, login="ivanova")
    document = Registry(service.database, service.documents, folder).create(clerk, example(REGION))
    user = service.accounts.read(Scope.of_service(), world.analyst.account_id or 0)
    invitation, secret = service.accounts.invite(
        Scope(Role.ADMINISTRATOR, REGION), "Петрова Вера", role=Role.CLERK
    )
    token, _plain = service.accounts.issue_token(world.analyst, "портал")
    return {
        "region": REGION,
        "user_id": user.id,
        "invitation_id": invitation.id,
        "secret": secret,
        "token_id": token.id,
        "document_id": document.id,
        "documents.number": document.id,
        "version": 1,
        "kind": "docx",
        "format": "docx",
        "stage_id": world.stage.id,
        "roadmap_id": world.stage.roadmap_id,
        "job_id": service.jobs.enqueue(world.analyst, "canary", {}).id,
        "municipality": world.vyazma.municipality_id,
    }


def address(app: Flask, rule: Rule, samples: Mapping[str, object]) -> str:
    """The address of the route with the samples in it; KeyError names an argument without one."""
    blueprint = rule.endpoint.partition(".")[0]
    values = {
        name: samples[f"{blueprint}.{name}" if f"{blueprint}.{name}" in samples else name]
        for name in rule.arguments
    }
    with app.test_request_context():
        return app.url_for(rule.endpoint, **values)  # type: ignore[arg-type]
