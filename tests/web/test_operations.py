"""Health, figures, jobs, templates and profiles: what administrators and monitoring see."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import docx as python_docx
import pytest
from flask import Flask
from flask.testing import FlaskClient

from docgen.bootstrap import Service, build_service
from docgen.errors import ConversionError
from docgen.models.accounts import Role, Scope
from docgen.models.jobs import State
from docgen.services.jobs import SERVICE
from docgen.settings import PROFILES, TEMPLATES
from docgen.web import create_app
from tests.services.conftest import example
from tests.web.conftest import AsRole

pytestmark = pytest.mark.slow

ABROAD = {"REMOTE_ADDR": "10.0.0.5"}
SHIPPED = (TEMPLATES / "order.docx").read_bytes()
PROFILE = (PROFILES / "smolensk.yaml").read_text("utf-8")


def test_a_balancer_is_told_that_the_process_lives(client: FlaskClient) -> None:
    assert client.get("/healthz", environ_base=ABROAD).status_code == 200


def test_a_service_without_a_test_conversion_is_not_ready(client: FlaskClient) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json is not None
    parts = answer.json["parts"]
    assert {name: part["fine"] for name, part in parts.items()} == {
        "database": True,
        "files": True,
        "disk": True,
        "conversion": False,
    }


def test_people_see_that_a_fresh_service_waits_for_its_first_conversion(as_role: AsRole) -> None:
    page = as_role(Role.ADMINISTRATOR, None).get("/health").text
    assert "ожидается" in page
    assert "неисправность" not in page


def test_a_test_conversion_that_failed_is_a_fault(service: Service, as_role: AsRole) -> None:
    def broken(*_: object) -> dict[str, object]:
        raise ConversionError("нет LibreOffice")

    service.jobs.kinds = {"canary": broken}
    service.jobs.enqueue(SERVICE, "canary", {})
    while service.jobs.work("w"):
        pass
    (part,) = [part for part in service.readiness().parts() if part.name == "conversion"]
    assert (part.fine, part.awaited) == (False, False)


def test_a_fresh_canary_makes_the_service_ready(service: Service, client: FlaskClient) -> None:
    service.jobs.kinds = {"canary": lambda *_: {}}
    service.jobs.enqueue(SERVICE, "canary", {})
    service.jobs.work("w")
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json is not None
    assert " 0 " not in answer.json["parts"]["conversion"]["state"]


@pytest.mark.parametrize("path", ["/readyz", "/metrics"])
def test_strangers_do_not_see_the_inside(service: Service, path: str) -> None:
    app = create_app(replace(service, settings=replace(service.settings, monitoring_token="t0")))
    client = app.test_client()
    assert client.get(path, environ_base=ABROAD).status_code == 404
    assert client.get(path, headers={"X-Forwarded-For": "10.0.0.5"}).status_code == 404
    wrong = {"Authorization": "Bearer t1"}
    assert client.get(path, headers=wrong, environ_base=ABROAD).status_code == 404
    token = {"Authorization": "Bearer t0"}
    assert client.get(path, headers=token, environ_base=ABROAD).status_code in (200, 503)


def test_figures_name_routes_and_never_addresses(client: FlaskClient) -> None:
    client.get("/invitation/secret-of-somebody")
    text = client.get("/metrics").text
    assert "secret-of-somebody" not in text
    assert 'docgen_requests_total{method="GET",route="/invitation/' in text
    assert "docgen_jobs" in text


@pytest.mark.parametrize(
    ("given", "kept"), [("proxy-1.2", True), ("a b", False), ("x" * 65, False)]
)
def test_the_id_of_a_request_comes_from_the_proxy(
    client: FlaskClient, given: str, kept: bool
) -> None:
    answer = client.get("/healthz", headers={"X-Request-ID": given})
    assert (answer.headers["X-Request-ID"] == given) is kept


def test_jobs_are_listed_cancelled_and_downloaded(service: Service, as_role: AsRole) -> None:
    browser = as_role(Role.ADMINISTRATOR)
    scope = Scope.of(browser.account)  # type: ignore[attr-defined]
    job = service.jobs.enqueue(scope, "canary", {})
    assert f"/jobs/{job.id}/cancel" in browser.get("/jobs/?state=queued").text
    assert browser.post(f"/jobs/{job.id}/cancel").status_code == 302
    assert service.jobs.read(scope, job.id).state is State.CANCELLED
    listed = browser.get("/api/v1/jobs/").json
    assert listed is not None
    assert [each["state"] for each in listed] == ["cancelled"]
    assert browser.post(f"/api/v1/jobs/{job.id}/cancel").status_code == 409
    assert browser.get(f"/api/v1/jobs/{job.id}/files/1").status_code == 404
    stranger = as_role(Role.ANALYST, "yugra")
    assert stranger.get(f"/api/v1/jobs/{job.id}").status_code == 404


def upload(
    browser: FlaskClient, data: bytes, region: str = "smolensk", name: str = "order.docx"
) -> int:
    form = {"region": region, "name": name, "file": (io.BytesIO(data), name)}
    return browser.post("/library/templates", data=form).status_code


def marked(text: str) -> bytes:
    """The shipped template with a word of its own."""
    source, target = zipfile.ZipFile(io.BytesIO(SHIPPED)), io.BytesIO()
    with source, zipfile.ZipFile(target, "w") as made:
        for item in source.infolist():
            data = source.read(item)
            if item.filename == "word/document.xml":
                data = _before_all(data, text)
            made.writestr(item, data)
    return target.getvalue()


def _before_all(document: bytes, text: str) -> bytes:
    paragraph = f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>".encode()
    return document.replace(b"<w:body>", b"<w:body>" + paragraph, 1)


@pytest.mark.parametrize("region", ["smolensk", "yugra"])  # Yugra's profile names its own file
def test_a_template_in_use_shapes_documents_of_every_process(
    service: Service, as_role: AsRole, region: str
) -> None:
    browser = as_role(Role.ADMINISTRATOR, region)
    other = build_service(service.settings)  # stands for another process
    order = service.documents.load(Path(f"examples/{region}.yaml"))
    assert upload(browser, marked("ОСОБЫЙ"), region) == 302
    assert "ОСОБЫЙ" not in _text(service.documents.render(order))
    for act, expected in (("use", True), ("drop", False)):
        assert browser.post(f"/library/templates/1/{act}").status_code == 302
        other.library._shelf.look_again()
        for each in (service, other):
            assert ("ОСОБЫЙ" in _text(each.documents.render(order))) is expected
    other.close()


def test_a_template_that_is_no_report_is_not_kept_as_one(as_role: AsRole) -> None:
    browser = as_role(Role.ADMINISTRATOR, "yugra")
    assert upload(browser, SHIPPED, "yugra", "report.docx") == 422
    report = Path("templates/yugra/report.docx").read_bytes()
    assert upload(browser, report, "yugra", "report.docx") == 302


def _text(docx: bytes) -> str:
    return "\n".join(p.text for p in python_docx.Document(io.BytesIO(docx)).paragraphs)


def test_a_template_with_mistakes_is_told_of_and_not_kept(as_role: AsRole) -> None:
    browser = as_role(Role.ADMINISTRATOR, "smolensk")
    assert upload(browser, marked("{{ no_such_name }}")) == 422
    assert upload(browser, b"no docx") == 422
    assert browser.get("/library/templates/1").status_code == 404


def test_a_file_that_is_no_word_document_is_refused_by_its_own_name(as_role: AsRole) -> None:
    form = {"name": "order.docx", "file": (io.BytesIO(b"no docx"), "мой приказ.odt")}
    page = as_role(Role.ADMINISTRATOR, "smolensk").post("/library/templates", data=form)
    assert page.status_code == 422
    assert "Файл мой приказ.odt – не документ DOCX." in page.text


@pytest.mark.parametrize(("region", "shaped"), [("yugra", True), ("", False)])
def test_only_its_own_template_stands_in_for_one_of_a_regions_folder(
    service: Service, as_role: AsRole, region: str, *, shaped: bool
) -> None:
    browser = as_role(Role.ADMINISTRATOR, None)
    assert upload(browser, marked("ОСОБЫЙ"), region) == 302
    browser.post("/library/templates/1/use")
    order = service.documents.load(Path("examples/yugra.yaml"))
    assert ("ОСОБЫЙ" in _text(service.documents.render(order))) is shaped


def test_an_administrator_of_a_region_edits_that_one_only(as_role: AsRole) -> None:
    browser = as_role(Role.ADMINISTRATOR, "smolensk")
    assert upload(browser, SHIPPED, "yugra") == 404
    assert browser.get("/library/profiles/yugra").status_code == 404
    assert upload(as_role(Role.ADMINISTRATOR, "yugra"), SHIPPED, "yugra") == 302
    assert browser.get("/library/templates/1").status_code == 404
    assert browser.post("/library/templates/1/use").status_code == 404


def test_a_profile_is_checked_used_and_taken_back(service: Service, as_role: AsRole) -> None:
    browser = as_role(Role.ADMINISTRATOR, "smolensk")
    head = PROFILE.split("name: ", 1)[1].split("\n", 1)[0]
    changed = PROFILE.replace(f"name: {head}", "name: Смоленщина", 1)
    page = browser.post("/library/profiles/smolensk", data={"text": changed + "\nwrong: 1\n"})
    assert page.status_code == 422
    assert "wrong" in page.text
    assert browser.post("/library/profiles/smolensk", data={"text": changed}).status_code == 302
    assert service.documents.regions["smolensk"].profile.name == "Смоленщина"
    assert browser.post("/library/profiles/smolensk", data={"text": changed}).status_code == 409
    assert browser.post("/library/profiles/1/drop").status_code == 302
    assert service.documents.regions["smolensk"].profile.name != "Смоленщина"
    assert browser.post("/library/profiles/1/use").status_code == 302
    assert service.documents.regions["smolensk"].profile.name == "Смоленщина"
    assert "Смоленщина" in browser.get("/library/profiles/smolensk?version=1").text


@pytest.mark.parametrize(
    "path",
    ["/jobs/", "/library/templates", "/library/profiles", "/library/profiles/kirov", "/health"],
)
def test_pages_of_administration_are_for_administrators(as_role: AsRole, path: str) -> None:
    assert as_role(Role.ADMINISTRATOR, None).get(path).status_code == 200
    for role in (Role.CLERK, Role.ANALYST, Role.COORDINATOR):
        assert as_role(role).get(path).status_code == 403


def test_a_pdf_as_a_job_is_of_the_own_documents_only(service: Service, as_role: AsRole) -> None:
    clerk = Scope.of(as_role(Role.CLERK).account)  # type: ignore[attr-defined]
    stranger = Scope.of(as_role(Role.CLERK, "yugra").account)  # type: ignore[attr-defined]
    stored = service.registry.create(clerk, example("smolensk"))
    job = service.jobs.enqueue(stranger, "document-pdf", {"document_id": stored.id})
    service.jobs.work("w")
    failed = service.jobs.read(stranger, job.id)
    assert failed.error is not None
    assert failed.error.code == "not-found"


def test_the_application_has_an_openapi_of_jobs(app: Flask) -> None:
    paths = json.loads(app.test_client().get("/api/v1/openapi.json").data)["paths"]
    assert "/api/v1/jobs/{job_id}" in paths
