"""Browsers of everybody who has to do with one open stage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from docgen.bootstrap import Service
from docgen.models.accounts import Role
from tests.conftest import EXAMPLES
from tests.services.stages import ROSTER, registered
from tests.web.conftest import AsRole


@dataclass
class Readers:
    """Browsers of everybody who has to do with one open stage."""

    service: Service
    analyst: FlaskClient
    coordinator: FlaskClient
    neighbour: FlaskClient
    stranger: FlaskClient
    stage: int
    school: int
    item: str

    @property
    def base(self) -> str:
        return f"/api/v1/stages/{self.stage}"

    def send(self, key: str = "", **said: Any) -> TestResponse:
        row = {"school_id": self.school, "item": self.item, "status": "done", **said}
        headers = {"Idempotency-Key": key} if key else {}
        return self.coordinator.post(
            f"{self.base}/submissions", json={"rows": [row]}, headers=headers
        )


@pytest.fixture
def readers(service: Service, as_role: AsRole) -> Readers:
    analyst = as_role(Role.ANALYST)
    order = service.documents.load(EXAMPLES / "smolensk.yaml")
    roster = [
        {"name": entry.name, "schools": list(entry.schools), "coordinator": "", "phone": ""}
        for entry in ROSTER
    ]
    body = {"document_id": registered(service.registry, order), "roster": roster}
    roadmap = analyst.post("/api/v1/roadmaps", json=body).json
    closes = (datetime.now(UTC) + timedelta(days=2)).isoformat()
    opened = {"roadmap_id": roadmap["id"], "number": 1, "closes_at": closes}
    stage = analyst.post("/api/v1/stages", json=opened).json["id"]
    homes = {place["name"]: place["id"] for place in analyst.get("/api/v1/municipalities").json}
    coordinator = as_role(Role.COORDINATOR, municipality_id=homes[ROSTER[0].name])
    school = coordinator.get("/api/v1/schools").json[0]["id"]
    form = coordinator.get(f"/api/v1/stages/{stage}/form?school_id={school}").json
    return Readers(
        service=service,
        analyst=analyst,
        coordinator=coordinator,
        neighbour=as_role(Role.COORDINATOR, municipality_id=homes[ROSTER[1].name]),
        stranger=as_role(Role.ANALYST, "kirov"),
        stage=stage,
        school=school,
        item=next(row["item"] for row in form["rows"] if row["due"]),
    )
