"""A disk that fills up while LibreOffice works."""

from __future__ import annotations

import tempfile
import threading
import time
from pathlib import Path

import pytest

from docgen.convert import LibreOfficePool
from docgen.convert.office import Office
from docgen.errors import ConversionError
from tests.convert.documents import make_docx
from tests.convert.test_libreoffice import processes
from tests.disks import fill, small_disk

pytestmark = pytest.mark.integration


def test_a_disk_full_before_the_document_is_told_and_the_next_is_served(
    office: Office, order: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with small_disk(tmp_path / "disk", 96 * 1024) as disk:
        monkeypatch.setattr(tempfile, "tempdir", str(disk))
        with LibreOfficePool(1) as pool:
            assert pool.convert(order)
            ballast = fill(disk)
            with pytest.raises(ConversionError) as caught:
                pool.convert(order)
            assert caught.value.code == "disk-full"
            ballast.unlink()
            assert pool.convert(order)
        assert not processes(pool)
        assert list(disk.iterdir()) == []


def test_a_disk_that_fills_up_in_mid_conversion_is_told_and_the_next_is_served(
    office: Office, order: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = make_docx("План", rows=600)
    with small_disk(tmp_path / "disk", 96 * 1024) as disk:
        monkeypatch.setattr(tempfile, "tempdir", str(disk))
        with LibreOfficePool(1) as pool:
            assert pool.convert(order)
            refused: list[str] = []

            def convert() -> None:
                with pytest.raises(ConversionError) as caught:
                    pool.convert(long)
                refused.append(caught.value.code)

            caller = threading.Thread(target=convert)
            caller.start()
            while not list(disk.rglob("*.docx")):
                time.sleep(0.01)
            ballast = fill(disk)
            caller.join()
            ballast.unlink()
            assert refused == ["disk-full"]
            assert pool.convert(order)
        assert not processes(pool)
        assert list(disk.iterdir()) == []
