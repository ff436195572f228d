"""A real server with a real browser before it: SQLite, waitress, headless Chromium."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from waitress.server import create_server

from docgen.bootstrap import Service, build_service, settings_in_force
from docgen.models.accounts import Account, Role, Scope
from docgen.store.schema import upgrade
from docgen.web import create_app

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
PASSWORD = "три зелёных яблока"
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


@dataclass
class Live:
    """A running service and its address."""

    service: Service
    url: str

    def person(
        self, login: str, role: Role, region: str, municipality_id: int | None = None
    ) -> Account:
        """A new account whose password is `PASSWORD`."""
        return self.service.accounts.create(
            Scope.of_service(),
            login,
            f"{login} Анна Петровна",
            role,
            region,
            municipality_id,
            PASSWORD,
        )


@contextmanager
def serving(home: Path) -> Iterator[Live]:
    """The service of this checkout on a free port, its data in the folder."""
    settings = replace(settings_in_force(), home=home, database=f"sqlite:///{home / 'docgen.db'}")
    home.mkdir(parents=True, exist_ok=True)
    service = build_service(settings)
    upgrade(service.database)
    server = create_server(create_app(service), host="127.0.0.1", port=0, threads=8)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield Live(service, f"http://127.0.0.1:{server.effective_port}")
    finally:
        server.close()
        thread.join(10)
        service.close()


@pytest.fixture
def live(tmp_path: Path) -> Iterator[Live]:
    with serving(tmp_path / "home") as running:
        yield running


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        assert "CI" not in os.environ, "Chromium is not installed on this machine"
        pytest.skip("Chromium is not installed on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@contextmanager
def reader(
    chromium: Browser, live: Live, login: str, size: dict[str, int], *, scripts: bool = True
) -> Iterator[Page]:
    """A page of somebody who has signed in; the block fails on any error of a script."""
    context: BrowserContext = chromium.new_context(
        base_url=live.url,
        viewport=size,  # type: ignore[arg-type]
        java_script_enabled=scripts,
        locale="ru-RU",
        timezone_id="Europe/Moscow",
    )
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto("/sign-in")
    page.fill("#login", login)
    page.fill("#password", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(lambda url: "/sign-in" not in url)
    yield page
    context.close()
    assert not errors
