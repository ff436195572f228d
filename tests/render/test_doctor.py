from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from docx import Document

from docgen.render import compile_template
from docgen.render.doctor import diagnose, needs_of
from docgen.render.expected import Names
from docgen.render.faults import CODES
from docgen.render.repair import repair
from docgen.services.documents import Documents
from docgen.services.template_kinds import REQUIRED, STYLES, names_of
from tests.conftest import ROOT
from tests.render.broken import BROKEN, PORTRAIT, Case, body, changed, template, with_paragraph
from tests.render.corpus import templates
from tests.render.word import docx, paragraph

CORPUS = templates()
SHIPPED = sorted((ROOT / "templates").rglob("*.docx"))


@pytest.fixture(scope="module")
def names(documents: Documents) -> Names:
    return Names(names_of("order", documents.regions.values()), REQUIRED["order"], STYLES)


def test_a_sound_template_has_no_faults(names: Names) -> None:
    assert diagnose(template(), names) == []


@pytest.mark.parametrize("path", SHIPPED, ids=[path.stem for path in SHIPPED])
def test_shipped_templates_have_no_faults(path: Path, documents: Documents) -> None:
    kind, regions = path.stem, documents.regions.values()
    known = kind in REQUIRED
    expected = Names(names_of(kind, regions), REQUIRED[kind], STYLES) if known else None
    assert diagnose(path.read_bytes(), expected) == []


@pytest.mark.parametrize("case", BROKEN.values(), ids=BROKEN)
def test_names_the_one_fault_its_place_and_what_to_type(case: Case, names: Names) -> None:
    faults = diagnose(case.data, names)
    assert [fault.code for fault in faults] == [case.code], faults
    assert faults[0].place.startswith(case.place)
    assert case.advice in faults[0].suggestion


@pytest.mark.parametrize("case", BROKEN.values(), ids=BROKEN)
def test_speaks_russian(case: Case, names: Names) -> None:
    for fault in diagnose(case.data, names):
        for text in (fault.place, fault.message, fault.suggestion):
            words = re.sub(r"\{.*?\}|“.*?”|«.*?»", "", text)
            assert "word/" in text or re.search("[а-я]", words), text


def test_the_broken_templates_cover_every_code() -> None:
    assert {case.code for case in BROKEN.values()} == set(CODES)


def test_every_code_is_documented() -> None:
    page = (ROOT / "docs" / "template-doctor.md").read_text("utf-8")
    rows = re.findall(r"^\| `([a-z-]+)` \| (\w+) \|", page, re.MULTILINE)
    assert dict(rows) == CODES


@pytest.mark.parametrize("text", [
    "Скобки { { и фигурные { % в тексте", "Множество {1, 2} и {а}", "100% и 5 %", "{# { } #}",
    "{{ {'a': {'b': 1}}['a']['b'] }}", "{{ '«»' }}", '{% if a == "–" %}да{% endif %}',
    "{{ a - 1 }}",
    "{% raw %}{{ что «угодно» {% endraw %}", "{{ имя.поле }}", "{%- if a -%}да{%- endif -%}",
    "{% for a, b in c.items() %}{{ a }}{{ b }}{% else %}нет{% endfor %}",
    "{% macro м(x) %}{{ x }}{% endmacro %}{{ м(1) }}", "{% set x %}да{% endset %}{{ x }}",
    "{% filter upper %}да{% endfilter %}", "{{ a|default('')|upper }}", "{{ a is defined }}",
])  # fmt: skip
def test_what_is_right_is_no_fault(text: str) -> None:
    assert diagnose(docx(paragraph(text))) == []


@pytest.mark.parametrize("name", CORPUS)
def test_finds_no_error_where_the_engine_has_none(name: str) -> None:
    assert [fault for fault in diagnose(CORPUS[name]) if fault.severity == "error"] == []


def test_finds_all_faults_at_once(names: Names) -> None:
    portrait = ["{{ titel }}", "{{ preamble }", "{%p for point in points %}", "{{ point.txet }}"]
    portrait += ["{{ signature.last|uper }}", "{{ }}", "{%p for annex in annexes %}"]
    found = {fault.code for fault in diagnose(template(body(portrait=portrait)), names)}
    assert found == {
        "unknown-variable", "unbalanced-braces", "unclosed-block", "unknown-filter", "empty-tag",
    }  # fmt: skip


def test_any_name_is_right_where_none_are_known() -> None:
    assert diagnose(docx(paragraph("{{ anything.goes }}{{ имя }}"))) == []


@pytest.mark.parametrize("case", BROKEN.values(), ids=BROKEN)
def test_a_corrected_copy_has_no_mechanical_fault_left(case: Case, names: Names) -> None:
    if case.code == "package-refused":
        return
    repaired = repair(case.data, names)
    assert not any(fault.edits for fault in repaired.remaining)
    again = diagnose(repaired.data, names)
    assert [fault.code for fault in again] == [fault.code for fault in repaired.remaining]


MENDED = (
    "Cyrillic letter in a name", "Cyrillic letter in endfor", "Cyrillic prefix", "ёлочки",
    "немецкие лапки", "лапки", "tag split by formatting", "lost brace", "lost first brace",
    "single braces", "lost brace of a statement", "wrong closing", "spaced braces",
    "full-width braces", "dash for a minus", "soft hyphen in a name", "unknown filter",
    "no-break space after the prefix", "misspelt endfor", "endfor in two words",
    "space before the prefix", "no space after the prefix", "misspelt name in a table",
    "misspelt name in a paragraph", "misspelt name of a loop", "misspelt name in a header",
    "misspelt name in a footer", "misspelt name in a footnote", "end without the prefix",
    "tag half in a link",
)  # fmt: skip


@pytest.mark.parametrize("name", MENDED)
def test_mechanical_faults_are_mended(name: str, names: Names) -> None:
    repaired = repair(BROKEN[name].data, names)
    assert repaired.remaining == ()
    assert repaired.mended
    compile_template(repaired.data).render(needs_of(repaired.data).example())


STRAY_ENDS = ("{%p endfor %}", "{%tc endfor %}", "{% endfor %}", "{%p endif %}")


@pytest.mark.parametrize("stray", STRAY_ENDS)
@pytest.mark.parametrize("around", [("", ""), ("{%p if point.text %}", "{%p endif %}")])
def test_names_are_left_alone_while_the_end_of_a_loop_is_in_doubt(
    names: Names, stray: str, around: tuple[str, str]
) -> None:
    text = "{{ point.number }} {{ point.text }}"
    at = PORTRAIT.index(text)
    inside = [each for each in (around[0], stray, text, around[1]) if each]
    data = template(body(portrait=[*PORTRAIT[:at], *inside, *PORTRAIT[at + 1 :]]))
    before = {fault.code for fault in diagnose(data, names)}
    repaired = repair(data, names)
    assert repaired.mended == ()
    assert before == {fault.code for fault in repaired.remaining}
    assert before <= {"end-without-start", "cell-tag-outside-table", "mismatched-prefix"}


@pytest.mark.parametrize("stray", STRAY_ENDS[:3])
def test_an_end_inside_another_block_is_named_as_the_one_too_many(names: Names, stray: str) -> None:
    inside = ["{%p if points %}", stray, "{{ title }}", "{%p else %}", "{%p endif %}"]
    data = template(
        body(portrait=["{%p for point in points %}", *inside, "{{ point.text }}", *PORTRAIT[4:]])
    )
    faults = [each for each in diagnose(data, names) if each.code == "end-without-start"]
    assert [(fault.paragraph, fault.text) for fault in faults] == [(3, stray)]


def test_an_edit_leaves_the_text_around_as_it_was(names: Names) -> None:
    data = repair(changed("{{ title }}", "О «чём-то» { { titel } } – и всё"), names).data
    first = Document(io.BytesIO(data)).paragraphs[0]
    assert first.text == "О «чём-то» {{ title }} – и всё"


def test_remaining_faults_stand_in_comments_at_their_places(names: Names) -> None:
    broken = BROKEN["unclosed loop"]
    data = repair(broken.data, names).data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        comments = archive.read("word/comments.xml").decode()
        types = archive.read("[Content_Types].xml").decode()
    document = Document(io.BytesIO(data))
    assert "/word/comments.xml" in types
    assert [comment.author for comment in document.comments] == ["docgen"]
    assert broken.advice in comments
    marked = [p.text for p in document.paragraphs if "commentReference" in p._p.xml]
    assert marked == ["{%p for point in points %}"]


def test_a_fault_of_a_header_is_told_at_the_beginning(names: Names) -> None:
    data = repair(template(header=paragraph("{{ }}")), names).data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert "верхний колонтитул" in archive.read("word/comments.xml").decode()


def test_comments_are_added_to_those_that_are_there(names: Names) -> None:
    once = repair(BROKEN["unclosed loop"].data, names).data
    twice = repair(once, names).data
    with zipfile.ZipFile(io.BytesIO(twice)) as archive:
        comments = archive.read("word/comments.xml").decode()
        types = archive.read("[Content_Types].xml").decode()
    assert re.findall(r'w:id="(\d+)"', comments) == ["0", "1"]
    assert types.count("comments.xml") == 1


def test_the_same_template_gives_the_same_copy(names: Names) -> None:
    data = BROKEN["misspelt name in a table"].data
    assert repair(data, names).data == repair(data, names).data


def test_a_heading_above_is_named(names: Names) -> None:
    heading = paragraph("Раздел 1", properties='<w:outlineLvl w:val="0"/>')
    (fault,) = diagnose(with_paragraph(1, "{{ preamble }}", heading, "{{ nobody }}"), names)
    assert fault.place == "основной текст, под заголовком «Раздел 1», абзац 4"


def test_the_text_around_is_shown(names: Names) -> None:
    (fault,) = diagnose(with_paragraph(1, "{{ preamble }}", "Для {{ nobody }} нет"), names)
    assert fault.text == "Для {{ nobody }} нет"
