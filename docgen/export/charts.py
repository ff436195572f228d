"""Native charts in a DOCX: chart parts with the workbooks behind them, editable in Word.

A paragraph that holds only the name of a chart gets the chart in place of the name.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final, Literal
from xml.sax.saxutils import escape, quoteattr

from docgen.ondemand import on_demand

if TYPE_CHECKING:
    import xlsxwriter
else:
    xlsxwriter = on_demand("xlsxwriter")

_C: Final = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_A: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_REL: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_CHART_TYPE: Final = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_XLSX_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WP: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_EMU_PER_MM: Final = 36_000
_DIGITS: Final = 6
"""After the point: no more, so that a chart shows to the last digit what its workbook holds."""
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  # XlsxWriter takes no time zone
_OPTIONS = {"in_memory": True, "strings_to_formulas": False}
_STAMP: Final = (2022, 1, 1, 0, 0, 0)
_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SIZE: Final = 900  # hundredths of a point: 9 pt, readable beside a table of 10

Grouping = Literal["clustered", "percentStacked"]


@dataclass(frozen=True, slots=True)
class Series:
    """One series: its name, its value for each category, and its colour."""

    name: str
    values: tuple[float, ...]
    colour: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A bar chart with horizontal bars; the first category stands on top. Sizes in millimetres.

    `form` is the number format of the values; `largest` the end of their axis.
    """

    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    height: float
    grouping: Grouping = "clustered"
    form: str = "General"
    largest: float | None = None
    width: float = 165


def add_charts(docx: bytes, charts: Mapping[str, Chart]) -> bytes:
    """The DOCX with each chart where a paragraph holds its name; the same input, the same bytes."""
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    document = parts["word/document.xml"].decode()
    used: list[str] = []
    for name, chart in charts.items():
        marker = _marker(name)
        if marker not in document:
            continue
        used.append(name)
        number = len(used)
        document = document.replace(marker, _drawing(number, chart), 1)
        parts |= _parts(number, chart)
    parts["word/document.xml"] = document.encode()
    _relate(parts, len(used))
    return _packed(parts)


def _marker(name: str) -> str:
    return f'<w:t xml:space="preserve">{escape(name)}</w:t>'


def _drawing(number: int, chart: Chart) -> str:
    """The inline drawing that stands in a run in place of the name."""
    width, height = (round(size * _EMU_PER_MM) for size in (chart.width, chart.height))
    return (
        f'<w:drawing><wp:inline xmlns:wp="{_WP}" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f"<wp:docPr id={quoteattr(str(1000 + number))} name={quoteattr(f'Диаграмма {number}')} "
        f"descr={quoteattr(chart.title)}/><wp:cNvGraphicFramePr/>"
        f'<a:graphic xmlns:a="{_A}"><a:graphicData uri="{_C}">'
        f'<c:chart xmlns:c="{_C}" xmlns:r="{_R}" r:id="rIdChart{number}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )


def _parts(number: int, chart: Chart) -> dict[str, bytes]:
    target = f"../embeddings/Microsoft_Excel_Sheet{number}.xlsx"
    relations = (
        f'{_DECLARATION}<Relationships xmlns="{_REL}"><Relationship Id="rId1" '
        f'Type="{_R}/package" Target="{target}"/></Relationships>'
    )
    return {
        f"word/charts/chart{number}.xml": _chart_xml(chart).encode(),
        f"word/charts/_rels/chart{number}.xml.rels": relations.encode(),
        f"word/embeddings/Microsoft_Excel_Sheet{number}.xlsx": _workbook(chart),
    }


def _relate(parts: dict[str, bytes], count: int) -> None:
    """Names the charts among the document's relations and the package's content types."""
    numbers = range(1, count + 1)
    _insert(
        parts,
        "word/_rels/document.xml.rels",
        "</Relationships>",
        "".join(
            f'<Relationship Id="rIdChart{n}" Type="{_R}/chart" Target="charts/chart{n}.xml"/>'
            for n in numbers
        ),
    )
    types = "".join(
        f'<Override PartName="/word/charts/chart{n}.xml" ContentType="{_CHART_TYPE}"/>'
        for n in numbers
    )
    if count and b'Extension="xlsx"' not in parts["[Content_Types].xml"]:
        types = f'<Default Extension="xlsx" ContentType="{_XLSX_TYPE}"/>{types}'
    _insert(parts, "[Content_Types].xml", "</Types>", types)


def _insert(parts: dict[str, bytes], name: str, before: str, text: str) -> None:
    parts[name] = parts[name].replace(before.encode(), text.encode() + before.encode())


def _packed(parts: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            package.writestr(entry, data)
    return stream.getvalue()


def _workbook(chart: Chart) -> bytes:
    """The data behind the chart, as Word opens it: categories in A, a series in each column."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, _OPTIONS)
    book.set_properties({"created": _CREATED})
    sheet = book.add_worksheet("Данные")
    sheet.set_column(0, 0, 50)
    for column, series in enumerate(chart.series, 1):
        sheet.write_string(0, column, series.name)
        for row, value in enumerate(series.values, 1):
            sheet.write_number(row, column, round(value, _DIGITS))
    for row, category in enumerate(chart.categories, 1):
        sheet.write_string(row, 0, category)
    book.close()
    return stream.getvalue()


def _chart_xml(chart: Chart) -> str:
    series = "".join(_series(at, chart) for at in range(len(chart.series)))
    overlap = '<c:overlap val="100"/>' if chart.grouping == "percentStacked" else ""
    legend = _LEGEND if len(chart.series) > 1 else ""
    return (
        f'{_DECLARATION}<c:chartSpace xmlns:c="{_C}" xmlns:a="{_A}" xmlns:r="{_R}">'
        '<c:roundedCorners val="0"/><c:chart>'
        f"<c:title>{_rich(chart.title)}<c:overlay val='0'/></c:title>"
        '<c:autoTitleDeleted val="0"/><c:plotArea><c:layout/><c:barChart>'
        f'<c:barDir val="bar"/><c:grouping val="{chart.grouping}"/><c:varyColors val="0"/>{series}'
        f'<c:gapWidth val="40"/>{overlap}<c:axId val="111"/><c:axId val="222"/></c:barChart>'
        f"{_axes(chart)}</c:plotArea>{legend}"
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{_SIZE}">{_FONT}</a:defRPr>'
        '</a:pPr><a:endParaRPr lang="ru-RU"/></a:p></c:txPr>'
        '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


_FONT: Final = '<a:latin typeface="Times New Roman"/><a:cs typeface="Times New Roman"/>'
_LEGEND: Final = '<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>'


def _rich(text: str) -> str:
    style = f'sz="{_SIZE + 200}" b="1"'
    return (
        f"<c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr {style}/></a:pPr>"
        f'<a:r><a:rPr lang="ru-RU" {style}>{_FONT}</a:rPr><a:t>{escape(text)}</a:t></a:r></a:p>'
        "</c:rich></c:tx>"
    )


def _axes(chart: Chart) -> str:
    largest = f'<c:max val="{chart.largest:g}"/>' if chart.largest else ""
    form = "0%" if chart.grouping == "percentStacked" else chart.form
    return (
        '<c:catAx><c:axId val="111"/><c:scaling><c:orientation val="maxMin"/></c:scaling>'
        '<c:delete val="0"/><c:axPos val="l"/><c:majorTickMark val="none"/>'
        '<c:minorTickMark val="none"/><c:tickLblPos val="low"/><c:crossAx val="222"/>'
        '<c:crosses val="autoZero"/><c:auto val="1"/><c:lblAlgn val="ctr"/>'
        '<c:lblOffset val="100"/><c:noMultiLvlLbl val="0"/></c:catAx>'
        f'<c:valAx><c:axId val="222"/><c:scaling><c:orientation val="minMax"/>{largest}'
        '<c:min val="0"/></c:scaling><c:delete val="0"/><c:axPos val="t"/><c:majorGridlines>'
        '<c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="D9D9D9"/></a:solidFill></a:ln>'
        f'</c:spPr></c:majorGridlines><c:numFmt formatCode="{form}" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="high"/>'
        '<c:crossAx val="111"/><c:crosses val="autoZero"/><c:crossBetween val="between"/></c:valAx>'
    )


def _series(at: int, chart: Chart) -> str:
    series, last = chart.series[at], len(chart.categories) + 1
    column = chr(ord("B") + at)
    labels = (
        f'<c:dLbls><c:numFmt formatCode="{_shown(chart)}" sourceLinked="0"/>'
        '<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
        '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
    )
    return (
        f'<c:ser><c:idx val="{at}"/><c:order val="{at}"/>'
        f"<c:tx><c:strRef><c:f>'Данные'!${column}$1</c:f>{_texts((series.name,))}</c:strRef></c:tx>"
        f'<c:spPr><a:solidFill><a:srgbClr val="{series.colour}"/></a:solidFill></c:spPr>'
        f'<c:invertIfNegative val="0"/>{labels}'
        f"<c:cat><c:strRef><c:f>'Данные'!$A$2:$A${last}</c:f>{_texts(chart.categories)}"
        "</c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>'Данные'!${column}$2:${column}${last}</c:f>"
        f"{_numbers(series.values, chart.form)}</c:numRef></c:val></c:ser>"
    )


def _shown(chart: Chart) -> str:
    """The format of the labels: a zero shows nothing, where bars are stacked."""
    return "0;;" if chart.grouping == "percentStacked" else chart.form


def _texts(texts: Sequence[str]) -> str:
    points = "".join(
        f'<c:pt idx="{at}"><c:v>{escape(text)}</c:v></c:pt>' for at, text in enumerate(texts)
    )
    return f'<c:strCache><c:ptCount val="{len(texts)}"/>{points}</c:strCache>'


def _numbers(values: Sequence[float], form: str) -> str:
    points = "".join(
        f'<c:pt idx="{at}"><c:v>{_exact(value)}</c:v></c:pt>' for at, value in enumerate(values)
    )
    return (
        f"<c:numCache><c:formatCode>{form}</c:formatCode>"
        f'<c:ptCount val="{len(values)}"/>{points}</c:numCache>'
    )


def _exact(value: float) -> str:
    """The number as the workbook holds it, without a decimal point where it is whole."""
    return repr(round(value, _DIGITS)).removesuffix(".0")
