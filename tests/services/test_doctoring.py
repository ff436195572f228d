from __future__ import annotations

from docgen.context import build_context
from docgen.render.shapes import Record, paths_to, shape_of
from docgen.services.doctoring import REQUIRED, order_names
from docgen.services.documents import Documents
from tests.conftest import EXAMPLES, REGIONS


def test_the_known_names_are_all_that_any_example_prints(documents: Documents) -> None:
    known = order_names(documents.regions.values())
    for code in REGIONS:
        order = documents.load(EXAMPLES / f"{code}.yaml")
        context = build_context(order, documents.regions.find(code))
        assert _missing(shape_of(context), known) == []


def _missing(shape: object, known: object) -> list[str]:
    if isinstance(shape, Record):
        fields = known.fields if isinstance(known, Record) else {}
        lost = [name for name in shape.fields if name not in fields]
        inner = (
            _missing(each, fields[name]) for name, each in shape.fields.items() if name in fields
        )
        return [*lost, *(name for names in inner for name in names)]
    item = getattr(shape, "item", None)
    return [] if item is None else _missing(item, getattr(known, "item", None))


def test_every_required_value_is_a_known_name(documents: Documents) -> None:
    known = order_names(documents.regions.values())
    for required in REQUIRED["order"]:
        for path in required.paths:
            name = path.rpartition(".")[2].removesuffix("[]")
            assert path.removesuffix("[]") in set(paths_to(name, known))
