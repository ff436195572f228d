"""How paragraphs and runs are set, resolved through styles and the defaults of the document.

Properties are flat mappings, so that a later one simply overrides an earlier one: `align`,
`left`, `right`, `first` and `line` (twentieths of a point), `rule`, `num`, `level`, `break`,
`font`, `size` (half points), `hidden`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from docgen.importers.docx.names import A, W, number, switched_on, value

Properties = dict[str, str]
_LONGEST_CHAIN = 30
_ALIGN = {"both": "justify", "start": "left", "end": "right", "distribute": "justify"}
_FONTS = (("hAnsi", "hAnsiTheme"), ("ascii", "asciiTheme"), ("cs", "cstheme"))


class Styles:
    """The styles of a document by id; a part that is absent leaves Word's own defaults."""

    def __init__(self, root: etree._Element | None, theme: etree._Element | None = None) -> None:
        self._fonts = _theme_fonts(theme)
        self._styles: dict[str, etree._Element] = {}
        self._normal = ""
        self._resolved: dict[str, Properties] = {}
        self._defaults: Properties = {"size": "20"}
        for style in () if root is None else root.iterfind(W + "style"):
            self._add(style)
        defaults = None if root is None else root.find(W + "docDefaults")
        if defaults is not None:
            self._defaults |= self.run(defaults.find(f"{W}rPrDefault/{W}rPr"))
            self._defaults |= paragraph_properties(defaults.find(f"{W}pPrDefault/{W}pPr"))

    def _add(self, style: etree._Element) -> None:
        identity = style.get(W + "styleId", "")
        self._styles[identity] = style
        if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true"):
            self._normal = identity

    def name(self, identity: str | None) -> str:
        """The style's name as Word lists it."""
        style = self._styles.get(self._normal if identity is None else identity)
        return "" if style is None else value(style.find(W + "name")) or ""

    def paragraph(self, identity: str | None) -> Properties:
        """What a paragraph of this style, or of none, is set in; not to be written to."""
        key = self._normal if identity is None or identity not in self._styles else identity
        if key not in self._resolved:
            self._resolved[key] = self._defaults | self._chain(key)
        return self._resolved[key]

    def character(self, identity: str | None) -> Properties:
        """What a run's own style adds; not to be written to."""
        key = f"\0{identity}"
        if key not in self._resolved:
            self._resolved[key] = self._chain(identity or "")
        return self._resolved[key]

    def _chain(self, identity: str) -> Properties:
        chain: list[Properties] = []
        while identity in self._styles and len(chain) < _LONGEST_CHAIN:
            style = self._styles[identity]
            own = paragraph_properties(style.find(W + "pPr")) | self.run(style.find(W + "rPr"))
            chain.append(own)
            identity = value(style.find(W + "basedOn")) or ""
        merged: Properties = {}
        for own in reversed(chain):
            merged |= own
        return merged

    def run(self, properties: etree._Element | None) -> Properties:
        """The properties that an `rPr` element sets."""
        if properties is None:
            return {}
        found: Properties = {}
        size = value(properties.find(W + "sz"))
        if number(size):
            found["size"] = str(size)
        hidden = properties.find(W + "vanish")
        if hidden is not None:
            found["hidden"] = "1" if switched_on(hidden) else ""
        font = self._font(properties.find(W + "rFonts"))
        if font:
            found["font"] = font
        return found

    def _font(self, fonts: etree._Element | None) -> str | None:
        if fonts is None:
            return None
        for plain, themed in _FONTS:
            theme = fonts.get(W + themed)
            name = self._fonts.get(theme[:5]) if theme else fonts.get(W + plain)
            if name:
                return name
        return None


def _theme_fonts(theme: etree._Element | None) -> Mapping[str, str]:
    """The typefaces of the theme: `minor` and `major`."""
    if theme is None:
        return {}
    found = {kind: theme.find(f".//{A}{kind}Font/{A}latin") for kind in ("minor", "major")}
    return {kind: latin.get("typeface", "") for kind, latin in found.items() if latin is not None}


def paragraph_properties(properties: etree._Element | None) -> Properties:
    """The properties that a `pPr` element sets."""
    return {} if properties is None else dict(_paragraph(properties))


def _paragraph(properties: etree._Element) -> Iterator[tuple[str, str]]:
    for child in properties:
        tag = child.tag
        if tag == W + "jc":
            align = value(child) or "left"
            yield "align", _ALIGN.get(align, align)
        elif tag == W + "ind":
            yield from _indents(child)
        elif tag == W + "spacing" and child.get(W + "line"):
            yield "line", child.get(W + "line", "")
            yield "rule", child.get(W + "lineRule", "auto")
        elif tag == W + "numPr":
            yield from _numbering(child)
        elif tag == W + "pageBreakBefore":
            yield "break", "1" if switched_on(child) else ""


def _indents(child: etree._Element) -> Iterator[tuple[str, str]]:
    left = child.get(W + "left") or child.get(W + "start")
    if left:
        yield "left", left
    right = child.get(W + "right") or child.get(W + "end")
    if right:
        yield "right", right
    first, hanging = child.get(W + "firstLine"), child.get(W + "hanging")
    if hanging:
        yield "first", f"-{hanging}"
    elif first:
        yield "first", first


def _numbering(child: etree._Element) -> Iterator[tuple[str, str]]:
    number_id, level = value(child.find(W + "numId")), value(child.find(W + "ilvl"))
    if number_id is not None:
        yield "num", number_id
    if level is not None:
        yield "level", level
