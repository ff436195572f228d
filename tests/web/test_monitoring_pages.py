"""The coordinator's and the analyst's pages without a browser, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any
from urllib.parse import quote

import pytest
from werkzeug.test import TestResponse

from docgen.models.accounts import Role, Scope
from tests.services.stages import ROSTER
from tests.web.conftest import AsRole
from tests.web.monitored import Readers, readers

pytestmark = pytest.mark.slow

__all__ = ["readers"]
ANALYST = Scope(Role.ANALYST, "smolensk")
FILLED = {"status": "done", "comment": "сделано в срок", "evidence": "справка № 3"}


def address(readers: Readers) -> str:
    return f"/reporting/stages/{readers.stage}/form?school={readers.school}"


def post(readers: Readers, **fields: Any) -> TestResponse:
    """The form sent with these fields of the item, as `status="done"`."""
    named = {f"{key}.{readers.item}": value for key, value in fields.items()}
    return readers.coordinator.post(address(readers), data={"key": "k", **named})


def said(readers: Readers) -> dict[str, str]:
    found = readers.service.submissions.answers(ANALYST, readers.stage)
    return {answer.key.item: answer.values.comment for answer in found}


def test_sending_leads_to_a_receipt_and_sending_twice_to_the_same(readers: Readers) -> None:
    first = post(readers, status="done", comment="да")
    assert first.status_code == 302
    assert post(readers, status="done", comment="да").location == first.location
    page = readers.coordinator.get(first.location)
    assert "№ 1" in page.text
    assert readers.neighbour.get(first.location).status_code == 404


def test_a_mistake_keeps_what_was_typed(readers: Readers) -> None:
    page = post(readers, status="done", date="31.02.2022", comment="<b>& «так»")
    assert page.status_code == 422
    assert "&lt;b&gt;&amp; «так»" in page.text
    assert "31.02.2022" in page.text
    assert 'aria-invalid="true"' in page.text
    assert said(readers) == {}


def test_a_closed_stage_gives_back_what_was_typed(readers: Readers) -> None:
    readers.analyst.post(f"{readers.base}/close")
    page = post(readers, status="done", comment="не успели")
    assert page.status_code == 409
    assert "не успели" in page.text


@pytest.fixture
def second(readers: Readers) -> Readers:
    """The readers at the second stage, when the first was answered."""
    readers.send(comment="сделано в срок", evidence="справка № 3")
    roadmap = readers.analyst.get(f"{readers.base}").json["roadmap_id"]
    closes = (datetime.now(UTC) + timedelta(days=2)).isoformat()
    opened = {"roadmap_id": roadmap, "number": 2, "closes_at": closes}
    return replace(readers, stage=readers.analyst.post("/api/v1/stages", json=opened).json["id"])


def test_open_fields_are_filled_in_as_last_time_and_nothing_is_kept(second: Readers) -> None:
    assert "Заполнить как в прошлый раз" in second.coordinator.get(address(second)).text
    page = second.coordinator.post(address(second), data={"before": "fill", "key": "k"})
    assert page.status_code == 200
    assert "сделано в срок" in page.text
    assert "справка № 3" in page.text
    assert said(second) == {}


def test_what_was_typed_stands_above_what_was_said_last_time(second: Readers) -> None:
    typed = {"before": "fill", f"comment.{second.item}": "иначе"}
    text = second.coordinator.post(address(second), data=typed).text
    assert "иначе" in text
    assert "сделано в срок" not in text


def test_filling_in_as_last_time_is_undone_by_one_button(second: Readers) -> None:
    filled = {f"{key}.{second.item}": value for key, value in FILLED.items()}
    page = second.coordinator.post(address(second), data={"before": "undo", **filled})
    assert "сделано в срок" not in page.text
    own = {**filled, f"comment.{second.item}": "правка"}
    assert "правка" in second.coordinator.post(address(second), data={"before": "undo", **own}).text


def test_what_was_filled_in_as_last_time_can_be_sent(second: Readers) -> None:
    assert post(second, **FILLED).status_code == 302
    assert said(second) == {second.item: "сделано в срок"}


def test_the_first_stage_has_nothing_to_repeat(readers: Readers) -> None:
    assert "как в прошлый раз" not in readers.coordinator.get(address(readers)).text


def test_who_was_signed_out_comes_back_to_the_form(readers: Readers) -> None:
    stranger = readers.coordinator.application.test_client()
    page = stranger.get("/sign-in").text
    token = page.split('name="csrf-token" content="')[1].split('"')[0]
    answer = stranger.post(address(readers), data={"csrf_token": token})
    assert answer.location == f"/sign-in?next={quote(address(readers), safe='/?')}"


def test_untouched_rows_leave_a_colleague_s_answer(readers: Readers) -> None:
    readers.send(comment="сперва")
    seen = "done||||сперва"
    readers.send(comment="коллега")
    post(readers, status="done", comment="сперва", seen=seen)
    assert said(readers) == {readers.item: "коллега"}
    post(readers, status="done", comment="теперь я", seen=seen)
    assert said(readers) == {readers.item: "теперь я"}


def test_files_are_kept_even_beside_a_mistake(readers: Readers) -> None:
    pdf = (BytesIO(b"%PDF-1.7\n%%EOF"), "Протокол.pdf")
    page = post(readers, status="done", date="нет", file=pdf)
    assert page.status_code == 422
    assert "Протокол.pdf" in page.text
    program = (BytesIO(b"MZ"), "Протокол.pdf")
    assert post(readers, status="done", file=program).status_code == 422
    kept = readers.service.monitoring.form(ANALYST, readers.stage, readers.school).rows
    file = next(row.files[0] for row in kept if row.files)
    got = readers.analyst.get(f"/reporting/evidence/{file.id}")
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert readers.neighbour.get(f"/reporting/evidence/{file.id}").status_code == 404
    assert post(readers, status="done", remove=str(file.id)).status_code == 302


def test_removing_a_file_saves_what_was_typed(readers: Readers) -> None:
    post(readers, status="done", file=(BytesIO(b"%PDF-1.7\n%%EOF"), "a.pdf"))
    kept = readers.service.monitoring.form(ANALYST, readers.stage, readers.school).rows
    file = next(row.files[0] for row in kept if row.files)
    fields = {
        "remove": str(file.id),
        f"status.{readers.item}": "partial",
        f"comment.{readers.item}": "ещё нет",
    }
    assert readers.coordinator.post(address(readers), data=fields).status_code == 302
    assert said(readers) == {readers.item: "ещё нет"}
    assert readers.coordinator.get(f"/reporting/evidence/{file.id}").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/monitoring/stages/{stage}",
        "/monitoring/stages/{stage}/figures",
        "/reporting/stages/{stage}/sent",
        "/reporting/stages/{stage}/form",
        "/monitoring/stages/{stage}/municipalities/1",
    ],
)
def test_pages_of_a_foreign_stage_answer_404(readers: Readers, path: str) -> None:
    assert readers.stranger.get(path.format(stage=readers.stage)).status_code == 404


def test_pages_are_for_their_roles(readers: Readers, as_role: AsRole) -> None:
    assert readers.coordinator.get("/monitoring").status_code == 403
    assert readers.analyst.get("/reporting").status_code == 403
    assert as_role(Role.CLERK).get("/monitoring").status_code == 403
    assert (
        as_role(Role.ADMINISTRATOR, None).get(f"/monitoring/stages/{readers.stage}").status_code
        == 200
    )


def test_the_analyst_s_pages_show_what_is_said(readers: Readers) -> None:
    readers.send(comment="протокол на сайте", evidence="javascript:alert(1)")
    stage = readers.analyst.get(f"/monitoring/stages/{readers.stage}").text
    assert ROSTER[1].name in stage
    home = readers.analyst.get("/api/v1/municipalities").json[0]["id"]
    page = readers.analyst.get(f"/monitoring/stages/{readers.stage}/municipalities/{home}").text
    assert "протокол на сайте" in page
    assert 'href="javascript:' not in page
    answer = readers.service.submissions.answers(ANALYST, readers.stage)[0]
    fields = {"stage": readers.stage, "municipality": home, "comment": " "}
    path = f"/monitoring/answers/{answer.id}/return"
    assert readers.analyst.post(path, data=fields).status_code == 422
    assert readers.analyst.post(path, data=fields | {"comment": "Почему?"}).status_code == 302


def test_a_roster_with_bad_lines_is_refused_line_by_line(readers: Readers) -> None:
    roadmap = readers.service.monitoring.roadmaps(ANALYST)[0].id
    path = f"/monitoring/roadmaps/{roadmap}/roster"
    page = readers.analyst.post(path, data={"roster": "Район; Школа\nбез школы\n"})
    assert page.status_code == 422
    assert "без школы" in page.text
    book = readers.analyst.get(f"{readers.base}/form.xlsx").data
    sent = readers.analyst.post(path, data={"file": (BytesIO(book), "состав.xlsx")})
    assert sent.status_code == 302
    roster = readers.service.monitoring.roster(ANALYST, roadmap)
    assert [(entry.name, entry.schools) for entry in roster] == [
        (entry.name, entry.schools) for entry in ROSTER
    ]


def test_a_stage_opens_on_another_day_than_the_profile_plans(readers: Readers) -> None:
    roadmap = readers.service.monitoring.roadmaps(ANALYST)[0].id
    path = f"/monitoring/roadmaps/{roadmap}/stages"
    fields = {"number": "2", "closes_at": "2099-01-01T12:00", "monitoring_date": "2023-02-30"}
    assert readers.analyst.post(path, data=fields).status_code == 422
    opened = readers.analyst.post(path, data=fields | {"monitoring_date": "2023-03-01"})
    assert opened.status_code == 302
    stage = {s.number: s for s in readers.service.monitoring.stages(ANALYST, roadmap)}[2]
    assert stage.monitoring_date.isoformat() == "2023-03-01"
    assert stage.title == "второе полугодие"
