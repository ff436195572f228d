from __future__ import annotations

import copy
import io
from typing import Any

import pytest
from flask.testing import FlaskClient

from docgen.models.accounts import Role
from tests.services.conftest import example
from tests.web.conftest import AsRole

pytestmark = pytest.mark.slow

API = "/api/v1/documents"


@pytest.fixture
def clerk(as_role: AsRole) -> FlaskClient:
    return as_role(Role.CLERK, "smolensk")


def create(browser: FlaskClient, values: dict[str, Any] | None = None) -> Any:
    return browser.post(API, json={"values": values or example("smolensk")})


def changed(text: str) -> dict[str, Any]:
    values = copy.deepcopy(example("smolensk"))
    values["annexes"][0]["sections"][0]["items"][0]["executor"] = text
    return values


def test_a_draft_is_made_read_and_changed_under_its_tag(clerk: FlaskClient) -> None:
    made = create(clerk)
    assert (made.status_code, made.headers["ETag"]) == (201, f'"{made.json["id"]}-1"')
    address = made.headers["Location"]
    read = clerk.get(address)
    assert read.json["values"] == example("smolensk")
    assert read.headers["ETag"] == made.headers["ETag"]
    saved = clerk.put(
        address,
        json={"values": changed("ЦНППМ, школы"), "reason": "уточнено"},
        headers={"If-Match": read.headers["ETag"]},
    )
    assert (saved.status_code, saved.json["version"]) == (200, 2)
    reasons = [version["reason"] for version in clerk.get(f"{address}/versions").json]
    assert reasons == ["уточнено", "created"]
    diff = clerk.get(f"{address}/diff?from=1&to=2").json
    assert not diff["equal"]
    assert clerk.get(f"{address}?version=1").json["values"] == example("smolensk")


def test_a_change_without_a_tag_or_under_an_old_one_is_refused(clerk: FlaskClient) -> None:
    address = create(clerk).headers["Location"]
    body = {"values": changed("другие")}
    assert clerk.put(address, json=body).status_code == 428
    first = f'"{address.rsplit("/", 1)[1]}-1"'
    assert clerk.put(address, json=body, headers={"If-Match": first}).status_code == 200
    stale = clerk.put(address, json={"values": changed("третьи")}, headers={"If-Match": first})
    assert (stale.status_code, stale.json["code"]) == (412, "version-changed")
    assert stale.json["problems"][0]["place"] == "Строка 1. Исполнители"
    assert stale.json["problems"][0]["message"] == "другие"
    for tag in ('"1"', "*x", '"999-1"'):
        answer = clerk.put(address, json=body, headers={"If-Match": tag})
        assert answer.status_code == 412
    assert clerk.put(address, json=body, headers={"If-Match": "*"}).status_code == 200


def test_values_that_are_no_order_are_refused_with_their_paths(clerk: FlaskClient) -> None:
    answer = create(clerk, example("smolensk") | {"points": "нет", "titel": ""})
    assert answer.status_code == 422
    assert {(p["path"], p["code"]) for p in answer.json["problems"]} == {
        ("points", "not-a-list"),
        ("titel", "unknown-key"),
    }


def test_an_order_is_registered_with_the_number_of_the_journal(clerk: FlaskClient) -> None:
    made = create(clerk)
    address, tag = made.headers["Location"], {"If-Match": made.headers["ETag"]}
    number = clerk.get(f"{address}/next-number?date=2021-12-30").json["number"]
    done = clerk.post(f"{address}/registration", json={"date": "2021-12-30"}, headers=tag)
    assert (done.status_code, done.json["state"]) == (200, "registered")
    assert done.json["number"] == number == "1-ссл/г"
    again = clerk.post(f"{address}/registration", json={"date": "2021-12-30"}, headers=tag)
    assert (again.status_code, again.json["code"]) == (409, "registered")
    assert clerk.get("/api/v1/journal?year=2021").json[0]["number"] == number
    assert clerk.delete(address, headers=tag).status_code == 409


def test_mistakes_no_one_may_sign_keep_it_from_registration(clerk: FlaskClient) -> None:
    values = copy.deepcopy(example("smolensk"))
    values["annexes"][0]["sections"][0]["items"][0]["deadline"] = "31.02.2022"
    made = create(clerk, values)
    address, tag = made.headers["Location"], {"If-Match": made.headers["ETag"]}
    refused = clerk.post(f"{address}/registration", json={"date": "2021-12-30"}, headers=tag)
    assert (refused.status_code, refused.json["code"]) == (422, "findings")
    problem = refused.json["problems"][0]
    body = {"code": problem["code"], "path": problem["path"], "reason": "так в письме"}
    signed = clerk.post(f"{address}/acknowledgements", json=body, headers=tag)
    found = clerk.get(f"{address}/findings").json
    assert [f["acknowledged"] for f in found if f["code"] == "impossible-date"] == [True]
    tag = {"If-Match": signed.headers["ETag"]}
    done = clerk.post(f"{address}/registration", json={"date": "2021-12-30"}, headers=tag)
    assert done.status_code == 200


def test_an_order_in_force_is_amended(clerk: FlaskClient) -> None:
    made = create(clerk)
    address, tag = made.headers["Location"], {"If-Match": made.headers["ETag"]}
    body = {"values": changed("школы")}
    assert clerk.post(f"{address}/amendments", json=body).json["code"] == "not-registered"
    clerk.post(f"{address}/registration", json={"date": "2021-12-30"}, headers=tag)
    draft = clerk.post(f"{address}/amendments", json=body)
    assert (draft.status_code, draft.json["kind"]) == (201, "amendment")
    registered = clerk.post(
        f"{draft.headers['Location']}/registration",
        json={"date": "2022-03-01", "number": "31-доп"},
        headers={"If-Match": draft.headers["ETag"]},
    )
    assert registered.json["number"] == "31-доп"
    edition = clerk.get(f"{address}/edition").json["values"]
    assert edition["annexes"][0]["sections"][0]["items"][0]["executor"] == "школы"
    assert edition["revisions"] == [{"date": "2022-03-01", "number": "31-доп"}]
    assert [a["number"] for a in clerk.get(f"{address}/amendments").json] == ["31-доп"]
    assert clerk.get(f"{address}/edition.docx").data.startswith(b"PK")


@pytest.mark.parametrize(("kind", "start"), [("docx", b"PK"), ("xlsx", b"PK"), ("json", b"{")])
def test_a_version_is_downloaded_as_a_file(clerk: FlaskClient, kind: str, start: bytes) -> None:
    made = create(clerk)
    answer = clerk.get(f"{made.headers['Location']}/files/{kind}?version=1")
    assert answer.data.startswith(start)
    assert "attachment" in answer.headers["Content-Disposition"]
    assert clerk.get(f"{made.headers['Location']}/files/exe").status_code == 404


def test_one_row_is_checked(clerk: FlaskClient) -> None:
    item = {"deadline": "31.02.2022", "indicator": "Не менее 60% школ"}
    answer = clerk.post(
        f"{API}/check-row", json={"region": "smolensk", "years": [2022, 2022], "item": item}
    )
    assert answer.json["indicator"] == "не менее 60% школ"
    assert "impossible-date" in {found["code"] for found in answer.json["findings"]}
    found = clerk.post(f"{API}/check", json={"values": example("smolensk")}).json
    assert {finding["severity"] for finding in found} <= {"error", "warning", "info"}


def test_an_uploaded_order_becomes_a_draft(clerk: FlaskClient) -> None:
    docx = clerk.get(f"{create(clerk).headers['Location']}/files/docx").data
    answer = clerk.post(
        "/api/v1/imports",
        data={"file": (io.BytesIO(docx), "приказ.docx"), "keep": "true"},
        content_type="multipart/form-data",
    )
    assert answer.status_code == 200
    assert answer.json["document"]["version"] == 1
    assert len(answer.json["values"]["annexes"][0]["sections"]) == len(
        example("smolensk")["annexes"][0]["sections"]
    )
    refused = clerk.post(
        "/api/v1/imports",
        data={"file": (io.BytesIO(b"x"), "scan.png")},
        content_type="multipart/form-data",
    )
    assert (refused.status_code, refused.json["code"]) == (422, "file-unknown")


def test_lists_tell_how_many_there_are(clerk: FlaskClient) -> None:
    for _ in range(3):
        create(clerk)
    answer = clerk.get(f"{API}?page_size=2&sort=title&state=draft")
    assert len(answer.json) == 2
    assert '"total": 3' in answer.headers["X-Pagination"]
    assert clerk.get(f"{API}?sort=colour").status_code == 422


def test_other_regions_and_roles_get_nothing(clerk: FlaskClient, as_role: AsRole) -> None:
    address = create(clerk).headers["Location"]
    stranger = as_role(Role.CLERK, "yugra")
    for path in ("", "/versions", "/findings", "/diff?from=1", "/files/json", "/amendments"):
        assert stranger.get(f"{address}{path}").status_code == 404, path
    assert stranger.get(API).json == []
    assert stranger.put(address, json={"values": example("yugra")}).status_code == 428
    coordinator = as_role(Role.COORDINATOR, "smolensk")
    assert coordinator.get(address).status_code == 403
    analyst = as_role(Role.ANALYST, "smolensk")
    assert analyst.get(address).status_code == 200
    assert create(analyst).status_code == 403
