"""A service filled to be looked at has something to do for everybody, and keeps its passwords."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from docgen import bootstrap
from docgen.bootstrap import Service, build_service, settings_in_force
from docgen.cli import serve
from docgen.models.accounts import Account, Role, Scope
from docgen.models.registry import State
from docgen.services.showcase import Guest
from docgen.store.schema import upgrade
from tests.conftest import REGIONS

pytestmark = pytest.mark.slow

SEER = Scope.of_service()


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    home = tmp_path_factory.mktemp("demo")
    settings = replace(settings_in_force(), home=home, database=f"sqlite:///{home / 'docgen.db'}")
    built = build_service(settings)
    upgrade(built.database)
    yield built
    built.close()


@pytest.fixture(scope="module")
def guests(service: Service) -> dict[str, Guest]:
    opened = bootstrap.showcase(service).open(service.settings.home)
    return {guest.login: guest for guest in opened}


def enter(service: Service, guest: Guest) -> Account:
    return service.accounts.sign_in(guest.login, guest.password)


def test_everybody_can_sign_in(service: Service, guests: dict[str, Guest]) -> None:
    roles = {enter(service, guest).role for guest in guests.values()}
    assert roles == set(Role)
    clerks = {guest.region for guest in guests.values() if guest.role == Role.CLERK}
    assert clerks == set(REGIONS)


def test_the_next_start_prints_the_same_passwords(
    service: Service, guests: dict[str, Guest]
) -> None:
    again = bootstrap.showcase(service).open(service.settings.home)
    assert {guest.login: guest for guest in again} == guests


def test_every_document_has_the_clerk_of_its_region_for_author(
    service: Service, guests: dict[str, Guest]
) -> None:
    names = {guest.region: guest.name for guest in guests.values() if guest.role == Role.CLERK}
    for stored in service.registry.documents(SEER, page_size=100).rows:
        assert stored.author == names[stored.region]


def test_the_clerk_has_a_draft_to_mend_and_an_amendment_to_register(
    service: Service, guests: dict[str, Guest]
) -> None:
    clerk = Scope.of(enter(service, guests["clerk"]))
    found = {d.kind: d for d in service.registry.documents(clerk, state=State.DRAFT).rows}
    assert set(found) == {"order", "amendment"}
    findings = service.registry.findings(clerk, found["order"].id)
    assert [f.code for f in findings if f.severity == "error"] == ["impossible-date"]
    assert len(findings) > 2


def test_the_coordinator_has_begun_and_mends_one_returned_row(
    service: Service, guests: dict[str, Guest]
) -> None:
    coordinator = Scope.of(enter(service, guests["coordinator"]))
    (stage,) = service.monitoring.stages(coordinator)
    first, *others = service.monitoring.duties(coordinator, stage.id)
    assert 0 < first.answered < first.asked
    assert first.returned == 1
    assert not any(duty.answered for duty in others)
    said = service.submissions.answers(coordinator, stage.id)
    assert [answer.returned for answer in said if answer.returned]


def test_the_printed_table_is_aligned_and_names_roles_in_russian(
    service: Service, guests: dict[str, Guest]
) -> None:
    lines = serve.introduction(service)
    rows = [line for line in lines if any(guest.password in line for guest in guests.values())]
    assert len(rows) == len(guests)
    assert (
        len(
            {
                row.index(guest.password)
                for row in rows
                for guest in guests.values()
                if guest.password in row
            }
        )
        == 1
    )
    assert any("делопроизводитель" in row and "Смоленская область" in row for row in rows)
    assert any("координатор" in row and guests["coordinator"].place in row for row in rows)
    assert "docgen user password" in lines[-1]


def test_every_receipt_bears_its_municipalitys_coordinator(
    service: Service, guests: dict[str, Guest]
) -> None:
    analyst = Scope.of(enter(service, guests["analyst"]))
    (stage,) = service.monitoring.stages(analyst)
    names = {place.id: place.coordinator for place in service.monitoring.municipalities(analyst)}
    given = service.submissions.receipts(analyst, stage.id)
    assert len(given) > 3
    assert all(receipt.author == names[receipt.municipality_id] for receipt in given)
