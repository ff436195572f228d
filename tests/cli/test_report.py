from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from docgen.cli.root import root
from tests.conftest import EXAMPLES

ORDER = str(EXAMPLES / "smolensk.yaml")
SAMPLE = str(EXAMPLES / "submissions" / "smolensk.csv")
ROW = "Север;Школа 1;1;1;выполнено;;04.02.2022;протокол;"
HEAD = "Муниципалитет;Школа;Этап;Пункт;Статус;Значение;Дата;Подтверждение;Комментарий"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(root("ru"), list(arguments))


@pytest.fixture
def clean(tmp_path: Path) -> str:
    path = tmp_path / "clean.csv"
    path.write_text(f"{HEAD}\n{ROW}\n", "utf-8")
    return str(path)


def test_writes_the_formats_asked_for(tmp_path: Path, clean: str) -> None:
    result = run(
        *("report", ORDER, "--stage", "1", "--submissions", clean),
        *("-o", str(tmp_path / "out"), "--format", "docx,xlsx,json"),
    )
    assert result.exit_code == 0, result.output
    made = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert made == ["smolensk-stage-1.docx", "smolensk-stage-1.json", "smolensk-stage-1.xlsx"]


def test_ends_with_one_where_rows_could_not_be_counted(tmp_path: Path) -> None:
    result = run(
        *("report", ORDER, "--stage", "1", "--submissions", SAMPLE),
        *("-o", str(tmp_path), "--format", "json", "--json"),
    )
    assert result.exit_code == 1
    values = json.loads(result.stdout)
    assert len(values["problems"]) == 3
    assert (tmp_path / "smolensk-stage-1.json").exists()


def test_says_that_the_report_was_written_and_how_many_rows_were_left_out(tmp_path: Path) -> None:
    result = run(
        *("report", ORDER, "--stage", "1", "--submissions", SAMPLE),
        *("-o", str(tmp_path), "--format", "json"),
    )
    assert result.exit_code == 1
    assert "Отчёт записан; 3 строки с ошибками в него не вошли" in result.stderr


def test_explains_a_figure_with_the_rows_behind_it(clean: str) -> None:
    result = run(
        "report", ORDER, "--stage", "1", "--submissions", clean, "--explain", "item:1", "--json"
    )
    assert result.exit_code == 0
    (answer,) = json.loads(result.stdout)
    assert answer["targets"][0]["value"] == 100
    assert [row["place"] for row in answer["submissions"]] == ["clean.csv, строка 2"]


def test_writes_a_letter_to_each_municipality_that_owes_something(
    tmp_path: Path, clean: str
) -> None:
    result = run(
        *("report", ORDER, "--stage", "1", "--submissions", clean),
        *("-o", str(tmp_path / "out"), "--format", "json", "--letters"),
    )
    assert result.exit_code == 0, result.output
    assert (tmp_path / "out" / "letters" / "Север.docx").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("--stage", "7", "-o", "out"),
        ("--stage", "1"),
        ("--stage", "1", "-o", "out", "--format", "odt"),
        ("--stage", "1", "--explain", "point:1"),
        ("--stage", "1", "--explain", "item:99"),
    ],
)
def test_wrong_usage_is_refused(arguments: tuple[str, ...], clean: str) -> None:
    result = run("report", ORDER, "--submissions", clean, *arguments)
    assert result.exit_code != 0


def test_makes_a_form_that_reads_back_empty(tmp_path: Path) -> None:
    form = str(tmp_path / "form.xlsx")
    made = run("new", "submissions", "--order", ORDER, "--stage", "1", "-o", form)
    assert made.exit_code == 0, made.output
    again = run("new", "submissions", "--order", ORDER, "--stage", "1", "-o", form)
    assert again.exit_code != 0
    report = run("report", ORDER, "--stage", "1", "--submissions", form, "--explain", "item:1")
    assert report.exit_code == 0, report.output
