"""How a paragraph is set in type: what the layout rules of ГОСТ Р 7.0.97 look at."""

from __future__ import annotations

from collections import Counter

from lxml import etree

from docgen.importers.docx.names import TWIPS_IN_MM, number
from docgen.importers.docx.styles import Properties, Styles
from docgen.importers.docx.text import ParagraphText
from docgen.importers.paper import one_line, plain_text
from docgen.models.readings import ParagraphFacts

_SINGLE = 240
_LEADING = 1.15
"""Single spacing of Times New Roman in relation to its size."""


class Setting:
    """Resolves the type of paragraphs."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles

    def facts(
        self, text: str, style: str | None, properties: Properties, gathered: ParagraphText
    ) -> ParagraphFacts:
        """The facts of a paragraph whose properties are resolved; its role is not known yet."""
        font, size = self._face(properties, gathered)
        return ParagraphFacts(
            text=one_line(plain_text(text)),
            role="",
            font=font,
            size=size,
            align=properties.get("align", "left"),
            first_line=_first_line(properties),
            spacing=_spacing(properties, size),
        )

    def _face(
        self, properties: Properties, gathered: ParagraphText
    ) -> tuple[str | None, float | None]:
        """Font and size in points of most of the paragraph's characters."""
        faces: Counter[tuple[str | None, str | None]] = Counter()
        for (style, own), length in gathered.weights().items():
            run = self._run(properties, style, own)
            faces[run.get("font"), run.get("size")] += length
        if not faces:
            faces[properties.get("font"), properties.get("size")] = 1
        (font, size), _length = faces.most_common(1)[0]
        return font, (number(size) or 0) / 2 or None

    def _run(
        self, properties: Properties, style: str | None, own: etree._Element | None
    ) -> Properties:
        if style is None and own is None:
            return properties
        return properties | self._styles.character(style) | self._styles.run(own)


def _first_line(properties: Properties) -> float:
    return round((number(properties.get("first")) or 0) / TWIPS_IN_MM, 1)


def _spacing(properties: Properties, size: float | None) -> float | None:
    """The line spacing in lines; an exact one in relation to the size of the type."""
    line = number(properties.get("line")) or _SINGLE
    if properties.get("rule", "auto") == "auto":
        return round(line / _SINGLE, 2)
    return round(line / 20 / (size * _LEADING), 2) if size else None
