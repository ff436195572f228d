"""Stages, submissions, evidence and reports as programs see them, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO
from urllib.parse import quote

import pytest

from docgen.models.accounts import Scope
from tests.web.monitored import Readers, readers

pytestmark = pytest.mark.slow

__all__ = ["readers"]

PDF = b"%PDF-1.7\n%%EOF"


def test_a_repeated_key_is_answered_as_before(readers: Readers) -> None:
    first = readers.send(key="a")
    assert (first.status_code, first.json["ordinal"]) == (201, 1)
    assert readers.send(key="a").json == first.json
    other = readers.send(key="a", comment="ещё")
    assert (other.status_code, other.json["code"]) == (409, "key-reused")


def test_faults_are_problem_details_with_paths(readers: Readers) -> None:
    refused = readers.send(date="31.02.2022")
    assert refused.status_code == 422
    assert refused.content_type == "application/problem+json"
    assert [problem["path"] for problem in refused.json["problems"]] == ["rows[0].date"]
    assert readers.send(nonsense=1).status_code == 422
    assert readers.send(item=7).status_code == 422


def test_a_closed_stage_answers_409_and_opens_again(readers: Readers) -> None:
    assert readers.analyst.post(f"{readers.base}/close").json["closed_at"]
    assert readers.send().json["code"] == "stage-closed"
    later = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    opened = readers.analyst.post(f"{readers.base}/reopen", json={"closes_at": later})
    assert opened.json["closed_at"] is None
    assert readers.send().status_code == 201


def test_answers_are_paged_sorted_and_filtered(readers: Readers) -> None:
    readers.send()
    found = readers.analyst.get(f"{readers.base}/submissions?page_size=1&sort=-updated_at")
    assert [row["item"] for row in found.json] == [readers.item]
    assert '"total": 1' in found.headers["X-Pagination"]
    assert readers.analyst.get(f"{readers.base}/submissions?status=partial").json == []
    assert readers.analyst.get(f"{readers.base}/submissions?sort=evil").status_code == 422
    history = readers.analyst.get(f"/api/v1/submissions/{found.json[0]['id']}/history").json
    assert [entry["receipt"] for entry in history] == [1]


def test_a_returned_row_shows_its_comment_to_the_coordinator(readers: Readers) -> None:
    readers.send()
    row = readers.analyst.get(f"{readers.base}/submissions").json[0]
    path = f"/api/v1/submissions/{row['id']}/return"
    assert readers.coordinator.post(path, json={"comment": "Почему?"}).status_code == 403
    assert readers.stranger.post(path, json={"comment": "Почему?"}).status_code == 404
    readers.analyst.post(path, json={"comment": "Почему?"})
    form = readers.coordinator.get(f"{readers.base}/form?school_id={readers.school}").json
    shown = {row["item"]: (row["answer"] or {}).get("returned") for row in form["rows"]}
    assert shown[readers.item] == "Почему?"


def test_files_are_sent_to_be_saved_and_only_within_the_municipality(readers: Readers) -> None:
    query = f"school_id={readers.school}&item={readers.item}"
    made = readers.coordinator.post(
        f"{readers.base}/evidence?{query}", data={"file": (BytesIO(PDF), "Протокол № 1.pdf")}
    )
    assert (made.status_code, made.json["name"]) == (201, "Протокол № 1.pdf")
    path = f"/api/v1/evidence/{made.json['id']}"
    got = readers.analyst.get(path)
    assert got.data == PDF
    disposition = got.headers["Content-Disposition"]
    assert disposition.startswith("attachment; ")
    assert f"filename*=UTF-8''{quote('Протокол № 1.pdf')}" in disposition
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    for other in (readers.neighbour, readers.stranger):
        assert other.get(path).status_code == 404
    assert readers.neighbour.delete(path).status_code == 404
    assert readers.coordinator.delete(path).status_code == 204
    page = readers.coordinator.post(
        f"{readers.base}/evidence?{query}", data={"file": (BytesIO(b"<html>"), "a.pdf")}
    )
    assert (page.status_code, page.json["code"]) == (422, "file-kind")


def test_a_filled_workbook_is_imported(readers: Readers) -> None:
    book = readers.coordinator.get(f"{readers.base}/form.xlsx").data
    sent = readers.coordinator.post(
        f"{readers.base}/submissions/file", data={"file": (BytesIO(book), "форма.xlsx")}
    )
    assert (sent.status_code, sent.json["code"]) == (422, "nothing-filled-in")


def test_progress_and_reports_are_for_analysts(readers: Readers) -> None:
    readers.send()
    progress = readers.analyst.get(f"{readers.base}/progress").json
    assert progress["total"]["done"] == 1
    assert [entry["last"] is None for entry in progress["municipalities"]] == [False, True]
    assert readers.coordinator.get(f"{readers.base}/progress").status_code == 403
    assert readers.stranger.get(f"{readers.base}/progress").status_code == 404
    report = readers.analyst.get(f"{readers.base}/report.xlsx")
    assert report.data[:2] == b"PK"
    assert readers.analyst.get(f"{readers.base}/report.exe").status_code == 404
    assert readers.analyst.get(f"{readers.base}/letters.zip").data[:2] == b"PK"


def test_report_and_letters_are_made_by_jobs(readers: Readers) -> None:
    body = {"formats": ["json", "xlsx"]}
    for path, made in (("reports", 2), ("letters", 1)):
        job = readers.analyst.post(f"{readers.base}/{path}", json=body).json
        readers.service.jobs.run(job["id"], "test")
        done = readers.service.jobs.read(Scope.of_service(), job["id"])
        assert len(done.files) == made, done.error


@pytest.mark.parametrize(
    "path",
    ["", "/form", "/form.xlsx", "/submissions", "/receipts"],
)
def test_a_foreign_stage_answers_404(readers: Readers, path: str) -> None:
    assert readers.stranger.get(readers.base + path).status_code == 404


def test_a_neighbour_neither_sees_nor_answers_for_the_school(readers: Readers) -> None:
    readers.send()
    assert readers.neighbour.get(f"{readers.base}/submissions").json == []
    form = readers.neighbour.get(f"{readers.base}/form?school_id={readers.school}")
    assert form.status_code == 404
    row = {"school_id": readers.school, "item": readers.item, "status": "done"}
    sent = readers.neighbour.post(f"{readers.base}/submissions", json={"rows": [row]})
    assert sent.status_code == 404
