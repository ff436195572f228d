"""Every page of the URL map, for everyone who may open it: fit for screen readers and phones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, ViewportSize

from docgen.models.accounts import Role, Scope
from docgen.web import create_app
from docgen.web.access import roles_of
from tests.browser.conftest import DESK, PASSWORD, PHONE, Live, reader, serving
from tests.web.samples import REGION, address, make_samples

pytestmark = [pytest.mark.integration, pytest.mark.slow]

AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"
GRAVE = {"serious", "critical"}
BROKEN = "/there-is-no-such-page"
REGISTERED = {"number": 1}
"""The order of the stage, where the sample is a draft."""
MORE = {
    role: ["/reporting/stages/1/form?school=1"]
    for role in (Role.COORDINATOR, Role.ANALYST, Role.ADMINISTRATOR)
}
"""What the URL map does not say: the form of a school, where that of a municipality is empty."""

_RUN = """async only => {
  const options = {resultTypes: ["violations"]};
  if (only) options.runOnly = [only];
  const {violations} = await axe.run(document, options);
  return violations.flatMap(({id, impact, nodes}) => nodes.map(
    ({target, failureSummary}) => ({id, impact, target: target.join(" "), failureSummary})));
}"""
TABLET = ViewportSize(width=768, height=1024)
_WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass
class Looked:
    """The running service and the addresses of all its pages, by who may open them."""

    live: Live
    of_everyone: list[str]
    of_role: dict[Role, list[str]]


@pytest.fixture(scope="module")
def looked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Looked]:
    home = tmp_path_factory.mktemp("accessibility")
    with serving(home) as live:
        samples = dict(make_samples(live.service, home))
        analyst = Scope(Role.ANALYST, REGION)
        closes = datetime(2099, 1, 1, tzinfo=UTC)
        live.service.monitoring.reopen_stage(analyst, int(str(samples["stage_id"])), closes)
        for role in Role:
            place = int(str(samples["municipality_id"])) if role is Role.COORDINATOR else None
            live.person(f"reader-{role}", role, REGION, place)
        yield Looked(live, *addresses(live, samples))


def addresses(live: Live, samples: dict[str, object]) -> tuple[list[str], dict[Role, list[str]]]:
    """What can be asked for with GET and is no part of the programming interface."""
    app = create_app(live.service)
    everyone, by_role = [BROKEN], {role: [BROKEN, *MORE.get(role, ())] for role in Role}
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint == "static":
            continue
        urls = {address(app, rule, each): None for each in (samples, samples | REGISTERED)}
        if not rule.rule.startswith("/api/v1/"):
            roles = roles_of(app, rule.endpoint, "GET")
            for listed in [everyone] if roles is None else [by_role[role] for role in roles]:
                listed.extend(urls)
    return everyone, by_role


class Watch:
    """What goes wrong while a page is looked at."""

    def __init__(self, page: Page, url: str) -> None:
        self._page, self._url = page, url
        self.faults: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        itself = message.location.get("url") == self._page.url  # the page of a refusal
        if message.type in ("error", "warning") and not itself:
            self.faults.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self._url, "data:", "blob:")):
            self.faults.append(f"leaves the host: {request.url}")


def faults_of(page: Page, only: str | None = None) -> Iterator[str]:
    """The grave violations on the page as it is shown now."""
    found: list[dict[str, Any]] = page.evaluate(_RUN, only)
    for each in found:
        if each["impact"] in GRAVE:
            summary = each["failureSummary"].replace("\n ", "")
            yield f"{each['id']} at {each['target']}: {summary}"


def look_at(page: Page, url: str, watch: Watch) -> list[str]:
    """The faults of a page, wide and narrow, light and dark; none for what is no page."""
    if not page.request.get(url).body().startswith(b"<!doctype html>"):
        return []
    watch.faults.clear()
    page.set_viewport_size(DESK)
    page.goto(url)
    page.wait_for_load_state("networkidle")
    return [f"{url} {each}" for each in [*views_of(page), *watch.faults]]


def views_of(page: Page) -> list[str]:
    """The faults of the page that is open, in every width and light."""
    page.set_viewport_size(DESK)
    faults = [f"wide: {each}" for each in faults_of(page)]
    page.emulate_media(color_scheme="dark")
    faults += [f"dark: {each}" for each in faults_of(page, "color-contrast")]
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(TABLET)
    faults += [f"between: {each}" for each in faults_of(page, "scrollable-region-focusable")]
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    faults += [f"narrow: {each}" for each in faults_of(page)]
    if wider := page.evaluate(_WIDER):
        faults.append(f"narrow: {wider} px wider than the screen")
    return faults


def seen_by(page: Page, urls: list[str], live: Live) -> tuple[int, list[str]]:
    """How many addresses were looked at, and every fault."""
    page.add_init_script(path=AXE)
    watch = Watch(page, live.url)
    faults = [fault for url in urls for fault in look_at(page, url, watch)]
    return len(urls), faults


@pytest.mark.parametrize("role", Role)
def test_pages_of_a_role_are_accessible(chromium: Browser, looked: Looked, role: Role) -> None:
    with reader(chromium, looked.live, f"reader-{role}", DESK) as page:
        count, faults = seen_by(page, looked.of_role[role], looked.live)
    assert count > 3
    assert not faults, "\n".join(faults)


def test_what_was_typed_when_the_session_ended_is_sent_after_signing_in_again(
    chromium: Browser, looked: Looked
) -> None:
    login, (url,) = f"reader-{Role.COORDINATOR}", MORE[Role.COORDINATOR]
    with reader(chromium, looked.live, login, PHONE) as page:
        page.add_init_script(path=AXE)
        page.goto(url)
        page.locator("label.choice.done").first.click()
        page.locator("textarea").first.fill("сделано «в срок»")
        page.context.clear_cookies()
        page.click("#send")
        page.wait_for_selector("#password")
        faults = views_of(page)
        page.fill("#login", login)
        page.fill("#password", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_selector("form.unsent")
        assert "сделано «в срок»" in page.inner_text(".typed")
        faults += views_of(page)
        page.click("form.unsent button")
        page.wait_for_url("**/reporting/receipts/*")
        page.goto(url)
        assert page.locator("textarea").first.input_value() == "сделано «в срок»"
    assert not faults, "\n".join(faults)


def test_pages_of_strangers_are_accessible(chromium: Browser, looked: Looked) -> None:
    context = chromium.new_context(base_url=looked.live.url, locale="ru-RU")
    count, faults = seen_by(context.new_page(), looked.of_everyone, looked.live)
    context.close()
    assert count > 3
    assert not faults, "\n".join(faults)
