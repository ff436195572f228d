from __future__ import annotations

import copy
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest

from docgen.errors import (
    AmendmentError,
    ConflictError,
    DocgenError,
    FindingsError,
    InputError,
    NotFoundError,
)
from docgen.models.accounts import Role, Scope
from docgen.models.registry import Misgiving, State, StoredDocument
from docgen.render.readback import document_text
from docgen.services.registry import Registry
from docgen.store import audit
from docgen.store.database import Database
from tests.conftest import EXAMPLES, REGIONS
from tests.services.conftest import SMOLENSK, YUGRA, example

DAY = date(2021, 12, 30)


def changed(values: dict[str, Any], **cells: str) -> dict[str, Any]:
    """The values with other texts in the first row."""
    copied = copy.deepcopy(values)
    copied["annexes"][0]["sections"][0]["items"][0].update(cells)
    return copied


def registered(
    registry: Registry, scope: Scope = SMOLENSK, number: str | None = None, day: date = DAY
) -> StoredDocument:
    draft = registry.create(scope, example(scope.region or "smolensk"))
    return registry.register(scope, draft.id, 1, date=day, number=number)


# -- drafts -------------------------------------------------------------------------------------


def test_a_draft_reads_back_as_it_was_written(registry: Registry) -> None:
    values = example("smolensk")
    made = registry.create(SMOLENSK, values)
    stored, read = registry.read(SMOLENSK, made.id)
    assert read == values
    assert (stored.state, stored.version, stored.etag) == (State.DRAFT, 1, f"{stored.id}-1")
    assert stored.title == values["title"]


def test_refuses_values_that_are_no_order_with_every_path(registry: Registry) -> None:
    values = changed(example("smolensk"), activty="опечатка") | {"date": "31.02.2022"}
    with pytest.raises(InputError) as refused:
        registry.create(SMOLENSK, values)
    paths = {problem.path for problem in refused.value.problems}
    assert paths == {"date", "annexes[0].sections[0].items[0].activty"}


def test_keeps_a_draft_that_is_hardly_begun(registry: Registry) -> None:
    values = {"region": "smolensk", "title": "", "preamble": "", "points": []}
    assert registry.read(SMOLENSK, registry.create(SMOLENSK, values).id)[1] == values


def test_a_clerk_makes_no_document_of_another_region(registry: Registry) -> None:
    with pytest.raises(InputError) as refused:
        registry.create(SMOLENSK, example("yugra"))
    assert refused.value.code == "foreign-region"


CALLS: list[Any] = [
    lambda registry, id_: registry.read(YUGRA, id_),
    lambda registry, id_: registry.update(YUGRA, id_, 1, example("yugra")),
    lambda registry, id_: registry.findings(YUGRA, id_),
    lambda registry, id_: registry.acknowledge(YUGRA, id_, 1, ("number-gap", ""), "так"),
    lambda registry, id_: registry.next_number(YUGRA, id_, DAY),
    lambda registry, id_: registry.register(YUGRA, id_, 1, date=DAY),
    lambda registry, id_: registry.withdraw(YUGRA, id_, 1),
    lambda registry, id_: registry.restore(YUGRA, id_),
    lambda registry, id_: registry.versions(YUGRA, id_),
    lambda registry, id_: registry.diff(YUGRA, id_, 1, 1),
    lambda registry, id_: registry.file(YUGRA, id_, None, "json"),
    lambda registry, id_: registry.page_picture(YUGRA, id_, "0" * 32, 1),
    lambda registry, id_: registry.consolidated(YUGRA, id_),
    lambda registry, id_: registry.amend(YUGRA, id_, example("yugra")),
    lambda registry, id_: registry.settle_doubts(YUGRA, id_),
]


@pytest.mark.parametrize("call", range(len(CALLS)))
def test_a_foreign_document_is_as_if_it_did_not_exist(registry: Registry, call: int) -> None:
    made = registry.create(SMOLENSK, example("smolensk"))
    with pytest.raises(NotFoundError):
        CALLS[call](registry, made.id)


def test_a_coordinator_sees_no_drafts(registry: Registry) -> None:
    draft = registry.create(SMOLENSK, example("smolensk"))
    coordinator = Scope(Role.COORDINATOR, "smolensk", 1)
    with pytest.raises(NotFoundError):
        registry.read(coordinator, draft.id)
    registry.register(SMOLENSK, draft.id, 1, date=DAY)
    assert registry.read(coordinator, draft.id)[0].state == State.REGISTERED


@pytest.mark.parametrize(
    ("search", "found"),
    [("", 2), ("плана-графика", 1), ("ПЛАНА-ГРАФ", 1), ("учёт", 1), ("УЧЕТ журнала", 1),
     ("100%", 0), ("нет_такого", 0)],
)  # fmt: skip
def test_search_finds_words_of_the_title_in_any_case(
    registry: Registry, search: str, found: int
) -> None:
    registry.create(SMOLENSK, example("smolensk"))
    registry.create(SMOLENSK, example("smolensk") | {"title": "Об учете в журнале и Журнала"})
    assert registry.documents(SMOLENSK, search=search).total == found


def test_lists_are_sorted_filtered_and_paged(registry: Registry) -> None:
    for title in "БАВ":
        registry.create(SMOLENSK, example("smolensk") | {"title": title})
    registry.create(YUGRA, example("yugra"))
    numbered = registered(registry, number="245-ссл/г")
    assert [
        d.title for d in registry.documents(SMOLENSK, state=State.DRAFT, sort="title").rows
    ] == [*"АБВ"]
    newest = registry.documents(SMOLENSK, page_size=2)
    assert newest.rows[0].id == numbered.id
    assert (newest.total, newest.count) == (4, 2)
    assert len(registry.documents(SMOLENSK, page=2, page_size=3).rows) == 1
    assert registry.documents(SMOLENSK, search="245").total == 1
    assert registry.documents(Scope.of_service()).total == 5


# -- versions -----------------------------------------------------------------------------------


def test_each_change_is_a_version_with_its_reason_and_hash(registry: Registry) -> None:
    made = registry.create(SMOLENSK, example("smolensk"))
    values = changed(example("smolensk"), deadline="до 1 марта 2022 г.")
    saved = registry.update(SMOLENSK, made.id, 1, values, "уточнен срок")
    versions = registry.versions(SMOLENSK, made.id)
    assert [(v.version, v.reason) for v in versions] == [(2, "уточнен срок"), (1, "created")]
    assert versions[0].hash != versions[1].hash
    assert saved.version == 2
    assert registry.read(SMOLENSK, made.id, 1)[1] == example("smolensk")


def test_saving_the_same_makes_no_version(registry: Registry) -> None:
    made = registry.create(SMOLENSK, example("smolensk"))
    assert registry.update(SMOLENSK, made.id, 1, example("smolensk")).version == 1


def test_refuses_a_change_to_a_version_that_is_no_longer_the_newest(registry: Registry) -> None:
    made = registry.create(SMOLENSK, example("smolensk"))
    registry.update(SMOLENSK, made.id, 1, changed(example("smolensk"), executor="ЦНППМ, СОИРО"))
    with pytest.raises(ConflictError) as refused:
        registry.update(SMOLENSK, made.id, 1, changed(example("smolensk"), executor="школы"))
    assert refused.value.code == "version-changed"
    assert [(p.place, p.message) for p in refused.value.problems] == [
        ("Строка 1. Исполнители", "ЦНППМ, СОИРО")
    ]
    rows = registry.comparison(SMOLENSK, made.id, 1)
    assert [row["place"] for row in rows] == ["Строка 1. Исполнители"]


def test_of_two_that_save_at_once_one_is_told(registry: Registry) -> None:
    made = registry.create(SMOLENSK, example("smolensk"))

    def save(name: int) -> str:
        try:
            registry.update(
                SMOLENSK, made.id, 1, changed(example("smolensk"), executor=f"отдел {name}")
            )
        except ConflictError as error:
            return error.code
        return "saved"

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(save, range(8)))
    assert sorted(outcomes) == ["saved", *["version-changed"] * 7]


def test_a_withdrawn_draft_leaves_the_list_and_comes_back(registry: Registry) -> None:
    made = registry.create(SMOLENSK, example("smolensk"))
    registry.withdraw(SMOLENSK, made.id, 1)
    assert registry.documents(SMOLENSK).total == 0
    assert registry.documents(SMOLENSK, state=State.WITHDRAWN).total == 1
    with pytest.raises(ConflictError) as refused:
        registry.update(SMOLENSK, made.id, 1, example("smolensk") | {"title": "Другой"})
    assert refused.value.code == "withdrawn"
    registry.restore(SMOLENSK, made.id)
    assert registry.documents(SMOLENSK).total == 1


# -- checks -------------------------------------------------------------------------------------


def test_checks_one_row_and_says_what_it_understood(registry: Registry) -> None:
    item = {
        "activity": "Вебинар",
        "deadline": "до 1 марта",
        "executor": "",
        "indicator": "Не менее 60% школ",
    }
    checked = registry.check_item(SMOLENSK, "smolensk", "roadmap", (2022, 2022), item)
    assert checked.deadline == "до 01.03.2022 (год взят из приказа)"
    assert checked.indicator == "не менее 60% школ"
    assert {(f.path, f.code) for f in checked.findings} >= {("executor", "executor-missing")}
    assert all("[" not in finding.path for finding in checked.findings)


def test_a_row_of_a_foreign_region_is_not_checked(registry: Registry) -> None:
    with pytest.raises(InputError):
        registry.check_item(SMOLENSK, "yugra", "roadmap", (2022, 2022), {})


def test_a_row_of_a_table_that_the_region_does_not_have_is_refused(registry: Registry) -> None:
    with pytest.raises(InputError) as refused:
        registry.check_item(SMOLENSK, "smolensk", "municipal_plan", (2022, 2022), {})
    assert [problem.path for problem in refused.value.problems] == ["layout"]


def test_an_error_keeps_the_order_from_being_registered_until_acknowledged(
    registry: Registry,
) -> None:
    values = changed(example("smolensk"), deadline="31.02.2022")
    made = registry.create(SMOLENSK, values)
    with pytest.raises(FindingsError) as refused:
        registry.register(SMOLENSK, made.id, 1, date=DAY)
    (problem,) = refused.value.problems
    assert problem.code == "impossible-date"
    assert registry.read(SMOLENSK, made.id)[0].state == State.DRAFT
    signed = registry.acknowledge(
        SMOLENSK, made.id, 1, (problem.code, problem.path), "так в письме министерства"
    )
    done = registry.register(SMOLENSK, made.id, signed.version, date=DAY)
    assert (done.state, done.number) == (State.REGISTERED, "1-ссл/г")


def test_a_finding_is_not_acknowledged_without_a_reason(registry: Registry) -> None:
    made = registry.create(SMOLENSK, example("smolensk"))
    with pytest.raises(InputError):
        registry.acknowledge(SMOLENSK, made.id, 1, ("number-gap", ""), "  ")


# -- registration -------------------------------------------------------------------------------


@pytest.mark.parametrize("region", REGIONS)
def test_every_published_order_registers_under_its_own_number(
    registry: Registry, region: str
) -> None:
    order = registry._documents.load(EXAMPLES / f"{region}.yaml")
    assert order.date is not None
    scope = Scope(Role.CLERK, region)
    made = registry.create(scope, example(region))
    done = registry.register(scope, made.id, 1, date=order.date, number=order.number)
    assert (done.number, done.date, done.version) == (order.number, order.date, 2)
    assert registry.order_of(scope, done.id) == order


def test_registering_writes_date_and_number_into_a_last_version(
    registry: Registry, database: Database
) -> None:
    made = registry.create(SMOLENSK, example("smolensk"))
    assert registry.next_number(SMOLENSK, made.id, DAY) == "1-ссл/г"
    done = registry.register(SMOLENSK, made.id, 1, date=DAY)
    stored, values = registry.read(SMOLENSK, made.id)
    assert (values["date"], values["number"]) == ("2021-12-30", "1-ссл/г")
    assert values == example("smolensk") | {"date": "2021-12-30", "number": "1-ссл/г"}
    assert (stored.number, stored.date, done.version) == ("1-ссл/г", DAY, 2)
    assert "1-ссл/г" in document_text(registry.file(SMOLENSK, made.id, None, "docx"))
    (line,) = registry.journal(SMOLENSK, year=2021).rows
    assert (line.number, line.ordinal, line.document_id) == ("1-ссл/г", 1, made.id)
    with database.read() as connection:
        actions = [entry.action for entry in audit.entries(connection, SMOLENSK)]
    assert actions == ["document.registered", "document.created"]


@pytest.mark.parametrize(
    "change",
    [
        lambda registry, id_: registry.update(SMOLENSK, id_, 2, example("smolensk")),
        lambda registry, id_: registry.withdraw(SMOLENSK, id_, 2),
        lambda registry, id_: registry.register(SMOLENSK, id_, 2, date=DAY),
        lambda registry, id_: registry.acknowledge(SMOLENSK, id_, 2, ("number-gap", ""), "так"),
    ],
)
def test_a_registered_document_cannot_be_changed(registry: Registry, change: Any) -> None:
    done = registered(registry)
    with pytest.raises(ConflictError) as refused:
        change(registry, done.id)
    assert refused.value.code == "registered"
    assert len(registry.versions(SMOLENSK, done.id)) == 2


def test_a_document_is_registered_once_however_many_ask(registry: Registry) -> None:
    made = registry.create(SMOLENSK, example("smolensk"))

    def register(_attempt: int) -> str:
        try:
            return str(registry.register(SMOLENSK, made.id, 1, date=DAY).number)
        except DocgenError as error:
            return error.code

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(register, range(8)))
    assert sorted(outcomes) == ["1-ссл/г", *["registered"] * 7]
    assert registered(registry).number == "2-ссл/г"


# -- amendments ---------------------------------------------------------------------------------


def test_an_amendment_in_force_changes_the_edition(registry: Registry) -> None:
    done = registered(registry)
    _stored, values = registry.read(SMOLENSK, done.id)
    draft = registry.amend(SMOLENSK, done.id, changed(values, executor="школы"))
    assert (draft.kind, draft.amends_id, draft.state) == ("amendment", done.id, State.DRAFT)
    assert draft.title.startswith("О внесении изменени")
    assert registry.order_of(SMOLENSK, done.id).revisions == ()
    after = registry.edition_after(SMOLENSK, draft.id)
    assert after.annexes[0].sections[0].items[0].get("executor") == "школы"
    second = registry.register(SMOLENSK, draft.id, 1, date=date(2022, 3, 1))
    assert second.number == "1-ссл/г"
    edition = registry.order_of(SMOLENSK, done.id)
    assert edition.annexes[0].sections[0].items[0].get("executor") == "школы"
    assert [r.number for r in edition.revisions] == ["1-ссл/г"]
    assert [each.id for each in registry.amendments(SMOLENSK, done.id)] == [draft.id]
    assert "1-ссл/г" in document_text(registry.consolidated_file(SMOLENSK, done.id, "docx"))
    assert "изложить" in document_text(registry.file(SMOLENSK, draft.id, None, "docx"))


def test_the_draft_of_an_amendment_is_worded_anew(registry: Registry) -> None:
    done = registered(registry)
    _stored, values = registry.read(SMOLENSK, done.id)
    draft = registry.amend(SMOLENSK, done.id, changed(values, executor="школы"))
    again = registry.amend(SMOLENSK, done.id, changed(values, executor="все школы"), draft)
    assert (again.id, again.version) == (draft.id, 2)
    text = json.dumps(registry.read(SMOLENSK, draft.id)[1], ensure_ascii=False)
    assert "все школы" in text


def test_amendments_that_contradict_each_other_are_not_registered(registry: Registry) -> None:
    done = registered(registry)
    _stored, values = registry.read(SMOLENSK, done.id)
    first = registry.amend(SMOLENSK, done.id, changed(values, executor="школы"))
    other = registry.amend(SMOLENSK, done.id, changed(values, executor="институт"))
    registry.register(SMOLENSK, first.id, 1, date=date(2022, 3, 1))
    with pytest.raises(AmendmentError):
        registry.register(SMOLENSK, other.id, 1, date=date(2022, 3, 2))
    assert registered(registry, day=date(2022, 3, 3)).number == "2-ссл/г"


def test_a_draft_has_no_edition_and_is_not_amended(registry: Registry) -> None:
    made = registry.create(SMOLENSK, example("smolensk"))
    for call in (registry.order_of, lambda s, i: registry.amend(s, i, example("smolensk"))):
        with pytest.raises(ConflictError) as refused:
            call(SMOLENSK, made.id)
        assert refused.value.code == "not-registered"


# -- imports and files --------------------------------------------------------------------------


def test_an_uploaded_order_keeps_its_doubts_until_they_are_settled(registry: Registry) -> None:
    docx = registry.file(SMOLENSK, registered(registry).id, None, "docx")
    imported = registry.import_file(SMOLENSK, "приказ.docx", docx)
    assert imported.values["region"] == "smolensk"
    text = imported.values["annexes"][0]["sections"][0]["items"][3]["deadline"]
    path = "annexes[0].sections[0].items[3].deadline"
    doubt = Misgiving(path, "строка 4", "похоже на ошибку распознавания", 0.4, text)
    draft = registry.create(SMOLENSK, imported.values, "загружен", [doubt])
    stored, values = registry.read(SMOLENSK, draft.id)
    assert registry.standing_doubts(stored, values) == [doubt]
    items = values["annexes"][0]["sections"][0]["items"]
    items.insert(0, {"activity": "Новое"})
    moved = registry.standing_doubts(stored, values)
    assert len(moved) == 1
    registry.settle_doubts(SMOLENSK, draft.id, frozenset({text}))
    assert not registry.read(SMOLENSK, draft.id)[0].doubts


def test_refuses_an_upload_that_no_reader_knows(registry: Registry) -> None:
    with pytest.raises(InputError) as refused:
        registry.import_file(SMOLENSK, "приказ.png", b"\x89PNG")
    assert refused.value.code == "file-unknown"


@pytest.mark.integration
def test_the_pages_of_a_draft_are_pictures(registry: Registry) -> None:
    made = registry.create(YUGRA, example("yugra"))
    preview = registry.preview(YUGRA, made.id)
    assert preview.pages >= 3
    picture = registry.page_picture(YUGRA, made.id, preview.key, preview.pages)
    assert picture.startswith(b"\x89PNG")
    assert registry.page_picture(YUGRA, made.id, preview.key, preview.pages) == picture
    for key, page in ((preview.key, preview.pages + 1), ("../../etc", 1), ("0" * 32, 1)):
        with pytest.raises(NotFoundError):
            registry.page_picture(YUGRA, made.id, key, page)
