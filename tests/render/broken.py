"""A small sound template of an order, and broken ones made of it, each with one fault."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

from tests.render.word import cell, docx, paragraph, row, table

STYLES = """<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:style w:type="paragraph" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="AnnexTitle"><w:name w:val="Заголовок приложения"/></w:style>
<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/></w:style>
</w:styles>"""
_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"
_RELATION = (
    '<Relationship Id="rIdS" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/{kind}" Target="{target}"{more}/></Relationships>'
)

PORTRAIT = [
    "{{ title }}",
    "{{ preamble }}",
    "{%p for point in points %}",
    "{{ point.number }} {{ point.text }}",
    "{%p endfor %}",
    "{{ signature.last }}",
    "{{ signature.name }}",
    "{%p for annex in annexes %}",
]
HEADING = paragraph("Приложение: {{ annex.title }}", properties='<w:pStyle w:val="AnnexTitle"/>')
ROWS = [
    ["Мероприятие", "Срок"],
    ["{%tr for section in annex.sections %}", ""],
    ["{%tr for row in section.rows %}", ""],
    ["{{ row.activity }}", "{{ row.deadline }}"],
    ["{%tr endfor %}", ""],
    ["{%tr endfor %}", ""],
]
END = "{%p endfor %}"


def body(*, portrait: list[str] | None = None, rows: list[list[str]] | None = None) -> str:
    """The XML of the order's body; a piece that begins with `<` is XML already."""
    paragraphs = [_paragraph(text) for text in portrait or PORTRAIT]
    cells = [row(*(_cell(text) for text in texts)) for texts in rows or ROWS]
    return "".join([*paragraphs, HEADING, table(*cells, columns=2), paragraph(END)])


def _paragraph(text: str) -> str:
    return text if text.startswith("<") else paragraph(text)


def _cell(text: str) -> str:
    return text if text.startswith("<") else cell(text)


def template(xml: str = "", **parts: str) -> bytes:
    """A DOCX with these parts, and with styles."""
    return with_styles(docx(xml or body(), **parts))  # type: ignore[arg-type]


def with_styles(data: bytes) -> bytes:
    data = replaced(
        data,
        "[Content_Types].xml",
        "</Types>",
        f'<Override PartName="/word/styles.xml" ContentType="{_STYLES_TYPE}"/></Types>',
    )
    return related(added(data, "word/styles.xml", STYLES), "styles", "styles.xml")


def related(data: bytes, kind: str, target: str, more: str = "") -> bytes:
    """The file with one relation more of its document."""
    xml = _RELATION.format(kind=kind, target=target, more=more)
    xml = xml.replace("rIdS", f"rId-{kind}")
    return replaced(data, "word/_rels/document.xml.rels", "</Relationships>", xml)


def replaced(data: bytes, name: str, old: str, new: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        text = archive.read(name).decode()
    assert old in text, (name, old)
    return added(data, name, text.replace(old, new))


def added(data: bytes, name: str, text: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", 8) as new:
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        new.writestr(name, text)
    return stream.getvalue()


def changed(old: str, new: str) -> bytes:
    """The sound template with one of its texts changed."""
    xml = body()
    assert xml.count(old) == 1, (old, xml.count(old))
    return template(xml.replace(old, new))


def with_row(index: int, *texts: str) -> bytes:
    """The sound template with other texts in one row of its table."""
    rows = [list(each) for each in ROWS]
    rows[index] = list(texts)
    return template(body(rows=rows))


def with_paragraph(index: int, *texts: str) -> bytes:
    """The sound template with others instead of one of its first paragraphs."""
    portrait = [*PORTRAIT]
    portrait[index : index + 1] = texts
    return template(body(portrait=portrait))


@dataclass(frozen=True, slots=True)
class Case:
    """A broken template and what is to be found: the code, pieces of the place and the advice."""

    data: bytes
    code: str
    place: str
    advice: str


def runs(*texts: str, bold: int = -1) -> str:
    """A paragraph of several runs, one of them bold."""
    inner = "".join(
        f"<w:r>{'<w:rPr><w:b/></w:rPr>' if number == bold else ''}"
        f'<w:t xml:space="preserve">{text}</w:t></w:r>'
        for number, text in enumerate(texts)
    )
    return f"<w:p>{inner}</w:p>"


_LINK = '<w:hyperlink r:id="rId-hyperlink"><w:r><w:t>{}</w:t></w:r></w:hyperlink>'
_FIELD = (
    '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>AUTHOR</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{{ title }}</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)
_BOX = (
    '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>'
    "<w:p><w:r><w:t>{{ city }}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict>"
    "</w:r></w:p>"
)
_CELL = "основной текст, под заголовком «Приложение: {{ annex.title }}», таблица 1"
_POINT = "{{ point.number }} {{ point.text }}"
_EXTERNAL = ' TargetMode="External"'


BROKEN: dict[str, Case] = {
    "misspelt name in a table": Case(
        changed("row.deadline", "row.deadlin"),
        "unknown-variable",
        f"{_CELL}, строка 4, столбец 2",
        "{{ row.deadline }}",
    ),
    "misspelt name in a paragraph": Case(
        changed("{{ preamble }}", "{{ preambel }}"),
        "unknown-variable",
        "основной текст, абзац 2",
        "{{ preamble }}",
    ),
    "misspelt name of a loop": Case(
        changed("row.activity", "rwo.activity"),
        "unknown-variable",
        f"{_CELL}, строка 4, столбец 1",
        "{{ row.activity }}",
    ),
    "name of something else": Case(
        with_paragraph(1, "{{ preamble }}", "{{ deadline }}"),
        "unknown-variable",
        "основной текст, абзац 3",
        "annexes[].sections[].rows[].deadline",
    ),
    "misspelt name in a header": Case(
        template(header=paragraph("{{ isuer }}")),
        "unknown-variable",
        "верхний колонтитул, абзац 1",
        "{{ issuer }}",
    ),
    "misspelt name in a footer": Case(
        template(footer=table(row("№", "{{ nubmer }}"), columns=2)),
        "unknown-variable",
        "нижний колонтитул, таблица 1, строка 1, столбец 2",
        "{{ number }}",
    ),
    "misspelt name in a footnote": Case(
        template(footnotes=f'<w:footnote w:id="2">{paragraph("{{ sity }}")}</w:footnote>'),
        "unknown-variable",
        "сноска 1, абзац 1",
        "{{ city }}",
    ),
    "misspelt name in the properties": Case(
        template(body(), properties={"title": "{{ titel }}"}),  # type: ignore[arg-type]
        "unknown-variable",
        "свойства документа",
        "{{ title }}",
    ),
    "part of a list without a loop": Case(
        with_paragraph(1, "{{ preamble }}", "{{ points.text }}"),
        "wrong-kind",
        "основной текст, абзац 3",
        "{%p for item in points %}",
    ),
    "Cyrillic letter in a name": Case(
        changed("{{ row.activity }}", "{{ row.aсtivity }}"),
        "cyrillic-in-name",
        f"{_CELL}, строка 4, столбец 1",
        "{{ row.activity }}",
    ),
    "Cyrillic letter in endfor": Case(
        with_row(4, "{%tr еndfor %}", ""),
        "cyrillic-in-name",
        f"{_CELL}, строка 5, столбец 1",
        "{%tr endfor %}",
    ),
    "Cyrillic prefix": Case(
        with_paragraph(4, "{%р endfor %}"),
        "cyrillic-in-name",
        "основной текст, абзац 5",
        "{%p endfor %}",
    ),
    "ёлочки": Case(
        with_paragraph(1, "{{ preamble }}", "{% if heading == «left» %}слева{% endif %}"),
        "typographic-quotes",
        "основной текст, абзац 3",
        "{% if heading == 'left' %}",
    ),
    "немецкие лапки": Case(
        with_paragraph(1, "{{ preamble }}", "{% if heading == „left“ %}слева{% endif %}"),
        "typographic-quotes",
        "основной текст, абзац 3",
        "{% if heading == 'left' %}",
    ),
    "лапки": Case(
        with_paragraph(1, "{{ preamble }}", "{% if heading == “left” %}слева{% endif %}"),
        "curly-quotes",
        "основной текст, абзац 3",
        "{% if heading == 'left' %}",
    ),
    "tag split by formatting": Case(
        with_paragraph(0, runs("{{ ti", "tle", " }}", bold=1)),
        "split-tag",
        "основной текст, абзац 1",
        "{{ title }}",
    ),
    "tag half in a link": Case(
        with_paragraph(0, f"<w:p><w:r><w:t>{{{{ ti</w:t></w:r>{_LINK.format('tle }}')}</w:p>"),
        "tag-across-elements",
        "основной текст, абзац 1",
        "{{ title }}",
    ),
    "unclosed loop": Case(
        with_paragraph(4, "после пунктов"),
        "unclosed-block",
        "основной текст, абзац 3",
        "{%p endfor %}",
    ),
    "unclosed loop over rows": Case(
        with_row(4, "", ""),
        "unclosed-block",
        f"{_CELL}, строка 2, столбец 1",
        "{%tr endfor %}",
    ),
    "unclosed condition": Case(
        with_paragraph(3, "{% if point.level == 1 %}" + _POINT),
        "unclosed-block",
        "основной текст, абзац 4",
        "{% endif %}",
    ),
    "endfor without for": Case(
        with_paragraph(1, "{{ preamble }}", "{%p endfor %}"),
        "end-without-start",
        "основной текст, абзац 3",
        "{%p for …",
    ),
    "else without if": Case(
        with_paragraph(1, "{{ preamble }}", "{%p else %}"),
        "end-without-start",
        "основной текст, абзац 3",
        "{%p if …",
    ),
    "row tag outside a table": Case(
        with_paragraph(2, "{%tr for point in points %}"),
        "row-tag-outside-table",
        "основной текст, абзац 3",
        "{%p for point in points %}",
    ),
    "cell tag outside a table": Case(
        with_paragraph(2, "{%tc for point in points %}"),
        "cell-tag-outside-table",
        "основной текст, абзац 3",
        "{%p for point in points %}",
    ),
    "colour of a cell outside a table": Case(
        with_paragraph(1, "{{ preamble }}", "{% cellbg 'FF0000' %}"),
        "cell-tag-outside-table",
        "основной текст, абзац 3",
        "в ячейку",
    ),
    "end without the prefix": Case(
        with_paragraph(4, "{% endfor %}"),
        "mismatched-prefix",
        "основной текст, абзац 5",
        "{%p endfor %}",
    ),
    "loop over rows without the prefix": Case(
        with_row(
            3,
            "{% for row in section.rows %}{{ row.activity }}",
            "{{ row.deadline }}{% endfor %}",
        ),
        "misplaced-end",
        f"{_CELL}, строка 4, столбец 2",
        "{%tr for row in section.rows %}",
    ),
    "loop and its end in one row": Case(
        template(
            body(
                rows=[
                    *ROWS[:2],
                    [
                        "{%tr for row in section.rows %}{{ row.activity }}",
                        "{{ row.deadline }}{%tr endfor %}",
                    ],
                    ROWS[5],
                ]
            )
        ),
        "loop-in-one-row",
        f"{_CELL}, строка 3, столбец 2",
        "над и под",
    ),
    "loop and its end in one cell": Case(
        with_row(0, "{%tc for column in annex.columns %}{{ column.heading }}{%tc endfor %}", ""),
        "loop-in-one-cell",
        f"{_CELL}, строка 1, столбец 1",
        "отдельную",
    ),
    "loop and its end in one paragraph": Case(
        with_paragraph(1, "{{ preamble }}", "{%p if city %}{{ city }}{%p endif %}"),
        "loop-in-one-paragraph",
        "основной текст, абзац 3",
        "отдельный абзац",
    ),
    "text beside a paragraph tag": Case(
        with_paragraph(2, "Пункты: {%p for point in points %}"),
        "content-beside-tag",
        "основной текст, абзац 3",
        "отдельный",
    ),
    "lost brace": Case(
        changed("{{ title }}", "{{ title }"),
        "unbalanced-braces",
        "основной текст, абзац 1",
        "{{ title }}",
    ),
    "lost first brace": Case(
        changed("{{ title }}", "{ title }}"),
        "unbalanced-braces",
        "основной текст, абзац 1",
        "{{ title }}",
    ),
    "single braces": Case(
        changed("{{ title }}", "{title}"),
        "unbalanced-braces",
        "основной текст, абзац 1",
        "{{ title }}",
    ),
    "lost brace of a statement": Case(
        with_paragraph(2, "{%p for point in points %"),
        "unbalanced-braces",
        "основной текст, абзац 3",
        "{%p for point in points %}",
    ),
    "wrong closing": Case(
        with_paragraph(2, "{%p for point in points }}"),
        "unbalanced-braces",
        "основной текст, абзац 3",
        "{%p for point in points %}",
    ),
    "tag that is not closed": Case(
        with_paragraph(1, "{{ preamble }}", "Город {{ city"),
        "unbalanced-braces",
        "основной текст, абзац 3",
        "}}",
    ),
    "spaced braces": Case(
        changed("{{ title }}", "{ { title } }"),
        "spaced-braces",
        "основной текст, абзац 1",
        "{{ title }}",
    ),
    "full-width braces": Case(
        changed("{{ title }}", "｛｛ title ｝｝"),
        "spaced-braces",
        "основной текст, абзац 1",
        "{{ title }}",
    ),
    "dash for a minus": Case(
        with_paragraph(3, _POINT + "{{ point.level – 1 }}"),
        "typographic-sign",
        "основной текст, абзац 4",
        "{{ point.level - 1 }}",
    ),
    "soft hyphen in a name": Case(
        changed("{{ title }}", "{{ ti\u00adtle }}"),
        "typographic-sign",
        "основной текст, абзац 1",
        "{{ title }}",
    ),
    "no-break space after the prefix": Case(
        with_paragraph(4, "{%p\u00a0endfor %}"),
        "typographic-sign",
        "основной текст, абзац 5",
        "{%p endfor %}",
    ),
    "unknown filter": Case(
        with_paragraph(0, "{{ title|uper }}"),
        "unknown-filter",
        "основной текст, абзац 1",
        "{{ title|upper }}",
    ),
    "misspelt endfor": Case(
        with_paragraph(4, "{%p endfr %}"),
        "unknown-tag",
        "основной текст, абзац 5",
        "{%p endfor %}",
    ),
    "endfor in two words": Case(
        with_paragraph(4, "{%p end for %}"),
        "unknown-tag",
        "основной текст, абзац 5",
        "{%p endfor %}",
    ),
    "space before the prefix": Case(
        with_paragraph(2, "{% p for point in points %}"),
        "unknown-tag",
        "основной текст, абзац 3",
        "{%p for point in points %}",
    ),
    "no space after the prefix": Case(
        with_row(4, "{%trendfor %}", ""),
        "unknown-tag",
        f"{_CELL}, строка 5, столбец 1",
        "{%tr endfor %}",
    ),
    "two names in a tag": Case(
        with_paragraph(1, "{{ preamble }}", "{{ city date }}"),
        "template-syntax",
        "основной текст, абзац 3",
        "{{ title }}",
    ),
    "loop without in": Case(
        with_paragraph(1, "{{ preamble }}", "{%p for line letterhead %}", "{%p endfor %}"),
        "template-syntax",
        "основной текст, абзац 3",
        "{%p for point in points %}",
    ),
    "empty tag": Case(
        with_paragraph(1, "{{ preamble }}", "{{ }}"),
        "empty-tag",
        "основной текст, абзац 3",
        "{{ title }}",
    ),
    "preamble never used": Case(
        with_paragraph(1, "На основании"),
        "unused-variable",
        "весь шаблон",
        "{{ preamble }}",
    ),
    "rows never used": Case(
        template(body(rows=[["Мероприятие", "Срок"]])),
        "unused-variable",
        "весь шаблон",
        "{%tr for row in section.rows %}",
    ),
    "style that is not defined": Case(
        with_paragraph(0, paragraph("{{ title }}", properties='<w:pStyle w:val="AnexTitle"/>')),
        "missing-style",
        "основной текст, абзац 1",
        "AnnexTitle",
    ),
    "style of links missing": Case(
        replaced(template(), "word/styles.xml", 'w:styleId="Hyperlink"', 'w:styleId="Other"'),
        "missing-style",
        "стили",
        "стиль",
    ),
    "hidden attribute": Case(
        with_paragraph(1, "{{ preamble }}", "{{ city.__class__ }}"),
        "forbidden-construct",
        "основной текст, абзац 3",
        "удалите тег",
    ),
    "forbidden call": Case(
        with_paragraph(1, "{{ preamble }}", "{{ cycler('а') }}"),
        "forbidden-construct",
        "основной текст, абзац 3",
        "удалите тег",
    ),
    "another file": Case(
        with_paragraph(1, "{{ preamble }}", "{% include 'a.docx' %}"),
        "forbidden-construct",
        "основной текст, абзац 3",
        "в этот документ",
    ),
    "tag in the result of a field": Case(
        with_paragraph(0, _FIELD),
        "tag-in-field",
        "основной текст, абзац 1",
        "удалите поле",
    ),
    "tag in a link": Case(
        related(
            with_paragraph(0, f"<w:p>{_LINK.format('{{ title }}')}</w:p>"),
            "hyperlink",
            "https://example.org",
            _EXTERNAL,
        ),
        "tag-in-hyperlink",
        "основной текст, абзац 1",
        "ссылку",
    ),
    "tag in the address of a link": Case(
        related(
            with_paragraph(1, "{{ preamble }}", f"<w:p>{_LINK.format('сайт')}</w:p>"),
            "hyperlink",
            "https://example.org/{{ number }}",
            _EXTERNAL,
        ),
        "tag-in-link-address",
        "основной текст, абзац 3",
        "адрес",
    ),
    "tag in a text box": Case(
        with_paragraph(1, "{{ preamble }}", _BOX),
        "tag-in-textbox",
        "основной текст, надпись, абзац 1",
        "в текст",
    ),
    "tag in an endnote": Case(
        added(
            replaced(
                template(),
                "[Content_Types].xml",
                "</Types>",
                '<Override PartName="/word/endnotes.xml" ContentType="application/vnd.'
                'openxmlformats-officedocument.wordprocessingml.endnotes+xml"/></Types>',
            ),
            "word/endnotes.xml",
            "<a>{{ title }}</a>",
        ),
        "tag-not-filled",
        "word/endnotes.xml",
        "сноску",
    ),
    "tag over two paragraphs": Case(
        with_paragraph(1, "{{ preamble", "}}"),
        "tag-across-paragraphs",
        "основной текст, абзац 2",
        "{{ preamble }}",
    ),
    "macros": Case(
        added(template(), "word/vbaProject.bin", "x"),
        "package-refused",
        "весь файл",
        "DOCX",
    ),
}
