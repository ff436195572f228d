from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import pytest
from docxtpl import RichText

from docgen.errors import RenderError, TemplateError, TemplateRefused
from docgen.render import Hyperlink, Linked, compile_template
from docgen.render.guard import GuardedTemplate, Limits
from tests.render.corpus import context, templates
from tests.render.reference import meaning
from tests.render.word import docx, paragraph

CORPUS = templates()


REFUSALS = {"template-forbidden", "template-failed", "unknown-variable"}


def filled(text: str, **values: Any) -> bytes:
    return compile_template(docx(paragraph(text))).render(values)


@pytest.mark.parametrize("name", CORPUS)
def test_untrusted_means_the_same_as_trusted(name: str) -> None:
    trusted = compile_template(CORPUS[name], trusted=True, strict=False)
    untrusted = compile_template(CORPUS[name], trusted=False, strict=False)
    assert meaning(untrusted.render(context())) == meaning(trusted.render(context()))


@pytest.mark.parametrize(
    "text",
    [
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ ''['__class__'] }}",
        "{{ text|attr('__class__') }}",
        "{{ [text]|map(attribute='__class__')|list }}",
        "{{ [text]|map('attr', '__class__')|list }}",
        "{{ text.format(text) }}",
        "{{ '{0.__class__}'.format(text) }}",
        "{{ '%s'|format(text) }}",
        "{{ text.__len__() }}",
        "{{ namespace.__init__.__globals__ }}",
        "{{ range.__self__ }}",
        "{% macro m() %}{% endmacro %}{{ m.__globals__ }}",
        "{% for x in [1] %}{{ loop._iterable }}{% endfor %}",
        "{{ self.__init__ }}",
        "{{ rows.append(1) }}",
        "{{ rows.clear() }}",
        "{% set d = {} %}{{ d.update(a=1) }}",
        "{{ 'A' * 10**10 }}",
        "{{ 10 ** (10 ** 10) }}",
        "{{ range(10**9) }}",
        "{{ text|safe }}",
        "{{ text|xmlattr }}",
        "{{ rows|random }}",
        "{% include 'x' %}",
        "{% import 'x' as y %}",
        "{% extends 'x' %}",
        "{{ img.tpl.save('/tmp/x') }}",
        "{{ lipsum() }}",
    ],
)
@pytest.mark.parametrize("strict", [True, False])
def test_refuses_code(text: str, strict: bool) -> None:
    with pytest.raises(TemplateError) as error:
        compile_template(docx(paragraph(text)), strict=strict).render(
            {"text": "a", "rows": [1], "img": {}}
        )
    assert error.value.code in REFUSALS


ENDLESS = "{% for a in range(10000) %}" * 3 + "{% endfor %}" * 3


@pytest.mark.slow
def test_stops_nested_ranges_at_the_deadline_and_goes_on_working() -> None:
    template = GuardedTemplate(docx(paragraph(ENDLESS)), strict=True, limits=Limits(wall=1.0))
    started = time.monotonic()
    with pytest.raises(TemplateError) as error:
        template.render({})
    assert error.value.code == "template-timeout"
    assert time.monotonic() - started < 3
    assert filled("{{ a }}", a="жив")


@pytest.mark.slow
def test_stops_nested_ranges_when_processor_time_is_up() -> None:
    template = GuardedTemplate(docx(paragraph(ENDLESS)), strict=True, limits=Limits(cpu=1))
    with pytest.raises(TemplateError) as error:
        template.render({})
    assert error.value.code == "template-timeout"


@pytest.mark.slow
@pytest.mark.parametrize("limits", [Limits(wall=0.5), Limits(cpu=1)], ids=["wall", "processor"])
def test_stops_a_filter_as_it_stops_a_loop(limits: Limits) -> None:
    data = docx(paragraph("{{ text|wordwrap(1) }}"))
    template = GuardedTemplate(data, strict=True, limits=limits)
    started = time.monotonic()
    with pytest.raises(TemplateError) as error:
        template.render({"text": "a " * 3_000_000})
    assert error.value.code == "template-timeout"
    assert time.monotonic() - started < 10


@pytest.mark.parametrize(
    "text",
    [
        "{% set ns = namespace(t='x' * 1000000) %}"
        "{% for i in range(30) %}{% set ns.t = ns.t ~ ns.t %}{% endfor %}",
        "{{ 'a'|center(10000000000) }}",
        "{{ 'a'|indent(10000000000, first=True) }}",
    ],
)
def test_stops_what_eats_memory(text: str) -> None:
    with pytest.raises(TemplateError) as error:
        filled(text)
    assert error.value.code in {"template-memory", "template-forbidden"}


def test_names_the_unknown_variable() -> None:
    with pytest.raises(TemplateError) as error:
        filled("{% for r in rows %}{{ r.absent }}{% endfor %}", rows=[{"a": 1}])
    assert error.value.code == "unknown-variable"
    assert error.value.problems[0].path == "r.absent"


def test_prints_nothing_for_an_unknown_variable_unless_strict() -> None:
    template = compile_template(docx(paragraph("[{{ absent }}]")), strict=False)
    assert "[]" in meaning(template.render({}))["word/document.xml"]


@dataclass
class School:
    name: str


def test_sees_dataclasses_links_and_rich_text_as_data() -> None:
    link = Linked(("см. ", Hyperlink("https://example.org/a")))
    document = meaning(
        filled(
            "{{ school.name }} {{ link }} {{ rich }}",
            school=School("Школа № 1"),
            link=link,
            rich=RichText("жирный"),
        )
    )["word/document.xml"]
    assert "Школа № 1" in document
    assert "w:hyperlink" in document
    assert "жирный" in document


def test_refuses_a_value_that_is_not_data_by_its_path() -> None:
    with pytest.raises(TemplateError) as error:
        filled("{{ a }}", a={"b": [object()]})
    assert error.value.code == "value-unsupported"
    assert error.value.problems[0].path == "a.b[0]"


def test_refuses_characters_no_xml_can_hold() -> None:
    with pytest.raises(RenderError) as error:
        filled("{{ a.b }}", a={"b": "x\x00y"})
    assert error.value.code == "illegal-character"
    assert error.value.problems[0].path == "a.b"


def test_reports_syntax_errors_when_compiling() -> None:
    with pytest.raises(TemplateError) as error:
        compile_template(docx(paragraph("{% for x in %}")))
    assert error.value.code == "template-syntax"
    assert not isinstance(error.value, TemplateRefused)
