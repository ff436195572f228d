from __future__ import annotations

import json
from pathlib import Path

import pytest

from docgen.errors import InputError
from docgen.models.federal import RegionSummary
from docgen.render.readback import document_text
from docgen.reports.federal import federal_context, federal_values, summary_from, summary_of
from docgen.reports.tasks import TASKS, task_of
from docgen.services.reports import Reports
from tests.conftest import EXAMPLES, REGIONS


def sample(region: str) -> Path:
    (path,) = (EXAMPLES / "submissions").glob(f"{region}.*")
    return path


@pytest.fixture(scope="module")
def summaries(reports: Reports) -> list[RegionSummary]:
    found = []
    for region in REGIONS:
        prepared = reports.prepare(EXAMPLES / f"{region}.yaml", 1, sample(region))
        found.append(summary_of(prepared.report, prepared.region.profile.name))
    return found


@pytest.mark.parametrize(
    ("activity", "task"),
    [
        ("Анкетирование кураторов школ", "survey"),
        ("Проведение совещания по вопросу «Анализ результатов»", "meetings"),
        ("Установочный семинар/вебинар для школ", "kickoff"),
        ("Первичное посещение кураторами школ", "visit"),
        ("Разработка школами концептуальных документов", "concept"),
        ("Мониторинг разделов сайтов школ", "monitoring"),
        ("Ведение интернет-страниц на сайтах", "information"),
        ("Участие обучающихся в профильных сменах", "pupils"),
        ("Районный конкурс «Новации»", "practice"),
        ("Нечто небывалое", "other"),
    ],
)
def test_the_words_that_stand_first_name_the_task(activity: str, task: str) -> None:
    assert task_of(activity).key == task


def test_nearly_every_item_of_the_five_orders_has_a_task(summaries: list[RegionSummary]) -> None:
    tasks = [item.task for each in summaries for item in each.items]
    assert tasks.count("other") < 0.05 * len(tasks)
    assert {task.key for task in TASKS} <= set(tasks)


def test_a_saved_report_compares_as_the_computed_one(reports: Reports, tmp_path: Path) -> None:
    prepared = reports.prepare(EXAMPLES / "yugra.yaml", 1, sample("yugra"))
    (saved,) = reports.write(prepared, tmp_path, ("json",)).files
    name = prepared.region.profile.name
    read = summary_from(json.loads(saved.read_text("utf-8")), name)
    computed = summary_of(prepared.report, name)
    assert [item.value for item in read.items] == pytest.approx(
        [item.value for item in computed.items], abs=1e-3
    )
    assert (read.done, read.expected, read.date) == (
        computed.done,
        computed.expected,
        computed.date,
    )


def test_every_region_and_item_stands_in_the_document(
    reports: Reports, summaries: list[RegionSummary], tmp_path: Path
) -> None:
    context = federal_context(summaries)
    rows = [row for section in context["annexes"][2]["sections"] for row in section["rows"]]
    assert len(rows) == sum(len(each.items) for each in summaries)
    paths = []
    for region in REGIONS:
        prepared = reports.prepare(EXAMPLES / f"{region}.yaml", 1, sample(region))
        paths += reports.write(prepared, tmp_path, ("json",)).files
    made = reports.write_federal(paths, tmp_path, ("docx", "json")).files
    text = document_text(made[0].read_bytes())
    assert all(each.region in text for each in summaries)
    values = json.loads(made[1].read_text("utf-8"))
    assert [each["done"] for each in values["regions"]] == [each.done for each in summaries]
    assert federal_values(summaries)["kind"] == "federal_report"


def test_another_json_file_is_refused(reports: Reports, tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    path.write_text('{"kind": "order"}', "utf-8")
    with pytest.raises(InputError) as caught:
        reports.write_federal([path], tmp_path, ("json",))
    assert caught.value.code in ("not-a-report", "unknown-region")
