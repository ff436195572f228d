"""Who reports an item: the region's own rules first, then the words of the item."""

import pytest

from docgen.models import Item, Reporter
from docgen.models.reports import Scope
from docgen.reports.plan import plan_items
from docgen.reports.subjects import told_scope
from tests.reports import small

ITEM = Item({"activity": "Совещание", "executor": "ЦНППМ, муниципальные  Координаторы"})


@pytest.mark.parametrize(
    ("rules", "scope"),
    [
        ((), None),
        ((Reporter("school", items=("3.",)),), "school"),
        ((Reporter("school", items=("13",)),), None),
        ((Reporter("municipality", executor=("муниципальные координаторы",)),), "municipality"),
        ((Reporter("region", activity=("семинар", "совещан")),), "region"),
        ((Reporter("region", indicator=("ОО",)),), None),
        ((Reporter("region", items=("3",)), Reporter("school", activity=("Совещ",))), "region"),
    ],
)
def test_the_first_rule_that_fits_tells_who_reports(
    rules: tuple[Reporter, ...], scope: Scope | None
) -> None:
    assert told_scope(rules, "3", ITEM) == scope


def test_rules_win_over_the_words_of_an_item() -> None:
    def scopes(*rules: Reporter) -> list[Scope]:
        args = small.order(), [small.LAYOUT], small.YEARS, small.DAY, rules
        return [item.scope for item in plan_items(*args)]

    usual = scopes()
    assert usual[0] == "school"
    assert scopes(Reporter("region", items=("1",))) == ["region", *usual[1:]]
