"""Templates that cover docxtpl's tag language, and a context that fills them all."""

from __future__ import annotations

from typing import Any

from docxtpl import Listing, RichText, RichTextParagraph

from tests.render.word import cell, docx, paragraph, row, table

CENTRED = '<w:jc w:val="center"/>'
BOLD, ITALIC, UNDERLINED = "<w:b/>", "<w:i/>", '<w:u w:val="single"/>'


def context() -> dict[str, Any]:
    rows = [{"name": f"строка {i}", "number": i, "cells": ["x", "y", "z"]} for i in range(3)]
    return {
        "title": "О «мерах» & <проверках>",
        "lines": "первая\nвторая\tс отступом",
        "listing": Listing("a\nb\tc\ad\fe & <f>"),
        "pages": "один\aдва\fтри\nчетыре\tпять",
        "rich": RichText("жир\nный\tшрифт", bold=True, color="#ff0000"),
        "rich_paragraph": RichTextParagraph("абзац\nв две строки", parastyle="Quote"),
        "rows": rows,
        "columns": ["p", "q", "r", "s"],
        "mapping": {"items": "вещи", "key": "значение"},
        "empty": [],
        "yes": True,
        "no": False,
        "nothing": None,
        "count": 5,
        "fraction": 1.5,
        "colour": "FF0000",
        "number_sign": "№\xa05",
    }


def _loop(kind: str, names: str, *body: str) -> list[str]:
    return [f"{{%{kind} for {names} %}}", *body, f"{{%{kind} endfor %}}"]


def _paragraphs(*texts: str) -> str:
    return "".join(paragraph(text) for text in texts)


def _row_loop(*rows: str, names: str = "r in rows") -> list[str]:
    return [row(f"{{%tr for {names} %}}", ""), *rows, row("{%tr endfor %}", "")]


_COLUMNS = row(*_loop("tc", "c in columns", "{{ c }}"))
_DRAWING = (
    '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="1" cy="2"/>'
    '<wp:docPr id="7" name="{name}"/></wp:inline></w:drawing></w:r></w:p>'
)
_SPLIT = (
    '<w:p><w:r><w:t>{</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:rPr><w:b/></w:rPr>'
    '<w:t>{ title</w:t></w:r><w:r><w:t xml:space="preserve"> }</w:t></w:r>'
    "<w:r><w:t>} конец</w:t></w:r></w:p>"
)
_TEXT_BOX = (
    f"<w:p><w:pPr>{CENTRED}</w:pPr><w:r><w:rPr><w:b/></w:rPr><w:txbxContent>"
    + paragraph("{{ lines }}", run=ITALIC, properties='<w:jc w:val="left"/>')
    + paragraph("{{ lines }}")
    + "</w:txbxContent></w:r><w:r><w:rPr><w:u/></w:rPr><w:t>{{ lines }}</w:t></w:r></w:p>"
)

BODIES: dict[str, str] = {
    "plain": paragraph("Приказ {{ title }} и {{ lines }}!"),
    "formatted": paragraph("А {{ lines }} Б", run=BOLD, properties=CENTRED),
    "pages": paragraph("А {{ pages }} Б {{ lines }}", run=BOLD, properties=CENTRED),
    "listing": paragraph("А {{ listing }} Б", run=BOLD, properties=CENTRED),
    "tag split by Word": _SPLIT,
    "paragraph if": _paragraphs("{%p if yes %}", "да", "{%p else %}", "нет", "{%p endif %}"),
    "paragraph loop": _paragraphs(*_loop("p", "r in rows", "{{ r.name }} {{ loop.index }}")),
    "loop from one paragraph into another": (
        paragraph("{% for r in rows %}{{ pages }} {{ r.name }}", run=BOLD)
        + paragraph("{{ lines }}{% endfor %} {{ pages }}", properties=CENTRED)
    ),
    "loop after a choice of paragraphs": (
        paragraph("{% if yes %}{{ pages }}", run=BOLD)
        + paragraph("{% endif %}{% for r in rows %}{{ pages }}", properties=CENTRED)
        + paragraph("{{ lines }}{% endfor %} {{ pages }}")
    ),
    "row loop": table(
        row("h1", "h2"), *_row_loop(row("{{ r.name }}", "{{ r.number }}")), columns=2
    ),
    "row loop without rows": table(
        *_row_loop(row("{{ r.name }}", "{{ r.number }}"), names="r in empty"), columns=2
    ),
    "row condition": table(
        row("h1", "h2"),
        row("{%tr if no %}", ""),
        row("1", "2"),
        row("{%tr endif %}", ""),
        columns=2,
    ),
    "cell loop": table(
        row(*_loop("tc", "c in columns", "{{ c }}")),
        *_row_loop(row("{{ r.name }}", *_loop("tc", "c in r.cells", "{{ c }}"))),
        columns=3,
    ),
    "cell loop of fewer cells": table(row(*_loop("tc", "c in columns[:2]", "{{ c }}")), columns=5),
    "cell loop of no cells": table(row(*_loop("tc", "c in empty", "{{ c }}")), columns=5),
    "cell condition": table(row("1", "{%tc if no %}", "2", "{%tc endif %}", "3"), columns=3),
    "colspan of a name": table(
        row("{% colspan count %}head"), row(*_loop("tc", "c in columns", "{{ c }}")), columns=3
    ),
    "colspan of a number": table(row("{% colspan 3 %}head"), row("1", "2", "3"), columns=3),
    "cell colour": table(row("{% cellbg colour %}head {{ title }}", "b"), columns=2),
    "cell colour and span over old ones": table(
        row(
            cell(
                "{% cellbg colour %}{% colspan 2 %}head {{ title }}",
                properties='<w:tcW w:w="5"/><w:gridSpan w:val="2"/><w:shd w:fill="00"/>',
            )
        ),
        row("1", "2"),
        columns=2,
    ),
    "vertical merge": table(*_row_loop(row("A{% vm %}B", "{{ r.number }}")), columns=2),
    "horizontal merge": table(
        row(*_loop("tc", "c in columns", "{% hm %}head")),
        row(*_loop("tc", "c in columns", "{{ c }}")),
        columns=4,
    ),
    "horizontal merge of spanning cells": table(
        row(
            *_loop("tc", "c in columns", cell("{% hm %}head", properties='<w:gridSpan w:val="2"/>'))
        ),
        row(*_loop("tc", "c in columns", "{{ c }}", "{{ c }}")),
        columns=8,
    ),
    "nested table": table(
        row(
            "1",
            f"<w:tc><w:tcPr/>{table(_COLUMNS, columns=1)}<w:p/></w:tc>",
        ),
        columns=2,
    ),
    "rich text": paragraph("А {{r rich }} Б {{ title }}", run=ITALIC),
    "rich text in a run": paragraph("А {{ rich }} Б {{ lines }}"),
    "rich paragraph": _paragraphs("a", "{{p rich_paragraph }}", "b"),
    "run condition": paragraph("А {%r if yes %} Б {%r else %} В {%r endif %} Г", run=ITALIC),
    "run loop": paragraph("x {%r for c in columns %}{{ c }} {%r endfor %} y"),
    "comment": _paragraphs("a {# нет {{ title }} #} b", "{#p нет абзаца #}", "c"),
    "comment of a row": table(row("{#tr нет строки #}", "x"), row("1", "2"), columns=2),
    "comment of a cell": table(row("{#tc нет клетки #}", "x", "y"), row("1", "2"), columns=2),
    "merged paragraphs": _paragraphs(
        "Мой {%- if yes -%}",
        "текст",
        "{%- else -%}",
        "другой",
        "{%- endif -%}",
        "конец {{ lines }}",
    ),
    "merged paragraphs of other formats": paragraph("Мой {%- if no -%}", run=BOLD)
    + paragraph("текст {{ pages }}", run=ITALIC)
    + _paragraphs("{%- else -%}", "другой {{ pages }}", "{%- endif -%}")
    + paragraph("конец {{ pages }}", run=UNDERLINED),
    "condition over paragraphs": _paragraphs("{% if yes %}aa", "bb{% endif %} {{ lines }}"),
    "escaped braces": paragraph("{_{ x }_} {_% if %_} {{ title }} {{ '{_{' }}"),
    "typographic quotes": paragraph(
        "{{ “a” + ‘b’ }} {% if count &gt; 3 %}много{% endif %}{% if count &lt; 3 %}мало{% endif %}"
    ),
    "values of every kind": paragraph(
        "{{ title|upper }} {{ fraction }} {{ nothing }} {{ yes }} {{ number_sign }}"
        " {{ mapping.key }} {{ mapping['key'] }} {{ rows|length }} {{ columns|join(', ') }}"
        " {{ absent }} {{ mapping.items()|length }}"
    ),
    "set": _paragraphs("{% set z = count * 2 %}{{ z }} {%p set q = 3 %}", "{{ q }}"),
    "set block": paragraph("{% set b %}abc {{ title }}{% endset %}{{ b }}"),
    "macro of paragraphs": _paragraphs("{%p macro m(t) %}")
    + paragraph("Macro {{ t }} {{ lines }}", run=BOLD)
    + _paragraphs("{%p endmacro %}", "{{p m(title) }}", "после"),
    "macro of text": paragraph(
        "{% macro g(t) %}[{{ t }}]{% endmacro %}в {{ g(lines) }} и", run=BOLD, properties=CENTRED
    ),
    "call block": paragraph(
        "{% macro g(t) %}[{{ caller() }}]{% endmacro %}{% call g(1) %}в {{ title }}{% endcall %}"
    ),
    "block": paragraph("{% block b %}abc {{ lines }}{% endblock %} и {{ self.b() }}", run=BOLD),
    "filter block": paragraph("{% filter upper %}abc {{ columns }}{% endfilter %}"),
    "loop inside a paragraph": paragraph(
        "{% for r in rows %}{{ r.name }}, {{ lines }};{% else %}нет{% endfor %}", run=BOLD
    ),
    "nested loops": _paragraphs(
        *_loop("p", "r in rows", "{{ r.name }}:", *_loop("p", "c in r.cells", "- {{ c }}"))
    ),
    "globals": paragraph("{% for i in range(3) %}{{ loop.cycle('a', 'b') }}{{ i }}{% endfor %}"),
    "line break in the template": paragraph("a\nb\tc {{ title }}", run=BOLD),
    "value in an attribute": paragraph("{{ lines }}", run='<w:color w:val="{{ colour }}"/>'),
    "drawings": _paragraphs("{%p for r in rows %}")
    + _DRAWING.format(name="x {{ r.name }}")
    + _paragraphs("{%p endfor %}")
    + _DRAWING.format(name="y"),
    "text box": _TEXT_BOX,
    "hyperlink, content control, insertion": (
        f"<w:p><w:pPr>{CENTRED}</w:pPr>"
        f'<w:hyperlink w:anchor="a"><w:r><w:rPr>{BOLD}</w:rPr><w:t>{{{{ lines }}}}</w:t></w:r>'
        f'</w:hyperlink><w:ins w:id="1"><w:r><w:t>{{{{ lines }}}}</w:t></w:r></w:ins></w:p>'
        f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('{{ pages }}', run=ITALIC)}</w:sdtContent>"
        "</w:sdt>"
    ),
    "choice and fallback": (
        f"<w:p><w:r><w:rPr>{BOLD}</w:rPr><mc:AlternateContent xmlns:mc="
        '"http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="wps">'
        f"<w:txbxContent>{paragraph('{{ lines }}', run=ITALIC, properties=CENTRED)}"
        "</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>"
        f"{paragraph('{{ lines }} {{ title }}')}</w:txbxContent></mc:Fallback>"
        f"</mc:AlternateContent></w:r></w:p>{paragraph('{{ pages }}', run=UNDERLINED)}"
    ),
    "field": (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>'
        ' DOCPROPERTY "{{ count }}" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/>'
        "</w:r><w:r><w:t>{{ lines }}</w:t></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    ),
    "tabs, breaks and several texts in a run": (
        f"<w:p><w:r><w:rPr>{BOLD}</w:rPr><w:t>а</w:t><w:tab/><w:t>{{{{ lines }}}}</w:t><w:br/>"
        '<w:t xml:space="preserve"> {{ pages }} </w:t><w:sym w:font="x" w:char="F0"/></w:r>'
        "<w:r><w:t>{% if yes %}{{ lines }}</w:t></w:r><w:r><w:t>{% endif %}</w:t></w:r></w:p>"
    ),
    "formats that depend on values": (
        '<w:p><w:pPr>{% if yes %}<w:jc w:val="center"/>{% endif %}</w:pPr><w:r><w:rPr>'
        '<w:color w:val="{{ colour }}"/></w:rPr><w:t>{{ pages }}</w:t></w:r></w:p>'
    ),
    "changed properties": (
        f"<w:p><w:pPr>{CENTRED}<w:pPrChange w:id='1'><w:pPr/></w:pPrChange></w:pPr><w:r><w:rPr>"
        f"{BOLD}<w:rPrChange w:id='2'><w:rPr><w:i/></w:rPr></w:rPrChange></w:rPr>"
        "<w:t>{{ title }}</w:t></w:r></w:p>"
    ),
    "rows in rows": table(
        *_row_loop(
            row("{% colspan 2 %}{{ r.name }}"),
            *_row_loop(row("{{ c }}", "{{ lines }}"), names="c in r.cells"),
        ),
        columns=2,
    ),
    "rows with an otherwise": table(
        row("{%tr if no %}", ""),
        row("1", "2", "3"),
        row("{%tr elif yes %}", ""),
        row("1"),
        row("{%tr else %}", ""),
        row("1", "2"),
        row("{%tr endif %}", ""),
        columns=2,
    ),
    "tables in loops": _paragraphs("{%p for r in rows %}")
    + table(row(*_loop("tc", "c in r.cells", "{{ c }}{{ lines }}")), columns=1)
    + table(row("{{ r.name }}", "x"), columns=4)
    + _paragraphs("{%p endfor %}"),
    "table without widths": table(
        row("{%tc for c in columns %}", "{{ c }}", "{%tc endfor %}"), columns=2
    )
    .replace('w:w="1000"/></w:tblGrid>', "/></w:tblGrid>")
    .replace('<w:gridCol w:w="1000"/>', "<w:gridCol/>"),
    "grid that was wrong": table(row("1", "2", "3"), row("1"), columns=2)
    + table(row("1"), row("{{ title }}"), columns=4),
    "do not trim": paragraph("  {{ title }}  ") + paragraph("{{ lines }} "),
    "empty values": paragraph("[{{ absent }}{{ '' }}]{% for x in empty %}{{ x }}{% endfor %}"),
    "recursive loop": paragraph(
        "{% for r in rows recursive %}{{ r.name }}{% if r.more %}{{ loop(r.more) }}{% endif %}"
        "{% endfor %}"
    ),
    "loop with a filter": _paragraphs(
        "{%p for r in rows if r.number != 1 %}", "{{ loop.index }} {{ r.name }}", "{%p endfor %}"
    ),
    "with": _paragraphs("{%p with z = title %}", "{{ z }} {{ lines }}", "{%p endwith %}"),
    "items and maps": paragraph(
        "{{ rows[0].name }} {{ rows[-1]['name'] }} {{ rows|map(attribute='name')|list }}"
    ),
    "empty paragraph before": '<w:p w:rsidR="1"/>'
    + paragraph("{{ lines }}", properties="<w:keepNext/>"),
    "raw": paragraph("{% raw %}{{ title }}{% endraw %}"),
    "section properties": paragraph("{{ title }}")
    + f"<w:p><w:pPr><w:sectPr/></w:pPr></w:p>{paragraph('{{ lines }}')}",
}


def templates() -> dict[str, bytes]:
    """Every template of the corpus by name."""
    return {name: docx(body) for name, body in BODIES.items()} | {
        "header, footer and footnotes": docx(
            paragraph("{{ title }}"),
            header=paragraph("В {{ lines }} {{ title }}")
            + table(row(*_loop("tc", "c in columns", "{{ c }}")), columns=1),
            footer=paragraph("Н {{ title }} {{ pages }}", run=BOLD),
            footnotes=f'<w:footnote w:id="1">\n{paragraph("С {{ title }} {{ lines }}", run=BOLD)}'
            "</w:footnote>",
        ),
    }
