from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from lxml import etree

from docgen.export.charts import Chart, Series, add_charts

CHART = Chart(
    title="Доля & «прочее»",
    categories=("г. Смоленск", "Вяземский район"),
    series=(Series("Выполнено, %", (98.6, 73.7), "548235"),),
    height=60,
)
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def package(text: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as parts:
        parts.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{_W}"><w:body><w:p><w:r><w:t xml:space="preserve">{text}</w:t>'
            "</w:r></w:p></w:body></w:document>",
        )
        parts.writestr(
            "word/_rels/document.xml.rels", f'<Relationships xmlns="{_RELATIONS}"></Relationships>'
        )
        parts.writestr("[Content_Types].xml", f'<Types xmlns="{_TYPES}"></Types>')
    return stream.getvalue()


@pytest.fixture
def parts() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(add_charts(package("share"), {"share": CHART}))) as made:
        return {name: made.read(name) for name in made.namelist()}


def test_every_part_is_well_formed_and_related(parts: dict[str, bytes]) -> None:
    for name, data in parts.items():
        if not name.endswith(".xlsx"):
            etree.fromstring(data)
    assert b"charts/chart1.xml" in parts["word/_rels/document.xml.rels"]
    assert b'PartName="/word/charts/chart1.xml"' in parts["[Content_Types].xml"]
    assert b'Extension="xlsx"' in parts["[Content_Types].xml"]
    assert b"Microsoft_Excel_Sheet1.xlsx" in parts["word/charts/_rels/chart1.xml.rels"]


def test_the_name_gives_way_to_the_drawing(parts: dict[str, bytes]) -> None:
    assert b"share" not in parts["word/document.xml"]
    assert b'r:id="rIdChart1"' in parts["word/document.xml"]


def test_the_workbook_behind_it_holds_what_the_chart_shows(parts: dict[str, bytes]) -> None:
    data = parts["word/embeddings/Microsoft_Excel_Sheet1.xlsx"]
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Данные"]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert cells == [[None, "Выполнено, %"], ["г. Смоленск", 98.6], ["Вяземский район", 73.7]]
    chart = etree.fromstring(parts["word/charts/chart1.xml"])
    shown = [node.text for node in chart.iter(f"{_C}v")]
    assert shown == ["Выполнено, %", "г. Смоленск", "Вяземский район", "98.6", "73.7"]
    ranges = [node.text for node in chart.iter(f"{_C}f")]
    assert ranges == ["'Данные'!$B$1", "'Данные'!$A$2:$A$3", "'Данные'!$B$2:$B$3"]


def test_the_same_chart_gives_the_same_bytes() -> None:
    first, second = (add_charts(package("share"), {"share": CHART}) for _ in range(2))
    assert first == second


def test_a_chart_that_no_paragraph_names_is_left_out() -> None:
    made = add_charts(package("нет"), {"share": CHART})
    with zipfile.ZipFile(io.BytesIO(made)) as found:
        assert not any("chart" in name for name in found.namelist())
