"""The tags of a part, each with its place, read as they were meant; how they are typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from docgen.i18n import _
from docgen.render.braces import Tag, find_tags
from docgen.render.faults import Edit, TemplateFault
from docgen.render.places import Paragraph, Piece, W
from docgen.render.spelling import Misspelling, edited, misspellings

_PREFIX = re.compile(r"(tr|tc|p|r) +")
_WORD = re.compile(r"\w+")
_BRACE = re.compile(r"\{[{%#]|[}%#]\}")
_AROUND = 40  # characters shown on either side of a tag
_ACROSS = 5  # paragraphs that a tag may run over; a comment may be of any length


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """A tag in its paragraph: prefix (`p`, `tr`, `tc`, `r`), first word, body as meant."""

    paragraph: Paragraph
    tag: Tag
    prefix: str
    body: str

    @property
    def is_statement(self) -> bool:
        """Whether it is `{% … %}`."""
        return self.tag.opening == "{%"

    @property
    def word(self) -> str:
        """The first word of a statement: `for`, `endif` …; empty for what is printed."""
        found = _WORD.match(self.body) if self.is_statement else None
        return found[0] if found else ""

    @property
    def typed(self) -> str:
        """The tag as it stands in the document."""
        return self.paragraph.text[self.tag.start : self.tag.end]

    @property
    def meant(self) -> str:
        """The tag as it should be typed."""
        return self.written(self.body)

    def written(self, body: str, prefix: str | None = None) -> str:
        """The tag with another body, or another prefix."""
        prefix = self.prefix if prefix is None else prefix
        space = " " if body else ""
        return f"{self.tag.opening}{prefix} {body}{space}{self.tag.closing}"

    def fault(
        self, code: str, message: str, suggestion: str, edits: Iterable[Edit] = ()
    ) -> TemplateFault:
        """A fault of this tag."""
        return paragraph_fault(
            self.paragraph, code, message, suggestion, (self.tag.start, self.tag.end), edits
        )


def paragraph_fault(
    paragraph: Paragraph,
    code: str,
    message: str,
    suggestion: str,
    span: tuple[int, int] = (0, 0),
    edits: Iterable[Edit] = (),
) -> TemplateFault:
    """A fault of the characters of `span` in a paragraph."""
    text = excerpt(paragraph.text, *span)
    return TemplateFault(
        code, paragraph.place, text, message, suggestion,
        paragraph.part, paragraph.number, tuple(edits),
    )  # fmt: skip


def excerpt(text: str, start: int, end: int) -> str:
    """The characters with some of the text on both sides."""
    first, last = max(0, start - _AROUND), min(len(text), end + _AROUND)
    before, after = "…" if first else "", "…" if last < len(text) else ""
    return f"{before}{' '.join(text[first:last].split())}{after}"


def read_marks(
    paragraphs: list[Paragraph], is_known: Callable[[str], bool]
) -> tuple[list[Mark], list[TemplateFault]]:
    """The tags of a part and what is wrong with how each is typed."""
    marks: list[Mark] = []
    faults: list[TemplateFault] = []
    raw = False  # what stands between `raw` and `endraw` is text
    for paragraph, tag in _tags(paragraphs):
        word = tag.body.strip(" -+") if tag.opening == "{%" else ""
        if (raw and word != "endraw") or (tag.opening == "{#" and not tag.torn):
            continue
        raw = word == "raw"
        mark = _mark(paragraph, tag, is_known)
        faults += _typing_faults(mark, is_known)
        if mark.body:
            marks.append(mark)
    return marks, faults


def _tags(paragraphs: list[Paragraph]) -> Iterator[tuple[Paragraph, Tag]]:
    """The tags of all paragraphs; one that runs over several belongs to the first."""
    after, consumed = 0, 0
    for index, paragraph in enumerate(paragraphs):
        if index < after:
            continue
        text = paragraph.text
        if index == after:
            text = " " * consumed + text[consumed:]
            consumed = 0
        for tag in find_tags(text):
            if tag.endless and (end := _end_of(paragraphs, index, tag)) is not None:
                after, consumed = end
                yield paragraph, _long(tag, paragraphs[index : after + 1], consumed)
            else:
                yield paragraph, tag


def _end_of(paragraphs: list[Paragraph], index: int, tag: Tag) -> tuple[int, int] | None:
    """The paragraph that closes a tag, and the position after; None where nothing does."""
    comment = tag.opening == "{#"
    ahead = paragraphs[index + 1 :] if comment else paragraphs[index + 1 : index + 1 + _ACROSS]
    for number, paragraph in enumerate(ahead, index + 1):
        if comment:
            close = paragraph.text.find(tag.closing)
            if close >= 0:
                return number, close + 2
        elif (brace := _BRACE.search(paragraph.text)) is not None:
            return (number, brace.end()) if brace[0] == tag.closing else None
    return None


def _long(tag: Tag, paragraphs: list[Paragraph], consumed: int) -> Tag:
    """The tag with the text up to its end in a later paragraph."""
    between = [paragraph.text for paragraph in paragraphs[1:-1]]
    body = " ".join([tag.body, *between, paragraphs[-1].text[: consumed - 2]])
    return Tag(tag.start, tag.end, tag.opening, tag.body_start, body, endless=True)


def _mark(paragraph: Paragraph, tag: Tag, is_known: Callable[[str], bool]) -> Mark:
    edits = [edit for found in misspellings(tag.body, is_known) for edit in found.edits]
    body = edited(tag.body, edits)
    prefix = _PREFIX.match(body)
    name = prefix[1] if prefix else ""
    if not prefix and body.strip() in ("p", "tr", "tc", "r") and tag.opening == "{%":
        name, body = body.strip(), ""
    body = body[prefix.end() :] if prefix else body
    return Mark(paragraph, tag, name, " ".join(body.strip().strip("-+").split()))


def _typing_faults(mark: Mark, is_known: Callable[[str], bool]) -> Iterator[TemplateFault]:
    tag = mark.tag
    if tag.torn:
        yield _torn(mark)
    elif tag.spaced:
        message = _("the braces of the tag stand apart or are not the ordinary ones")
        yield mark.fault("spaced-braces", message, _type(mark.meant), tag.edits)
    elif tag.endless:
        message = _("the tag begins in one paragraph and ends in another")
        yield mark.fault("tag-across-paragraphs", message, _type(mark.meant))
    if not mark.body and not tag.torn:
        message = _("there is nothing in the tag")
        advice = _("delete the tag or write a name in it, such as {{ title }}")
        yield mark.fault("empty-tag", message, advice)
    for found in misspellings(tag.body, is_known):
        yield _misspelt(mark, found)


def _torn(mark: Mark) -> TemplateFault:
    message = _("a brace of the tag is missing or wrong")
    if mark.tag.endless or not mark.body:
        advice = _("close the tag: %(closing)s") % {"closing": mark.tag.closing}
        return mark.fault("unbalanced-braces", message, advice)
    return mark.fault("unbalanced-braces", message, _type(mark.meant), mark.tag.edits)


def _misspelt(mark: Mark, found: Misspelling) -> TemplateFault:
    start = mark.tag.body_start
    edits = () if mark.tag.endless else found.edits
    moved = [Edit(edit.start + start, edit.end + start, edit.text) for edit in edits]
    message = _MESSAGES[found.code]() % {"typed": visible(found.typed), "meant": found.meant}
    return mark.fault(found.code, message, _type(mark.meant), moved)


def _cyrillic() -> str:
    return _("“%(typed)s” has Cyrillic letters where Latin ones belong: %(meant)s")


def _quotes() -> str:
    return _("%(typed)s stands in typographic quotes; a tag needs straight ones: %(meant)s")


def _sign() -> str:
    return _("the sign “%(typed)s” cannot stand in a tag; type “%(meant)s”")


_MESSAGES: dict[str, Callable[[], str]] = {
    "cyrillic-in-name": _cyrillic,
    "typographic-quotes": _quotes,
    "curly-quotes": _quotes,
    "typographic-sign": _sign,
}


def visible(text: str) -> str:
    """The text, with signs that cannot be seen by their numbers."""
    return "".join(
        letter if letter.isprintable() and letter != "\u00ad" else f"U+{ord(letter):04X}"
        for letter in text
    )


def _type(tag: str) -> str:
    return _("type %(tag)s") % {"tag": tag}


def type_instead(tag: str) -> str:
    """The advice to type this tag."""
    return _type(tag)


def holders(mark: Mark) -> set[tuple[str, ...]]:
    """What the pieces of the tag stand in inside its paragraph: `hyperlink`, `ins` …"""
    return {tuple(_above(piece.element, mark.paragraph.element)) for piece in mark_pieces(mark)}


def mark_pieces(mark: Mark) -> list[Piece]:
    """The pieces of the paragraph that hold the tag."""
    tag = mark.tag
    return [each for each in mark.paragraph.pieces if each.start < tag.end and each.end > tag.start]


def _above(element: etree._Element, paragraph: etree._Element) -> Iterator[str]:
    for each in element.iterancestors():
        if each is paragraph:
            return
        if each.tag != f"{W}r":
            yield str(each.tag).removeprefix(W)
