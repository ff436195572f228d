from __future__ import annotations

import pytest

from docgen.render import compile_template
from docgen.render.doctor import needs_of
from docgen.render.shapes import nearest, values_of
from tests.conftest import ROOT
from tests.render.corpus import templates
from tests.render.word import docx, paragraph

SHIPPED = {path.stem: path.read_bytes() for path in (ROOT / "templates").rglob("*.docx")}


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        ("без тегов", {}),
        ("{{ title }}", {"title": "text"}),
        ("{{ a.b.c }}", {"a": {"b": {"c": "text"}}}),
        ("{{ a['b'] }}", {"a": {"b": "text"}}),
        ("{% for x in rows %}{{ x.name }}{% endfor %}", {"rows": [{"name": "text"}]}),
        ("{% for x in lines %}{{ x }}{% endfor %}", {"lines": ["text"]}),
        ("{% for x in a.b %}{% for y in x.c %}{{ y.d }}{% endfor %}{% endfor %}",
         {"a": {"b": [{"c": [{"d": "text"}]}]}}),
        ("{% for x in rows %}{{ x.a }}{% endfor %}{{ x }}", {"rows": [{"a": "text"}], "x": "text"}),
        ("{% for x in rows %}{{ loop.index }}{% endfor %}", {"rows": ["flag"]}),
        ("{% for x in rows %}{{ x[key] }}{% endfor %}", {"rows": [{"*": "text"}], "key": "text"}),
        ("{% for k, v in terms.items() %}{{ k }}{{ v.a }}{% endfor %}",
         {"terms": {"*": {"a": "text"}}}),
        ("{% if urgent %}Срочно{% endif %}", {"urgent": "flag"}),
        ("{% if kind == 'a' %}А{% endif %}", {"kind": "text"}),
        ("{% if level == 1 %}А{% endif %}", {"level": "number"}),
        ("{{ price * 2 }}", {"price": "number"}),
        ("{{ lines|join(', ') }}", {"lines": ["text"]}),
        ("{{ rows|join(', ', attribute='name') }}", {"rows": [{"name": "text"}]}),
        ("{{ rows|length }}", {"rows": ["text"]}),
        ("{{ (rows|first).name }}", {"rows": [{"name": "text"}]}),
        ("{{ rows[0].name }}", {"rows": [{"name": "text"}]}),
        ("{% for x in rows|sort(attribute='a') %}{{ x.b }}{% endfor %}",
         {"rows": [{"a": "flag", "b": "text"}]}),
        ("{% for g in rows|groupby('a') %}{{ g.grouper }}{% for x in g.list %}{{ x.b }}"
         "{% endfor %}{% endfor %}", {"rows": [{"a": "text", "b": "text"}]}),
        ("{% set t = a.b %}{{ t.c }}", {"a": {"b": {"c": "text"}}}),
        ("{% with t = a %}{{ t.c }}{% endwith %}", {"a": {"c": "text"}}),
        ("{% macro m(x) %}{{ x.y }}{{ z }}{% endmacro %}{{ m(a) }}", {"z": "text", "a": "flag"}),
        ("{{ a if b else c }}", {"b": "flag", "a": "text", "c": "text"}),
        ("{{ name.upper() }}", {"name": "text"}),
        ("{{ title|default('') }}", {"title": "text"}),
        ("{{ range(3)|join }}", {}),
    ],
)  # fmt: skip
def test_reads_the_nested_schema(text: str, needs: object) -> None:
    assert values_of(needs_of(docx(paragraph(text))).shape()) == needs


def test_reads_headers_footers_footnotes_and_properties() -> None:
    data = docx(
        "",
        header=paragraph("{{ a }}"),
        footer=paragraph("{{ b }}"),
        footnotes=f'<w:footnote w:id="2">{paragraph("{{ c }}")}</w:footnote>',
        properties={"title": "{{ d }}"},
    )
    assert set(needs_of(data).fields) == {"a", "b", "c", "d"}


CORPUS = templates() | SHIPPED


@pytest.mark.parametrize("name", CORPUS)
def test_the_example_fills_the_template(name: str) -> None:
    needs = needs_of(CORPUS[name])
    filled = compile_template(CORPUS[name], trusted=True, strict=True).render(needs.example())
    assert not set(needs.fields) & set(needs_of(filled).fields)


def test_needs_are_read_as_far_as_a_broken_template_allows() -> None:
    data = docx(paragraph("{{ a }}{{ b b }}{% for x in rows %}{{ x.c }}"))
    assert values_of(needs_of(data).shape()) == {"a": "text", "rows": [{"c": "text"}]}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("deadlin", "deadline"),
        ("deadilne", "deadline"),
        ("dedlin", "deadline"),
        ("ti", ""),
        ("titel", "title"),
        ("xyz", ""),
        ("rov", ""),  # as near to `row` as to `rol`
    ],
)
def test_finds_the_one_nearest_name(typed: str, meant: str) -> None:
    assert nearest(typed, ["deadline", "title", "row", "rol"])[0] == meant
