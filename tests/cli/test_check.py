import json

import openpyxl
import pytest
from click.testing import CliRunner

from docgen.cli.amend import command as amend
from docgen.cli.check import command as check
from docgen.cli.generate import command as generate
from tests.checks.published import ROOT

EXAMPLES = ROOT / "examples"


def run(*arguments, command=check):
    return CliRunner().invoke(command, [str(argument) for argument in arguments])


@pytest.fixture
def faulty(tmp_path):
    """The order of Kirov without its acknowledgement."""
    text = (EXAMPLES / "kirov.yaml").read_text("utf-8")
    before, _entry, after = text.partition("acknowledged:")
    path = tmp_path / "order.yaml"
    path.write_text(before + after[after.index("annexes:") :], "utf-8")
    return path


def test_prints_a_table_with_place_and_suggestion():
    done = run(EXAMPLES / "smolensk.yaml")
    assert done.exit_code == 0
    assert "repeated-phrase" in done.output


@pytest.mark.parametrize("arguments", [("--json",), ("--format", "json")])
def test_prints_findings_as_json(arguments):
    done = run(EXAMPLES / "kirov.yaml", EXAMPLES / "yugra.yaml", *arguments)
    assert done.exit_code == 0
    findings = json.loads(done.stdout)
    assert {finding["file"] for finding in findings} == {
        str(EXAMPLES / "kirov.yaml"),
        str(EXAMPLES / "yugra.yaml"),
    }
    keys = {"file", "code", "severity", "path", "place", "message", "suggestion", "acknowledged"}
    assert all(set(finding) == keys for finding in findings)
    (impossible,) = [finding for finding in findings if finding["severity"] == "error"]
    assert (impossible["code"], impossible["acknowledged"]) == ("impossible-date", True)


def test_an_error_that_no_one_acknowledged_gives_1(faulty):
    done = run(faulty, EXAMPLES / "yugra.yaml")
    assert done.exit_code == 1
    assert "impossible-date" in done.output


def test_a_file_that_cannot_be_read_gives_2_and_keeps_no_other_from_being_checked(tmp_path, faulty):
    broken = tmp_path / "broken.yaml"
    broken.write_text("kind: order\nregion: nowhere\n", "utf-8")
    done = run(broken, faulty, "--json")
    assert done.exit_code == 2
    assert {finding["file"] for finding in json.loads(done.stdout)} == {str(faulty)}


def test_prints_sarif():
    log = json.loads(run(EXAMPLES / "kirov.yaml", "--format", "sarif").stdout)
    assert log["version"] == "2.1.0"
    (place, *_) = log["runs"][0]["results"][0]["locations"]
    line = place["physicalLocation"]["region"]["startLine"]
    source = (EXAMPLES / "kirov.yaml").read_text("utf-8").splitlines()
    assert source[line - 1].startswith("preamble:")


def test_generate_stops_at_errors_and_writes_nothing(faulty, tmp_path):
    out = tmp_path / "out"
    done = run(faulty, "-o", out, "--format", "json", command=generate)
    assert done.exit_code == 1
    assert not out.exists()


def test_generate_goes_on_when_forced(faulty, tmp_path):
    done = run(faulty, "-o", tmp_path, "--format", "json", "--force", command=generate)
    assert done.exit_code == 0
    assert (tmp_path / "order.json").exists()


@pytest.mark.parametrize("region", ["astrakhan", "kirov", "moscow_oblast", "smolensk", "yugra"])
def test_generate_makes_the_published_orders_and_tells_of_their_mistakes(region, tmp_path):
    path = EXAMPLES / f"{region}.yaml"
    done = run(path, "-o", tmp_path, "--format", "json", "--json", command=generate)
    assert done.exit_code == 0
    (outcome,) = json.loads(done.stdout)
    assert outcome["findings"]


def test_checks_a_document_in_word(tmp_path):
    run(EXAMPLES / "kirov.yaml", "-o", tmp_path, "--format", "docx", command=generate)
    done = run(tmp_path / "kirov.docx", "--json")
    assert done.exit_code == 1  # paper acknowledges nothing
    assert "impossible-date" in {finding["code"] for finding in json.loads(done.stdout)}


def test_a_damaged_document_gives_2(tmp_path):
    path = tmp_path / "order.docx"
    path.write_bytes(b"PK not a document")
    assert run(path).exit_code == 2


def test_checks_a_clerks_own_workbook_as_it_is_imported(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["План мероприятий Смоленской области"])
    sheet.merge_cells("A1:D1")
    sheet.append(["№ п/п", "Наименование мероприятия", "Срок исполнения", "Результат"])
    sheet.append([1, "Семинар", "31.02.2022", "Справка"])
    book.save(tmp_path / "plan.xlsx")
    done = run(tmp_path / "plan.xlsx", "--json")
    assert done.exit_code == 1
    found = {finding["code"]: finding["path"] for finding in json.loads(done.stdout)}
    assert found["impossible-date"] == "annexes[0].sections[0].items[0].deadline"


def test_checks_an_amending_order(tmp_path):
    changed = tmp_path / "new.yaml"
    text = (EXAMPLES / "smolensk.yaml").read_text("utf-8")
    changed.write_text(text.replace("17.01.2022 – 04.02.2022", "17.01.2022 – 31.02.2022", 1))
    done = run(
        EXAMPLES / "smolensk.yaml", changed, "--format", "docx", "-o", tmp_path, command=amend
    )
    assert done.exit_code == 0
    for name in ("smolensk-amendment.yaml", "smolensk-amendment.docx"):
        done = run(tmp_path / name, "--json")
        assert done.exit_code == 1
        assert [f["code"] for f in json.loads(done.stdout)] == ["impossible-date"]
