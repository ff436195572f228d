"""Values written into Word XML: escaped, checked, with breaks, tabs and links as elements."""

from __future__ import annotations

import re
from typing import Any

from jinja2 import Undefined

from docgen.errors import Problem, RenderError
from docgen.i18n import _
from docgen.render.links import Links
from docgen.render.listing import Expansion, flat, is_special, resolve, resolve_runs
from docgen.render.names import UnknownNameError
from docgen.render.scanner import Mode, known
from docgen.render.survey import Site
from docgen.render.values import FOREIGN, Hyperlink, Linked

try:
    from markupsafe._speedups import _escape_inner as escape
except ImportError:  # no wheel for this machine
    from markupsafe._native import _escape_inner as escape

_NO_BREAK_SPACE = "\xa0"
_ILLEGAL = re.compile("[\x00-\x06\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DRAWING = re.compile(r'(<wp:docPr\b[^>]*?\sid=")[^"]*(")')
_REFERENCE = re.compile(r'\sr:(?:id|embed|link)="([^"]*)"')
_FIRST_DRAWING = 1001


class ForeignValueError(Exception):
    """A value of docxtpl's that only docxtpl can print."""

    def __init__(self, value: Any) -> None:
        super().__init__(type(value).__name__)
        self.value = value


class Writer:
    """The state of one part's rendering: numbers given out, links met, checks still owed."""

    escape = staticmethod(escape)
    __slots__ = (
        "_drawings",
        "_links",
        "_number_drawings",
        "_sites",
        "references",
        "unresolved",
        "unverified",
    )

    def __init__(self, sites: list[Site], links: Links, *, number_drawings: bool) -> None:
        self._sites = sites
        self._links = links
        self._drawings = _FIRST_DRAWING - 1
        self._number_drawings = number_drawings
        self.unresolved = False  # special characters were left for a pass over the document
        self.unverified = False  # a value brought XML of its own
        self.references: set[str] = set()  # ids of relationships in such XML

    def drawing(self) -> str:
        """The next number for a picture or shape."""
        self._drawings += 1
        return str(self._drawings)

    def write(self, value: Any, number: int) -> str:
        """The XML of a value at the site with this number."""
        kind = value.__class__
        if kind is str:
            return self._text(value, self._sites[number])
        if kind is int:
            return str(value)
        return self._object(value, self._sites[number])

    def _object(self, value: Any, site: Site) -> str:
        if isinstance(value, Undefined):
            return _undefined(value, site)
        if isinstance(value, Hyperlink | Linked):
            return self._linked(value, site)
        if type(value).__name__ in FOREIGN and hasattr(value, "tpl"):
            raise ForeignValueError(value)
        if hasattr(value, "__html__") and site.mode is not Mode.PROPERTY:
            return self._markup(str(value.__html__()), site)
        return self._text(str(value), site)

    def _text(self, text: str, site: Site) -> str:
        if text.replace(_NO_BREAK_SPACE, " ").isprintable():
            return escape(text)
        refuse_illegal(text, site.expression)
        return self._expanded(escape(text), site)

    def _expanded(self, text: str, site: Site) -> str:
        if site.expansion is not None and not self.unresolved:
            return site.expansion(text)
        if not is_special(text):
            return text
        if site.mode not in (Mode.TEXT, Mode.UNKNOWN):
            return flat(text)
        self.unresolved = True
        return text

    def _markup(self, xml: str, site: Site) -> str:
        if "<" not in xml:
            return self._text_markup(xml, site)
        refuse_illegal(xml, site.expression)
        self.unverified = True
        self.references.update(_REFERENCE.findall(xml))
        if self._number_drawings and "<wp:docPr" in xml:
            xml = _DRAWING.sub(lambda found: found[1] + self.drawing() + found[2], xml)
        if not is_special(xml):
            return xml
        if site.mode is Mode.OUTSIDE:
            return resolve(xml)
        if site.mode is Mode.PARAGRAPH and known(site.paragraph):
            return resolve_runs(xml, site.paragraph or "")
        self.unresolved = True
        return xml

    def _text_markup(self, xml: str, site: Site) -> str:
        refuse_illegal(xml, site.expression)
        return self._expanded(xml, site)

    # --- links ------------------------------------------------------------------------------

    def _linked(self, value: Hyperlink | Linked, site: Site) -> str:
        parts = (value,) if isinstance(value, Hyperlink) else value.parts
        if site.mode is Mode.PARAGRAPH:
            return "".join(self._run(part, site, "") for part in parts)
        if site.mode is not Mode.TEXT:
            return self._text(str(value), site)
        run = site.run if site.run and known(site.run) else ""
        return "".join(self._inline(part, site, run) for part in parts)

    def _inline(self, part: str | Hyperlink, site: Site, run: str) -> str:
        """A piece inside `<w:t>`: a link closes the run around it and opens it again."""
        if isinstance(part, str) or not part.followable:
            return self._text(str(part), site)
        link = self._links.element(part, run, self._text(str(part), site))
        return f'</w:t></w:r>{link}<w:r>{run}<w:t xml:space="preserve">'

    def _run(self, part: str | Hyperlink, site: Site, run: str) -> str:
        """A piece that is a run of its own."""
        text = Expansion(site.paragraph or "", run)(_checked(str(part), site))
        if isinstance(part, str) or not part.followable:
            return f'<w:r>{run}<w:t xml:space="preserve">{text}</w:t></w:r>'
        return self._links.element(part, run, text)


def _undefined(value: Undefined, site: Site) -> str:
    try:
        return str(value)
    except UnknownNameError as error:
        raise UnknownNameError(str(error), site.expression) from error


def _checked(text: str, site: Site) -> str:
    refuse_illegal(text, site.expression)
    return escape(text)


def refuse_illegal(text: str, name: str) -> None:
    """Raise `RenderError` when the text has characters that no XML can hold."""
    found = _ILLEGAL.search(text)
    if found is None:
        return
    message = _("“%(name)s” contains the character U+%(code)s, which a document cannot hold")
    values = {"name": name, "code": f"{ord(found[0]):04X}"}
    problem = Problem(name, message % values, "illegal-character")
    raise RenderError(problem.message, (problem,), code="illegal-character")
