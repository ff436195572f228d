"""Charts of a report: their workbooks hold what they show, and LibreOffice draws them whole."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator

import openpyxl
import pdfplumber
import pytest
from lxml import etree

from docgen.convert import PdfOptions
from docgen.reports.charts import report_charts
from docgen.services.reports import Prepared, Reports
from tests.conftest import EXAMPLES, REGIONS
from tests.services.test_reports import sample

_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def prepared(reports: Reports, region: str) -> Prepared:
    return reports.prepare(EXAMPLES / f"{region}.yaml", 1, sample(region))


def charts(docx: bytes) -> Iterator[tuple[etree._Element, openpyxl.Workbook]]:
    """Each chart part with the workbook that its relationship leads to."""
    with zipfile.ZipFile(io.BytesIO(docx)) as parts:
        for name in sorted(n for n in parts.namelist() if n.startswith("word/charts/chart")):
            folder, file = posixpath.split(name)
            relations = etree.fromstring(parts.read(f"{folder}/_rels/{file}.rels"))
            target = posixpath.normpath(posixpath.join(folder, relations[0].get("Target", "")))
            workbook = openpyxl.load_workbook(io.BytesIO(parts.read(target)))
            yield etree.fromstring(parts.read(name)), workbook


@pytest.mark.parametrize("region", REGIONS)
def test_the_workbook_behind_each_chart_holds_the_values_it_shows(
    reports: Reports, region: str
) -> None:
    found = list(charts(reports.render(prepared(reports, region))))
    assert found
    for chart, workbook in found:
        references = list(chart.iter(f"{_C}strRef", f"{_C}numRef"))
        assert references
        for reference in references:
            sheet, _, cells = (reference.findtext(f"{_C}f") or "").rpartition("!")
            area = workbook[sheet.strip("'")][cells.replace("$", "")]
            rows = area if isinstance(area, tuple) else ((area,),)
            held = [str(cell.value) for row in rows for cell in row if cell.value is not None]
            cached = [value.text for value in reference.iter(f"{_C}v")]
            assert list(map(_number, cached)) == list(map(_number, held))


def _number(text: str | None) -> float | str:
    try:
        return float(text or "")
    except ValueError:
        return text or ""


@pytest.mark.integration
@pytest.mark.parametrize("region", ["smolensk", "moscow_oblast"])
def test_charts_are_drawn_in_the_pdf_with_whole_labels(reports: Reports, region: str) -> None:
    ready = prepared(reports, region)
    pdf = reports.documents.convert(reports.render(ready), PdfOptions(title="Отчёт"))
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        pages = [page for page in document.pages if page.width < page.height]
        text = " ".join("".join(page.extract_text() for page in pages).split())
        drawn = sum(len(page.rects) + len(page.curves) for page in pages)
    for chart in report_charts(ready.report).values():
        assert chart.title in text
        assert all(label.split()[0] in text for label in chart.categories)
        assert all(each.name in text for each in chart.series if len(chart.series) > 1)
    municipalities = [entry.name for entry in ready.report.roster]
    assert all(name in text for name in municipalities)
    assert drawn > len(municipalities)
