from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from docgen.importers.docx import read_docx
from docgen.models import Order
from tests.importers.orders import DOCUMENTS, EXAMPLES, REGIONS, example, in_words, orders


@pytest.mark.parametrize("name", [path.stem for path in EXAMPLES])
def test_reads_back_every_example_as_it_was(name: str) -> None:
    order = example(name)
    reading = read_docx(DOCUMENTS.render(order), f"{name}.docx", REGIONS)
    assert reading.order == order
    assert reading.unplaced == ()
    assert [doubt.path for doubt in reading.doubts] == ["region"]


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(orders())
def test_reads_back_any_order_as_it_was(order: Order) -> None:
    order = in_words(order)
    assert read_docx(DOCUMENTS.render(order), "o.docx", REGIONS).order == order
