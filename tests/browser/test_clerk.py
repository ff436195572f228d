"""The clerk's story in a real browser: the order form by keyboard, paste, undo, conflict, press."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from docgen.models.accounts import Role, Scope
from docgen.schemas.reading import Document
from tests.browser.conftest import DESK, PASSWORD, PHONE, Live, reader
from tests.conftest import REGIONS
from tests.services.conftest import example

pytestmark = [pytest.mark.integration, pytest.mark.slow]

FIRST = "annexes[0].sections[0].items[0]"


@pytest.fixture
def clerk(live: Live) -> Scope:
    return Scope.of(live.person("ivanova", Role.CLERK, "smolensk"))


@pytest.fixture
def page(live: Live, clerk: Scope, chromium: Browser) -> Iterator[Page]:
    with reader(chromium, live, "ivanova", DESK) as opened:
        yield opened


def field(page: Page, path: str) -> Any:
    return page.locator(f'[id="{path}"]')


def save(page: Page) -> None:
    page.get_by_role("button", name="Сохранить", exact=True).click()
    expect(page.locator(".save-state")).to_contain_text("сохранено в")


def open_draft(live: Live, clerk: Scope, page: Page, values: dict[str, Any] | None = None) -> int:
    number = live.service.registry.create(clerk, values or example("smolensk")).id
    page.goto(f"/documents/{number}/edit")
    return number


def rows(live: Live, clerk: Scope, number: int) -> list[dict[str, str]]:
    _stored, values = live.service.registry.read(clerk, number)
    found: list[dict[str, str]] = values["annexes"][0]["sections"][0]["items"]
    return found


def paste(page: Page, path: str, kind: str, data: str) -> None:
    field(page, path).evaluate(
        """(cell, [kind, data]) => {
            const carried = new DataTransfer();
            carried.setData(kind, data);
            const options = { clipboardData: carried, bubbles: true, cancelable: true };
            cell.dispatchEvent(new ClipboardEvent("paste", options));
        }""",
        [kind, data],
    )


def test_rows_are_moved_added_copied_and_deleted_and_it_is_all_undone(
    live: Live, clerk: Scope, page: Page
) -> None:
    number = open_draft(live, clerk, page)
    before = rows(live, clerk, number)
    field(page, f"{FIRST}.activity").press("Alt+ArrowDown")
    second = field(page, FIRST.replace("items[0]", "items[1]") + ".activity")
    expect(second).to_be_focused()
    expect(second).to_have_value(before[0]["activity"])
    first_row = page.locator("table.sheet tr[data-entry]").first
    first_row.get_by_role("button", name="Дублировать").click()
    first_row.get_by_role("button", name="Удалить").click()
    first_row.get_by_role("button", name="Добавить").click()
    field(page, FIRST.replace("items[0]", "items[1]") + ".activity").fill("Новая строка")
    save(page)
    assert rows(live, clerk, number)[1]["activity"] == "Новая строка"
    undo = page.get_by_role("button", name="Отменить")
    while undo.is_enabled():
        undo.click()
    save(page)
    assert rows(live, clerk, number) == before
    page.get_by_role("button", name="Вернуть").click()
    save(page)
    assert rows(live, clerk, number)[1]["activity"] == before[0]["activity"]


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (
            "text/plain",
            'Первое\t01.02.2022\tЦНППМ\r\n"Второе, из\nдвух строк"\tмарт 2022\tшколы\r\n',
        ),
        (
            "text/html",
            "<table><tr><td>Первое</td><td><p>01.02.2022</p></td><td>ЦНППМ</td></tr>"
            "<tr><td><p>Второе, из</p><p>двух строк</p></td><td>март\n2022</td><td>школы</td></tr>"
            "</table>",
        ),
    ],
    ids=["excel", "word"],
)
def test_a_block_of_cells_is_pasted(
    live: Live, clerk: Scope, page: Page, kind: str, data: str
) -> None:
    values = copy.deepcopy(example("smolensk"))
    values["annexes"][0]["sections"] = [{"items": [{"activity": "Одна строка"}]}]
    number = open_draft(live, clerk, page, values)
    paste(page, f"{FIRST}.activity", kind, data)
    save(page)
    found = rows(live, clerk, number)
    assert [row["activity"] for row in found[:2]] == ["Первое", "Второе, из\nдвух строк"]
    assert [row["deadline"] for row in found[:2]] == ["01.02.2022", "март 2022"]
    assert [row["executor"] for row in found[:2]] == ["ЦНППМ", "школы"]


def test_what_is_typed_is_saved_by_itself_and_leaving_is_warned_of(
    live: Live, clerk: Scope, page: Page
) -> None:
    number = open_draft(live, clerk, page)
    field(page, "title").fill("Об утверждении дорожной карты")
    expect(page.locator(".save-state")).to_have_text("ещё не сохранено")
    warned = []
    page.once("dialog", lambda dialog: (warned.append(dialog.type), dialog.dismiss()))
    page.close(run_before_unload=True)
    page.wait_for_timeout(500)
    assert warned == ["beforeunload"]
    expect(page.locator(".save-state")).to_contain_text("сохранено в", timeout=15_000)
    stored, values = live.service.registry.read(clerk, number)
    assert values["title"] == stored.title == "Об утверждении дорожной карты"


@pytest.mark.parametrize(("choice", "on_top"), [("мою", "Мой"), ("чужую", "Чужой")])
def test_nothing_is_lost_when_someone_else_saved_meanwhile(
    live: Live, clerk: Scope, page: Page, choice: str, on_top: str
) -> None:
    number = open_draft(live, clerk, page)
    live.service.registry.update(clerk, number, 1, example("smolensk") | {"title": "Чужой"})
    field(page, "title").fill("Мой")
    page.get_by_role("button", name="Сохранить", exact=True).click()
    panel = page.locator("#conflict")
    expect(panel).to_be_visible()
    expect(panel).to_contain_text("Чужой")
    panel.get_by_role("button", name=choice).click()
    page.wait_for_load_state()
    expect(field(page, "title")).to_have_value(on_top)
    kept = live.service.registry.versions(clerk, number)
    titles = {live.service.registry.read(clerk, number, v.version)[1]["title"] for v in kept}
    assert titles >= {"Мой", "Чужой"}


def test_what_is_typed_outlives_the_session(live: Live, clerk: Scope, page: Page) -> None:
    number = open_draft(live, clerk, page)
    page.context.clear_cookies()
    field(page, "title").fill("Дописано после выхода")
    page.get_by_role("button", name="Сохранить", exact=True).click()
    expect(page.locator(".save-state")).to_contain_text("войдите снова")
    beside = page.context.new_page()
    beside.goto("/sign-in")
    beside.fill("#login", "ivanova")
    beside.fill("#password", PASSWORD)
    beside.click("main button[type=submit]")
    beside.wait_for_url("**/documents/")
    save(page)
    assert live.service.registry.read(clerk, number)[0].title == "Дописано после выхода"


def test_a_finding_is_acknowledged_from_the_form(live: Live, clerk: Scope, page: Page) -> None:
    number = open_draft(live, clerk, page)
    field(page, "executor.phone").fill("8 (4812) 38-21-57")
    entry = page.locator("#findings .finding").first
    entry.locator("summary").click()
    entry.get_by_label("Почему").fill("так в подлиннике")
    entry.get_by_role("button", name="Подтвердить").click()
    expect(page.get_by_text("Замечание подтверждено.")).to_be_visible()
    _stored, values = live.service.registry.read(clerk, number)
    assert values["acknowledged"][0]["reason"] == "так в подлиннике"


def test_the_form_is_saved_without_scripts(live: Live, clerk: Scope, chromium: Browser) -> None:
    number = live.service.registry.create(clerk, example("smolensk")).id
    with reader(chromium, live, "ivanova", DESK, scripts=False) as plain:
        plain.goto(f"/documents/{number}/edit")
        field(plain, f"{FIRST}.executor").fill("ЦНППМ и школы")
        plain.get_by_role("button", name="Сохранить", exact=True).click()
        assert plain.url.endswith(f"/documents/{number}/edit")
    expected = copy.deepcopy(example("smolensk"))
    expected["annexes"][0]["sections"][0]["items"][0]["executor"] = "ЦНППМ и школы"
    _stored, values = live.service.registry.read(clerk, number)
    assert live.service.documents.order_from(
        Document(values), ""
    ) == live.service.documents.order_from(Document(expected), "")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("region", REGIONS)
def test_no_page_of_a_document_is_wider_than_the_screen(
    live: Live, chromium: Browser, region: str, size: dict[str, int]
) -> None:
    scope = Scope.of(live.person("petrova", Role.CLERK, region))
    number = live.service.registry.create(scope, example(region)).id
    with reader(chromium, live, "petrova", size) as page:
        for part in ("", "/edit", "/versions", "/register", "/preview"):
            page.goto(f"/documents/{number}{part}")
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], part
