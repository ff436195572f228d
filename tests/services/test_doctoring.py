from __future__ import annotations

import pytest

from docgen.context import build_context
from docgen.render.shapes import Record, paths_to, shape_of
from docgen.services.documents import Documents
from docgen.services.template_kinds import REQUIRED, TEMPLATE_KINDS, kind_of, names_of
from tests.conftest import EXAMPLES, REGIONS
from tests.render.word import docx, paragraph


def test_the_known_names_are_all_that_any_example_prints(documents: Documents) -> None:
    known = names_of("order", documents.regions.values())
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


@pytest.mark.parametrize("kind", TEMPLATE_KINDS)
def test_every_required_value_is_a_known_name(documents: Documents, kind: str) -> None:
    known = names_of(kind, documents.regions.values())
    for required in REQUIRED[kind]:
        for path in required.paths:
            name = path.rpartition(".")[2].removesuffix("[]")
            assert path.removesuffix("[]") in set(paths_to(name, known))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("{{ titel }}", "order_plain"),
        ("{% for a in annexes %}{{ a.title }}{% endfor %}", "order"),
        ("{% for a in annexes %}{{ a.edits }}{% endfor %}", "amendment"),
        ("{{ old }}{{ new }}{% for r in rows %}{{ r.place }}{% endfor %}", "diff"),
        ("{% for c in chapters %}{{ c.title }}{% endfor %}", "report"),
        ("{% for a in addressee %}{{ a }}{% endfor %}", "letter"),
        ("{{ surname }}{{ telephone }}{{ date }}", "any"),
    ],
)
def test_the_kind_is_told_by_the_names(documents: Documents, text: str, kind: str) -> None:
    assert kind_of(docx(paragraph(text)), names_of("order", documents.regions.values())) == kind
