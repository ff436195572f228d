from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from docgen.amendments.changes import changes_between
from docgen.amendments.consolidate import apply
from docgen.amendments.differences import compare_orders
from docgen.context import printed_order
from docgen.models import AmendedOrder, Amendment, Order, Revision
from docgen.services.documents import Documents
from tests.amendments.orders import editions, histories


def amendment(documents: Documents, old: Order, new: Order) -> Amendment:
    region = documents.regions.find(old.region)
    diff = compare_orders(printed_order(old, region), printed_order(new, region))
    return Amendment(
        order=replace(new, annexes=(), number="61", kind="amendment"),
        amends=AmendedOrder(old.title, old.date, old.number),
        changes=changes_between(old, new, diff),
    )


@pytest.mark.slow
@given(editions())
@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_an_order_amended_by_its_difference_is_the_new_one(
    documents: Documents, pair: tuple[Order, Order]
) -> None:
    old, new = pair
    made = amendment(documents, old, new)
    amended = apply(old, [("a.yaml", made)])
    assert amended == replace(new, revisions=(Revision(new.date, "61"),))


@pytest.mark.slow
@given(histories())
@settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_amendments_of_amendments_lead_to_the_last_edition(
    documents: Documents, history: tuple[Order, Order, Order]
) -> None:
    first, second, third = history
    made = [
        ("1.yaml", amendment(documents, first, second)),
        ("2.yaml", amendment(documents, second, third)),
    ]
    assert replace(apply(first, made), revisions=()) == third
