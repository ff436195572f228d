"""The pictures of the user guides: `python -m tests.docs.screenshots [FOLDER]` makes them anew.

One story is walked in a demo service, exactly as the guides tell it: each chapter is a guide,
each step a sentence of it. A step that no longer works stops the walk.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

from tests.browser.conftest import CHROMIUM, PHONE
from tests.docs.demo import Demo, demo

PICTURES = Path(__file__).parents[2] / "docs/pictures/guide"
DESK = {"width": 1280, "height": 800}
COLOURS = 256
RUSSIAN = os.environ | {"LANGUAGE": "ru", "LANG": "C.UTF-8"}
"""Fields for dates and files speak Russian where Debian's chromium-l10n is installed."""
PLACE = "Дорогобужский район"
PASSWORD = "три зелёных яблока"
EXCEL = (
    "Анкетирование школ\tс 12.01.2026 по 30.01.2026\tЦНППМ\t100% школ\n"
    "Семинар для кураторов\tмарт 2026 г.\tЦНППМ\tне менее 20 человек\n"
    "Совещание с муниципалитетами\tежеквартально\tСОИРО\tне менее 4 совещаний\n"
)
SCAN = """\
Государственное автономное учреждение дополнительного профессионального образования \
«Смоленский областной институт развития образования»
ПРИКАЗ
30.12.2021 № 245-ссл/г
Об утверждении дорожной карты проекта «500+» на 2022 год
В целях поддержки общеобразовательных организаций (далее – ОО) с низкими результатами
п р и к а з ы в а ю:
1. Утвердить дорожную карту (приложение).
2. Контроль за исполнением приказа оставляю за собой.
Ректор\tО.С. Кольцова
Приложение к приказу ГАУ ДПО СОИРО от 30.12.2021 № 245-ссл/г
Дорожная карта проекта «500+»
№\tЗадачи\tСроки реализации\tИсполнители\tПоказатель реализации\t\
Информационное сопровождение проекта
1\tАнкетирование школ\t17.01.2022 – 04.02.2022\tЦНППМ\t100% 00 приняли участие\tРисковые профили
2\tУстановочный семинар «Первые шаги\t10.02.2022\tЦНППМ\t100% ОО\tСайт
\tв проекте» для школ\t\t\tприняли участие\t
3\tОбсуждение концептулаьных документов\tмарт 2022 г.\tСОИРО\t100% документов\tСправка
Заместитель ректора Святченко И.П.
"""
FIRST = "annexes[0].sections[0].items[0]"


@dataclass(frozen=True, slots=True)
class Walk:
    """A demo service, a browser, and the folder that gets the pictures."""

    demo: Demo
    browser: Browser
    folder: Path

    @contextmanager
    def at(self, size: dict[str, int], *, scripts: bool = True) -> Iterator[Page]:
        """A browser window of somebody who has not signed in."""
        context: BrowserContext = self.browser.new_context(
            base_url=self.demo.url,
            viewport=size,  # type: ignore[arg-type]
            locale="ru-RU",
            timezone_id="Europe/Moscow",
            java_script_enabled=scripts,
            permissions=["clipboard-read", "clipboard-write"],
        )
        yield context.new_page()
        context.close()

    @contextmanager
    def as_(
        self, login: str, size: dict[str, int] = DESK, *, scripts: bool = True
    ) -> Iterator[Page]:
        """The same, signed in."""
        with self.at(size, scripts=scripts) as page:
            page.goto("/")
            page.get_by_label("Логин").fill(login)
            page.get_by_label("Пароль").fill(self.demo.passwords.get(login, PASSWORD))
            press(page, "Войти")
            page.wait_for_url(lambda url: "/sign-in" not in url)
            yield page

    def shot(self, seen: Page | Locator, name: str) -> None:
        """The picture of a window or a part of it, in few colours."""
        picture = Image.open(BytesIO(seen.screenshot(animations="disabled", caret="hide")))
        path = self.folder / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


def press(page: Page | Locator, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def follow(page: Page | Locator, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).first.click()


def top(page: Page, part: Locator, above: int = 12) -> None:
    """Scrolls until the part stands at the head of the window."""
    part.evaluate(f"part => scrollTo(0, part.getBoundingClientRect().top + scrollY - {above})")


def field(page: Page, path: str) -> Locator:
    return page.locator(f'[id="{path}"]')


def in_days(days: int) -> str:
    """Six o'clock of an evening, as the field for days and hours wants it."""
    return f"{datetime.now(UTC) + timedelta(days):%Y-%m-%dT18:00}"


def saved(page: Page) -> None:
    expect(page.locator(".save-state")).to_contain_text("сохранено в", timeout=15_000)


# Администратору


def administrator(walk: Walk) -> str:
    """What an administrator does before the others begin; the link of an invitation."""
    with walk.as_("admin") as page:
        follow(page, "Пользователи")
        follow(page, "Пригласить пользователя")
        page.get_by_label("Фамилия, имя, отчество").fill("Иванова Анна Петровна")
        page.get_by_label("Роль").select_option("координатор")
        page.get_by_label("Регион").select_option("Смоленская область")
        page.get_by_label("Муниципалитет").select_option(f"{PLACE} (Смоленская область)")
        walk.shot(page, "administrator/invite")
        press(page, "Создать ссылку")
        link: str = page.locator(".secret").inner_text()
        profile(walk, page)
    return link


def health(walk: Walk) -> None:
    """What an administrator sees when all the others have worked."""
    with walk.as_("admin") as page:
        follow(page, "Управление")
        follow(page, "Состояние")
        walk.shot(page, "administrator/health")


def profile(walk: Walk, page: Page) -> None:
    """The stages of Smolensk are planned for 2026."""
    follow(page, "Управление")
    follow(page, "Профили регионов")
    follow(page, "Смоленская область")
    text = field(page, "text")
    text.fill(text.input_value().replace("date: 2022-06-30", "date: 2026-06-30"))
    page.get_by_label("Причина").fill("этапы 2026 года")
    press(page, "Проверить и применить")
    walk.shot(page, "administrator/profiles")


# Делопроизводителю


def clerk(walk: Walk) -> None:
    with walk.at(DESK) as page:
        page.goto("/")
        walk.shot(page, "clerk/sign-in")
    with walk.as_("clerk") as page:
        walk.shot(page, "clerk/documents")
        follow(page, "Новый приказ")
        walk.shot(page, "clerk/new")
        page.get_by_label("Год проекта").fill("2026")
        press(page, "Начать")
        write(walk, page)
        check(walk, page)
        conflict(walk, page)
        register(walk, page)
        amend(walk, page)
        read(walk, page)


def write(walk: Walk, page: Page) -> None:
    """The table is filled by a block from Excel."""
    field(page, "signatory.name").fill("О.С. Кольцова")
    field(page, "points[1].control.post").fill("проректор по оценке качества образования")
    field(page, "points[1].control.name").fill("Захаров С.П.")
    page.get_by_label("Название приложения").fill("Дорожная карта проекта «500+» на 2026 год")
    press(page, "Добавить после")
    page.get_by_role("button", name="+ Строка").click()
    page.evaluate("text => navigator.clipboard.writeText(text)", EXCEL)
    field(page, FIRST.replace("items[0]", "items[1]") + ".activity").press("Control+V")
    saved(page)
    page.wait_for_timeout(500)
    top(page, page.locator(".annex"), 8)
    walk.shot(page, "clerk/editor")


def check(walk: Walk, page: Page) -> None:
    """A day that no calendar has; a repeated phrase that may stand."""
    field(page, f"{FIRST}.deadline").fill("31.02.2026")
    field(page, f"{FIRST}.activity").fill("Вебинар для участников для участников проекта")
    press(page, "Сохранить")
    saved(page)
    top(page, page.locator("#check"))
    page.locator("#findings summary").first.click()
    page.get_by_label("Почему это можно оставить").first.fill("так называется вебинар")
    walk.shot(page, "clerk/check")


def conflict(walk: Walk, page: Page) -> None:
    """Another window of the same clerk saves first."""
    other = page.context.new_page()
    other.goto(page.url)
    field(other, "city").fill("г. Смоленск")
    press(other, "Сохранить")
    saved(other)
    other.close()
    field(page, f"{FIRST}.deadline").fill("10.02.2026")
    press(page, "Сохранить")
    walk.shot(page.locator("#conflict"), "clerk/conflict")
    press(page, "Оставить мою")


def register(walk: Walk, page: Page) -> None:
    follow(page, "Страницы")
    page.locator(".pages img").nth(1).evaluate("image => image.decode()")
    walk.shot(page, "clerk/pages")
    follow(page, "Регистрация")
    page.get_by_label("Дата приказа").fill("30.12.2025")
    walk.shot(page, "clerk/registration")
    press(page, "Зарегистрировать")
    walk.shot(page, "clerk/registered")


def amend(walk: Walk, page: Page) -> None:
    follow(page, "Внести изменения")
    field(page, f"{FIRST}.deadline").fill("до 20.02.2026")
    press(page, "Составить приказ о внесении изменений")
    follow(page, "Страницы")
    page.locator(".pages img").first.evaluate("image => image.decode()")
    walk.shot(page, "clerk/amendment")


def read(walk: Walk, page: Page) -> None:
    """An order recognised from a scan, with three places to compare."""
    scan = walk.demo.home / "скан.txt"
    scan.write_text(SCAN, encoding="utf-8")
    follow(page, "Документы")
    follow(page, "Новый приказ")
    page.get_by_label("Файл").set_input_files(scan)
    press(page, "Прочитать")
    page.wait_for_url("**/edit")
    top(page, page.locator("table.sheet"))
    walk.shot(page, "clerk/import")


# Координатору


def coordinator(walk: Walk, link: str) -> None:
    with walk.at(PHONE) as page:
        page.goto(link)
        page.get_by_label("Логин").fill("ivanova")
        page.get_by_label("Пароль").fill(PASSWORD)
        walk.shot(page, "coordinator/invitation")
        press(page, "Продолжить")
        walk.shot(page, "coordinator/due")
        page.locator(".duties a").first.click()
        fill(walk, page)
        send(walk, page)


def fill(walk: Walk, page: Page) -> None:
    questions = page.locator(".question")
    questions.nth(0).get_by_text("выполнено", exact=True).click()
    questions.nth(0).get_by_label("Дата выполнения").fill("2022-02-04")
    expect(page.locator("#state")).to_contain_text("сохранено в")
    top(page, questions.nth(0), 60)
    walk.shot(page, "coordinator/form")
    page.context.set_offline(True)
    questions.nth(1).get_by_text("не выполнено", exact=True).click()
    questions.nth(1).get_by_label("Комментарий").fill("Анкеты задержал интернет, сдадим 1 июля")
    expect(page.locator("#state")).to_contain_text("нет связи")
    top(page, questions.nth(1), 60)
    walk.shot(page, "coordinator/offline")
    page.context.set_offline(False)
    expect(page.locator("#state")).to_contain_text("сохранено в", timeout=15_000)


def send(walk: Walk, page: Page) -> None:
    paper = walk.demo.home / "протокол.png"
    Image.new("RGB", (600, 800), "white").save(paper)
    first = page.locator(".question").first
    first.get_by_label("Подтверждение").fill("протокол от 04.02.2022 № 3")
    first.get_by_label("Файлы").set_input_files(paper)
    top(page, first.get_by_label("Подтверждение"), 60)
    walk.shot(page, "coordinator/evidence")
    press(page, "Отправить")
    page.wait_for_url("**/receipts/**")
    walk.shot(page, "coordinator/receipt")


def returned(walk: Walk) -> None:
    with walk.as_("ivanova", PHONE) as page:
        page.locator(".duties a", has_text="возвращено").click()
        top(page, page.locator(".question.returned"), 60)
        walk.shot(page, "coordinator/returned")


# Аналитику


def analyst(walk: Walk) -> None:
    with walk.as_("analyst") as page:
        publish(walk, page)
        follow(page, "Мониторинг")
        page.get_by_role("link", name="Этап 1, первое полугодие").last.click()
        walk.shot(page, "analyst/stage")
        return_answer(walk, page)
        report(walk, page)
        close(walk, page)


def publish(walk: Walk, page: Page) -> None:
    follow(page, "Начать мониторинг по приказу")
    page.get_by_label("Или построчно").fill(f"{PLACE}; МБОУ СОШ № 1\nг. Смоленск; МБОУ «СШ № 5»")
    walk.shot(page, "analyst/publish")
    press(page, "Начать мониторинг")
    page.get_by_label("Принимать сведения до").fill(in_days(14))
    walk.shot(page, "analyst/open-stage")
    press(page, "Открыть этап")


def return_answer(walk: Walk, page: Page) -> None:
    follow(page, PLACE)
    row = page.locator("tr", has=page.locator("summary")).first
    row.locator("summary").click()
    row.get_by_label("Что нужно исправить").fill("Приложите справку: протокол не открывается")
    walk.shot(page, "analyst/return")
    press(row, "Вернуть на доработку")
    expect(page.locator("main")).to_contain_text("Возвращено:")
    page.get_by_role("navigation", name="Где вы").get_by_role("link").click()


def report(walk: Walk, page: Page) -> None:
    press(page, "Сформировать отчёт")
    press(page, "Письма должникам")
    expect(page.locator("#works li[data-state=done]")).to_have_count(2, timeout=90_000)
    walk.shot(page, "analyst/report")


def close(walk: Walk, page: Page) -> None:
    press(page, "Закрыть этап")
    page.get_by_text("Открыть этап снова").click()
    page.get_by_label("Принимать сведения до").fill(in_days(7))
    walk.shot(page, "analyst/closed")
    press(page, "Сохранить")


def walk(folder: Path) -> None:
    """All pictures, into the folder."""
    with (
        tempfile.TemporaryDirectory() as home,
        demo(Path(home)) as running,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--lang=ru"], env=RUSSIAN
        )
        story = Walk(running, browser, folder)
        link = administrator(story)
        clerk(story)
        coordinator(story, link)
        analyst(story)
        returned(story)
        health(story)
        browser.close()


if __name__ == "__main__":
    walk(Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURES)
