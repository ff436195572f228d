from __future__ import annotations

import io
from typing import Any

import pytest
from docx import Document
from docxtpl import RichText
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from jinja2.exceptions import TemplateError as JinjaError

from docgen.errors import RenderError, TemplateError
from docgen.render import compile_template
from tests.render.corpus import BOLD, CENTRED, context, templates
from tests.render.reference import PROPERTIES, filled_by_docxtpl, meaning
from tests.render.word import docx, paragraph, row, table

CORPUS = templates()


def filled(template: bytes, values: dict[str, Any]) -> bytes:
    return compile_template(template, trusted=True, strict=False).render(values)


@pytest.mark.parametrize("name", CORPUS)
def test_means_the_same_as_docxtpl(name: str) -> None:
    expected = meaning(filled_by_docxtpl(CORPUS[name], context()))
    assert meaning(filled(CORPUS[name], context())) == expected


@pytest.mark.parametrize("name", CORPUS)
def test_same_input_gives_same_bytes(name: str) -> None:
    assert filled(CORPUS[name], context()) == filled(CORPUS[name], context())


def test_a_loop_from_one_cell_into_another_means_the_same() -> None:
    start = paragraph("{% for r in rows %}{{ pages }}", properties=CENTRED)
    end = paragraph("{{ lines }}{% endfor %}{{ pages }}", run=BOLD)
    cells = f"<w:tr><w:tc>{start}</w:tc><w:tc>{end}</w:tc></w:tr>"
    template = docx(table(cells, columns=2))
    expected = meaning(filled_by_docxtpl(template, context()))
    assert meaning(filled(template, context())) == expected


def test_properties_read_the_same() -> None:
    texts = {
        "title": "О {{ title }}",
        "subject": "{{ lines }}",
        "creator": "{% for c in columns %}{{ c }}{% endfor %}",
        "description": "{{ count + 1 }} &lt; {{ count }}",
        "identifier": "без тегов",
        "language": "{{ nothing }}",
    }
    template = docx(paragraph("x"), properties=texts)
    ours = Document(io.BytesIO(filled(template, context()))).core_properties
    docxtpls = Document(
        io.BytesIO(filled_by_docxtpl(template, context(), autoescape=False))
    ).core_properties
    for name in PROPERTIES:
        assert getattr(ours, name) == getattr(docxtpls, name), name


# --- tables torn open by merged paragraphs --------------------------------------------------

MERGED = "".join(map(paragraph, ("до {%- if flag -%}", "{{ a }}", "{%- endif -%} после")))
MERGED_BEFORE = "".join(map(paragraph, ("{%- if flag -%}", "{{ a }}", "{%- endif %}")))
MERGED_AFTER = paragraph("{% if flag %}{{ a }}{% endif -%}")
ROWS = table(
    row("1", "2"),
    row("{%tr for r in rows %}", ""),
    row("{% vm %}{{ r.x }}", "{% cellbg 'FF00FF' %}{{ r.x }}"),
    row("{%tr endfor %}", ""),
    columns=2,
)
EMPTIED = ROWS.replace(row("1", "2"), "")
SPANNED = table(
    row("{%tr if flag %}", ""),
    row("{% colspan 3 %}{{ a }}"),
    row("{%tr endif %}", ""),
    row("1", "2"),
    columns=2,
)
WIDENED = table(row("{%tc for r in rows %}", "{{ r.x }}", "{%tc endfor %}"), columns=2)
TORN = {
    "a table in the cell before it": SPANNED + MERGED + WIDENED,
    "a table without rows in that cell": SPANNED + MERGED + EMPTIED,
    "tables in cells of tables in cells": SPANNED + MERGED + SPANNED + MERGED + EMPTIED,
    "rows that lost their own table": MERGED_AFTER + ROWS,
    "rows of a lost table in a cell": SPANNED + MERGED_BEFORE + MERGED_AFTER + WIDENED,
    "rows of a lost table beside a table": SPANNED + MERGED + ROWS + MERGED_AFTER + EMPTIED,
}


@pytest.mark.parametrize("body", TORN.values(), ids=TORN)
@pytest.mark.parametrize("flag", [False, True])
@pytest.mark.parametrize("count", [0, 1, 5])
def test_torn_tables_are_repaired_as_docxtpl_does(body: str, flag: bool, count: int) -> None:
    data = {"a": "текст", "flag": flag, "rows": [{"x": 1}] * count}
    expected = meaning(filled_by_docxtpl(docx(body), data))
    assert meaning(filled(docx(body), data)) == expected


def test_tables_beside_xml_from_values_get_their_grid() -> None:
    template = docx(WIDENED + paragraph("{{r a }}"))
    data = {"a": RichText("текст"), "rows": [{"x": 1}] * 5}
    expected = meaning(filled_by_docxtpl(template, data))
    assert meaning(filled(template, data)) == expected


def test_torn_tables_are_refused_when_strict() -> None:
    template = compile_template(docx(TORN["a table without rows in that cell"]), trusted=True)
    with pytest.raises(RenderError) as refused:
        template.render({"a": "", "flag": False, "rows": []})
    assert refused.value.code == "markup-broken"


# --- generated templates and data -----------------------------------------------------------

TEXT = st.text(
    st.characters(
        codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff{}"
    )
    | st.sampled_from("\n\t\a\f&<>\"'\xa0"),
    max_size=12,
)
VALUES = st.one_of(TEXT, st.integers(), st.booleans(), st.none(), st.floats(allow_nan=False))
DATA = st.fixed_dictionaries(
    {
        "a": VALUES,
        "b": VALUES,
        "flag": st.booleans(),
        "rows": st.lists(
            st.fixed_dictionaries(
                {"x": VALUES, "y": VALUES, "cells": st.lists(VALUES, max_size=4)}
            ),
            max_size=3,
        ),
        "columns": st.lists(TEXT, max_size=5),
    }
)
RUNS = st.sampled_from(["", BOLD, '<w:rStyle w:val="Strong"/><w:i/>'])
PROPERTIES_XML = st.sampled_from(["", CENTRED, '<w:pStyle w:val="a"/><w:rPr><w:b/></w:rPr>'])
INLINE = st.sampled_from(
    [
        "{{ a }}",
        "текст {{ b }} и {{ a }}",
        "{% if flag %}{{ a }}{% else %}иначе{% endif %}",
        "{% for r in rows %}{{ r.x }};{% endfor %}",
        "{% for c in columns %}{{ c }}{% if not loop.last %}, {% endif %}{% endfor %}",
        "без тегов",
        "{{ a ~ b }}",
        "{{r a }}",
        "{%- if flag -%}",
        "{% set a = b %}{{ a }}",
    ]
)


@st.composite
def inline(draw: st.DrawFn) -> str:
    text = draw(INLINE)
    if "-%}" in text:
        return "".join(
            paragraph(piece, run=draw(RUNS), properties=draw(PROPERTIES_XML))
            for piece in ("до {%- if flag -%}", "{{ a }}", "{%- endif -%} после {{ b }}")
        )
    return paragraph(text, run=draw(RUNS), properties=draw(PROPERTIES_XML))


def looped(body: str) -> str:
    return paragraph("{%p for r in rows %}") + body + paragraph("{%p endfor %}")


@st.composite
def spread(draw: st.DrawFn, inner: st.SearchStrategy[str]) -> str:
    """A loop or choice that starts in one paragraph and ends in another."""
    start, end = draw(st.sampled_from([("for r in rows", "endfor"), ("if flag", "endif")]))
    ends = (f"{{% {start} %}}{{{{ a }}}}", f"{{{{ b }}}}{{% {end} %}}{{{{ a }}}}")
    opening, closing = (
        paragraph(text, run=draw(RUNS), properties=draw(PROPERTIES_XML)) for text in ends
    )
    return opening + draw(inner) + closing


def chosen(body: str) -> str:
    return paragraph("{%p if flag %}") + body + paragraph("{%p endif %}")


TABLES = st.sampled_from(
    [
        table(
            row("1", "2"),
            row("{%tr for r in rows %}", ""),
            row("{{ r.x }}", "{{ r.y }}"),
            row("{%tr endfor %}", ""),
            columns=2,
        ),
        table(
            row("{%tc for c in columns %}", "{{ c }}", "{%tc endfor %}"),
            row("{%tr for r in rows %}", ""),
            row("{%tc for c in r.cells %}", "{{ c }}", "{%tc endfor %}", "конец"),
            row("{%tr endfor %}", ""),
            columns=3,
        ),
        table(
            row("{%tr if flag %}", ""),
            row("{% colspan 3 %}{{ a }}"),
            row("{%tr endif %}", ""),
            row("1", "2"),
            columns=2,
        ),
        table(
            row("{%tr for r in rows %}", ""),
            row("{% vm %}{{ r.x }}", "{% cellbg 'FF00FF' %}{{ r.y }}"),
            row("{%tr endfor %}", ""),
            columns=2,
        ),
    ]
)
BLOCKS = st.recursive(
    st.one_of(inline(), TABLES),
    lambda inner: st.one_of(
        st.builds(looped, inner),
        st.builds(chosen, inner),
        spread(inner),
        st.lists(inner, min_size=2, max_size=4).map("".join),
    ),
    max_leaves=6,
)


@pytest.mark.slow
@settings(max_examples=150, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(body=BLOCKS, data=DATA)
def test_generated_templates_mean_the_same(body: str, data: dict[str, Any]) -> None:
    template = docx(body, footer=paragraph("{{ a }}"))
    try:
        expected = meaning(filled_by_docxtpl(template, data))
    except JinjaError:  # merged paragraphs can tear a tag of a neighbouring table apart
        with pytest.raises(TemplateError):
            filled(template, data)
    else:
        assert meaning(filled(template, data)) == expected
