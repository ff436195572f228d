"""Line breaks, tabs, paragraphs and pages inside values, as Word's own elements."""

from __future__ import annotations

import re

SPECIAL = re.compile(r"[\t\n\a\f]")
_TEXT_START = '<w:t xml:space="preserve">'
_PARAGRAPH = re.compile(r"<w:p(?: [^>]*)?>.*?</w:p>", re.DOTALL)
_RUN = re.compile(r"<w:r(?: [^>]*)?>.*?</w:r>", re.DOTALL)
_TEXT = re.compile(r"<w:t(?: [^>]*)?>.*?</w:t>", re.DOTALL)
_PARAGRAPH_PROPERTIES = re.compile(r"<w:pPr>.*?</w:pPr>")
_RUN_PROPERTIES = re.compile(r"<w:rPr>.*?</w:rPr>")


def expand(text: str, paragraph: str, run: str) -> str:
    """The text inside `<w:t>` with `\\n`, `\\t`, `\\a`, `\\f` as break, tab, paragraph, page.

    `paragraph` and `run` are the properties (`<w:pPr>…`, `<w:rPr>…`) that new elements repeat.
    """
    resume = f"<w:r>{run}{_TEXT_START}"
    fresh = f"</w:t></w:r></w:p><w:p>{paragraph}{resume}"
    page = '</w:t></w:r></w:p><w:p><w:r><w:br w:type="page"/></w:r></w:p><w:p>'
    text = text.replace("\t", f"</w:t></w:r><w:r>{run}<w:tab/></w:r>{resume}")
    text = text.replace("\a", fresh)
    text = text.replace("\n", f"</w:t><w:br/>{_TEXT_START}")
    return text.replace("\f", f"{page}{paragraph}{resume}")


def resolve(xml: str) -> str:
    """The XML with every special character left in its texts expanded."""
    return flat(_PARAGRAPH.sub(_paragraph, xml)) if SPECIAL.search(xml) else xml


def flat(text: str) -> str:
    """The text for a place where no paragraph or page can begin: a line break instead."""
    return text.replace("\a", "\n").replace("\f", "\n")


def resolve_runs(xml: str, paragraph: str) -> str:
    """The same for runs that stand in a paragraph with these properties."""
    return _RUN.sub(lambda run: _run(run[0], paragraph), xml)


def _paragraph(match: re.Match[str]) -> str:
    if not SPECIAL.search(match[0]):
        return match[0]
    return resolve_runs(match[0], _first(_PARAGRAPH_PROPERTIES, match[0]))


def _run(xml: str, paragraph: str) -> str:
    run = _first(_RUN_PROPERTIES, xml)
    return _TEXT.sub(lambda text: expand(text[0], paragraph, run), xml)


def _first(pattern: re.Pattern[str], xml: str) -> str:
    found = pattern.search(xml)
    return found[0] if found else ""
