"""How a paragraph is set in type: what the layout rules of ГОСТ Р 7.0.97 look at."""

from __future__ import annotations

from collections import Counter

from lxml import etree

from docgen.importers.docx.names import W, length, number, value
from docgen.importers.docx.styles import Properties, Styles
from docgen.importers.docx.text import ParagraphText
from docgen.importers.paper import one_line, plain_text
from docgen.models.readings import ParagraphFacts

_SET = ("align", "left", "right", "first", "line", "rule")
_SINGLE = 240
_LEADING = 1.15
"""Single spacing of Times New Roman in relation to its size."""

_POINT = 25.4 / 72
_CAPITAL, _LETTER, _SIGN = 0.7, 0.5, 0.3
"""How wide they are, about, in relation to the size of the type."""

Face = tuple[str | None, str | None]


class Setting:
    """Resolves the type of paragraphs; those set alike and without a text share their facts."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._known: dict[tuple[str | None, ...], ParagraphFacts] = {}

    def facts(self, text: str, properties: Properties, gathered: ParagraphText) -> ParagraphFacts:
        """The facts of a paragraph whose properties are resolved; its role is not known yet."""
        face = self._face(properties, gathered)
        if text:
            return _facts(plain_text(text), face, properties)
        key = (*face, *map(properties.get, _SET))
        if key not in self._known:
            self._known[key] = _facts("", face, properties)
        return self._known[key]

    def _face(self, properties: Properties, gathered: ParagraphText) -> Face:
        """Font and size of most of the paragraph's characters."""
        if len(gathered.runs) == 1:
            return self._run(properties, gathered.runs[0][0])
        faces: Counter[Face] = Counter()
        for own, weight in gathered.runs:
            faces[self._run(properties, own)] += weight
        if faces:
            return faces.most_common(1)[0][0]
        return properties.get("font"), properties.get("size")

    def _run(self, properties: Properties, own: etree._Element | None) -> Face:
        font, size = properties.get("font"), properties.get("size")
        if own is None:
            return font, size
        style = value(own.find(W + "rStyle"))
        inherited = self._styles.character(style) if style else {}
        direct = self._styles.run(own)
        return (
            direct.get("font") or inherited.get("font") or font,
            direct.get("size") or inherited.get("size") or size,
        )


def _facts(text: str, face: Face, properties: Properties) -> ParagraphFacts:
    font, half_points = face
    size = (number(half_points) or 0) / 2 or None
    return ParagraphFacts(
        text=one_line(text),
        role="",
        font=font,
        size=size,
        align=properties.get("align", "left"),
        first_line=length(properties.get("first")),
        spacing=_spacing(properties, size),
        inset=sum(max(length(properties.get(side)), 0) for side in ("left", "right")),
        width=max(map(_em, text.split("\n"))) * size * _POINT if size and text else None,
    )


def _em(line: str) -> float:
    """About how wide the line is in relation to the size of its type."""
    letters = sum(map(str.isalnum, line))
    capitals = sum(map(str.isupper, line))
    return capitals * _CAPITAL + (letters - capitals) * _LETTER + (len(line) - letters) * _SIGN


def _spacing(properties: Properties, size: float | None) -> float | None:
    """The line spacing in lines; an exact one in relation to the size of the type."""
    line = number(properties.get("line")) or _SINGLE
    if properties.get("rule", "auto") == "auto":
        return round(line / _SINGLE, 2)
    return round(line / 20 / (size * _LEADING), 2) if size else None
