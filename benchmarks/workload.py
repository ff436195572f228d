"""The document every tool fills: a letterhead order, then a six-column roadmap of N rows."""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

HEADINGS = ("№", "Мероприятие", "Срок", "Исполнитель", "Показатель", "Документ")
FIELDS = ("number", "activity", "deadline", "executor", "indicator", "document")
HEAD = (
    "organisation", "address", "phone", "email", "city", "date", "number", "title", "basis",
    "signatory_post", "signatory", "executor",
)  # fmt: skip
POINTS = 7
SECTIONS = 5
_CELL = "Проведение обучающих мероприятий для управленческих команд школ № %d, %s"


def context(rows: int) -> dict[str, Any]:
    """The data: 12 variables, 7 points, N rows of about 67 characters a cell in 5 sections."""
    head = {name: f"{name}: Министерство образования и науки области" for name in HEAD}
    points = [f"Утвердить прилагаемый план мероприятий, пункт {n}." for n in range(POINTS)]
    return {**head, "points": points, "sections": [_section(n, rows) for n in range(SECTIONS)]}


def _section(number: int, rows: int) -> dict[str, Any]:
    numbers = range(number, rows, SECTIONS)
    items = [{field: _CELL % (row, field) for field in FIELDS} for row in numbers]
    return {"title": f"Раздел {number + 1}. Организационные мероприятия", "rows": items}


def docxtpl_template() -> bytes:
    """The template in docxtpl's language."""
    document = Document()
    for name in HEAD:
        document.add_paragraph(f"{{{{ {name} }}}}")
    for text in ("{%p for point in points %}", "{{ loop.index }}. {{ point }}", "{%p endfor %}"):
        document.add_paragraph(text)
    _landscape(document)
    table = document.add_table(rows=1, cols=len(FIELDS), style="Table Grid")
    for cell, heading in zip(table.rows[0].cells, HEADINGS, strict=True):
        cell.text = heading
    _row(table, "{%tr for section in sections %}")
    spanned = table.add_row().cells
    spanned[0].merge(spanned[-1]).text = "{{ section.title }}"
    _row(table, "{%tr for row in section.rows %}")
    _row(table, *(f"{{{{ row.{field} }}}}" for field in FIELDS))
    _row(table, "{%tr endfor %}")
    _row(table, "{%tr endfor %}")
    return saved(document)


def _landscape(document: DocumentObject) -> None:
    section = document.add_section()
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width


def _row(table: Any, *texts: str) -> None:
    for cell, text in zip(table.add_row().cells, texts, strict=False):
        cell.text = text


def saved(document: DocumentObject) -> bytes:
    """The document's bytes."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


# --- the same document in the languages of other tools --------------------------------------


def docxtemplater_template() -> bytes:
    """The template for docxtemplater: `{#list}` and `{/list}` around what repeats."""
    tags = [f"{{{field}}}" for field in FIELDS]
    rows = ["{#rows}" + tags[0], *tags[1:-1], tags[-1] + "{/rows}{/sections}"]
    return _plain("{%s}", ["{#points}{text}{/points}"], "{#sections}{title}", [rows])


def carbone_template() -> bytes:
    """The template for carbone: the first two elements of each list as an example."""
    rows = [[f"{{d.sections[i].rows[i{step}].{field}}}" for field in FIELDS] for step in ("", "+1")]
    points = [f"{{d.points[i{step}].text}}" for step in ("", "+1")]
    return _plain("{d.%s}", points, "{d.sections[i].title}", [*rows, ["{d.sections[i+1].title}"]])


def _plain(tag: str, points: list[str], title: str, rows: list[list[str]]) -> bytes:
    document = Document()
    for text in [*(tag % name for name in HEAD), *points]:
        document.add_paragraph(text)
    _landscape(document)
    table = document.add_table(rows=0, cols=len(FIELDS), style="Table Grid")
    for texts in (list(HEADINGS), [title], *rows):
        _row(table, *texts)
    return saved(document)


def mailmerge_template() -> bytes:
    """The template for mail merge: fields, and one row that repeats (it knows no sections)."""
    document = Document()
    for name in (*HEAD, *(f"point{number}" for number in range(POINTS))):
        _merge_field(document.add_paragraph(), name)
    _landscape(document)
    table = document.add_table(rows=1, cols=len(FIELDS), style="Table Grid")
    _row(table, *HEADINGS)
    for cell, field in zip(table.rows[0].cells, FIELDS, strict=True):
        _merge_field(cell.paragraphs[0], f"row_{field}")
    return saved(document)


def _merge_field(paragraph: Any, name: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), f" MERGEFIELD {name} \\* MERGEFORMAT ")
    field.append(paragraph.add_run(f"«{name}»")._r)
    paragraph._p.append(field)
