"""The coordinator with and without JavaScript on a phone, and the analyst at a desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from docgen.models.accounts import Role, Scope
from docgen.models.monitoring import MonitoringStage
from tests.browser.conftest import DESK, PHONE, Live, reader
from tests.conftest import EXAMPLES
from tests.services.stages import ROSTER, registered

pytestmark = [pytest.mark.integration, pytest.mark.slow]
ANALYST = Scope(Role.ANALYST, "smolensk", login="test")


@dataclass
class Running:
    """An open stage of the Smolensk order, its analyst and a coordinator of its first place."""

    live: Live
    stage: MonitoringStage
    school: int

    def answers(self) -> dict[str, str]:
        """What is said now: status by item."""
        found = self.live.service.submissions.answers(ANALYST, self.stage.id)
        return {answer.key.item: answer.values.status for answer in found}


@pytest.fixture
def running(live: Live) -> Running:
    service = live.service
    order = service.documents.load(EXAMPLES / "smolensk.yaml")
    roadmap = service.monitoring.publish(ANALYST, registered(service.registry, order), ROSTER)
    closes = datetime.now(UTC) + timedelta(days=2)
    stage = service.monitoring.open_stage(ANALYST, roadmap.id, 1, closes)
    homes = {place.name: place.id for place in service.monitoring.municipalities(ANALYST)}
    live.person("analyst", Role.ANALYST, "smolensk")
    live.person("vyazma", Role.COORDINATOR, "smolensk", homes[ROSTER[0].name])
    school = service.monitoring.schools(ANALYST)[0].id
    return Running(live, stage, school)


def fits(page: Page) -> None:
    """Nothing sticks out sideways."""
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_scripts_a_phone_fills_mends_sends_and_attaches(
    chromium: Browser, running: Running, tmp_path: Path
) -> None:
    proof = tmp_path / "Протокол № 1.pdf"
    proof.write_bytes(b"%PDF-1.7\n%%EOF")
    with reader(chromium, running.live, "vyazma", PHONE, scripts=False) as page:
        expect(page.locator("h1")).to_have_text("Что нужно сдать")
        fits(page)
        page.click(f"text={ROSTER[0].schools[0]}")
        fits(page)
        cards = page.locator(".question")
        cards.nth(0).locator(".choice.done").click()
        cards.nth(0).locator("input[type=file]").set_input_files(proof)
        cards.nth(1).locator(".choice.partial").click()
        cards.nth(1).locator("textarea").fill("Не хватило «мест» & времени")
        cards.nth(2).locator(".choice.done").click()
        cards.nth(2).locator("input[type=date]").evaluate(
            "(input) => { input.type = 'text'; input.value = '31.02.2022' }"
        )
        page.click("#send")
        expect(page.locator("#faults")).to_contain_text("Нужно исправить 1 пункт")
        expect(page.locator("#faults")).to_contain_text("Ещё 2 пункта сохранены")
        expect(cards.nth(1).locator("textarea")).to_have_value("Не хватило «мест» & времени")
        expect(cards.nth(2).locator(".fault:not([hidden])")).to_contain_text("31.02.2022")
        assert len(running.answers()) == 2
        cards.nth(2).locator("input[type=date]").fill("2022-02-10")
        page.click("#send")
        expect(page.locator("h1")).to_have_text("Квитанция № 1")
        fits(page)
        assert list(running.answers().values()) == ["done", "partial", "done"]
        page.goto(f"/reporting/stages/{running.stage.id}/form?school={running.school}")
        expect(page.locator(".files")).to_contain_text("Протокол № 1.pdf")
        page.click(".files button")
        expect(page.locator(".notice.good")).to_have_text("Сохранено.")
        expect(page.locator(".files")).to_have_count(0)


def test_with_scripts_answers_are_saved_as_they_are_typed(
    chromium: Browser, running: Running
) -> None:
    address = f"/reporting/stages/{running.stage.id}/form?school={running.school}"
    with reader(chromium, running.live, "vyazma", PHONE) as page:
        page.goto(address)
        cards, state = page.locator(".question"), page.locator("#state")
        expect(page.locator("#keep")).to_be_hidden()
        cards.nth(0).locator(".choice.done").click()
        expect(state).to_contain_text("сохранено в")
        assert list(running.answers().values()) == ["done"]
        expect(page.locator("#answered")).to_have_text("1")
        cards.nth(1).locator(".choice.not_done").click()
        expect(state).to_contain_text("сохранено в")
        page.click("#send")
        expect(page.locator("h1")).to_have_text("Квитанция № 1")


def test_what_is_typed_without_a_connection_is_saved_when_it_is_back(
    chromium: Browser, running: Running
) -> None:
    address = f"/reporting/stages/{running.stage.id}/form?school={running.school}"
    with reader(chromium, running.live, "vyazma", PHONE) as page:
        page.goto(address)
        cards, state = page.locator(".question"), page.locator("#state")
        page.context.set_offline(True)
        cards.nth(0).locator(".choice.partial").click()
        cards.nth(0).locator("textarea").fill("пишу в метро")
        expect(state).to_contain_text("нет связи")
        assert running.answers() == {}
        page.context.set_offline(False)
        expect(state).to_contain_text("сохранено в", timeout=15_000)
        assert list(running.answers().values()) == ["partial"]
        page.route("**/submissions", lambda route: route.abort())
        cards.nth(1).locator(".choice.done").click()
        expect(state).to_contain_text("нет связи")
        page.goto(address)  # before it was sent: what was typed is kept on the device
        expect(cards.nth(1).locator(".choice.done input")).to_be_checked()
        page.unroute("**/submissions")
        expect(state).to_contain_text("сохранено в", timeout=15_000)
        assert list(running.answers().values()) == ["partial", "done"]


def test_a_fault_is_named_beside_its_field_while_typing(
    chromium: Browser, running: Running
) -> None:
    with reader(chromium, running.live, "vyazma", PHONE) as page:
        page.goto(f"/reporting/stages/{running.stage.id}/form?school={running.school}")
        card = page.locator(".question:has(input[name^='value.'])").first
        card.locator(".choice.done").click()
        card.locator("input[name^='value.']").fill("много")
        expect(card.locator(".fault:not([hidden])")).to_contain_text("не число")
        expect(page.locator("#state")).to_contain_text("не сохранено")
        card.locator("input[name^='value.']").fill("93,1")
        expect(page.locator("#state")).to_contain_text("сохранено в")
        expect(card.locator(".fault:not([hidden])")).to_have_count(0)


def test_a_stage_that_closes_meanwhile_gives_back_what_was_typed(
    chromium: Browser, running: Running
) -> None:
    with reader(chromium, running.live, "vyazma", PHONE, scripts=False) as page:
        page.goto(f"/reporting/stages/{running.stage.id}/form?school={running.school}")
        card = page.locator(".question").first
        card.locator(".choice.not_done").click()
        card.locator("textarea").fill("не успели")
        running.live.service.monitoring.close_stage(ANALYST, running.stage.id)
        page.click("#send")
        expect(page.locator("#faults")).to_contain_text("Этап закрыт")
        expect(card.locator("textarea")).to_have_value("не успели")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_phone_fills_in_as_last_time_takes_it_back_and_sends_it(
    chromium: Browser, running: Running, *, scripts: bool
) -> None:
    service = running.live.service
    form = service.monitoring.form(ANALYST, running.stage.id, running.school)
    item = next(row.item for row in form.rows if row.due)
    row = {"school_id": running.school, "item": item, "status": "done", "evidence": "справка 7"}
    service.submissions.submit(ANALYST, running.stage.id, [row])
    second = service.monitoring.open_stage(
        ANALYST, running.stage.roadmap_id, 2, running.stage.closes_at
    )
    with reader(chromium, running.live, "vyazma", PHONE, scripts=scripts) as page:
        page.goto(f"/reporting/stages/{second.id}/form?school={running.school}")
        page.get_by_role("button", name="Заполнить как в прошлый раз").click()
        evidence = page.locator(f'[name="evidence.{item}"]')
        expect(evidence).to_have_value("справка 7")
        fits(page)
        page.get_by_role("button", name="Убрать заполненное").click()
        expect(evidence).to_have_value("")
        page.get_by_role("button", name="Заполнить как в прошлый раз").click()
        expect(evidence).to_have_value("справка 7")
        assert service.submissions.answers(ANALYST, second.id) == []
        page.click("#send")
        expect(page.locator("h1")).to_contain_text("Квитанция")
    (said,) = service.submissions.answers(ANALYST, second.id)
    assert (said.values.status, said.values.evidence) == ("done", "справка 7")


def test_the_analyst_follows_returns_and_reports(chromium: Browser, running: Running) -> None:
    service = running.live.service
    form = service.monitoring.form(ANALYST, running.stage.id, running.school)
    item = next(row.item for row in form.rows if row.due)
    row = {"school_id": running.school, "item": item, "status": "done"}
    service.submissions.submit(ANALYST, running.stage.id, [row])
    with reader(chromium, running.live, "analyst", DESK) as page:
        page.click("text=Этап 1")
        fits(page)
        expect(page.locator(".silent")).to_have_text("Рославльский район")
        page.click("text=Сформировать отчёт")
        expect(page.locator(".works")).to_contain_text("в очереди")
        job = service.jobs.list(ANALYST, kind="stage-report").rows[0]
        service.jobs.run(job.id, "test")
        link = page.locator(".works a", has_text="DOCX")
        expect(link).to_be_visible(timeout=15_000)  # without reloading
        with page.expect_download() as download:
            link.click()
        assert download.value.suggested_filename == "smolensk-stage-1.docx"
        page.click(f"table >> text={ROSTER[0].name}")
        page.click("summary:has-text('Вернуть')")
        page.fill(".returning textarea >> visible=true", "Приложите протокол")
        page.click("text=Вернуть на доработку >> visible=true")
        expect(page.locator(".notice.good")).to_contain_text("Строка возвращена")
    with reader(chromium, running.live, "vyazma", PHONE) as page:
        expect(page.locator(".duties")).to_contain_text("возвращено: 1")
        page.click(f"text={ROSTER[0].schools[0]}")
        expect(page.locator(".question.returned")).to_contain_text("Приложите протокол")


def test_the_analyst_opens_a_stage_and_changes_the_roster(
    chromium: Browser, running: Running
) -> None:
    with reader(chromium, running.live, "analyst", DESK) as page:
        page.click(".duties >> nth=1 >> a")
        fits(page)
        page.fill("#closes_at", "2099-01-01T18:00")
        page.click("text=Открыть этап")
        expect(page.locator("h1")).to_have_text("Этап 2, второе полугодие")
        page.go_back()
        page.click("text=Изменить состав")
        page.fill("#roster", "Вяземский район")
        page.click("text=Сохранить состав")
        expect(page.locator(".notice.bad")).to_contain_text("строка 1")
        page.fill("#roster", "Вяземский район; МБОУ СОШ № 9")
        page.click("text=Сохранить состав")
        expect(page.locator("h2 >> nth=1")).to_contain_text("1 школа")
