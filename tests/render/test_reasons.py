from __future__ import annotations

import pytest

from docgen.errors import TemplateError
from docgen.i18n import speaking
from docgen.render import compile_template
from tests.render.word import docx, paragraph


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{% for x in rows %}", "“{% for %}” is not closed: “{% endfor %}” is missing"),
        ("{% if x %}{% for y in x %}{% endif %}", "“{% endif %}” closes nothing"),
        ("{% endif %}", "“{% endif %}” closes nothing"),
        ("{% foreach x %}", "there is no tag “foreach”"),
        ("{{ a b }}", "“}}” should stand where “b” stands"),
        ("{{ }}", "a name is missing in the tag"),
        ("{{ «а» }}", "the character “«” cannot stand in a tag"),
        ("{{ a|shout }}", "there is no filter or test “shout”"),
        ("{{ a) }}", "“)” is out of place"),
    ],
)
def test_says_in_plain_words_what_is_wrong_with_a_tag(text: str, reason: str) -> None:
    with speaking("en"), pytest.raises(TemplateError) as error:
        compile_template(docx(paragraph(text)), trusted=True)
    assert reason in error.value.message


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{{ 1 / zero }}", "a division by zero"),
        ("{{ zero + 'a' }}", "the values do not fit"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "nested too deeply"),
    ],
)
def test_says_in_plain_words_what_failed(text: str, reason: str) -> None:
    template = compile_template(docx(paragraph(text)), trusted=True)
    with speaking("en"), pytest.raises(TemplateError) as error:
        template.render({"zero": 0})
    assert reason in error.value.message
