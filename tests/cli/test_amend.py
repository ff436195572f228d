from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from click import unstyle

from docgen.amendments.differences import diff_orders
from docgen.cli.diff import lines
from docgen.cli.root import main
from docgen.i18n import speaking
from docgen.models import Annex, Item, Order, Section
from docgen.regions import unnamed_region
from tests.conftest import EXAMPLES, ROOT

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def docgen(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """The command line, run in this process: exit code, output, errors."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("LANGUAGE", "ru")

    def run(*arguments: str | Path, lang: str = "en") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["docgen", "--lang", lang, *map(str, arguments)])
        capfd.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        captured = capfd.readouterr()
        code = ended.value.code
        return (code if isinstance(code, int) else 0), captured.out, captured.err

    return run


@pytest.fixture
def editions(tmp_path: Path) -> tuple[Path, Path]:
    """An order and a later edition: another deadline, another number of schools."""
    text = (EXAMPLES / "smolensk.yaml").read_text("utf-8")
    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    old.write_text(text, "utf-8")
    new.write_text(text.replace("24.01.2022 – 01.02.2022", "до 15.02.2022", 1), "utf-8")
    return old, new


def test_diff_shows_the_changed_words(docgen: Command, editions: tuple[Path, Path]) -> None:
    code, out, _err = docgen("diff", *editions)
    assert code == 0
    assert "row 2: changed" in out
    assert "{+до 15.02.2022+}" in out


def test_diff_names_any_number_of_rows_in_the_nominative() -> None:
    rows = tuple(Item({"activity": f"Мероприятие {at}"}, f"{at}.") for at in range(1, 25))
    later = (Item({"activity": "Совещание"}, "1."),)
    later += tuple(replace(row, number=f"{at}.") for at, row in enumerate(rows, 2))
    old, new = (
        Order("astrakhan", "О плане", "", (), annexes=(Annex("План", (Section(rows),)),))
        for rows in (rows, later)
    )
    with speaking("ru"):
        printed = lines(diff_orders(old, new), unnamed_region(new).profile)
        assert "  строки 1–24 → 2–25: изменён номер" in map(unstyle, printed)


def test_diff_names_what_changed_in_the_readers_words(
    docgen: Command, editions: tuple[Path, Path]
) -> None:
    old, new = editions
    new.write_text(new.read_text("utf-8").replace("number: ", "number: 1", 1), "utf-8")
    _code, out, _err = docgen("diff", old, new, lang="ru")
    assert "Номер\n" in out
    assert "      Сроки реализации: [-" in out
    assert "number" not in out
    assert "Number\n" in docgen("diff", old, new)[1]


def test_diff_of_equal_editions_says_so(docgen: Command, editions: tuple[Path, Path]) -> None:
    assert docgen("diff", editions[0], editions[0])[:2] == (0, "The two editions say the same.\n")


def test_diff_prints_json(docgen: Command, editions: tuple[Path, Path]) -> None:
    code, out, _err = docgen("diff", *editions, "--json")
    values = json.loads(out)
    assert code == 0
    assert not values["equal"]
    (item,) = values["annexes"][0]["items"]
    assert item["kinds"] == ["changed"]
    assert item["cells"][0]["key"] == "deadline"


def test_diff_writes_both_editions_side_by_side(
    docgen: Command, editions: tuple[Path, Path], tmp_path: Path
) -> None:
    target = tmp_path / "changes.docx"
    assert docgen("diff", *editions, "-o", target)[0] == 0
    (table,) = docx.Document(str(target)).tables
    assert [cell.text for cell in table.rows[1].cells] == [
        "Строка 2. Сроки реализации",
        "24.01.2022 – 01.02.2022",
        "до 15.02.2022",
    ]
    styles = {run.style.name for cell in table.rows[1].cells for run in cell.paragraphs[0].runs}
    assert {"Исключенные слова", "Новые слова"} <= styles


def test_diff_compares_a_docx_with_its_data(
    docgen: Command, editions: tuple[Path, Path], tmp_path: Path
) -> None:
    docgen("generate", editions[1], "-o", tmp_path, "--format", "docx", "--force")
    code, out, _err = docgen("diff", editions[0], tmp_path / "new.docx")
    assert code == 0
    assert "{+до 15.02.2022+}" in out


def test_amend_and_apply_lead_to_the_new_edition(
    docgen: Command, editions: tuple[Path, Path], tmp_path: Path
) -> None:
    asked = ("--date", "01.03.2022", "--number", "31-ссл/г", "--format", "docx")
    code, out, _err = docgen("amend", *editions, *asked, "-o", tmp_path / "out")
    assert code == 0
    assert out.startswith("О внесении изменения в приказ ГАУ ДПО СОИРО")
    amendment = tmp_path / "out" / "old-amendment.yaml"
    assert amendment.with_suffix(".docx").is_file()
    amended = tmp_path / "amended.yaml"
    assert docgen("apply", editions[0], amendment, "-o", amended)[0] == 0
    assert docgen("diff", editions[1], amended)[1] == "The two editions say the same.\n"
    assert "revisions:" in amended.read_text("utf-8")


def test_an_amendment_is_made_anew_from_its_data_file(
    docgen: Command, editions: tuple[Path, Path], tmp_path: Path
) -> None:
    docgen("amend", *editions, "--format", "docx", "-o", tmp_path)
    made = (tmp_path / "old-amendment.docx").read_bytes()
    data = tmp_path / "old-amendment.yaml"
    assert docgen("generate", data, "-o", tmp_path / "again", "--format", "docx")[0] == 0
    assert (tmp_path / "again" / "old-amendment.docx").read_bytes() == made


def test_conflicting_amendments_end_with_code_1(
    docgen: Command, editions: tuple[Path, Path], tmp_path: Path
) -> None:
    old, new = editions
    other = tmp_path / "other.yaml"
    other.write_text(new.read_text("utf-8").replace("до 15.02.2022", "до 20.02.2022"), "utf-8")
    docgen("amend", old, new, "--format", "docx", "-o", tmp_path / "a")
    docgen("amend", old, other, "--format", "docx", "-o", tmp_path / "b")
    files = tmp_path / "a" / "old-amendment.yaml", tmp_path / "b" / "old-amendment.yaml"
    code, _out, err = docgen("apply", old, *files, "-o", tmp_path / "x.yaml")
    assert code == 1
    assert "changes[0]" in err
    assert not (tmp_path / "x.yaml").exists()


def test_a_wrong_date_is_wrong_usage(
    docgen: Command, editions: tuple[Path, Path], tmp_path: Path
) -> None:
    assert docgen("amend", *editions, "--date", "31.02.2022", "-o", tmp_path)[0] == 2


def test_verify_gives_the_data_back(
    docgen: Command, editions: tuple[Path, Path], tmp_path: Path
) -> None:
    docgen("generate", editions[0], "-o", tmp_path, "--format", "docx", "--force")
    data = tmp_path / "data.yaml"
    code, out, _err = docgen("verify", tmp_path / "old.docx", "--data", data)
    assert code == 0
    assert "order.docx" in out
    assert docgen("diff", editions[0], data)[1] == "The two editions say the same.\n"


def test_verify_of_a_foreign_document_ends_with_code_1(docgen: Command) -> None:
    code, out, _err = docgen("verify", ROOT / "templates" / "order.docx", "--json")
    assert code == 1
    assert json.loads(out)["verdict"] == "none"


def test_verify_of_a_missing_file_ends_with_code_2(docgen: Command, tmp_path: Path) -> None:
    assert docgen("verify", tmp_path / "no.docx")[0] == 2
