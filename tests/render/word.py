"""DOCX files written from XML, for templates that no Word would save by itself."""

from __future__ import annotations

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{W}"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_SECTION = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'


def paragraph(text: str, *, run: str = "", properties: str = "") -> str:
    """A paragraph of one run; `run` and `properties` are the XML inside rPr and pPr."""
    style = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    form = f"<w:rPr>{run}</w:rPr>" if run else ""
    return f"<w:p>{style}<w:r>{form}<w:t>{text}</w:t></w:r></w:p>"


def cell(text: str, *, properties: str = '<w:tcW w:w="1000" w:type="dxa"/>') -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(each if each.startswith('<') else cell(each) for each in cells)}</w:tr>"


def table(*rows: str, columns: int) -> str:
    grid = '<w:gridCol w:w="1000"/>' * columns
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def docx(
    body: str,
    *,
    header: str | None = None,
    footer: str | None = None,
    footnotes: str | None = None,
    properties: dict[str, str] | None = None,
    extra: dict[str, bytes] | None = None,
) -> bytes:
    """The bytes of a DOCX with this body XML, and further parts where they are given."""
    parts = {"header": header, "footer": footer, "footnotes": footnotes}
    given = {name: xml for name, xml in parts.items() if xml is not None}
    files = {
        "[Content_Types].xml": _content_types(given),
        "_rels/.rels": _package_relations(),
        "word/document.xml": _root("document", f"<w:body>{body}{_SECTION}</w:body>"),
        "word/_rels/document.xml.rels": _part_relations(given),
        "docProps/core.xml": _core(properties or {}),
        **{f"word/{name}.xml": _root(_ROOTS[name], xml) for name, xml in given.items()},
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
        for name, data in (extra or {}).items():
            archive.writestr(name, data)
    return stream.getvalue()


_ROOTS = {"header": "hdr", "footer": "ftr", "footnotes": "footnotes"}


def _root(name: str, xml: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<w:{name} {NAMESPACES}>{xml}</w:{name}>'


def _content_types(parts: dict[str, str]) -> str:
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}.{name}+xml"/>'
        for name in parts
    )
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="png" ContentType="image/png"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
        f'<Override PartName="/docProps/core.xml" ContentType="{core}"/>{overrides}</Types>'
    )


def _package_relations() -> str:
    core = _RELATIONS + "/metadata/core-properties"
    return (
        f'<Relationships xmlns="{_RELATIONS}">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{core}" Target="docProps/core.xml"/></Relationships>'
    )


def _part_relations(parts: dict[str, str]) -> str:
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{name}" Target="{name}.xml"/>'
        for number, name in enumerate(parts, start=1)
    )
    return f'<Relationships xmlns="{_RELATIONS}">{relations}</Relationships>'


def _core(properties: dict[str, str]) -> str:
    terms = "http://purl.org/dc/elements/1.1/"
    fields = "".join(f"<dc:{name}>{text}</dc:{name}>" for name, text in properties.items())
    return f'<cp:coreProperties xmlns:cp="{_CORE}" xmlns:dc="{terms}">{fields}</cp:coreProperties>'
