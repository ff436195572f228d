"""Every command line of the guides works as written and prints what they show."""

from __future__ import annotations

import gettext
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.docs.tables import first_cells

GUIDES = ("README.md", "README.ru.md", "CONTRIBUTING.md")
LEFT_OUT = re.compile(r"make |\.venv/bin/python -m (?:tests|pytest tests)|.*docgen serve")
"""What installs, tests or rewrites this checkout itself; and what goes on until it is ended."""


@dataclass(frozen=True, slots=True)
class Line:
    """A command line and the output shown under it."""

    command: str
    output: str

    @property
    def refused(self) -> bool:
        return "not accepted" in self.output or "не принят" in self.output


@pytest.mark.integration  # the guides make PDFs
@pytest.mark.slow
@pytest.mark.parametrize("guide", GUIDES)
def test_command_lines_work_as_written(guide: str, tmp_path: Path) -> None:
    for name in ("examples", "tests"):
        (tmp_path / name).symlink_to(ROOT / name)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    lines = list(_lines((ROOT / guide).read_text("utf-8")))
    checked = [line for line in lines if not LEFT_OUT.match(line.command)]
    assert checked, f"{guide} shows no command to check"
    for line in checked:
        name, _equals, value = line.command.removeprefix("export ").partition("=")
        if line.command.startswith("export "):
            environment[name] = value
        else:
            _check(line, tmp_path, environment)


def test_messages_explained_to_clerks_are_the_program_s_own() -> None:
    catalogue = gettext.translation("docgen", ROOT / "docgen/locale", languages=["ru"])._catalog
    table = (ROOT / "README.ru.md").read_text("utf-8").partition("| программа пишет |")[2]
    for message in first_cells(table.partition("\n\n")[0]):
        assert any(message in str(worded) for worded in catalogue.values()), message


def _lines(text: str) -> Iterator[Line]:
    for block in re.findall(r"^ *```console\n(.*?)```", text, re.S | re.M):
        for command, output in re.findall(r"^ *\$ (.+)\n((?:(?! *\$ ).*\n)*)", block, re.M):
            yield Line(command, output)


def _check(line: Line, folder: Path, environment: dict[str, str]) -> None:
    command, _here, given = line.command.partition(" <<< ")
    program, *arguments = shlex.split(command)
    module = ["-m", "docgen"] if program.endswith("docgen") else []
    done = subprocess.run(
        [sys.executable, *module, *arguments],
        input=given.strip('"'),
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
    )
    said = done.stdout + done.stderr
    assert done.returncode == (2 if line.refused else 0), f"{line.command}\n{said}"
    missing = set(_words(line.output)) - set(_words(said))
    assert not missing, f"{line.command} prints no {missing}, but:\n{said}"


def _words(text: str) -> list[str]:
    """Words without the lines of a table, versions and times left out."""
    bare = re.sub(r"[┏━┳┓┃┡╇┩│└─┴┘,]", " ", text)
    return [word for word in bare.split() if not re.fullmatch(r"\d+(?:\.\d+)+", word)]
