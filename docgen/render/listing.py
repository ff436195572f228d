"""Line breaks, tabs, paragraphs and pages inside values, as Word's own elements."""

from __future__ import annotations

import re

_TEXT_START = '<w:t xml:space="preserve">'
_BREAK = f"</w:t><w:br/>{_TEXT_START}"
_PARAGRAPH = re.compile(r"<w:p(?: [^>]*)?>.*?</w:p>", re.DOTALL)
_PARAGRAPH_START = re.compile(r"<w:p[ >]")
_TAG = re.compile(r"<[^!?][^>]*>")
_RUN = re.compile(r"<w:r(?: [^>]*)?>.*?</w:r>", re.DOTALL)
_TEXT = re.compile(r"<w:t(?: [^>]*)?>.*?</w:t>", re.DOTALL)


def _properties(name: str) -> re.Pattern[str]:
    """The properties with this name; those that track changes hold the old ones, too."""
    old = rf"<w:{name}Change\b(?:(?!</w:{name}Change>).)*</w:{name}Change>"
    return re.compile(rf"<w:{name}>(?:(?!</?w:{name}\b|<w:{name}Change).)*(?:{old})?</w:{name}>")


_PARAGRAPH_PROPERTIES = _properties("pPr")
_RUN_PROPERTIES = _properties("rPr")


def is_special(text: str) -> bool:
    """Whether the text holds a character that stands for an element."""
    return "\n" in text or "\t" in text or "\a" in text or "\f" in text


class Expansion:
    """What `\\n`, `\\t`, `\\a`, `\\f` inside a `<w:t>` stand for: break, tab, paragraph, page.

    `paragraph` and `run` are the properties (`<w:pPr>…`, `<w:rPr>…`) that new elements repeat.
    Where the run is not the paragraph's own child (it may be a link's) nothing `splits` it.
    """

    __slots__ = ("_fresh", "_page", "_tab")

    def __init__(self, paragraph: str, run: str, *, splits: bool = True) -> None:
        resume = f"<w:r>{run}{_TEXT_START}"
        page = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
        self._tab = f"</w:t></w:r><w:r>{run}<w:tab/></w:r>{resume}"
        self._fresh = self._page = _BREAK
        if splits:
            self._fresh = f"</w:t></w:r></w:p><w:p>{paragraph}{resume}"
            self._page = f"</w:t></w:r></w:p>{page}<w:p>{paragraph}{resume}"

    def __call__(self, text: str) -> str:
        """The text with special characters expanded."""
        if "\t" in text:
            text = text.replace("\t", self._tab)
        if "\n" in text:
            text = text.replace("\n", _BREAK)
        if "\a" in text or "\f" in text:
            text = text.replace("\a", self._fresh).replace("\f", self._page)
        return text


def resolve(xml: str) -> str:
    """The XML with every special character left in its texts expanded."""
    return flat(_PARAGRAPH.sub(_paragraph, xml)) if is_special(xml) else xml


def flat(text: str) -> str:
    """The text for a place where no paragraph or page can begin: a line break instead."""
    return text.replace("\a", "\n").replace("\f", "\n")


def resolve_runs(xml: str, paragraph: str) -> str:
    """The same for runs that stand in a paragraph with these properties."""
    pieces: list[str] = []
    done = depth = 0
    for run in _RUN.finditer(xml):
        between = xml[done : run.start()]
        depth += _depth(between)
        pieces += (between, _run(run[0], paragraph, splits=depth == 0))
        done = run.end()
    return "".join((*pieces, xml[done:]))


def _depth(xml: str) -> int:
    """How many elements the XML leaves open, the paragraph itself not counted."""
    depth = 0
    for tag in _TAG.findall(xml):
        if not tag.endswith("/>") and not _PARAGRAPH_START.match(tag):
            depth += -1 if tag[1] == "/" else 1
    return depth


def _paragraph(match: re.Match[str]) -> str:
    if not is_special(match[0]):
        return match[0]
    return resolve_runs(match[0], _first(_PARAGRAPH_PROPERTIES, match[0]))


def _run(xml: str, paragraph: str, *, splits: bool) -> str:
    expand = Expansion(paragraph, _first(_RUN_PROPERTIES, xml), splits=splits)
    return _TEXT.sub(lambda text: expand(text[0]), xml)


def _first(pattern: re.Pattern[str], xml: str) -> str:
    found = pattern.search(xml)
    return found[0] if found else ""
