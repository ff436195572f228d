"""What coordinators send: receipts, history, repeated requests, closed stages, files."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import BytesIO
from operator import itemgetter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from sqlalchemy import func, select

from docgen.errors import ConflictError, InputError, NotFoundError
from docgen.services.reports import Reports
from docgen.store.database import Database
from docgen.store.tables import receipts, submission_history, submissions
from tests.services.stages import World, build_world

PDF = b"%PDF-1.7\n%%EOF"


@pytest.fixture
def world(database: Database, reports: Reports, tmp_path: Path) -> World:
    return build_world(database, reports, tmp_path)


@pytest.fixture
def one_world(world: World) -> World:
    """The same world for all examples of a property: each begins with what the former left."""
    return world


def row(world: World, at: int = 0, **said: Any) -> dict[str, Any]:
    """An answer to one of the school's questions."""
    school = world.school("МБОУ СОШ № 1")
    asked = world.monitoring.form(world.vyazma, world.stage.id, school).rows[at]
    return {"school_id": school, "item": asked.item, "status": "done"} | said


def test_receipts_are_numbered_within_the_stage(world: World) -> None:
    sent = world.submissions
    first = sent.submit(world.vyazma, world.stage.id, [row(world, 0), row(world, 1)])
    second = sent.submit(world.vyazma, world.stage.id, [row(world, 0, status="partial")])
    assert (first.ordinal, first.rows, second.ordinal, second.rows) == (1, 2, 2, 1)
    assert [receipt.ordinal for receipt in sent.receipts(world.analyst, world.stage.id)] == [2, 1]
    assert sent.receipts(world.roslavl, world.stage.id) == []
    with pytest.raises(NotFoundError):
        sent.receipt(world.roslavl, first.id)


def test_everything_said_stays_in_the_history(world: World) -> None:
    sent = world.submissions
    for said in ({"value": "12"}, {"value": "12"}, {"status": "not_done", "comment": "нет денег"}):
        sent.submit(world.vyazma, world.stage.id, [row(world, **said)])
    answer = sent.answers(world.vyazma, world.stage.id)[0]
    history = sent.history(world.vyazma, answer.id)
    assert [(said.version, said.values["status"], said.receipt) for said in history] == [
        (2, "not_done", 3),
        (1, "done", 1),
    ]
    assert history[0].author == "Vyazma"


def test_saved_rows_get_the_receipt_that_is_asked_for_later(world: World) -> None:
    sent = world.submissions
    saved = sent.save(world.vyazma, world.stage.id, [row(world)])
    assert (saved.rows, saved.changed) == (1, 1)
    assert sent.receipts(world.vyazma, world.stage.id) == []
    receipt = sent.submit(world.vyazma, world.stage.id, [row(world), row(world, 1)])
    _receipt, rows = sent.receipt(world.vyazma, receipt.id)
    assert len(rows) == 2


def test_one_key_gives_one_receipt_and_refuses_another_body(world: World) -> None:
    sent = world.submissions
    first = sent.submit(world.vyazma, world.stage.id, [row(world)], key="a")
    assert sent.submit(world.vyazma, world.stage.id, [row(world)], key="a") == first
    with pytest.raises(ConflictError) as refused:
        sent.submit(world.vyazma, world.stage.id, [row(world, 1)], key="a")
    assert refused.value.code == "key-reused"
    world.clock.now += timedelta(days=30)  # also when the stage has closed meanwhile
    assert sent.submit(world.vyazma, world.stage.id, [row(world)], key="a") == first


@pytest.mark.parametrize("key", ["", "same"])
def test_twenty_equal_submissions_at_once_make_one_row(world: World, key: str) -> None:
    said = row(world)
    with ThreadPoolExecutor(20) as threads:
        made = list(
            threads.map(
                lambda _n: world.submissions.submit(world.vyazma, world.stage.id, [said], key),
                range(20),
            )
        )
    with world.database.read() as connection:
        rows, history, given = (
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (submissions, submission_history, receipts)
        )
    assert (rows, history) == (1, 1)
    assert sorted({receipt.ordinal for receipt in made}) == list(range(1, given + 1))
    assert given == (1 if key else 20)


def test_a_closed_stage_takes_nothing_until_it_is_reopened(world: World) -> None:
    world.monitoring.close_stage(world.analyst, world.stage.id)
    with pytest.raises(ConflictError) as refused:
        world.submissions.submit(world.vyazma, world.stage.id, [row(world)])
    assert refused.value.code == "stage-closed"
    world.monitoring.reopen_stage(
        world.analyst, world.stage.id, world.clock.now + timedelta(hours=1)
    )
    assert world.submissions.submit(world.vyazma, world.stage.id, [row(world)]).ordinal == 1
    world.clock.now += timedelta(hours=1)
    with pytest.raises(ConflictError):
        world.submissions.save(world.vyazma, world.stage.id, [row(world)])


def test_every_fault_is_named_and_nothing_is_saved(world: World) -> None:
    rows = [
        row(world, 0),
        row(world, 1, status="готово"),
        row(world, 2, date="31.02.2022"),
        row(world, 3, date="01.07.2022", value="много"),
        row(world, 4, status="", comment="забыл статус"),
        row(world, 0),
        row(world, 5, comment="я" * 4001),
        row(world, 0) | {"item": "999"},
    ]
    with pytest.raises(InputError) as refused:
        world.submissions.submit(world.vyazma, world.stage.id, rows)
    assert [(problem.path, problem.code) for problem in refused.value.problems] == [
        ("rows[1].status", "unknown-word"),
        ("rows[2].date", "impossible-date"),
        ("rows[3].value", "wrong-type"),
        ("rows[4].status", "missing-key"),
        ("rows[5].item", "duplicate-row"),
        ("rows[6].comment", "too-long"),
        ("rows[7].item", "not-asked"),
    ]
    assert world.submissions.answers(world.vyazma, world.stage.id) == []


def test_the_day_must_be_within_the_stage(world: World) -> None:
    with pytest.raises(InputError) as refused:
        world.submissions.submit(world.vyazma, world.stage.id, [row(world, date="01.07.2022")])
    assert [problem.code for problem in refused.value.problems] == ["date-outside-stage"]


def test_nobody_answers_for_others(world: World) -> None:
    for said in (
        row(world) | {"school_id": world.school("МБОУ СОШ № 7")},
        row(world) | {"school_id": None, "municipality_id": world.roslavl.municipality_id},
        row(world) | {"school_id": None, "municipality_id": None},
    ):
        with pytest.raises(NotFoundError):
            world.submissions.submit(world.vyazma, world.stage.id, [said])
    with pytest.raises(NotFoundError):
        world.submissions.submit(world.foreign, world.stage.id, [row(world)])


def test_the_operator_answers_for_the_region(world: World) -> None:
    form = world.monitoring.form(world.analyst, world.stage.id)
    said = {"school_id": None, "municipality_id": None, "item": form.rows[0].item, "status": "done"}
    for _again in range(2):
        world.submissions.submit(world.analyst, world.stage.id, [said])
    assert len(world.submissions.answers(world.analyst, world.stage.id)) == 1
    assert world.submissions.answers(world.vyazma, world.stage.id) == []


def test_a_returned_answer_waits_until_it_is_sent_anew(world: World) -> None:
    sent = world.submissions
    sent.submit(world.vyazma, world.stage.id, [row(world)])
    answer = sent.answers(world.analyst, world.stage.id)[0]
    with pytest.raises(InputError):
        sent.return_row(world.analyst, answer.id, " ")
    with pytest.raises(NotFoundError):
        sent.return_row(world.foreign, answer.id, "Почему?")
    sent.return_row(world.analyst, answer.id, "Приложите протокол")
    form = world.monitoring.form(world.vyazma, world.stage.id, answer.key.school_id)
    assert form.returned == 1
    sent.save(world.vyazma, world.stage.id, [row(world)])  # the same as before mends nothing
    assert sent.answers(world.vyazma, world.stage.id)[0].returned == "Приложите протокол"
    sent.submit(world.vyazma, world.stage.id, [row(world)])
    assert sent.answers(world.vyazma, world.stage.id)[0].returned is None


def test_a_filled_workbook_is_taken_as_it_is(world: World) -> None:
    book = _filled(world.monitoring.form_file(world.vyazma, world.stage.id), "выполнено")
    receipt = world.submissions.submit_file(world.vyazma, world.stage.id, "форма.xlsx", book)
    duties = world.monitoring.duties(world.vyazma, world.stage.id)
    assert receipt.rows == sum(duty.asked for duty in duties)
    assert all(duty.asked == duty.answered for duty in duties)
    with pytest.raises(InputError) as refused:  # another municipality's form
        world.submissions.submit_file(world.roslavl, world.stage.id, "форма.xlsx", book)
    assert {problem.code for problem in refused.value.problems} == {"unknown-name"}
    assert "I6" not in refused.value.problems[0].place
    empty = world.monitoring.form_file(world.vyazma, world.stage.id)
    with pytest.raises(InputError) as nothing:
        world.submissions.submit_file(world.vyazma, world.stage.id, "форма.xlsx", empty)
    assert nothing.value.code == "nothing-filled-in"


def _filled(book: bytes, status: str) -> bytes:
    opened = load_workbook(BytesIO(book))
    sheet = opened.worksheets[0]
    for line in sheet.iter_rows(min_row=6):
        line[8].value = status
    stream = BytesIO()
    opened.save(stream)
    return stream.getvalue()


def test_files_confirm_an_answer_within_its_municipality(world: World) -> None:
    sent = world.submissions
    kept = sent.attach(
        world.vyazma, world.stage.id, row(world), "C:\\docs\\про\u202eтокол.exe", PDF
    )
    assert (kept.name, kept.media_type) == ("протокол.exe.pdf", "application/pdf")
    assert sent.attach(world.vyazma, world.stage.id, row(world), "ещё.pdf", PDF) == kept
    assert sent.evidence(world.analyst, kept.id) == (kept, PDF)
    with pytest.raises(NotFoundError):
        sent.evidence(world.roslavl, kept.id)
    with pytest.raises(NotFoundError):
        sent.detach(world.roslavl, kept.id)
    sent.submit(world.vyazma, world.stage.id, [row(world)])
    report = world.monitoring.progress(world.analyst, world.stage.id).report
    assert report.submissions[0].evidence == "протокол.exe.pdf"
    sent.detach(world.vyazma, kept.id)
    with pytest.raises(NotFoundError):
        sent.evidence(world.vyazma, kept.id)
    world.monitoring.close_stage(world.analyst, world.stage.id)
    with pytest.raises(ConflictError):
        sent.attach(world.vyazma, world.stage.id, row(world), "a.pdf", PDF)


SAID = st.fixed_dictionaries(
    {
        "at": st.integers(0, 3),
        "status": st.sampled_from(["done", "partial", "not_done", "not_due", ""]),
        "comment": st.sampled_from(["", "нет средств"]),
    }
)


@pytest.mark.slow
@given(turns=st.lists(st.lists(SAID, min_size=1, max_size=4, unique_by=itemgetter("at"))))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_history_replays_to_what_is_said_now(one_world: World, turns: list[list[Any]]) -> None:
    school = one_world.school("МБОУ СОШ № 1")
    asked = one_world.monitoring.form(one_world.vyazma, one_world.stage.id, school).rows
    sent = one_world.submissions
    said: dict[str, tuple[str, str]] = _now(one_world)
    given = len(sent.receipts(one_world.vyazma, one_world.stage.id))
    for turn in turns:
        rows = [
            {
                "school_id": school,
                "item": asked[each["at"]].item,
                "status": each["status"],
                "comment": each["comment"] if each["status"] else "",
            }
            for each in turn
        ]
        for each in rows:
            if each["status"] or each["item"] in said:
                said[each["item"]] = (each["status"] or "no_data", each["comment"])
        given += 1
        assert sent.submit(one_world.vyazma, one_world.stage.id, rows).ordinal == given
    assert _now(one_world) == said


def _now(world: World) -> dict[str, tuple[str, str]]:
    """What is said now; each answer is the last of its history, whose versions have no gaps."""
    found = {}
    for answer in world.submissions.answers(world.vyazma, world.stage.id):
        history = world.submissions.history(world.vyazma, answer.id)
        assert [entry.version for entry in history] == list(range(answer.version, 0, -1))
        assert all(entry.receipt for entry in history)
        last = history[0].values
        assert (last["status"], last["comment"]) == (answer.values.status, answer.values.comment)
        found[answer.key.item] = (answer.values.status, answer.values.comment)
    return found
