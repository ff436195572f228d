from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.models.reports import Body, ItemReport, StageReport, Tally
from docgen.models.submissions import STATUSES, Batch, Submission
from docgen.reports import compute_stage
from tests.reports import small


def report_of(batch: Batch) -> StageReport:
    return compute_stage(small.order(), [small.LAYOUT], small.YEARS, small.STAGE, batch).report


@pytest.fixture(scope="module")
def report() -> StageReport:
    return report_of(small.batch())


def item_of(report: StageReport, key: str) -> ItemReport:
    return next(item for item in report.items if item.plan.key == key)


def cells(tally: Tally) -> tuple[int, ...]:
    return (
        tally.expected,
        tally.done,
        tally.confirmed,
        tally.partial,
        tally.not_done,
        tally.missing,
        tally.late,
    )


@pytest.mark.parametrize("key", small.EXPECTED)
def test_every_cell_of_an_item_is_as_computed_by_hand(report: StageReport, key: str) -> None:
    item = item_of(report, key)
    facts = [
        (f.goal.rule, f.whole.value, f.whole.done, f.whole.given, f.whole.of, f.reached)
        for f in item.facts
    ]
    missing = [body.school for body in item.missing]
    found = (item.status, facts, missing, item.overdue_days, item.late, item.confirmed)
    assert found == small.EXPECTED[key]


@pytest.mark.parametrize("key", small.PARTS)
def test_a_municipality_has_its_own_fact(report: StageReport, key: str) -> None:
    parts = item_of(report, key).facts[0].parts
    assert {name: part.value or 0 for name, part in parts.items()} == small.PARTS[key]


def test_schools_municipalities_and_the_region_are_tallied(report: StageReport) -> None:
    assert {t.body.school: cells(t) for t in report.schools} == small.SCHOOL_TALLIES
    municipal = {t.body.municipality: cells(t) for t in report.municipalities}
    assert municipal == small.MUNICIPAL_TALLIES
    assert cells(report.total) == small.TOTAL
    assert {t.body.municipality: t.rank for t in report.municipalities} == small.RANKS
    assert {t.body.municipality: t.reached for t in report.municipalities} == small.REACHED


def test_a_quarter_without_a_meeting_is_named(report: StageReport) -> None:
    (fact,) = item_of(report, "5").facts
    assert [f"{first}–{last}" for first, last in fact.short_periods] == ["2022-07-01–2022-09-30"]


def test_deviations_carry_the_reasons_given(report: StageReport) -> None:
    found = [(d.key, d.body.school, d.cause, d.days, d.reason) for d in report.deviations]
    assert found == [
        ("1", "B1", "late", 5, ""),
        ("2", "B2", "partial", 122, ""),
        ("2", "C1", "partial", 122, ""),
        ("4", "B2", "not_done", 29, "сайт на реконструкции"),
        ("6", "B2", "partial", 92, "вакансии"),
    ]


def test_the_same_question_answered_twice_counts_once_and_the_later_answer_counts() -> None:
    rows = small.batch().rows
    later = replace(rows[3], status="not_done", date=small.DAY)
    report = report_of(Batch((*rows, rows[0], later), small.ROSTER))
    assert report.doubled == 1
    (conflict,) = report.conflicts
    assert (conflict.chosen.status, [row.status for row in conflict.others]) == (
        "not_done",
        ["done"],
    )


def test_a_row_naming_nobody_known_is_reported_and_the_others_count() -> None:
    stranger = replace(small.batch().rows[0], school="A11", place="строка 7")
    computed = compute_stage(
        small.order(),
        [small.LAYOUT],
        small.YEARS,
        small.STAGE,
        Batch((*small.batch().rows, stranger), small.ROSTER),
    )
    assert [(p.code, p.place) for p in computed.problems] == [("unknown-name", "строка 7")]
    assert cells(computed.report.total) == small.TOTAL


def test_silence_is_never_counted_as_not_done() -> None:
    report = report_of(Batch((), small.ROSTER))
    assert {item.status for item in report.items} == {"no_data", "not_due"}
    assert report.total.not_done == 0
    assert all(item.overdue_days is None for item in report.items)


def test_a_municipalitys_row_stands_for_its_silent_schools() -> None:
    rows = (
        Submission("Север", "", 2, "1", "done"),
        Submission("Север", "A2", 2, "1", "not_done"),
    )
    item = item_of(report_of(Batch(rows, small.ROSTER)), "1")
    assert item.facts[0].parts["Север"].value == 50
    assert [body.school for body in item.missing] == ["B1", "B2", "C1"]


def test_a_value_over_a_hundred_is_no_percentage() -> None:
    rows = (replace(small.row("A1", 2, "done", 250), place="строка 9"),)
    computed = compute_stage(
        small.order(), [small.LAYOUT], small.YEARS, small.STAGE, Batch(rows, small.ROSTER)
    )
    assert [(p.code, p.place) for p in computed.problems] == [("not-a-percentage", "строка 9")]
    assert computed.report.submissions == ()


def test_a_row_without_a_stage_is_of_the_stage_asked_for() -> None:
    rows = tuple(replace(row, stage=0) for row in small.batch().rows)
    assert cells(report_of(Batch(rows, small.ROSTER)).total) == small.TOTAL


SCHOOLS = st.sampled_from(sorted(small.SCHOOLS))
ROWS = st.lists(
    st.builds(
        small.row,
        SCHOOLS,
        st.integers(1, 8),
        st.sampled_from(STATUSES),
        st.none() | st.integers(0, 100),
        st.none() | st.dates(small.DAY.replace(month=1), small.DAY),
    ),
    max_size=40,
)


def figures(report: StageReport) -> object:
    return (
        report.items,
        report.municipalities,
        report.schools,
        report.total,
        report.deviations,
        report.submissions,
    )


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_submissions_does_not_matter(
    rows: list[Submission], chance: random.Random
) -> None:
    shuffled = rows.copy()
    chance.shuffle(shuffled)
    before, after = (report_of(Batch(tuple(each), small.ROSTER)) for each in (rows, shuffled))
    assert figures(before) == figures(after)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_doubled_submissions_count_once(rows: list[Submission]) -> None:
    once, twice = (report_of(Batch(tuple(each), small.ROSTER)) for each in (rows, rows * 2))
    assert figures(once) == figures(twice)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_totals_are_the_sums_of_their_parts(rows: list[Submission]) -> None:
    report = report_of(Batch(tuple(rows), small.ROSTER))
    operator = cells(report.total)[5] - sum(cells(t)[5] for t in report.municipalities)
    assert operator == sum(bool(i.plan.due) and Body() in i.missing for i in report.items)
    for tally in (*report.schools, *report.municipalities, report.total):
        assert tally.expected == tally.done + tally.partial + tally.not_done + tally.missing
    for at in (1, 2, 3, 4, 6):
        assert cells(report.total)[at] == sum(cells(t)[at] for t in report.municipalities)
    for item in report.items:
        for fact in item.facts:
            if fact.goal.rule != "least" and not fact.goal.per:
                parts = fact.parts.values()
                silent = Body() in item.missing
                assert fact.whole.of == sum(part.of for part in parts) + silent
                assert fact.whole.amount == pytest.approx(sum(part.amount for part in parts))


@pytest.mark.slow
@settings(max_examples=80, deadline=None)
@given(ROWS, SCHOOLS, st.integers(1, 8))
def test_a_done_where_nothing_was_reported_never_lowers_a_percentage(
    rows: list[Submission], school: str, item: int
) -> None:
    rows = [r for r in rows if (r.school, r.item) != (school, str(item))]
    before = report_of(Batch(tuple(rows), small.ROSTER))
    added = (*rows, small.row(school, item, "done"))
    after = report_of(Batch(added, small.ROSTER))
    for old, new in zip(
        (*before.schools, *before.municipalities, before.total),
        (*after.schools, *after.municipalities, after.total),
        strict=True,
    ):
        assert (new.percent or 0) >= (old.percent or 0) - 1e-9
    for was, now in zip(before.items, after.items, strict=True):
        for old_fact, new_fact in zip(was.facts, now.facts, strict=True):
            if old_fact.goal.unit == "percent":
                assert (new_fact.whole.value or 0) >= (old_fact.whole.value or 0) - 1e-9
