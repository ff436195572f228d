from __future__ import annotations

import configparser
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT


def test_every_package_is_listed_for_the_wheel() -> None:
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    listed = set(setup["options"]["packages"].split())
    folders = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for top in ("docgen", "plugins")
        for path in (ROOT / top).rglob("__init__.py")
    }
    expected = {name.replace("plugins", "docgen_regions", 1) for name in folders}
    assert {name for name in listed if "_data" not in name} == expected


@pytest.mark.integration
def test_a_wheel_installed_elsewhere_generates_the_examples(tmp_path: Path) -> None:
    def run(*command: str | Path) -> str:
        done = subprocess.run(
            list(map(str, command)), capture_output=True, text=True, cwd=tmp_path, timeout=300
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    pip = ("-m", "pip", "--disable-pip-version-check", "--quiet")
    source = tmp_path / "source"
    run("git", "clone", "--quiet", ROOT, source)
    run(sys.executable, *pip, "wheel", "--no-deps", "--no-build-isolation", "-w", tmp_path, source)
    (wheel,) = tmp_path.glob("docgen-*.whl")
    run(sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv")
    (site,) = (tmp_path / "venv" / "lib").glob("python*/site-packages")
    run(sys.executable, *pip, "install", "--no-deps", "--target", site, wheel)
    # The libraries come from the environment of the tests; docgen itself must not.
    libraries = Path(pytest.__file__).parents[1]
    (site / "libraries.pth").write_text(f"{libraries}\n", "utf-8")
    python = tmp_path / "venv" / "bin" / "python"
    where = run(python, "-c", "import docgen; print(docgen.__file__)")
    assert where.startswith(str(site))
    run(python, "-m", "docgen", "demo", "-o", tmp_path / "out")
    assert len(list((tmp_path / "out").glob("*.docx"))) == 5
    assert len(list((tmp_path / "out").glob("*.pdf"))) == 5
