"""The names of WordprocessingML that the reader knows, and values of its attributes."""

from __future__ import annotations

from lxml import etree

_TRANSITIONAL = "http://schemas.openxmlformats.org"
_STRICT = "http://purl.oclc.org/ooxml"
_KINDS = (
    ("wordprocessingml", "2006/main"),
    ("officeDocument", "2006/relationships"),
    ("drawingml", "2006/main"),
)
NAMESPACES = tuple(
    (f"{_STRICT}/{kind}/{rest[5:]}", f"{_TRANSITIONAL}/{kind}/{rest}") for kind, rest in _KINDS
)
"""Names of the strict form of the standard, each with the one that everybody uses."""

W = f"{{{_TRANSITIONAL}/wordprocessingml/2006/main}}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"

_OFF = frozenset({"0", "false", "off"})
TWIPS_IN_MM = 1440 / 25.4
WRAPPERS = frozenset(
    W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")
)
"""Elements that hold rows, cells or paragraphs as if they stood there themselves."""


def value(element: etree._Element | None, name: str = "val") -> str | None:
    """The attribute of an element that may be absent."""
    return None if element is None else element.get(W + name)


def switched_on(element: etree._Element | None) -> bool:
    """Whether the element is there and does not say “off”."""
    return element is not None and element.get(W + "val", "1") not in _OFF


def number(text: str | None) -> int | None:
    """The whole number in the text, None for anything else."""
    try:
        return int(float(text)) if text is not None and len(text) < 12 else None
    except (ValueError, OverflowError):
        return None


def length(twips: str | None) -> float:
    """The length that an attribute gives, in millimetres; 0 for none."""
    return millimetres(number(twips) or 0) if twips else 0.0


def millimetres(twips: int) -> float:
    """The length in millimetres, to a tenth."""
    return round(twips / TWIPS_IN_MM, 1)
