"""A service with its files in a bucket, which may be away: readers are told, nothing is lost."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from docgen.bootstrap import Service, build_service
from docgen.models.accounts import Role, Scope
from docgen.services.jobs import Jobs
from docgen.services.kinds import kept
from docgen.settings import TEMPLATES
from docgen.store.files import Files
from tests.buckets import S3
from tests.web.conftest import AsRole

pytestmark = pytest.mark.slow

TEMPLATE = (TEMPLATES / "order.docx").read_bytes()


@pytest.fixture
def address(s3: S3) -> str:
    """Of a bucket that is still to be made."""
    return s3.absent()


@pytest.fixture
def service(service: Service, address: str) -> Iterator[Service]:
    built = build_service(replace(service.settings, files=address))
    yield built
    built.close()


def fine(client: FlaskClient) -> dict[str, bool]:
    answer = client.get("/readyz").json
    assert answer is not None
    return {name: part["fine"] for name, part in answer["parts"].items()}


def test_a_service_whose_bucket_is_away_is_not_ready(
    client: FlaskClient, address: str, s3: S3
) -> None:
    assert (fine(client)["database"], fine(client)["files"]) == (True, False)
    s3.make(address)
    assert fine(client)["files"]


def test_readiness_does_not_wait_for_a_silent_bucket(
    client: FlaskClient, address: str, s3: S3
) -> None:
    s3.make(address)
    with s3.silent():
        start = time.monotonic()
        assert not fine(client)["files"]
        assert time.monotonic() - start < 8


def test_what_the_bucket_did_not_take_is_neither_kept_nor_said_to_be(
    service: Service, address: str, s3: S3, as_role: AsRole
) -> None:
    browser = as_role(Role.ADMINISTRATOR)
    scope = Scope.of(browser.account)  # type: ignore[attr-defined]

    def uploaded() -> tuple[int, str]:
        file = (io.BytesIO(TEMPLATE), "order.docx")
        form = {"region": "smolensk", "name": "order.docx", "file": file}
        answer = browser.post("/library/templates", data=form)
        return answer.status_code, answer.text

    status, page = uploaded()
    assert status == 503
    assert "NoSuchBucket" in page
    assert service.library.templates(scope) == []
    s3.make(address)
    assert uploaded()[0] == 302
    (edition,) = service.library.templates(scope)
    assert service.library.template(scope, edition.id)[1] == TEMPLATE


def test_programs_are_told_that_the_bucket_is_away(
    service: Service, as_role: AsRole, tmp_path: Path
) -> None:
    browser = as_role(Role.ADMINISTRATOR)
    files = Files(tmp_path / "files")
    kinds = {"canary": lambda *_: {"files": [kept(files, "a.pdf", b"a")]}}
    jobs = Jobs(service.database, files, kinds)
    job = jobs.enqueue(Scope.of(browser.account), "canary", {})  # type: ignore[attr-defined]
    assert jobs.work("w")
    answer = browser.get(f"/api/v1/jobs/{job.id}/files/1")
    assert answer.status_code == 503
    assert answer.json is not None
    assert answer.json["code"] == "files-unavailable"
