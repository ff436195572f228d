"""What the ending of a file's name says is what is written and read; any other is refused."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
import yaml

from docgen.errors import InputError
from docgen.schemas.reading import DATA
from docgen.services.batch import read_rows
from docgen.services.documents import Documents
from tests.conftest import EXAMPLES

ORDER = EXAMPLES / "smolensk.yaml"
UNKNOWN = [
    "order.xls",
    "order.xlsm",
    "order.ods",
    "order.docx",
    "order.txt",
    "order.yamll",
    "order",
]


@pytest.mark.parametrize("name", UNKNOWN)
def test_no_data_file_is_written_under_an_ending_that_says_another_kind(
    documents: Documents, tmp_path: Path, name: str
) -> None:
    with pytest.raises(InputError) as caught:
        documents.write_starter("smolensk", 2022, tmp_path / name)
    assert caught.value.code == "file-unknown"
    assert all(ending in caught.value.message for ending in DATA)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["a.yaml", "a.YML", "a.json", "a.XLSX"])
def test_what_is_written_under_a_known_ending_is_read_back(
    documents: Documents, tmp_path: Path, name: str
) -> None:
    order = documents.load(ORDER)
    documents.save(order, tmp_path / name)
    if name.endswith("XLSX"):
        openpyxl.load_workbook(tmp_path / name, read_only=True).close()
    assert documents.load(tmp_path / name).annexes == order.annexes


@pytest.mark.parametrize("name", ["order.txt2", "order.odt", "order.csv", "order"])
def test_a_file_of_an_unknown_kind_is_not_read_as_yaml(
    documents: Documents, tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_bytes(ORDER.read_bytes())
    for read in (documents.load, documents.document_in, documents.check):
        with pytest.raises(InputError) as caught:
            read(tmp_path / name)
        assert caught.value.code == "file-unknown"
        assert ".yaml, .yml, .json, .xlsx, .docx" in caught.value.message


@pytest.mark.parametrize("name", ["absent", "absent.odt"])
def test_an_absent_file_is_told_as_absent(documents: Documents, tmp_path: Path, name: str) -> None:
    for path in (tmp_path / name, tmp_path):
        with pytest.raises(InputError) as caught:
            documents.load(path)
        assert caught.value.code == "file-unreadable"


def test_rows_of_many_documents_come_from_known_kinds(tmp_path: Path) -> None:
    rows = tmp_path / "rows.csv"
    rows.write_text(yaml.safe_dump([{"a": 1}]), "utf-8")
    with pytest.raises(InputError) as caught:
        read_rows(rows, "{row}")
    assert caught.value.code == "file-unknown"
    assert ".xlsx" in caught.value.message
