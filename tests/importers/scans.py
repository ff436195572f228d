"""Recognised texts to read: an order around the rows of a table."""

from __future__ import annotations

from docgen.importers.text import read_text
from docgen.models import Item
from docgen.models.readings import Reading
from tests.importers.orders import REGIONS

FRONT = """Государственное автономное учреждение
«Смоленский областной институт развития образования»

ПРИКАЗ

30.12.2021

№ 245-ссл/г

Об утверждении плана-графика проекта по организации поддержки школ

На основании приказа Департамента Смоленской области

п р и к а з ы в а ю:

1. Утвердить план-график (далее – ОО Проекта) (Приложение).

Ректор

О.С. Кольцова

Приложение
к приказу ГАУ ДПО СОИРО
от 30.12.2021 № 245-ссл/г

Региональный план-график

"""
HEADINGS = (
    "№|Задачи|Сроки реализации|Исполнители|Показатель реализации"
    "|Информационное сопровождение проекта"
)


def scanned(*rows: str, headings: str = HEADINGS) -> str:
    """An order whose table has these rows, `|` between the cells; an empty row is a page break."""
    return FRONT + "\n".join((headings, *rows)).replace("|", "\t")


def read(*rows: str, headings: str = HEADINGS) -> Reading:
    data = scanned(*rows, headings=headings).encode()
    return read_text(data, "scan.txt", REGIONS, "smolensk")


def items(reading: Reading) -> list[Item]:
    return [item for annex in reading.order.annexes for _s, _i, item in annex.items()]


def cells(reading: Reading, key: str) -> list[str]:
    return [item.get(key) for item in items(reading)]


def doubted(reading: Reading) -> set[str]:
    """The cells with a doubt, as «0.information»: the item and the key."""
    return {
        doubt.path.partition(".items[")[2].replace("]", "")
        for doubt in reading.doubts
        if ".items[" in doubt.path
    }
