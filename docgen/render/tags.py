"""Word XML with docxtpl tags turned into Jinja source, tag for tag as docxtpl reads them.

Word cuts a tag into runs, and some tags stand for the row, cell, paragraph or run around them.
The rules below are applied in order; each is a regular expression over the XML text because a
tag may open inside one element and close inside another, where no tree could hold it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from docgen.render.tables import generate_grids

Rule = Callable[[str], str]

_TYPOGRAPHY = {
    "&#8216;": "'",
    "&lt;": "<",
    "&gt;": ">",
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
    "&amp;": "&",  # last, so that an escaped entity stays what the author typed
}


def jinja_source(xml: str) -> str:
    """Jinja source of a part's XML: tags made whole, special tags replaced by what they mean."""
    if "{" not in xml:
        return xml
    for rule in _RULES:
        xml = rule(xml)
    return xml


def _until(stop: str) -> str:
    """A pattern for any text that does not run over `stop`."""
    return rf"(?:(?!{stop}).)*"


def _pattern(*pieces: str) -> re.Pattern[str]:
    return re.compile("".join(pieces), re.DOTALL)


# --- tags cut by Word ---------------------------------------------------------------------

_CUT_DELIMITER = re.compile(r"(?<={)(?:<[^>]*>)+(?=[{%#])|(?<=[%}#])(?:<[^>]*>)+(?=})")
_TAG = _pattern("{%", _until("%}"), "|{#", _until("#}"), "|{{", _until("}}"))
_BETWEEN_TEXTS = _pattern(r"</w:t>.*?<w:t(?: [^>]*)?>")


def _join_delimiters(xml: str) -> str:
    return _CUT_DELIMITER.sub("", xml)


def _join_tags(xml: str) -> str:
    return _TAG.sub(lambda tag: _BETWEEN_TEXTS.sub("", tag[0]), xml)


# --- cell tags ----------------------------------------------------------------------------

_EMPTY_RUN = _pattern("<w:r[ >]", _until("<w:r[ >]"), "<w:t></w:t>.*?</w:r>")
_CELL_PROPERTIES = re.compile(r"(<w:tcPr[^>]*>)")
_CELL_START = re.compile(r"<w:tc(?: [^>]*)?>")


@cache
def _cell_tag(name: str) -> re.Pattern[str]:
    head = rf"(<w:tc[ >]{_until('<w:tc[ >]')})"
    return _pattern(head, r"{%\s*", name, r"\s+([^%]*)\s*%}", "(.*?</w:tc>)")


def _set_property(name: str, old: str, new: str) -> Rule:
    """A rule that takes `{% name EXPR %}` out of a cell and puts `new` into its properties."""

    def replace(cell: re.Match[str]) -> str:
        xml = re.sub(old, "", _EMPTY_RUN.sub("", cell[1] + cell[3]), count=1)
        return _CELL_PROPERTIES.sub(lambda start: start[1] + new % cell[2], xml)

    def rule(xml: str) -> str:
        return _cell_tag(name).sub(replace, xml) if name in xml else xml

    return rule


def _set_width(xml: str) -> str:
    """Cells with `{% colwidth EXPR %}` get that width, and their table a grid to match."""
    if "colwidth" not in xml:
        return xml
    xml = _cell_tag("colwidth").sub(lambda cell: _with_properties(cell[0]), xml)
    rule = _set_property("colwidth", r"<w:tcW[^/]*/>", '<w:tcW w:w="{{%s}}" w:type="dxa"/>')
    return rule(xml)


def _with_properties(cell: str) -> str:
    cell = cell.replace("<w:tcPr/>", "<w:tcPr></w:tcPr>", 1)
    if _CELL_PROPERTIES.search(cell):
        return cell
    return _CELL_START.sub(lambda start: start[0] + "<w:tcPr></w:tcPr>", cell, count=1)


# --- spaces, rich runs, merged paragraphs ---------------------------------------------------

_PLAIN_TEXT = _pattern("<w:t>(", _until("<w:t>"), ")({{.*?}}|{%.*?%})")
_RICH_TAG = _pattern(r"({{r\s.*?}}|{%r\s.*?%})")
_RUN_BREAK = '</w:t></w:r><w:r><w:t xml:space="preserve">'
_MERGE_BEFORE = _pattern("</w:t>", r"(?:(?!</w:t>).)*?{%-")
_MERGE_AFTER = _pattern("-%}", r"(?:(?!<w:t[ >]|{%|{{).)*?<w:t[^>]*?>")


def _preserve_spaces(xml: str) -> str:
    return _PLAIN_TEXT.sub(r'<w:t xml:space="preserve">\1\2', xml)


def _isolate_rich_runs(xml: str) -> str:
    return _RICH_TAG.sub(lambda tag: _RUN_BREAK + tag[1] + _RUN_BREAK, xml)


def _merge_paragraphs(xml: str) -> str:
    return _MERGE_AFTER.sub("%}", _MERGE_BEFORE.sub("{%", xml))


# --- tags that stand for the element around them --------------------------------------------


def _lifted(element: str, opening: str, closing: str) -> re.Pattern[str]:
    """The element around a tag such as `{%tr … %}`; groups: opening brace, rest of the tag."""
    start = rf"<w:{element}[ >]"
    body = rf"{start}{_until(start)}({opening}){element} "
    return _pattern(body, rf"([^}}{closing}]*(?:{closing}}}", r"|}})" if closing == "%" else ")",
                    rf").*?</w:{element}>")  # fmt: skip


_LIFTED = [
    *(
        ((f"{{%{name} ", f"{{{{{name} "), _lifted(name, "{%|{{", "%"))
        for name in ("tr", "tc", "p", "r")
    ),
    *(((f"{{#{name} ",), _lifted(name, "{#", "#")) for name in ("tr", "tc", "p")),
]


def _lift_wrappers(xml: str) -> str:
    for openings, pattern in _LIFTED:
        if any(opening in xml for opening in openings):
            xml = pattern.sub(r"\1 \2", xml)
    return xml


# --- merged cells ---------------------------------------------------------------------------

_FIRST = "{% if loop.first %}"
_MERGE_MARK = r"{{%\s*{0}\s*%}}"


def _merged_cell(name: str) -> re.Pattern[str]:
    mark = _MERGE_MARK.format(name)
    return _pattern("<w:tc[ >]", r"(?:(?!<w:tc[ >]).)*?", mark, ".*?</w:tc[ >]")


def _cell_text(name: str) -> re.Pattern[str]:
    mark = _MERGE_MARK.format(name)
    return _pattern("(</w:tcPr[ >].*?<w:t(?:.*?)>)(.*?)", f"(?:{mark})", "(.*?)(</w:t>)")


_VERTICAL, _VERTICAL_TEXT = _merged_cell("vm"), _cell_text("vm")
_HORIZONTAL, _HORIZONTAL_TEXT = _merged_cell("hm"), _cell_text("hm")
_HORIZONTAL_MARK = re.compile(_MERGE_MARK.format("hm"))
_SPAN = re.compile(r'(w:gridSpan w:val=")(\d+)(")')
_RESTART = '<w:vMerge w:val="{% if loop.first %}restart{% else %}continue{% endif %}"/>'


def _merge_vertically(xml: str) -> str:
    def once(text: re.Match[str]) -> str:
        return f"{_RESTART}{text[1]}{_FIRST}{text[2]}{text[3]}{{% endif %}}{text[4]}"

    return _VERTICAL.sub(lambda cell: _VERTICAL_TEXT.sub(once, cell[0]), xml)


def _merge_horizontally(xml: str) -> str:
    def widen(text: re.Match[str]) -> str:
        span = '<w:gridSpan w:val="{{ loop.length }}"/>'
        return f"{span}{text[1]}{text[2]}{text[3]}{text[4]}"

    def once(cell: re.Match[str]) -> str:
        merged = cell[0]
        if "w:gridSpan" in merged:
            merged = _SPAN.sub(r"\1{{ \2 * loop.length }}\3", merged)
            merged = _HORIZONTAL_MARK.sub("", merged)
        else:
            merged = _HORIZONTAL_TEXT.sub(widen, merged)
        return f"{_FIRST}{merged}{{% endif %}}"

    return _HORIZONTAL.sub(once, xml)


# --- what Word typed instead of ASCII -------------------------------------------------------

_TAG_BODY = re.compile(r"(?<={[{%])(.*?)(?=[}%]})")
_TYPED = re.compile("|".join(map(re.escape, _TYPOGRAPHY)))


def _clean_tags(xml: str) -> str:
    return _TAG_BODY.sub(lambda tag: _TYPED.sub(lambda typed: _TYPOGRAPHY[typed[0]], tag[0]), xml)


_SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="{{%s}}"/>'
_RULES: tuple[Rule, ...] = (
    _join_delimiters,
    _join_tags,
    _set_property("colspan", r"<w:gridSpan[^/]*/>", '<w:gridSpan w:val="{{%s}}"/>'),
    _set_property("cellbg", r"<w:shd[^/]*/>", _SHADE),
    _set_width,
    _preserve_spaces,
    _isolate_rich_runs,
    _merge_paragraphs,
    _lift_wrappers,
    _merge_vertically,
    _merge_horizontally,
    generate_grids,
    _clean_tags,
)
