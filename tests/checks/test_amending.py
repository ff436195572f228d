"""Amending orders: their own paper and the rows they put in place pass the checks."""

from dataclasses import replace
from datetime import date

import pytest

from docgen.checks import check_amendment, check_order
from docgen.i18n import speaking
from docgen.models import (
    Acknowledgement,
    AmendedOrder,
    Amendment,
    Annex,
    Edit,
    Finding,
    Item,
    Order,
    Point,
    Section,
    Sheet,
)
from tests.checks.sheets import order, region, row

TITLE = "О внесении изменений в приказ ГАУ ДПО СОИРО от 30.12.2021 № 245-ссл/г"
HEADING = "Изменения, которые вносятся в приложение к приказу"
TEXT = "Строки 3, 9 изложить в следующей редакции:"


def amendment(*rows: Item, text: str = TEXT, **changes) -> Amendment:
    amending = order(
        title=TITLE,
        kind="amendment",
        date=date(2022, 1, 10),
        points=("Утвердить изменения (Приложение).",),
        annexes=(),
        **changes,
    )
    edits = (Edit("Строку 2 исключить."), Edit(text, (Section(rows),)))
    sheet = Sheet(HEADING, edits, layout="roadmap")
    return Amendment(amending, AmendedOrder("Об утверждении"), (), (sheet,))


def found(*rows: Item, **changes) -> list[Finding]:
    with speaking("en"):
        return check_amendment(amendment(*rows, **changes), region())


def test_single_rows_of_a_table_need_not_run_on() -> None:
    assert found(row("3."), row("9."), row("3.")) == []


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"deadline": "31.02.2022"}, "impossible-date"),
        ({"deadline": "до 01.01.2022"}, "date-before-order"),
        ({"indicator": ""}, "indicator-missing"),
        ({"activity": "Сeминар для школ"}, "mixed-alphabet"),
        ({"activity": "Семинар «Школа"}, "unbalanced-quotes"),
    ],
)
def test_finds_the_mistakes_of_new_rows_where_the_amendment_has_them(
    cells: dict[str, str], code: str
) -> None:
    (finding,) = found(row("3."), row("9.", **cells))
    key = next(iter(cells))
    assert (finding.code, finding.path) == (
        code,
        f"annexes[0].edits[1].sections[0].items[1].{key}",
    )
    assert finding.place.startswith("annex, instruction 2, row 9, column")


def test_finds_the_mistakes_of_instructions() -> None:
    (finding,) = found(row("3."), text="Строку «3 изложить в следующей редакции:")
    assert (finding.code, finding.path, finding.place) == (
        "unbalanced-quotes",
        "annexes[0].edits[1].text",
        "annex, instruction 2",
    )


def test_a_draft_has_no_number() -> None:
    drafted = amendment(row("3."))
    drafted = replace(drafted, order=replace(drafted.order, date=None))
    assert [f.code for f in check_amendment(drafted, region())] == ["number-in-draft"]


def test_an_acknowledged_finding_stays_so() -> None:
    entry = Acknowledgement("impossible-date", "annexes[0].edits[1]", "так в письме")
    (finding,) = found(row("3.", deadline="31.02.2022"), acknowledged=(entry,))
    assert finding.acknowledged


@pytest.mark.parametrize(("title", "codes"), [(HEADING, []), ("План-график", ["number-gap"] * 2)])
def test_an_amending_document_needs_no_running_numbers_unless_it_has_the_whole_table(
    title: str, codes: list[str]
) -> None:
    annex = Annex(title, (Section((row("3."), row("9."))),), layout="roadmap")
    amending: Order = order(
        title=TITLE, points=(Point("Утвердить изменения (Приложение)."),), annexes=(annex,)
    )
    assert [finding.code for finding in check_order(amending, region())] == codes
