"""Orders written as Word writes them: paragraphs, lists, tables and running texts from XML."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from html import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_NAMES = (
    f'xmlns:w="{W}" xmlns:r="{_OFFICE}"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
SECTION = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1134" w:right="567" w:bottom="1134" w:left="1701"/></w:sectPr>'
)
LANDSCAPE = (
    '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    '<w:pgMar w:top="1134" w:right="567" w:bottom="1134" w:left="1134"/></w:sectPr>'
)


def run(text: str, properties: str = "") -> str:
    """A run; `\\n` and `\\t` in the text are a line break and a tab."""
    inner = "".join(
        {"\n": "<w:br/>", "\t": "<w:tab/>"}.get(part)
        or f'<w:t xml:space="preserve">{escape(part, quote=False)}</w:t>'
        for part in re.split(r"([\n\t])", text)
        if part
    )
    form = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:r>{form}{inner}</w:r>"


def paragraph(
    text: str = "",
    *,
    properties: str = "",
    align: str = "",
    numbered: tuple[int, int] | None = None,
) -> str:
    """A paragraph of text, or of ready runs; `numbered` is a list and the depth in it."""
    if numbered is not None:
        identity, level = numbered
        properties += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{identity}"/></w:numPr>'
    if align:
        properties += f'<w:jc w:val="{align}"/>'
    own = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    runs = text if text.startswith("<w:") else run(text)
    return f"<w:p>{own}{runs}</w:p>"


def lines(*texts: str, align: str = "") -> str:
    """Paragraphs, one a text."""
    return "".join(paragraph(text, align=align) for text in texts)


def cell(text: str = "", *, span: int = 1, merge: str = "") -> str:
    """A cell; `merge` is `restart` or `continue`."""
    own = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    if merge:
        own += f'<w:vMerge w:val="{merge}"/>'
    content = text if text.startswith("<w:") else paragraph(text)
    return f"<w:tc><w:tcPr>{own}</w:tcPr>{content}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """A row of texts or ready cells."""
    made = (each if each.startswith("<w:tc>") else cell(each) for each in cells)
    own = f"<w:trPr>{properties}</w:trPr>" if properties else ""
    return f"<w:tr>{own}{''.join(made)}</w:tr>"


def table(*rows: str | Sequence[str]) -> str:
    """A table of rows, each a ready one or its texts."""
    made = (each if isinstance(each, str) else row(*each) for each in rows)
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(made)}</w:tbl>"


def numbering(*lists: Sequence[tuple[str, str]], overrides: str = "") -> str:
    """Lists with ids from 1, each level a form of number and its pattern: `decimal`, `%1.`."""
    abstract, numbers = [], []
    for identity, levels in enumerate(lists, 1):
        made = "".join(
            f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
            f'<w:lvlText w:val="{pattern}"/></w:lvl>'
            for depth, (form, pattern) in enumerate(levels)
        )
        abstract.append(f'<w:abstractNum w:abstractNumId="{identity}">{made}</w:abstractNum>')
        numbers.append(f'<w:num w:numId="{identity}"><w:abstractNumId w:val="{identity}"/></w:num>')
    return "".join((*abstract, *numbers, overrides))


_ROOTS = {
    "styles": "styles",
    "numbering": "numbering",
    "footnotes": "footnotes",
    "header1": "hdr",
    "header2": "hdr",
    "footer1": "ftr",
}


def docx(
    *blocks: str, section: str = SECTION, extra: dict[str, bytes] | None = None, **parts: str
) -> bytes:
    """The bytes of a DOCX with these blocks; `parts` are the XML inside further parts.

    The parts are `styles`, `numbering`, `footnotes`, `header1`, `header2` and `footer1`; sections
    refer to them by these names.
    """
    files = {
        "[Content_Types].xml": _types(parts),
        "_rels/.rels": _relations({"rId1": ("officeDocument", "word/document.xml")}),
        "word/document.xml": _root("document", f"<w:body>{''.join(blocks)}{section}</w:body>"),
        "word/_rels/document.xml.rels": _relations(
            {name: (name.rstrip("12"), f"{name}.xml") for name in parts}
        ),
        **{f"word/{name}.xml": _root(_ROOTS[name], xml) for name, xml in parts.items()},
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
        for name, data in (extra or {}).items():
            archive.writestr(name, data)
    return stream.getvalue()


def _root(name: str, xml: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<w:{name} {_NAMES}>{xml}</w:{name}>'


def _types(parts: dict[str, str]) -> str:
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}.{name.rstrip("12")}+xml"/>'
        for name in parts
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
        f"{overrides}</Types>"
    )


def _relations(targets: dict[str, tuple[str, str]]) -> str:
    made = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for name, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{made}</Relationships>'
