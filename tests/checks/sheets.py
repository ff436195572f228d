"""Small orders for the tests: a clean one, and the same with something changed."""

from __future__ import annotations

from datetime import date
from typing import Any

from docgen.checks import check_order
from docgen.models import Annex, Finding, Item, Order, Point, Section, Signatory
from docgen.regions import Region
from tests.checks.published import regions

CELLS = {
    "activity": "Установочный семинар для школ",
    "deadline": "10.02.2022",
    "executor": "ЦНППМ",
    "indicator": "Не менее 60% школ приняли участие",
    "information": "Справка",
}
POINTS = ("Утвердить план-график (Приложение).",)
TITLE = "План-график мероприятий"


def region() -> Region:
    """The region whose paper the small orders are on."""
    return regions()["smolensk"]


def row(number: str | None = None, **cells: str) -> Item:
    """A clean row with some cells changed."""
    return Item(values={**CELLS, **cells}, number=number)


def annex(*rows: Item, title: str = TITLE) -> Annex:
    """A roadmap of one untitled section."""
    return Annex(title=title, sections=(Section(items=rows or (row(),)),), layout="roadmap")


def order(*rows: Item, **changes: Any) -> Order:
    """A clean order with these rows and these fields changed; points may be texts."""
    points = changes.pop("points", POINTS)
    fields: dict[str, Any] = {
        "region": "smolensk",
        "title": "Об утверждении плана-графика",
        "preamble": "На основании приказа Департамента от 30.11.2021 № 1044-ОД",
        "years": (2022, 2022),
        "date": date(2021, 12, 30),
        "number": "245-ссл/г",
        "signatory": Signatory("Ректор", "О.С. Кольцова"),
        "annexes": (annex(*rows),),
        **changes,
    }
    points = tuple(Point(text=text) if isinstance(text, str) else text for text in points)
    return Order(points=points, **fields)


def findings(checked: Order) -> list[Finding]:
    """What the checks find in it."""
    return check_order(checked, region())


def codes(checked: Order) -> list[str]:
    """The codes of what the checks find in it."""
    return [finding.code for finding in findings(checked)]


def only(checked: Order, code: str) -> Finding:
    """The one finding of the order, which must have this code."""
    found = findings(checked)
    assert [finding.code for finding in found] == [code]
    return found[0]
