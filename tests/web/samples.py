"""One existing thing of Smolensk for every argument that addresses of the service have.

A new argument needs a line here: its name, or `blueprint.name` where one name means several
things. A new route with a body that is checked before its id is looked up needs a line in BODIES.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

from docgen.bootstrap import Service
from docgen.models.accounts import Role, Scope
from docgen.settings import TEMPLATES
from tests.services.conftest import example
from tests.services.stages import World, build_world

REGION, FOREIGN_REGION = "smolensk", "yugra"

CLOSES = {"closes_at": "2099-01-01T00:00:00Z"}
SIGNED = {"code": "number-gap", "path": "annexes", "reason": "Так напечатано"}
ROWS = {"rows": [{"school_id": 1, "item": "1", "status": "done"}]}
VALUES = {"values": example(REGION)}
BODIES: dict[tuple[str, str], dict[str, Any]] = {
    ("api_documents.acknowledge", "POST"): SIGNED,
    ("documents.acknowledge", "POST"): {**SIGNED, "version": "1"},
    ("api_documents.amend", "POST"): VALUES,
    ("api_documents.register", "POST"): {"date": "2022-03-01"},
    ("api_documents.update", "PUT"): VALUES,
    ("api_reports.make_report", "POST"): {"formats": ["docx"]},
    ("api_rosters.set_roster", "PUT"): {
        "roster": [{"name": "Вяземский район", "schools": ["№ 1"], "coordinator": "", "phone": ""}]
    },
    ("api_stages.reopen", "POST"): CLOSES,
    ("api_submissions.return_row", "POST"): {"comment": "Почему?"},
    ("api_submissions.save", "PATCH"): ROWS,
    ("api_submissions.submit", "POST"): ROWS,
    ("api_users.User", "PUT"): {"name": "Иванова Анна", "role": "clerk", "region": FOREIGN_REGION},
}
"""A body that fits, by endpoint and method; sent as JSON to the API and as a form to pages."""

JSON_PAGES = {"editing.check_row"}
"""Pages' endpoints that a script calls with JSON."""

UPLOADS = {
    "api_submissions.submit_file": "форма.xlsx",
    "reporting.send_file": "форма.xlsx",
    "api_submissions.attach": "протокол.pdf",
}
"""The name of the file that an endpoint takes."""

QUERIES = {
    "api_submissions.attach": "item=1&school_id=1",
    "api_submissions.form": "school_id=1",
    "api_documents.diff": "from=1&to=1",
    "api_documents.next_number": "date=2022-03-01",
}
"""What stands after the question mark, where an endpoint demands it."""


def make_samples(service: Service, folder: Path) -> Mapping[str, object]:
    """The things made, by the argument that leads to them."""
    world = build_world(service.database, service.reports, folder, REGION)
    clerk = Scope(Role.CLERK, REGION, login="ivanova")
    document = service.registry.create(clerk, example(REGION))
    said = _say(world)
    user = service.accounts.read(Scope.of_service(), world.analyst.account_id or 0)
    invitation, secret = service.accounts.invite(
        Scope(Role.ADMINISTRATOR, REGION), "Петрова Вера", role=Role.CLERK
    )
    token, _plain = service.accounts.issue_token(world.analyst, "портал")
    region = Scope(Role.ADMINISTRATOR, REGION, login="admin")
    shipped = (TEMPLATES / "order.docx").read_bytes()
    template, _faults = service.library.add_template(region, REGION, "order.docx", shipped)
    profile = service.library.add_profile(
        region, REGION, service.library.profile_text(region, REGION) + "\n# own\n"
    )
    return {
        "region": REGION,
        "template_id": template.id,
        "profile_id": profile.id,
        "file_number": 1,
        "user_id": user.id,
        "invitation_id": invitation.id,
        "secret": secret,
        "token_id": token.id,
        "number": document.id,
        "version": 1,
        "kind": "docx",
        "key": "0" * 64,
        "page": 1,
        "index": 0,
        "receipt_id": said.receipt_id,
        "answer_id": said.answer_id,
        "evidence_id": said.evidence_id,
        "stage_id": world.stage.id,
        "roadmap_id": world.stage.roadmap_id,
        "job_id": service.jobs.enqueue(world.analyst, "canary", {}).id,
        "municipality_id": world.vyazma.municipality_id,
    }


@dataclass(frozen=True)
class Said:
    """What a coordinator said and showed."""

    answer_id: int
    evidence_id: int
    receipt_id: int


def _say(world: World) -> Said:
    row = {"school_id": world.school("МБОУ СОШ № 1"), "item": "1", "status": "done"}
    receipt = world.submissions.submit(world.vyazma, world.stage.id, [row])
    (answer,) = world.submissions.answers(world.vyazma, world.stage.id)
    shown = world.submissions.attach(world.vyazma, world.stage.id, row, "а.pdf", b"%PDF-1.7\n%%EOF")
    return Said(answer.id, shown.id, receipt.id)


def address(app: Flask, rule: Rule, samples: Mapping[str, object]) -> str:
    """The address of the route with the samples in it; KeyError names an argument without one."""
    blueprint = rule.endpoint.partition(".")[0]
    values = {
        name: samples[f"{blueprint}.{name}" if f"{blueprint}.{name}" in samples else name]
        for name in rule.arguments
    }
    query = QUERIES.get(rule.endpoint)
    with app.test_request_context():
        bare = app.url_for(rule.endpoint, **values)  # type: ignore[arg-type]
    return f"{bare}?{query}" if query else bare
