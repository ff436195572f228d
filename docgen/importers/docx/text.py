"""The text of one paragraph: what a reader sees once all tracked changes are accepted."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from docgen.importers.docx.names import MC, M, W, switched_on

TEXT_BOX = W + "txbxContent"

_TEXTS = frozenset({W + "t", M + "t"})
_MARKS: Mapping[str, str] = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
}
_UNSEEN = frozenset(
    W + name
    for name in (
        *("del", "moveFrom", "pPr", "rPr", "sdtPr", "sdtEndPr", "instrText", "delText"),
        *("delInstrText", "fldData", "ffData", "tblPr", "trPr", "tcPr", "sectPr", "softHyphen"),
        *("rt", "rubyPr", "footnoteRef", "endnoteRef", "annotationRef"),
    )
)


class ParagraphText:
    """What was gathered from a paragraph: its text, its text boxes, and how much is set how.

    A page break is kept as the form feed character. `runs` are the properties of each run of text
    with its length.
    """

    def __init__(self, paragraph: etree._Element) -> None:
        self._parts: list[str] = []
        self._fields: list[bool] = []  # for each open field: has its result begun?
        self._element = paragraph
        self.boxes: list[etree._Element] = []
        self.runs: list[tuple[etree._Element | None, int]] = []
        self._inside(paragraph)

    @property
    def text(self) -> str:
        """The text with tabs, line breaks and page breaks."""
        return "".join(self._parts)

    def _inside(self, element: etree._Element) -> None:
        for child in element:
            tag = child.tag
            if tag == W + "r":
                self._run(child)
            elif tag in _TEXTS:
                self._add(child.text or "")
            elif tag == TEXT_BOX:
                self.boxes.append(child)
            elif tag == MC + "AlternateContent":
                self._alternate(child)
            elif tag == W + "fldChar":
                self._field(child.get(W + "fldCharType"))
            elif tag == W + "br":
                self._break(child)
            elif tag in _MARKS:
                self._add(_MARKS[tag])
            elif tag not in _UNSEEN and isinstance(tag, str):
                self._inside(child)

    def _run(self, run: etree._Element) -> None:
        properties = run.find(W + "rPr")
        if properties is not None and switched_on(properties.find(W + "vanish")):
            return
        before = len(self._parts)
        self._inside(run)
        length = sum(map(len, self._parts[before:]))
        if length:
            self.runs.append((properties, length))

    def _add(self, text: str) -> None:
        if all(self._fields):
            self._parts.append(text)

    def _break(self, element: etree._Element) -> None:
        self._add("\f" if element.get(W + "type") == "page" else "\n")

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(False)
        elif self._fields and kind == "separate":
            self._fields[-1] = True
        elif self._fields and kind == "end":
            self._fields.pop()

    def _alternate(self, element: etree._Element) -> None:
        """One of several ways to show the same thing: the first that there is."""
        for kind in ("Choice", "Fallback"):
            for choice in element.iterfind(MC + kind):
                self._inside(choice)
                return
