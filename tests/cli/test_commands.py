from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from docgen.cli.root import COMMANDS, main
from tests.conftest import EXAMPLES, REGIONS, ROOT


@dataclass(frozen=True, slots=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


Command = Callable[..., Done]


@pytest.fixture
def docgen(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """The command line, run in this process."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("LANGUAGE", "ru")

    def run(*arguments: str | Path, **environment: str) -> Done:
        with monkeypatch.context() as patched:
            for name, value in environment.items():
                patched.setenv(name, value)
            patched.setattr(sys, "argv", ["docgen", *map(str, arguments)])
            capfd.readouterr()
            with pytest.raises(SystemExit) as ended:
                main()
            captured = capfd.readouterr()
        code = ended.value.code
        return Done(code if isinstance(code, int) else 0, captured.out, captured.err)

    return run


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
    docgen: Command, tmp_path: Path, name: str
) -> None:
    source = tmp_path / name
    source.write_text(BAD_FILES[name], "utf-8")
    done = docgen("generate", source, "-o", tmp_path / "out", "--format", "docx")
    assert done.returncode == 2
    assert not (tmp_path / "out").exists()
    assert "Traceback" not in done.stderr
    assert 0 < len(done.stderr.splitlines()) <= 40
    assert any("а" <= letter <= "я" for letter in done.stderr)


def test_generate_writes_what_was_asked_and_says_so_in_json(
    docgen: Command, tmp_path: Path
) -> None:
    source = EXAMPLES / "smolensk.yaml"
    done = docgen("generate", source, "-o", tmp_path, "--format", "docx,json", "--json")
    assert done.returncode == 0, done.stderr
    (result,) = json.loads(done.stdout)
    assert [Path(path).name for path in result["files"]] == ["smolensk.docx", "smolensk.json"]
    assert result["error"] is None


def test_one_bad_file_keeps_no_good_one_from_being_made(docgen: Command, tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("region: smolensk\n", "utf-8")
    done = docgen(
        "generate", bad, EXAMPLES / "kirov.yaml", "-o", tmp_path / "out", "--format", "docx"
    )
    assert done.returncode == 2
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["kirov.docx"]


def test_two_sources_of_one_name_are_refused(docgen: Command, tmp_path: Path) -> None:
    twin = tmp_path / "kirov.yaml"
    twin.write_bytes((EXAMPLES / "kirov.yaml").read_bytes())
    done = docgen("generate", twin, EXAMPLES / "kirov.yaml", "-o", tmp_path / "out")
    assert done.returncode == 2
    assert "kirov" in done.stderr


def test_regions_lists_all_five(docgen: Command) -> None:
    listed = json.loads(docgen("regions", "--json").stdout)
    assert [entry["code"] for entry in listed] == list(REGIONS)


def test_a_faulty_profile_keeps_no_other_region_from_the_list(
    docgen: Command, tmp_path: Path
) -> None:
    (tmp_path / "broken.yaml").write_text("code: broken\nbogus: 1\n", "utf-8")
    done = docgen("regions", "--json", DOCGEN_PLUGINS=str(tmp_path))
    assert [each["code"] for each in json.loads(done.stdout)] == list(REGIONS)
    assert "broken.yaml" in done.stderr
    assert "bogus" in done.stderr
    assert done.returncode == 2
    assert docgen("template", "list", DOCGEN_PLUGINS=str(tmp_path)).returncode == 0


def test_regions_show_tells_the_columns(docgen: Command) -> None:
    shown = json.loads(docgen("regions", "show", "yugra", "--json").stdout)
    assert len(shown["layouts"]["roadmap"]["columns"]) == 10


@pytest.mark.parametrize("region", REGIONS)
def test_a_new_order_generates_as_it_is(docgen: Command, tmp_path: Path, region: str) -> None:
    source = tmp_path / "new.yaml"
    assert docgen("new", "order", "--region", region, "-o", source).returncode == 0
    done = docgen("generate", source, "-o", tmp_path / "out", "--format", "docx")
    assert done.returncode == 0, done.stderr


def test_new_does_not_overwrite(docgen: Command, tmp_path: Path) -> None:
    source = tmp_path / "new.yaml"
    source.write_text("mine", "utf-8")
    assert docgen("new", "order", "--region", "kirov", "-o", source).returncode == 2
    assert source.read_text("utf-8") == "mine"


@pytest.mark.slow
@pytest.mark.parametrize("flags", [[], ["--plugin"]])
def test_a_scaffolded_region_passes_its_own_test(
    docgen: Command, tmp_path: Path, flags: list[str]
) -> None:
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


def test_doctor_names_every_need(docgen: Command) -> None:
    checks = json.loads(docgen("doctor", "--json").stdout)
    assert {"Python", "LibreOffice", "UNO", "Liberation Serif"} <= {c["name"] for c in checks}
    assert all(check["remedy"] for check in checks if not check["fine"])


def help_of(*arguments: str, **environment: str) -> str:
    """The help of a fresh process: each module words its help once, when it is imported."""
    command = [sys.executable, "-m", "docgen", *arguments, "--help"]
    env = {**os.environ, **environment}
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=env).stdout


def test_help_speaks_russian_and_english() -> None:
    assert "Показать эту справку" in help_of("generate")
    assert "Show this message" in help_of("--lang", "en", "generate")
    assert "Show this message" in help_of(DOCGEN_LANG="en")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_and_an_example(docgen: Command, command: str) -> None:
    done = docgen(command, "--help")
    assert done.returncode == 0
    assert "docgen" in done.stdout


def test_a_bad_setting_is_named(docgen: Command) -> None:
    done = docgen("regions", DOCGEN_CONVERT_WORKERS="много")
    assert done.returncode == 2
    assert "DOCGEN_CONVERT_WORKERS" in done.stderr


def test_wrong_usage_exits_with_2(docgen: Command) -> None:
    assert docgen("generate").returncode == 2
    assert docgen("no-such-command").returncode == 2


def test_the_program_runs_as_a_process_of_its_own() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "docgen", "--version"], capture_output=True, text=True, cwd=ROOT
    )
    assert done.stdout.startswith("docgen ")


def test_a_bug_is_told_by_its_id_and_kept_in_a_file(
    docgen: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken() -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr("docgen.cli.root.settings_in_force", broken)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    done = docgen("regions")
    (log,) = tmp_path.glob("docgen-*.log")
    assert done.returncode == 70
    assert log.stem.removeprefix("docgen-") in done.stderr
    assert "ZeroDivisionError" in log.read_text("utf-8")


def test_no_arguments_show_the_help(docgen: Command) -> None:
    done = docgen()
    assert done.returncode == 2
    assert "generate" in done.stdout + done.stderr


def test_regions_gives_show_its_json_from_either_side(docgen: Command) -> None:
    assert docgen("regions", "--json", "show", "kirov") == docgen(
        "regions", "show", "kirov", "--json"
    )


@pytest.mark.parametrize("ending", ["yaml", "json", "xlsx"])
def test_a_starter_is_what_its_name_says(docgen: Command, tmp_path: Path, ending: str) -> None:
    starter = tmp_path / f"order.{ending}"
    assert docgen("new", "order", "--region", "kirov", "-o", starter).returncode == 0
    assert docgen("check", starter).returncode == 0


def test_imports_into_json(docgen: Command, tmp_path: Path) -> None:
    target = tmp_path / "order.json"
    source = tmp_path / "kirov.xlsx"
    assert docgen("generate", EXAMPLES / "kirov.yaml", "-o", tmp_path, "--format", "xlsx")
    assert docgen("import", source, "-o", target).returncode == 0
    assert json.loads(target.read_text("utf-8"))["region"] == "kirov"


@pytest.mark.parametrize("command", ["check", "import", "convert"])
def test_what_is_no_docx_is_unreadable_and_named(
    docgen: Command, tmp_path: Path, command: str
) -> None:
    junk = tmp_path / "junk.docx"
    junk.write_bytes(b"junk")
    target = tmp_path / ("out" if command == "convert" else "out.yaml")
    output = ["-o", target] if command in ("import", "convert") else []
    done = docgen(command, junk, *output)
    assert (done.returncode, done.stdout) == (2, "")
    assert "junk.docx" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("generate", EXAMPLES / "smolensk.yaml", "--format", "docx"),
        ("import", EXAMPLES / "smolensk.yaml"),
        ("new", "order", "--region", "kirov"),
        ("apply", EXAMPLES / "smolensk.yaml", EXAMPLES / "smolensk.yaml"),
        ("diff", EXAMPLES / "smolensk.yaml", EXAMPLES / "kirov.yaml"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_dash_is_no_name_for_a_result(
    docgen: Command, arguments: tuple[str | Path, ...], tmp_path: Path
) -> None:
    done = docgen(*arguments, "-o", "-")
    assert done.returncode == 2
    assert "output" in done.stderr
    assert not (ROOT / "-").exists()


def test_convert_refuses_two_files_of_one_name(docgen: Command, tmp_path: Path) -> None:
    done = docgen("convert", tmp_path / "a/x.docx", tmp_path / "b/x.docx", "-o", tmp_path)
    assert (done.returncode, done.stdout) == (2, "")


def test_years_in_reverse_are_refused(docgen: Command) -> None:
    assert docgen("parse", "deadlines", "--years", "2023", "2022").returncode == 2


@pytest.mark.parametrize(
    "arguments",
    [("parse", "deadlines", "--years", "2022", "2022"), ("decline", "--case", "dative", "-")],
)
def test_input_that_is_not_utf_8_is_refused_by_its_line(
    docgen: Command, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    lines = io.TextIOWrapper(io.BytesIO("март\n".encode() + "март\n".encode("cp1251")))
    monkeypatch.setattr(sys, "stdin", lines)
    kind = ("--kind", "post") if arguments[0] == "decline" else ()
    done = docgen(*arguments, *kind)
    assert done.returncode == 2
    assert "2" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        "new order --region smolensk -o {0}/made.xls",
        "new submissions --order examples/smolensk.yaml --stage 1 -o {0}/made.xlsm",
        "diff examples/smolensk.yaml examples/smolensk.yaml -o {0}/made.pdf",
        "template vars templates/order.docx --example {0}/made.xlsx",
        "template check templates/order.docx --fix {0}/made.doc",
        "verify {0}/smolensk.docx --data {0}/made.xlsx",
    ],
)
def test_nothing_is_made_under_an_ending_that_says_another_kind(
    docgen: Command, tmp_path: Path, arguments: str
) -> None:
    if arguments.startswith("verify"):
        docgen("generate", "examples/smolensk.yaml", "-o", tmp_path, "--format", "docx", "--force")
    done = docgen(*arguments.format(tmp_path).split())
    assert done.returncode == 2
    assert "made." in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.glob("made*"))
