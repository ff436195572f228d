"""Settings alone choose where contents are kept."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from docgen.bootstrap import kept_files, settings_in_force
from docgen.errors import InputError
from docgen.settings import read_settings
from docgen.store.bucket import Bucket
from docgen.store.files import Files
from tests.buckets import S3
from tests.conftest import ROOT


def test_contents_stand_in_the_home_by_default(tmp_path: Path) -> None:
    files = kept_files(replace(settings_in_force(), home=tmp_path))
    assert isinstance(files, Files)
    assert files.folder == tmp_path / "files"


def test_contents_stand_in_the_shared_folder_when_it_is_there(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    settings = read_settings({"DOCGEN_FILES": str(shared)})
    with pytest.raises(InputError) as caught:
        kept_files(settings)
    assert caught.value.code == "bad-setting"
    assert not shared.exists()
    shared.mkdir()
    files = kept_files(settings)
    assert isinstance(files, Files)
    assert files.folder == shared


def test_contents_stand_in_the_bucket_that_is_named(s3: S3) -> None:
    assert isinstance(kept_files(read_settings({"DOCGEN_FILES": s3.made()})), Bucket)


@pytest.mark.parametrize("wrong", ["s3://", "s3:///folder", "s3://Большое", "https://storage/b"])
def test_an_address_that_is_no_bucket_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="DOCGEN_FILES"):
        read_settings({"DOCGEN_FILES": wrong})


WITHOUT = """
import sys
from dataclasses import replace
sys.modules["boto3"] = None
from docgen.bootstrap import build_service, settings_in_force
from docgen.errors import InputError
settings = settings_in_force()
build_service(settings).close()
try:
    build_service(replace(settings, files="s3://docgen"))
except InputError as error:
    print(error.code, error.message)
"""


@pytest.mark.slow
def test_only_a_service_on_a_bucket_needs_its_library() -> None:
    command = [sys.executable, "-c", WITHOUT]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("bad-setting")
    assert "docgen[cluster]" in done.stdout
