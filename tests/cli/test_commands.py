from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from docgen.cli.main import COMMANDS
from tests.conftest import EXAMPLES, REGIONS, ROOT


def docgen(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "docgen", *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, **environment},
        timeout=120,
    )


BAD_FILES = {
    "unknown-key.yaml": "region: smolensk\nbogus: 1\n",
    "wrong-type.yaml": "region: smolensk\ntitle: [1]\n",
    "impossible-date.yaml": "region: smolensk\ndate: 18.01.32021\n",
    "doubled.yaml": "region: smolensk\nregion: kirov\n",
    "no-region.yaml": "title: Об утверждении\n",
    "unknown-region.yaml": "region: atlantis\n",
    "not-a-mapping.yaml": "- а\n- б\n",
    "empty.yaml": "",
    "broken.yaml": "region: [\n",
    "broken.json": '{"region": \n',
    "item-key.yaml": "region: smolensk\nannexes: [{title: П, sections: [{items: [{venu: а}]}]}]\n",
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_gives_one_screen_of_russian_exit_2_and_no_file(
    tmp_path: Path, name: str
) -> None:
    source = tmp_path / name
    source.write_text(BAD_FILES[name], "utf-8")
    done = docgen("generate", source, "-o", tmp_path / "out", "--format", "docx")
    assert done.returncode == 2
    assert not (tmp_path / "out").exists()
    assert "Traceback" not in done.stderr
    assert 0 < len(done.stderr.splitlines()) <= 40
    assert any("а" <= letter <= "я" for letter in done.stderr)


def test_generate_writes_what_was_asked_and_says_so_in_json(tmp_path: Path) -> None:
    source = EXAMPLES / "smolensk.yaml"
    done = docgen("generate", source, "-o", tmp_path, "--format", "docx,json", "--json")
    assert done.returncode == 0, done.stderr
    (result,) = json.loads(done.stdout)
    assert [Path(path).name for path in result["files"]] == ["smolensk.docx", "smolensk.json"]
    assert result["error"] is None


def test_one_bad_file_keeps_no_good_one_from_being_made(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("region: smolensk\n", "utf-8")
    done = docgen(
        "generate", bad, EXAMPLES / "kirov.yaml", "-o", tmp_path / "out", "--format", "docx"
    )
    assert done.returncode == 2
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["kirov.docx"]


def test_two_sources_of_one_name_are_refused(tmp_path: Path) -> None:
    twin = tmp_path / "kirov.yaml"
    twin.write_bytes((EXAMPLES / "kirov.yaml").read_bytes())
    done = docgen("generate", twin, EXAMPLES / "kirov.yaml", "-o", tmp_path / "out")
    assert done.returncode == 2
    assert "kirov" in done.stderr


def test_regions_lists_all_five() -> None:
    listed = json.loads(docgen("regions", "--json").stdout)
    assert [entry["code"] for entry in listed] == list(REGIONS)


def test_regions_show_tells_the_columns() -> None:
    shown = json.loads(docgen("regions", "show", "yugra", "--json").stdout)
    assert len(shown["layouts"]["roadmap"]["columns"]) == 10


@pytest.mark.parametrize("region", REGIONS)
def test_a_new_order_generates_as_it_is(tmp_path: Path, region: str) -> None:
    source = tmp_path / "new.yaml"
    assert docgen("new", "order", "--region", region, "-o", source).returncode == 0
    done = docgen("generate", source, "-o", tmp_path / "out", "--format", "docx")
    assert done.returncode == 0, done.stderr


def test_new_does_not_overwrite(tmp_path: Path) -> None:
    source = tmp_path / "new.yaml"
    source.write_text("mine", "utf-8")
    assert docgen("new", "order", "--region", "kirov", "-o", source).returncode == 2
    assert source.read_text("utf-8") == "mine"


@pytest.mark.parametrize("flags", [[], ["--plugin"]])
def test_a_scaffolded_region_passes_its_own_test(tmp_path: Path, flags: list[str]) -> None:
    made = docgen("region", "new", "tomsk", "--name", "Томская область", "-o", tmp_path, *flags)
    assert made.returncode == 0, made.stderr
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=120,
    )
    assert "1 passed" in done.stdout, done.stdout


def test_doctor_names_every_need() -> None:
    checks = json.loads(docgen("doctor", "--json").stdout)
    assert {"Python", "LibreOffice", "UNO", "Liberation Serif"} <= {c["name"] for c in checks}
    assert all(check["remedy"] for check in checks if not check["fine"])


@pytest.mark.parametrize("command", [(), *((name,) for name in COMMANDS)])
def test_help_speaks_russian_and_english(command: tuple[str, ...]) -> None:
    russian = docgen(*command, "--help").stdout
    english = docgen("--lang", "en", *command, "--help").stdout
    assert "Показать эту справку" in russian
    assert "Show this message" in english
    assert "Show this message" in docgen(*command, "--help", DOCGEN_LANG="en").stdout


def test_a_bad_setting_is_named() -> None:
    done = docgen("regions", DOCGEN_CONVERT_WORKERS="много")
    assert done.returncode == 2
    assert "DOCGEN_CONVERT_WORKERS" in done.stderr


def test_wrong_usage_exits_with_2() -> None:
    assert docgen("generate").returncode == 2
    assert docgen("no-such-command").returncode == 2
