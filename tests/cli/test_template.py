from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from docgen.render import compile_template
from tests.cli.test_commands import Command, docgen
from tests.conftest import REGIONS, ROOT
from tests.render.broken import BROKEN

__all__ = ["docgen"]
TEMPLATES = sorted((ROOT / "templates").rglob("*.docx"))


@pytest.mark.parametrize("path", TEMPLATES, ids=[path.stem for path in TEMPLATES])
def test_check_passes_every_shipped_template(docgen: Command, path: Path) -> None:
    done = docgen("template", "check", path)
    assert done.returncode == 0, done.stdout


def test_check_tells_place_and_advice_in_russian(docgen: Command, tmp_path: Path) -> None:
    source = tmp_path / "t.docx"
    source.write_bytes(BROKEN["misspelt name in a table"].data)
    done = docgen("template", "check", source)
    assert done.returncode == 1
    assert "таблица 1, строка 4, столбец 2" in done.stdout
    assert "напишите {{ row.deadline }}" in done.stdout


def test_check_prints_json(docgen: Command, tmp_path: Path) -> None:
    source = tmp_path / "t.docx"
    source.write_bytes(BROKEN["unclosed loop"].data)
    done = docgen("template", "check", source, "--json")
    (fault,) = json.loads(done.stdout)["faults"]
    assert fault["code"] == "unclosed-block"
    assert fault["path"] == "word/document.xml:3"
    assert set(fault) == {
        "code", "severity", "path", "place", "text", "message", "suggestion",
    }  # fmt: skip


def test_a_mended_copy_passes(docgen: Command, tmp_path: Path) -> None:
    source, copy = tmp_path / "t.docx", tmp_path / "mended.docx"
    source.write_bytes(BROKEN["Cyrillic letter in a name"].data)
    assert docgen("template", "check", source, "--fix", copy).returncode == 0
    assert docgen("template", "check", copy).returncode == 0


def test_a_warning_is_told_and_passes(docgen: Command, tmp_path: Path) -> None:
    source = tmp_path / "t.docx"
    source.write_bytes(BROKEN["лапки"].data)
    done = docgen("template", "check", source)
    assert done.returncode == 0
    assert "curly-quotes" in done.stdout


@pytest.mark.parametrize("arguments", [["check"], ["vars"], ["check", "--fix", "x.docx"]])
def test_a_file_that_is_no_docx_exits_with_2(
    docgen: Command, tmp_path: Path, arguments: list[str]
) -> None:
    source = tmp_path / "t.docx"
    source.write_bytes(b"plain text")
    done = docgen("template", arguments[0], source, *arguments[1:])
    assert done.returncode == 2
    assert "t.docx" in done.stderr


def test_a_file_that_is_not_there_exits_with_2(docgen: Command, tmp_path: Path) -> None:
    assert docgen("template", "check", tmp_path / "none.docx").returncode == 2


def test_vars_prints_the_nested_schema_and_an_example(docgen: Command, tmp_path: Path) -> None:
    source, example = ROOT / "templates" / "order.docx", tmp_path / "example.yaml"
    done = docgen("template", "vars", source, "--json", "--example", example)
    assert done.returncode == 0
    needs = json.loads(done.stdout)
    assert needs["annexes"][0]["sections"][0]["rows"] == [{"*": "text"}]
    values = yaml.safe_load(example.read_text("utf-8"))
    compile_template(source.read_bytes(), trusted=True).render(values)


def test_vars_prints_an_indented_list(docgen: Command) -> None:
    done = docgen("template", "vars", ROOT / "templates" / "order.docx")
    lines = done.stdout.splitlines()
    assert "points[]" in lines
    assert "  text: текст" in lines


def test_list_names_templates_regions_and_engine(docgen: Command) -> None:
    listed = json.loads(docgen("template", "list", "--json").stdout)
    used = {(Path(each["path"]).parent.name, each["kind"]): each for each in listed}
    assert used["yugra", "order"]["regions"] == ["yugra"]
    assert used["templates", "order_plain"]["regions"] == list(REGIONS)
    assert {each["engine"] for each in listed} == {"compiled"}
