"""The whole story as people live it: an order from a file to a report, and nobody else sees it."""

from __future__ import annotations

import copy
import io
import re
from dataclasses import dataclass
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from pypdf import PdfReader

from docgen.models.accounts import Role, Scope
from docgen.schemas.reading import Document
from tests.browser.conftest import DESK, PHONE, Live, reader
from tests.services.conftest import example

pytestmark = [pytest.mark.integration, pytest.mark.slow]

ANALYST = Scope(Role.ANALYST, "smolensk", login="test")
PLACE, SCHOOLS = "Вяземский район", ("МБОУ СОШ № 1", "МБОУ СОШ № 2")
ROSTER = "\n".join((*(f"{PLACE}; {school}" for school in SCHOOLS), "Рославльский район; СОШ № 7"))
WRONG = "annexes[0].sections[0].items[2].deadline"
DUE = ".question:has(.facts .tag.warning)"


@dataclass
class Story:
    """The service, the browser, and what has come about so far."""

    live: Live
    chromium: Browser
    folder: Path
    document: int = 0
    stage: int = 0
    due: int = 0
    """How many items of a school are due."""

    def paper(self) -> Path:
        """The published order of Smolensk as a Word file, with an impossible date in it."""
        values = copy.deepcopy(example("smolensk"))
        values["annexes"][0]["sections"][0]["items"][2]["deadline"] = "31.02.2022"
        documents = self.live.service.documents
        path = self.folder / "приказ.docx"
        path.write_bytes(documents.render(documents.order_from(Document(values), "")))
        return path


def test_an_order_from_a_file_to_a_report(live: Live, chromium: Browser, tmp_path: Path) -> None:
    story = Story(live, chromium, tmp_path)
    for login, role, region in (
        ("clerk", Role.CLERK, "smolensk"),
        ("analyst", Role.ANALYST, "smolensk"),
        ("neighbour", Role.CLERK, "kirov"),
        ("neighbouring-analyst", Role.ANALYST, "kirov"),
    ):
        live.person(login, role, region)
    the_clerk_imports_mends_looks_and_registers(story)
    the_analyst_publishes_and_opens_a_stage(story)
    home = live.service.monitoring.municipalities(ANALYST)[0]
    assert home.name == PLACE
    live.person("coordinator", Role.COORDINATOR, "smolensk", home.id)
    the_coordinator_answers_without_scripts(story)
    the_coordinator_answers_with_scripts_and_once_more(story)
    the_analyst_sees_how_far_it_is_and_returns_a_row(story)
    the_coordinator_mends_the_row(story)
    the_analyst_takes_the_report(story)
    another_region_sees_none_of_it(story)


def the_clerk_imports_mends_looks_and_registers(story: Story) -> None:
    with reader(story.chromium, story.live, "clerk", DESK) as page:
        page.goto("/documents/new")
        page.set_input_files("#file", str(story.paper()))
        page.get_by_role("button", name="Прочитать").click()
        page.wait_for_url("**/edit")
        story.document = int(re.findall(r"\d+", page.url)[-1])
        page.locator(f'#findings a[href="#{WRONG}"]').first.click()
        cell = page.locator(f'[id="{WRONG}"]')
        expect(cell).to_be_focused()
        cell.fill("до 28.02.2022")
        page.get_by_role("button", name="Сохранить", exact=True).click()
        expect(page.locator(".save-state")).to_contain_text("сохранено в")
        page.get_by_role("link", name="Страницы").click()
        picture = page.locator(".pages img").first
        assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 600
        page.get_by_role("link", name="Регистрация").click()
        page.fill("#date", "30.12.2021")
        page.get_by_role("button", name="Зарегистрировать").click()
        expect(page.get_by_role("status")).to_contain_text("№ 1-ссл/г")


def the_analyst_publishes_and_opens_a_stage(story: Story) -> None:
    with reader(story.chromium, story.live, "analyst", DESK) as page:
        page.goto("/monitoring/publish")
        page.select_option("#document", str(story.document))
        page.fill("#roster", ROSTER)
        page.click("main form button[type=submit]")
        expect(page.locator("h2", has_text="3 школы")).to_be_visible()
        page.select_option("#number", "1")
        page.fill("#closes_at", "2099-12-31T18:00")
        page.click("text=Открыть этап")
        page.wait_for_url("**/stages/*")
        story.stage = int(page.url.rpartition("/")[2])
        expect(page.locator(".tiles")).to_contain_text("31.12.2099 18:00 (UTC+3)")


def open_form(page: Page, school: str) -> Locator:
    """The questions that are due, of a school that is chosen from the list."""
    page.goto("/reporting")
    page.click(f".duties >> text={school}")
    page.locator("#send").wait_for()  # at the form's end: all its questions are there to be counted
    return page.locator(DUE)


def say(card: Locator, status: str, comment: str = "") -> None:
    card.locator(f".choice.{status}").click()
    if comment:
        card.locator("textarea").fill(comment)


def send(page: Page, receipt: int) -> None:
    page.click("#send")
    expect(page.locator("h1")).to_have_text(f"Квитанция № {receipt}")


def the_coordinator_answers_without_scripts(story: Story) -> None:
    with reader(story.chromium, story.live, "coordinator", PHONE, scripts=False) as page:
        cards = open_form(page, SCHOOLS[0])
        story.due = cards.count()
        say(cards.nth(0), "done")
        say(cards.nth(1), "partial", "Двое болели")
        say(cards.nth(2), "done")
        send(page, 1)


def the_coordinator_answers_with_scripts_and_once_more(story: Story) -> None:
    with reader(story.chromium, story.live, "coordinator", PHONE) as page:
        cards = open_form(page, SCHOOLS[1])
        say(cards.nth(0), "not_done", "Перенесено на осень")
        expect(page.locator("#state")).to_contain_text("сохранено в")
        say(cards.nth(1), "done")
        send(page, 2)
        cards = open_form(page, SCHOOLS[1])
        expect(cards.nth(0).locator("textarea")).to_have_value("Перенесено на осень")
        say(cards.nth(0), "done", "Успели весной")
        send(page, 3)


def the_analyst_sees_how_far_it_is_and_returns_a_row(story: Story) -> None:
    with reader(story.chromium, story.live, "analyst", DESK) as page:
        page.goto(f"/monitoring/stages/{story.stage}")
        expect(page.locator(".tiles")).to_contain_text("2 / 3")
        expect(page.locator(".silent")).to_have_text("Рославльский район")
        expect(page.locator(".legend .done")).to_have_text("выполнено: 4")
        page.click(f"table >> text={PLACE}")
        page.locator("summary:has-text('Вернуть')").first.click()
        page.fill(".returning textarea >> visible=true", "Приложите протокол")
        page.click("text=Вернуть на доработку >> visible=true")
        expect(page.locator(".notice.good")).to_contain_text("Строка возвращена")


def the_coordinator_mends_the_row(story: Story) -> None:
    with reader(story.chromium, story.live, "coordinator", PHONE) as page:
        expect(page.locator(".duties")).to_contain_text("возвращено: 1")
        open_form(page, SCHOOLS[0])
        card = page.locator(".question.returned")
        expect(card).to_contain_text("Приложите протокол")
        card.locator("input[name^='evidence.']").fill("протокол от 30.03.2022 № 4")
        send(page, 4)
        page.goto("/reporting")
        expect(page.locator(".duties")).not_to_contain_text("возвращено")


def the_analyst_takes_the_report(story: Story) -> None:
    with reader(story.chromium, story.live, "analyst", DESK) as page:
        page.goto(f"/monitoring/stages/{story.stage}")
        page.click("text=Сформировать отчёт")
        expect(page.locator(".works")).to_contain_text("в очереди")
        jobs = story.live.service.jobs
        jobs.run(jobs.list(ANALYST, kind="stage-report").rows[0].id, "test")
        page.reload()
        word, pdf = (downloaded(page, kind) for kind in ("DOCX", "PDF"))
    rows = schools_in(word)
    first, second, silent = (rows[school] for school in (*SCHOOLS, "СОШ № 7"))
    assert first == (f"2 из {story.due}", "1", "0", str(story.due - 3))
    assert second == (f"2 из {story.due}", "0", "0", str(story.due - 2))
    assert silent == (f"0 из {story.due}", "0", "0", str(story.due))
    text = " ".join(
        " ".join(each.extract_text() for each in PdfReader(io.BytesIO(pdf)).pages).split()
    )
    for school in SCHOOLS:
        assert f"{school} 2 из {story.due}" in text
    assert "Сведения представили 2 из 3 школ" in text


def downloaded(page: Page, kind: str) -> bytes:
    with page.expect_download() as download:
        page.locator(".works a", has_text=kind).click()
    return Path(download.value.path()).read_bytes()


def schools_in(report: bytes) -> dict[str, tuple[str, ...]]:
    """Of each school: done of expected, partly, not done, no data."""
    tables = docx.Document(io.BytesIO(report)).tables
    (found,) = [table for table in tables if table.rows[0].cells[0].text == "Школа"]
    rows = [[cell.text for cell in row.cells] for row in found.rows[1:]]
    return {row[0]: (row[1], row[4], row[5], row[6]) for row in rows}


def another_region_sees_none_of_it(story: Story) -> None:
    """Each address answers those whom it concerns, so that 404 says something."""
    document, stage = f"/documents/{story.document}", f"/stages/{story.stage}"
    parts = ("", "/versions", "/files/docx")
    papers = [f"{document}{part}" for part in parts]
    papers += [f"/api/v1{document}{part}" for part in ("", "/versions", "/files/docx")]
    stages = [f"/monitoring{stage}", f"/api/v1{stage}", f"/api/v1{stage}/progress"]
    assert answers(story, "clerk", papers) == {200}
    assert answers(story, "analyst", stages) == {200}
    assert answers(story, "neighbour", papers) == {404}
    assert answers(story, "neighbouring-analyst", [*papers, *stages]) == {404}
    with reader(story.chromium, story.live, "neighbour", DESK) as page:
        page.goto("/documents/")
        expect(page.locator(".empty")).to_be_visible()
        expect(page.locator("tbody tr")).to_have_count(0)
        assert page.request.get("/api/v1/documents").json() == []
        assert page.request.get("/api/v1/journal").json() == []


def answers(story: Story, login: str, addresses: list[str]) -> set[int]:
    """The statuses that the addresses answer."""
    with reader(story.chromium, story.live, login, DESK) as page:
        return {page.request.get(address).status for address in addresses}
