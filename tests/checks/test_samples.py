import pytest

from docgen.checks import check_order
from docgen.models import Control, Person, Point, Signatory, samples
from docgen.services.starters import starter_order
from tests.checks.published import regions
from tests.checks.sheets import POINTS, codes, only, order, row


@pytest.mark.parametrize("code", sorted(regions()))
def test_finds_every_made_up_value_of_a_new_order(code):
    region = regions()[code]
    starter = starter_order(region, 2026)
    found = {f.path for f in check_order(starter, region) if f.code == "sample-left"}
    rows = {f"annexes[{index}].sections[0].items[0]" for index in range(len(starter.annexes))}
    control = f"points[{len(starter.points) - 1}].control.name"
    assert found == {"signatory.name", control, *rows}


@pytest.mark.parametrize(
    "real",
    [
        order(signatory=Signatory("Ректор", "О.С. Кольцова")),
        order(points=(*POINTS, Point(form=Control(Person("Иванова И.И.", "министр", "f"))))),
        order(row(**{**samples.CELLS, "deadline": "11.02.2022"})),
        order(row(activity=samples.CELLS["activity"])),
    ],
)
def test_accepts_what_a_person_wrote(real):
    assert "sample-left" not in codes(real)


def test_a_printed_order_is_looked_at_too():
    found = only(order(signatory=Signatory("Ректор", "И.О. Фамилия")), "sample-left")
    assert (found.path, found.severity) == ("signatory.name", "warning")
