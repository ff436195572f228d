from __future__ import annotations

import json
from pathlib import Path

import pytest

from docgen.errors import DocgenError, InputError, ProblemsError
from docgen.services.batch import WORKLOG, Batch, Entry, read_rows
from docgen.services.documents import Documents
from tests.disks import fill, small_disk
from tests.render.word import docx, paragraph

TEMPLATE = docx(paragraph("{{ text }}"))


def never() -> None:  # type: ignore[misc]
    raise AssertionError


def batch(folder: Path) -> Batch:
    return Batch(TEMPLATE, folder, ("docx",), never)  # type: ignore[arg-type]


def rows(count: int) -> list[Entry]:
    return [Entry(f"{number:03}", {"text": f"Приказ {number}"}) for number in range(count)]


def test_what_is_done_is_not_done_again(tmp_path: Path) -> None:
    assert not any(filled.kept for filled in batch(tmp_path).run(rows(3), 2))
    kept = {filled.name: filled.kept for filled in batch(tmp_path).run(rows(4), 2)}
    assert kept == {"000": True, "001": True, "002": True, "003": False}


def test_a_full_disk_is_told_for_each_row_it_befell(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 512) as disk:
        out = disk / "out"
        assert all(filled.error is None for filled in batch(out).run(rows(2), 2))
        ballast = fill(disk, leaving=3 * len(TEMPLATE))
        filled = list(batch(out).run(rows(40), 2))
        codes = {each.error.code for each in filled if isinstance(each.error, DocgenError)}
        assert codes == {"not-writable"}
        made = {each.name for each in filled if each.error is None}
        assert {"000", "001"} <= made < {row.name for row in rows(40)}
        names = {path.name for path in out.iterdir()}
        assert names == {WORKLOG, *(f"{name}.docx" for name in made)}
        ballast.unlink()
        assert all(each.error is None for each in batch(out).run(rows(40), 2))


def test_a_torn_line_of_the_worklog_counts_not(tmp_path: Path) -> None:
    list(batch(tmp_path).run(rows(2), 1))
    log = tmp_path / WORKLOG
    log.write_bytes(log.read_bytes()[:-10])
    kept = {filled.name: filled.kept for filled in batch(tmp_path).run(rows(2), 1)}
    assert sorted(kept.values()) == [False, True]
    assert all(filled.kept for filled in batch(tmp_path).run(rows(2), 1))


def test_a_filled_document_carries_the_passport_of_its_row(
    documents: Documents, tmp_path: Path
) -> None:
    named = Batch(TEMPLATE, tmp_path, ("docx",), never, "invitation.docx")  # type: ignore[arg-type]
    (filled,) = named.run([Entry("a", {"text": "Иван Иванович"})], 1)
    found = documents.verify(filled.files[0])
    assert found.verdict == "untouched"
    assert found.passport is not None
    assert found.passport.template.name == "invitation.docx"
    assert json.loads(found.passport.data) == {"text": "Иван Иванович"}


@pytest.mark.parametrize("name", ["rows.yaml", "rows.json"])
def test_a_value_that_stands_twice_in_a_row_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text('[{"school": "№ 1", "school": "№ 2"}]', "utf-8")
    with pytest.raises(InputError) as caught:
        read_rows(tmp_path / name, "{row}")
    assert [problem.code for problem in caught.value.problems] == ["duplicate-key"]


def test_several_processes_make_the_files_that_one_makes(tmp_path: Path) -> None:
    made = list(batch(tmp_path / "many").run(rows(30), 3))
    alone = list(batch(tmp_path / "one").run(rows(30), 1))
    assert [filled.name for filled in made] == [filled.name for filled in alone]
    for many, one in zip(made, alone, strict=True):
        assert many.files[0].read_bytes() == one.files[0].read_bytes()


def test_a_row_that_fails_in_another_process_says_why(tmp_path: Path) -> None:
    faulty = [*rows(20), Entry("faulty", {"other": "Приказ"})]
    here, there = (
        {each.name: each.error for each in batch(tmp_path / f"{n}").run(faulty, n) if each.error}
        for n in (1, 2)
    )
    assert list(there) == ["faulty"]
    assert isinstance(there["faulty"], ProblemsError)
    assert isinstance(here["faulty"], ProblemsError)
    assert there["faulty"].problems == here["faulty"].problems != ()
