from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pytest

from docgen.errors import InputError
from docgen.render.readback import document_text
from docgen.reports.document import report_context
from docgen.reports.summary import basis_texts, result_texts
from docgen.services.reports import Reports
from tests.conftest import EXAMPLES, REGIONS, ROOT

SAMPLES = EXAMPLES / "submissions"


def sample(region: str) -> Path:
    (path,) = SAMPLES.glob(f"{region}.*")
    return path


@pytest.mark.parametrize("region", REGIONS)
def test_every_region_has_a_report_that_says_what_was_computed(
    reports: Reports, region: str
) -> None:
    prepared = reports.prepare(EXAMPLES / f"{region}.yaml", 1, sample(region))
    data = reports.render(prepared)
    text = document_text(data)
    report = prepared.report
    assert f"выполнено {report.total.done}" in text
    table = docx.Document(io.BytesIO(data)).tables[0]
    numbers = {row.cells[0].text for row in table.rows}
    assert {item.plan.key for item in report.items} <= numbers
    assert reports.render(prepared) == data


@pytest.mark.parametrize("region", REGIONS)
def test_the_words_of_a_report_read_as_in_their_golden_file(
    reports: Reports, region: str, request: pytest.FixtureRequest
) -> None:
    golden = ROOT / "tests" / "golden" / f"{region}.report.txt"
    prepared = reports.prepare(EXAMPLES / f"{region}.yaml", 1, sample(region))
    profile, signatory = prepared.region.profile, prepared.order.signatory
    context = report_context(prepared.report, profile, signatory, ())
    chapters = [text for each in context["chapters"] for text in (each["title"], *each["texts"])]
    text = "\n".join([context["document"], context["title"], *chapters, ""]).replace("\u00a0", "␣")
    if request.config.getoption("--update-golden"):
        golden.write_text(text, "utf-8")
    assert text == golden.read_text("utf-8")


@pytest.mark.parametrize("region", REGIONS)
def test_what_is_due_early_or_to_come_adds_up_to_the_plan(reports: Reports, region: str) -> None:
    report = reports.prepare(EXAMPLES / f"{region}.yaml", 1, sample(region)).report
    text = next(result_texts(report))

    def number(pattern: str) -> int:
        return sum(map(int, re.findall(pattern, text)))

    due = number(r"подлежало выполнению (\d+)")
    states = (
        r"из них выполнено (\d+)",
        r"частично (\d+)",
        r"не выполнено (\d+)",
        r"данных по (\d+)",
    )
    assert due == sum(map(number, states))
    assert len(report.items) == due + number(r"Досрочно выполнено (\d+)") + number(
        r"не наступил по (\d+)"
    )


def test_a_report_calls_its_ground_what_the_region_calls_it(reports: Reports) -> None:
    prepared = reports.prepare(EXAMPLES / "kirov.yaml", 1, sample("kirov"))
    profile = prepared.region.profile
    letterhead = replace(profile.letterhead, document="РАСПОРЯЖЕНИЕ")
    other = next(basis_texts(prepared.report, replace(profile, letterhead=letterhead)))
    usual = next(basis_texts(prepared.report, profile))
    assert usual.startswith("Подготовлено на основании приказа управления образования")
    assert other == usual.replace("приказа", "распоряжения", 1)


def test_a_report_carries_the_passport_of_what_made_it(reports: Reports, tmp_path: Path) -> None:
    prepared = reports.prepare(EXAMPLES / "kirov.yaml", 1, sample("kirov"))
    (path,) = reports.write(prepared, tmp_path, ("docx",)).files
    assert reports.documents.verify(path).verdict == "untouched"


def test_the_federal_report_carries_a_passport_that_names_no_region(
    reports: Reports, tmp_path: Path
) -> None:
    for region in ("kirov", "yugra"):
        prepared = reports.prepare(EXAMPLES / f"{region}.yaml", 1, sample(region))
        reports.write(prepared, tmp_path, ("json",))
    made = reports.write_federal(sorted(tmp_path.glob("*.json")), tmp_path, ("docx",))
    found = reports.documents.verify(made.files[0])
    assert (found.verdict, [each.kind for each in found.comparisons]) == (
        "untouched",
        ["program", "template"],
    )
    assert all(each.same for each in found.comparisons)


def test_wrong_rows_of_a_sample_are_named_and_the_others_count(reports: Reports) -> None:
    prepared = reports.prepare(EXAMPLES / "smolensk.yaml", 1, sample("smolensk"))
    codes = sorted(problem.code for problem in prepared.problems)
    assert codes == ["impossible-date", "unknown-name", "unknown-word"]
    assert all(problem.place for problem in prepared.problems)
    assert prepared.report.doubled == 1
    assert len(prepared.report.conflicts) == 1
    assert len(prepared.report.submissions) > 900


@pytest.mark.slow
def test_the_workbook_sums_with_formulas_under_frozen_headings(
    reports: Reports, tmp_path: Path
) -> None:
    prepared = reports.prepare(EXAMPLES / "astrakhan.yaml", 1, sample("astrakhan"))
    made = reports.write(prepared, tmp_path, ("xlsx", "json"))
    book = openpyxl.load_workbook(made.files[0])
    sheet = book["Муниципалитеты"]
    assert sheet.freeze_panes == "C4"
    headings = [cell.value for cell in sheet[3]]
    last = [cell.value for cell in sheet[sheet.max_row]]
    done = headings.index("Выполнено")
    assert str(last[done]).startswith("=SUM(")
    values = openpyxl.load_workbook(made.files[0], data_only=True)["Муниципалитеты"]
    counted = [row[done].value for row in values.iter_rows(min_row=4)]
    assert sum(counted[:-1]) == counted[-1]  # type: ignore[arg-type, misc]
    saved = json.loads(made.files[1].read_text("utf-8"))
    assert saved["totals"]["done"] == prepared.report.total.done


@pytest.mark.slow
def test_a_saved_report_or_earlier_rows_show_the_change(reports: Reports, tmp_path: Path) -> None:
    order = EXAMPLES / "astrakhan.yaml"
    first = reports.prepare(order, 1, sample("astrakhan"))
    saved = reports.write(first, tmp_path, ("json",)).files[0]
    by_rows = reports.prepare(order, 2, sample("astrakhan")).report
    by_file = reports.prepare(order, 2, sample("astrakhan"), saved).report
    assert by_rows.total.change == pytest.approx(by_file.total.change, abs=1e-3)
    assert by_rows.total.percent is not None
    assert first.report.total.percent is not None
    change = by_rows.total.percent - first.report.total.percent
    assert by_rows.total.change == pytest.approx(change)


def test_a_stage_the_region_does_not_have_is_refused(reports: Reports) -> None:
    with pytest.raises(InputError, match=r"17\.06\.2022"):
        reports.prepare(EXAMPLES / "astrakhan.yaml", 9, sample("astrakhan"))


def test_submissions_of_another_stage_are_refused(reports: Reports) -> None:
    with pytest.raises(InputError) as caught:
        reports.prepare(EXAMPLES / "moscow_oblast.yaml", 4, sample("moscow_oblast"))
    assert caught.value.code == "stage-mismatch"
