from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from docgen.errors import InputError
from docgen.models import Finding
from docgen.services.documents import Generated
from docgen.services.generation import UNFINISHED, Outcome, Wish, resumed

FINDING = Finding("year-missing", "info", "annexes[0]", "приложение", "без года", "добавьте год")


class Maker:
    """Makes a file for each source and remembers which."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made: list[str] = []

    def __call__(self, paths: Sequence[Path]) -> Iterator[Outcome]:
        for path in paths:
            self.made.append(path.stem)
            if path.read_text() == "bad":
                yield Outcome(path, 0.1, error=InputError("bad"))
                continue
            target = self.folder / f"{path.stem}.docx"
            target.write_text("docx")
            yield Outcome(path, 0.1, Generated((target,), findings=(FINDING,)))


@pytest.fixture
def paths(tmp_path: Path) -> list[Path]:
    sources = [tmp_path / f"{name}.yaml" for name in "abc"]
    for path in sources:
        path.write_text(path.stem)
    return sources


def broken_off(paths: list[Path], folder: Path, after: int) -> None:
    run = resumed(paths, Wish(folder, ("docx",)), (), Maker(folder))
    for _number in range(after):
        next(run)
    run.close()  # type: ignore[attr-defined]


def go_on(paths: list[Path], folder: Path, *formats: str) -> tuple[list[str], list[Outcome]]:
    maker = Maker(folder)
    outcomes = list(resumed(paths, Wish(folder, formats or ("docx",)), (), maker))
    return maker.made, outcomes


def test_a_run_that_broke_off_is_gone_on_with(tmp_path: Path, paths: list[Path]) -> None:
    broken_off(paths, tmp_path, after=2)
    made, outcomes = go_on(paths, tmp_path)
    assert made[0] != "a"
    assert made[-1] == "c"
    assert [outcome.source for outcome in outcomes] == paths
    assert all(outcome.result and outcome.result.findings == (FINDING,) for outcome in outcomes)
    assert not (tmp_path / UNFINISHED).exists()


def test_a_run_to_the_end_is_made_anew(tmp_path: Path, paths: list[Path]) -> None:
    go_on(paths, tmp_path)
    assert go_on(paths, tmp_path)[0] == ["a", "b", "c"]


@pytest.mark.parametrize("change", ["data", "formats", "document"])
def test_what_changed_since_is_made_again(tmp_path: Path, paths: list[Path], change: str) -> None:
    broken_off(paths, tmp_path, after=3)
    if change == "data":
        paths[0].write_text("other")
    if change == "document":
        (tmp_path / "a.docx").unlink()
    made, _outcomes = go_on(paths, tmp_path, *(["docx", "json"] if change == "formats" else []))
    assert made[0] == "a"


def test_what_failed_is_tried_again(tmp_path: Path, paths: list[Path]) -> None:
    paths[0].write_text("bad")
    broken_off(paths, tmp_path, after=2)
    assert go_on(paths, tmp_path)[0][0] == "a"


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, paths: list[Path]) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    with pytest.raises(InputError) as caught:
        go_on(paths, blocked / "out")
    assert caught.value.code == "not-writable"
