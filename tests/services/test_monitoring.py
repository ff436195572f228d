"""Rosters, stages, forms, progress and reports over both databases."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from docgen.errors import ConflictError, InputError, NotFoundError
from docgen.models.submissions import Municipality
from docgen.services.reports import Reports
from docgen.store.database import Database
from tests.services.conftest import example
from tests.services.stages import ROSTER, START, World, build_world


@pytest.fixture
def world(database: Database, reports: Reports, tmp_path: Path) -> World:
    return build_world(database, reports, tmp_path)


def test_an_order_is_published_once(world: World) -> None:
    roadmap = world.monitoring.roadmaps(world.analyst)[0]
    assert roadmap.schools == 3
    assert world.monitoring.roster(world.analyst, roadmap.id) == ROSTER
    with pytest.raises(ConflictError) as refused:
        world.monitoring.publish(world.analyst, roadmap.document_id, ROSTER)
    assert refused.value.code == "already-published"


def test_a_draft_or_a_foreign_order_is_not_published(world: World) -> None:
    draft = world.registry.create(world.analyst, example("smolensk"))
    with pytest.raises(ConflictError) as refused:
        world.monitoring.publish(world.analyst, draft.id, ROSTER)
    assert refused.value.code == "not-registered"
    day = date(2022, 1, 14)
    document = world.registry.register(world.analyst, draft.id, 1, date=day).id
    with pytest.raises(NotFoundError):
        world.monitoring.publish(world.foreign, document, ROSTER)
    assert world.monitoring.publishable(world.analyst) == [(document, world.order.title)]
    assert world.monitoring.publishable(world.foreign) == []


def test_a_new_roster_keeps_known_places_and_drops_others(world: World) -> None:
    roadmap = world.monitoring.roadmaps(world.analyst)[0]
    roster = [Municipality("ВЯЗЕМСКИЙ  район", ("МБОУ СОШ №\u00a02", "МБОУ СОШ № 3"))]
    world.monitoring.set_roster(world.analyst, roadmap.id, roster)
    found = world.monitoring.roster(world.analyst, roadmap.id)
    assert found == (replace(ROSTER[0], schools=("МБОУ СОШ № 2", "МБОУ СОШ № 3")),)
    with pytest.raises(InputError) as refused:
        world.monitoring.set_roster(world.analyst, roadmap.id, [Municipality("Пустой", ())])
    assert refused.value.code == "roster-empty"


def test_stage_takes_day_and_title_from_the_profile(world: World) -> None:
    assert world.stage.title == "первое полугодие"
    assert f"{world.stage.monitoring_date}" == "2022-06-30"
    with pytest.raises(ConflictError) as refused:
        world.monitoring.open_stage(
            world.analyst, world.stage.roadmap_id, 1, START + timedelta(days=1)
        )
    assert refused.value.code == "stage-exists"
    with pytest.raises(InputError) as late:
        world.monitoring.open_stage(world.analyst, world.stage.roadmap_id, 2, START)
    assert late.value.code == "closes-in-the-past"


def test_web_form_and_workbook_ask_the_same(world: World) -> None:
    one, seven = world.school("МБОУ СОШ № 1"), world.school("МБОУ СОШ № 7")
    form = world.monitoring.form(world.vyazma, world.stage.id, one)
    assert form.municipality == ROSTER[0].name
    book = world.monitoring.form_file(world.vyazma, world.stage.id)
    sheet = _rows(book)
    items = [row[3] for row in sheet if row[1] == "МБОУ СОШ № 1"]
    assert items == [row.item for row in form.rows]
    assert not any(row[1] == "МБОУ СОШ № 7" for row in sheet)
    with pytest.raises(NotFoundError):
        world.monitoring.form(world.vyazma, world.stage.id, seven)


def _rows(book: bytes) -> list[tuple[str, ...]]:
    sheet = load_workbook(BytesIO(book)).worksheets[0]
    return [tuple(str(cell or "") for cell in row) for row in sheet.iter_rows(values_only=True)]


def test_coordinators_see_their_own_duties(world: World) -> None:
    duties = world.monitoring.duties(world.vyazma, world.stage.id)
    assert [duty.name for duty in duties] == ["МБОУ СОШ № 1", "МБОУ СОШ № 2"]
    assert all(duty.asked and not duty.answered for duty in duties)
    everybody = world.monitoring.duties(world.analyst, world.stage.id)
    assert everybody[-1].name == "Региональный оператор"


@pytest.mark.parametrize("call", ["stage", "progress", "duties", "close_stage"])
def test_foreign_stage_is_as_if_it_did_not_exist(world: World, call: str) -> None:
    with pytest.raises(NotFoundError):
        getattr(world.monitoring, call)(world.foreign, world.stage.id)


def test_silence_is_never_counted_as_not_done(world: World) -> None:
    before = world.monitoring.progress(world.analyst, world.stage.id)
    assert before.report.total.not_done == 0
    assert len(before.silent) == 2
    assert before.report.total.missing == before.report.total.expected > 0


def test_progress_follows_what_is_sent_and_returned(world: World) -> None:
    school = world.school("МБОУ СОШ № 1")
    form = world.monitoring.form(world.vyazma, world.stage.id, school)
    item = next(row.item for row in form.rows if row.due)
    row = {"school_id": school, "item": item, "status": "done"}
    world.submissions.submit(world.vyazma, world.stage.id, [row])
    after = world.monitoring.progress(world.analyst, world.stage.id)
    assert after.report.total.done == 1
    assert [entry.place.name for entry in after.silent] == [ROSTER[1].name]
    assert after.receipts == 1
    again = world.monitoring.progress(world.analyst, world.stage.id)
    assert again.report is after.report  # nothing changed, nothing is computed
    answer = world.submissions.answers(world.analyst, world.stage.id)[0]
    world.submissions.return_row(world.analyst, answer.id, "Приложите протокол")
    returned = world.monitoring.progress(world.analyst, world.stage.id)
    assert [entry.returned for entry in returned.places] == [1, 0]


def test_taken_back_answers_are_not_in_the_report(world: World) -> None:
    school = world.school("МБОУ СОШ № 1")
    item = world.monitoring.form(world.vyazma, world.stage.id, school).rows[0].item
    for status in ("not_done", ""):
        row = {"school_id": school, "item": item, "status": status}
        world.submissions.submit(world.vyazma, world.stage.id, [row])
    _name, data = world.monitoring.report(world.analyst, world.stage.id, "json")
    assert json.loads(data)["submissions"] == []


def test_reports_and_letters_come_from_the_rows_of_the_database(world: World) -> None:
    name, docx = world.monitoring.report(world.analyst, world.stage.id, "docx")
    assert (name, docx[:2]) == ("smolensk-stage-1.docx", b"PK")
    archive, data = world.monitoring.letters(world.analyst, world.stage.id)
    assert archive == "letters-smolensk-stage-1.zip"
    assert zipfile.ZipFile(BytesIO(data)).namelist() == [
        "Вяземский район.docx",
        "Рославльский район.docx",
    ]
    with pytest.raises(NotFoundError):
        world.monitoring.report(world.foreign, world.stage.id, "json")
