from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from docgen.errors import InputError
from docgen.importers.submissions import import_submissions
from docgen.models.submissions import SUBMISSION_KEYS, Submission
from docgen.services.reports import Reports
from tests.conftest import EXAMPLES

ROW = Submission(
    "Север", "Школа № 1", 1, "14", "done", 93.1, date(2022, 6, 30), "протокол", "в срок"
)
YAML = """
stage: 1
roster:
  - {name: Север, schools: [Школа № 1, Школа № 2], curators: 1}
submissions:
  - municipality: Север
    school: Школа № 1
    item: 14
    status: выполнено
    value: 93,1
    date: 30.06.2022
    evidence: протокол
    comment: в срок
"""
CSV = (
    "Муниципалитет;Школа;Этап;Пункт;Статус;Значение;Дата;Подтверждение;Комментарий\r\n"
    "Север;Школа № 1;1;14;Выполнено;93,1%;30.06.2022;протокол;в срок\r\n"
    "Север;Школа № 2;1;14;;;;;\r\n"
)
KEYS = list(SUBMISSION_KEYS)
VALUES = ["Север", "Школа № 1", 1, 14, "done", 93.1, "2022-06-30", "протокол", "в срок"]


def workbook(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Отчёт"
    sheet.append(["Отчёт за этап"])
    sheet.append(["Район", "ОО", "Этап", "№ п/п", "Мероприятие", "Статус", "Факт", "Дата"])
    for row in rows:
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def written(tmp_path: Path, name: str, data: str | bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.yaml", YAML),
        ("a.csv", CSV),
        ("a.csv", CSV.encode("cp1251")),
        ("a.csv", ",".join(KEYS) + "\n" + ",".join(map(str, VALUES)) + "\n"),
        ("a.json", json.dumps([dict(zip(KEYS, VALUES, strict=True))])),
        ("a.json", json.dumps({"submissions": [dict(zip(KEYS, VALUES, strict=True))]})),
    ],
    ids=["yaml", "csv", "csv of Windows", "csv with keys", "json list", "json"],
)
def test_every_format_says_the_same(tmp_path: Path, name: str, data: str | bytes) -> None:
    found = import_submissions(written(tmp_path, name, data))
    assert (found.batch.rows, found.problems) == ((ROW,), ())


def test_rows_left_blank_name_those_who_were_to_answer(tmp_path: Path) -> None:
    (entry,) = import_submissions(written(tmp_path, "a.csv", CSV)).batch.roster
    assert (entry.name, entry.schools) == ("Север", ("Школа № 1", "Школа № 2"))


def test_a_worksheet_is_read_by_its_headings(tmp_path: Path) -> None:
    day = date(2022, 6, 30)
    data = workbook(["Север", "Школа № 1", 1, 14, "что угодно", "частично", 27, day])
    found = import_submissions(written(tmp_path, "a.xlsx", data))
    assert found.batch.rows == (Submission("Север", "Школа № 1", 1, "14", "partial", 27, day),)
    assert found.batch.rows[0].place.startswith("a.xlsx, ")


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        (["Север", "Ш", 1, 14, "", "готово", None, None], "unknown-word", "F4"),
        (["Север", "Ш", 1, 14, "", "выполнено", "много", None], "wrong-type", "G4"),
        (["Север", "Ш", 1, 14, "", "выполнено", -5, None], "wrong-type", "G4"),
        (["Север", "Ш", 1, 14, "", "выполнено", None, "31.02.2022"], "impossible-date", "H4"),
        (["Север", "Ш", 1, None, "", "выполнено", None, None], "missing-key", "D4"),
        (["Север", "Ш", "второй", 14, "", "выполнено", None, None], "wrong-type", "C4"),
    ],
)
def test_a_bad_row_is_reported_with_its_cell_and_good_ones_are_kept(
    tmp_path: Path, row: list[object], code: str, cell: str
) -> None:
    good = ["Север", "Ш", 1, 1, "", "выполнено", None, None]
    found = import_submissions(written(tmp_path, "a.xlsx", workbook(good, row, good)))
    assert len(found.batch.rows) == 2
    (problem,) = found.problems
    assert problem.code == code
    assert "a.xlsx" in problem.place
    assert problem.place.endswith(cell)


def test_a_bad_row_of_yaml_is_reported_with_its_line(tmp_path: Path) -> None:
    found = import_submissions(written(tmp_path, "a.yaml", YAML.replace("93,1", "много")))
    (problem,) = found.problems
    assert (problem.path, problem.place) == ("submissions[0].value", "a.yaml, строка 10")


def test_a_folder_merges_its_files(tmp_path: Path) -> None:
    written(tmp_path, "a.yaml", YAML)
    written(tmp_path, "b.csv", CSV)
    written(tmp_path, "~$b.xlsx", b"lock")
    found = import_submissions(tmp_path)
    assert [path.name for path in found.files] == ["a.yaml", "b.csv"]
    assert found.batch.rows == (ROW, ROW)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", "имя;возраст\nИван;5\n"),
        ("a.yaml", "title: приказ\n"),
        ("a.docx", b"PK"),
        ("a.xlsx", b"PK"),
    ],
)
def test_a_file_without_submissions_is_refused(
    tmp_path: Path, name: str, data: str | bytes
) -> None:
    with pytest.raises(InputError):
        import_submissions(written(tmp_path, name, data))


def test_a_filled_form_comes_back_as_it_was_filled(tmp_path: Path, reports: Reports) -> None:
    order = EXAMPLES / "moscow_oblast.yaml"
    roster = written(tmp_path, "roster.yaml", YAML)
    paths = reports.write_forms(order, 1, tmp_path / "forms", roster)
    assert [path.name for path in paths] == ["Север.xlsx", "Региональный оператор.xlsx"]
    book = openpyxl.load_workbook(paths[0])
    sheet = book["Отчёт"]
    assert sheet.protection.sheet
    row = next(r for r in sheet.iter_rows(min_row=6) if r[3].value == "I.3")
    assert row[0].protection.locked
    assert not row[8].protection.locked
    row[8].value, row[10].value, row[11].value = "выполнено", date(2022, 6, 1), "протокол"
    book.save(paths[0])
    found = import_submissions(tmp_path / "forms")
    assert found.problems == ()
    assert found.batch.rows == (
        Submission("Север", "Школа № 1", 1, "I.3", "done", None, date(2022, 6, 1), "протокол"),
    )
    (entry,) = found.batch.roster
    assert entry.schools == ("Школа № 1", "Школа № 2")
