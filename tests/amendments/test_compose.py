from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings

from docgen.amendments.compose import Requisites
from docgen.errors import AmendmentError, InputError
from docgen.export.data import amendment_values, to_json, to_yaml
from docgen.models import Amendment, Change, Item, Order, Person, Point, Section
from docgen.models.differences import OrderDiff
from docgen.models.orders import Control
from docgen.render.readback import document_text
from docgen.schemas.reading import read_text
from docgen.services.amendments import Amendments
from docgen.services.documents import Documents
from tests.amendments.orders import editions
from tests.conftest import EXAMPLES, REGIONS, ROOT

REQUISITES = Requisites(date(2022, 5, 15), "77")
CLOSING = Item(
    {
        "activity": "Итоговая конференция участников проекта",
        "deadline": "декабрь 2022 года",
        "executor": "Региональный координатор",
    }
)


@pytest.fixture(scope="session")
def amendments(documents: Documents) -> Amendments:
    return Amendments(documents)


def is_printed(diff: OrderDiff) -> bool:
    """Whether the editions differ in what is printed: the years of the project are not."""
    texts = [text for text in diff.requisites if text.key != "years"]
    return bool(texts or diff.points or diff.annexes)


def example(documents: Documents, region: str) -> Order:
    return documents.load(EXAMPLES / f"{region}.yaml")


def with_rows(order: Order, change: Callable[[list[Item]], None], section: int = 0) -> Order:
    """The order with the rows of one section of its first annex changed."""
    annex = order.annexes[0]
    items = list(annex.sections[section].items)
    change(items)
    sections = list(annex.sections)
    sections[section] = replace(sections[section], items=tuple(items))
    return replace(order, annexes=(replace(annex, sections=tuple(sections)), *order.annexes[1:]))


def reworked(order: Order) -> Order:
    """A realistic new edition: other deadlines, a row gone, one added, another controller."""

    def change(items: list[Item]) -> None:
        items[0] = replace(items[0], values={**items[0].values, "deadline": "до 15.04.2022"})
        del items[1]
        items.append(CLOSING)

    control = Point(form=Control(Person("Иванова А.А.", "заместитель директора", "f")))
    new = Point("Назначить региональным координатором проекта Петрову Н.И.")
    return replace(with_rows(order, change), points=(*order.points[:-1], new, control))


@pytest.mark.parametrize("region", REGIONS)
def test_an_amending_order_reads_as_in_its_golden_file(
    amendments: Amendments, documents: Documents, region: str, request: pytest.FixtureRequest
) -> None:
    old = example(documents, region)
    made = amendments.amend(old, reworked(old), REQUISITES)
    text = document_text(documents.render(made)).replace("\u00a0", "␣")
    golden = ROOT / "tests" / "golden" / f"{region}.amendment.txt"
    if request.config.getoption("--update-golden"):
        golden.write_text(text, "utf-8")
    assert text == golden.read_text("utf-8")


@pytest.mark.slow
@given(editions())
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_the_data_file_of_an_amendment_reads_back_as_it_was(
    amendments: Amendments, documents: Documents, pair: tuple[Order, Order]
) -> None:
    assume(is_printed(amendments.diff(*pair)))
    made = amendments.amend(*pair, REQUISITES)
    for dump, name in ((to_yaml, "a.yaml"), (to_json, "a.json")):
        read = read_text(dump(amendment_values(made)), name=name)
        assert documents.amendment_from(read, name) == made


def test_both_editions_must_be_of_one_order(amendments: Amendments, documents: Documents) -> None:
    old = example(documents, "smolensk")
    with pytest.raises(AmendmentError) as refused:
        amendments.amend(old, replace(old, number="1"), REQUISITES)
    assert refused.value.code == "another-order"


def test_equal_editions_need_no_amendment(amendments: Amendments, documents: Documents) -> None:
    old = example(documents, "smolensk")
    with pytest.raises(AmendmentError) as refused:
        amendments.amend(old, old, REQUISITES)
    assert refused.value.code == "nothing-changed"


def saved(amendment: Amendment, path: Path) -> Path:
    path.write_text(to_yaml(amendment_values(amendment)), "utf-8")
    return path


def deadline(row: int, text: str) -> Callable[[list[Item]], None]:
    def change(items: list[Item]) -> None:
        items[row] = replace(items[row], values={**items[row].values, "deadline": text})

    return change


def test_amendments_of_one_edition_may_touch_different_rows(
    amendments: Amendments, documents: Documents, tmp_path: Path
) -> None:
    old = example(documents, "smolensk")
    path = EXAMPLES / "smolensk.yaml"
    first = amendments.amend(old, with_rows(old, lambda rows: rows.pop(2)), REQUISITES)
    second = amendments.amend(old, with_rows(old, deadline(5, "май")), Requisites(None, "78"))
    files = saved(first, tmp_path / "1.yaml"), saved(second, tmp_path / "2.yaml")
    rows = amendments.consolidate(path, files).annexes[0].sections[0].items
    assert rows[4].get("deadline") == "май"


def test_amendments_that_touch_one_row_are_refused_with_both_places(
    amendments: Amendments, documents: Documents, tmp_path: Path
) -> None:
    old = example(documents, "smolensk")
    first = amendments.amend(old, with_rows(old, deadline(5, "май")), REQUISITES)
    second = amendments.amend(old, with_rows(old, deadline(5, "июнь")), REQUISITES)
    files = saved(first, tmp_path / "first.yaml"), saved(second, tmp_path / "second.yaml")
    with pytest.raises(AmendmentError) as refused:
        amendments.consolidate(EXAMPLES / "smolensk.yaml", files)
    (problem,) = refused.value.problems
    assert problem.code == "amendment-conflict"
    assert problem.path == "changes[0]"
    assert "first.yaml" in problem.message
    assert "changes[0]" in problem.message


def test_an_equal_row_elsewhere_does_not_stand_in_for_a_changed_one(
    amendments: Amendments, documents: Documents, tmp_path: Path
) -> None:
    old = with_rows(example(documents, "smolensk"), lambda rows: rows.extend([rows[5], rows[5]]))
    path = tmp_path / "old.yaml"
    amendments.save(old, path)
    first = amendments.amend(old, with_rows(old, lambda rows: rows.pop(5)), REQUISITES)
    second = amendments.amend(old, with_rows(old, deadline(5, "июнь")), REQUISITES)
    files = saved(first, tmp_path / "first.yaml"), saved(second, tmp_path / "second.yaml")
    with pytest.raises(AmendmentError):
        amendments.consolidate(path, files)


def test_an_order_amended_before_names_its_amendments_in_a_conflict(
    amendments: Amendments, documents: Documents, tmp_path: Path
) -> None:
    old = example(documents, "smolensk")
    first = amendments.amend(old, with_rows(old, deadline(5, "май")), REQUISITES)
    second = amendments.amend(old, with_rows(old, deadline(5, "июнь")), REQUISITES)
    middle = tmp_path / "middle.yaml"
    path = EXAMPLES / "smolensk.yaml"
    amendments.save(amendments.consolidate(path, [saved(first, tmp_path / "1.yaml")]), middle)
    with pytest.raises(AmendmentError) as refused:
        amendments.consolidate(middle, [saved(second, tmp_path / "2.yaml")])
    assert "№ 77" in refused.value.problems[0].message


def test_an_amendment_of_another_order_is_refused(
    amendments: Amendments, documents: Documents, tmp_path: Path
) -> None:
    old = example(documents, "smolensk")
    made = amendments.amend(old, with_rows(old, deadline(5, "май")), REQUISITES)
    with pytest.raises(AmendmentError) as refused:
        amendments.consolidate(EXAMPLES / "kirov.yaml", [saved(made, tmp_path / "a.yaml")])
    assert refused.value.code == "another-order"


def test_a_change_that_leaves_no_order_is_refused(
    amendments: Amendments, documents: Documents, tmp_path: Path
) -> None:
    old = example(documents, "smolensk")
    made = amendments.amend(old, with_rows(old, deadline(5, "май")), REQUISITES)
    emptied = replace(made, changes=(Change("replace", "title", value=None),))
    with pytest.raises(InputError):
        amendments.consolidate(EXAMPLES / "smolensk.yaml", [saved(emptied, tmp_path / "a.yaml")])


@pytest.mark.parametrize("region", REGIONS)
def test_the_stamp_names_the_amendments(
    amendments: Amendments, documents: Documents, region: str, tmp_path: Path
) -> None:
    old = example(documents, region)
    made = amendments.amend(old, reworked(old), REQUISITES)
    path = EXAMPLES / f"{region}.yaml"
    amended = amendments.consolidate(path, [saved(made, tmp_path / "a.yaml")])
    made_anew = tmp_path / "amended.docx"
    made_anew.write_bytes(documents.render(amended))
    text = document_text(made_anew.read_bytes()).replace("\u00a0", " ")
    assert "(в редакции приказа от 15.05.2022 № 77)" in text
    reading = documents.read(made_anew)
    assert reading.order.revisions == amended.revisions
    assert reading.stamps[0] is not None
    assert (reading.stamps[0].date, reading.stamps[0].number) == (old.date, old.number)


def test_an_added_section_comes_whole(amendments: Amendments, documents: Documents) -> None:
    old = example(documents, "kirov")
    annex = old.annexes[0]
    sections = (*annex.sections, Section((CLOSING,), "Завершение"))
    new = replace(old, annexes=(replace(annex, sections=sections), *old.annexes[1:]))
    (sheet,) = amendments.amend(old, new, REQUISITES).sheets
    (edit,) = sheet.edits
    assert edit.text == "После раздела 6 дополнить разделом 7 следующего содержания:"
    assert edit.sections[0].title == "Завершение"
    assert edit.sections[0].items[0].number == "7.1"
