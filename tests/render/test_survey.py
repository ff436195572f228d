from __future__ import annotations

import pytest
from jinja2 import Environment

from docgen.render.scanner import Mode
from docgen.render.survey import Survey, survey
from docgen.render.tags import jinja_source
from tests.render.word import paragraph, row, table

ROWS = (row("{%tr for r in rows %}", ""), row("{{ r }}", "x"), row("{%tr endfor %}", ""))


def surveyed(xml: str) -> Survey:
    return survey(Environment().parse(jinja_source(xml)))


@pytest.mark.parametrize(
    ("xml", "mode"),
    [
        (paragraph("{{ v }}"), Mode.TEXT),
        (paragraph("{{r v }}"), Mode.PARAGRAPH),
        (paragraph("{{p v }}"), Mode.OUTSIDE),
        (paragraph("x", run='<w:color w:val="{{ v }}"/>'), Mode.TAG),
        (paragraph("{% macro m() %}{{ v }}{% endmacro %}"), Mode.UNKNOWN),
    ],
)
def test_knows_what_surrounds_a_value(xml: str, mode: Mode) -> None:
    assert [site.mode for site in surveyed(xml).sites] == [mode]


def test_knows_the_format_around_a_value_after_other_runs() -> None:
    xml = paragraph("x", run="<w:i/>") + paragraph("{{ v }}", run="<w:b/>", properties="<w:jc/>")
    (site,) = surveyed(xml).sites
    assert site.run == "<w:rPr><w:b/></w:rPr>"
    assert site.paragraph == "<w:pPr><w:jc/></w:pPr>"


@pytest.mark.parametrize(
    ("xml", "sound"),
    [
        (paragraph("{% if a %}x{% else %}y{% endif %}"), True),
        (paragraph("{%- if a -%}") + paragraph("x") + paragraph("{%- endif -%}"), True),
        ("<w:p>{% if a %}</w:p>{% endif %}", False),
        ("<w:p>{% for a in b %}<w:r>{% endfor %}</w:r></w:p>", False),
        ("<w:p></w:r></w:p>", False),
        ("<w:p>", False),
    ],
)
def test_proves_well_formed_what_is_on_every_path(xml: str, sound: bool) -> None:
    assert surveyed(xml).sound is sound


@pytest.mark.parametrize(
    ("xml", "settled"),
    [
        (table(row("1", "2"), *ROWS, columns=2), True),
        (table(*ROWS, columns=2), False),
        (table(row("1", "2", "3"), *ROWS, columns=2), False),
        (table(row("{%tc for c in a %}", "{{ c }}", "{%tc endfor %}"), columns=2), False),
        (table(row("{% colspan n %}x"), row("1", "2"), columns=2), False),
        (table(row("{%tc for c in a %}", "{% colwidth c %}x", "{%tc endfor %}"), columns=2), True),
        (paragraph("{{p v }}"), False),
    ],
)
def test_proves_the_grid_of_tables_whose_columns_no_value_changes(xml: str, settled: bool) -> None:
    assert surveyed(xml).settled_grids is settled
