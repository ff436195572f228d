"""Moments are read and typed by the clock of the reader's region; programs are given UTC."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from docgen.bootstrap import Service
from docgen.models.accounts import Role, Scope
from docgen.models.submissions import Municipality
from docgen.web.templating import offset_of
from tests.conftest import EXAMPLES
from tests.services.stages import registered
from tests.web.conftest import AsRole

pytestmark = pytest.mark.slow

CLOSES = datetime(2099, 12, 6, 18, 59, tzinfo=UTC)
"""23:59 in Yugra, 22:59 in Astrakhan, 21:59 in Moscow."""

ROSTER = (Municipality("Сургутский район", ("МБОУ СОШ № 1",)),)


def monitored(service: Service, region: str) -> int:
    """The id of a roadmap of the region's published order."""
    order = service.documents.load(EXAMPLES / f"{region}.yaml")
    analyst = Scope(Role.ANALYST, region, login="test")
    return service.monitoring.publish(analyst, registered(service.registry, order), ROSTER).id


def opened(service: Service, region: str) -> int:
    """The id of its first stage, which closes at `CLOSES`."""
    analyst = Scope(Role.ANALYST, region, login="test")
    roadmap = monitored(service, region)
    return service.monitoring.open_stage(analyst, roadmap, 1, CLOSES).id


@pytest.mark.parametrize(
    ("region", "local"),
    [
        ("yugra", "06.12.2099 23:59 (UTC+5)"),
        ("astrakhan", "06.12.2099 22:59 (UTC+4)"),
        ("smolensk", "06.12.2099 21:59 (UTC+3)"),
    ],
)
def test_a_deadline_is_read_by_the_clock_of_the_region_which_is_named(
    service: Service, as_role: AsRole, region: str, local: str
) -> None:
    stage = opened(service, region)
    home = service.monitoring.municipalities(Scope.of_service())[0].id
    coordinator = as_role(Role.COORDINATOR, region, home)
    school = service.monitoring.schools(Scope.of_service())[0].id
    assert local in coordinator.get("/reporting").text
    assert local in coordinator.get(f"/reporting/stages/{stage}/form?school={school}").text
    analyst = as_role(Role.ANALYST, region)
    assert local in analyst.get("/monitoring").text
    assert local in analyst.get(f"/monitoring/stages/{stage}").text


def test_an_administrator_of_all_regions_reads_moscow_time(
    service: Service, as_role: AsRole
) -> None:
    stage = opened(service, "yugra")
    page = as_role(Role.ADMINISTRATOR, None).get(f"/monitoring/stages/{stage}").text
    assert "06.12.2099 21:59 (UTC+3)" in page


@pytest.mark.parametrize(
    ("role", "region", "typed"),
    [
        (Role.ANALYST, "yugra", "2099-12-06T23:59"),
        (Role.ADMINISTRATOR, None, "2099-12-06T21:59"),
    ],
)
def test_a_closing_time_is_read_by_the_clock_of_whoever_typed_it(
    service: Service, as_role: AsRole, role: Role, region: str | None, typed: str
) -> None:
    roadmap = monitored(service, "yugra")
    browser = as_role(role, region)
    form = {"number": "1", "closes_at": typed}
    assert browser.post(f"/monitoring/roadmaps/{roadmap}/stages", data=form).status_code == 302
    (stage,) = service.monitoring.stages(Scope.of_service())
    assert stage.closes_at == CLOSES


@pytest.mark.parametrize("typed", ["0001-01-01T00:00", "9999-12-31T23:59", "завтра", ""])
def test_no_closing_time_breaks_the_page(service: Service, as_role: AsRole, typed: str) -> None:
    roadmap = monitored(service, "yugra")
    form = {"number": "1", "closes_at": typed}
    answer = as_role(Role.ANALYST, "yugra").post(
        f"/monitoring/roadmaps/{roadmap}/stages", data=form
    )
    assert answer.status_code in (302, 422)


def test_programs_are_given_utc(service: Service, as_role: AsRole) -> None:
    analyst = as_role(Role.ANALYST, "yugra")
    body = {"roadmap_id": monitored(service, "yugra"), "number": 1}
    sent = body | {"closes_at": "2099-12-06T23:59:00+05:00"}
    made = analyst.post("/api/v1/stages", json=sent).json
    again = analyst.get(f"/api/v1/stages/{made['id']}").json
    assert made["closes_at"] == again["closes_at"] == "2099-12-06T18:59:00+00:00"
    (listed,) = analyst.get("/api/v1/documents").json
    assert listed["updated_at"].endswith("+00:00")


def receipt(browser: FlaskClient, stage: int, school: int, item: str) -> str:
    form = {"key": "1", f"status.{item}": "done"}
    address = f"/reporting/stages/{stage}/form?school={school}"
    return browser.post(address, data=form, follow_redirects=True).text


def test_a_receipt_and_the_audit_log_tell_the_same_local_moment(
    service: Service, as_role: AsRole
) -> None:
    stage = opened(service, "yugra")
    (school,) = service.monitoring.schools(Scope.of_service())
    coordinator = as_role(Role.COORDINATOR, "yugra", school.municipality_id)
    item = service.monitoring.form(Scope.of_service(), stage, school.id).rows[0].item
    shown = receipt(coordinator, stage, school.id, item)
    (given,) = service.submissions.receipts(Scope.of_service(), stage)
    hour = (given.created_at.hour + 5) % 24
    assert f"{hour:02}:{given.created_at:%M} (UTC+5)" in shown
    log = as_role(Role.ADMINISTRATOR, "yugra").get("/audit/").text
    assert f"{hour:02}:{given.created_at:%M}<" in log


def test_an_invitation_names_the_zone_of_the_region_it_leads_to(
    service: Service, client: FlaskClient
) -> None:
    admin = Scope(Role.ADMINISTRATOR)
    _made, secret = service.accounts.invite(admin, "Петрова Вера", role=Role.CLERK, region="yugra")
    assert "(UTC+5)" in client.get(f"/invitation/{secret}").text


@pytest.mark.parametrize(
    ("moment", "name"),
    [
        ("2026-12-06T23:59+05:00", "UTC+5"),
        ("2026-12-06T23:59+00:00", "UTC+0"),
        ("2026-12-06T23:59+05:45", "UTC+5:45"),
        ("2026-12-06T23:59-03:30", "UTC-3:30"),
    ],
)
def test_a_zone_is_named_by_its_distance(moment: str, name: str) -> None:
    assert offset_of(datetime.fromisoformat(moment)) == name
