"""A part of the package that holds tags, compiled, and its rendering to bytes."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from jinja2 import Environment, Template, nodes
from jinja2.meta import find_undeclared_variables
from lxml import etree

from docgen.render.environment import WriterContext
from docgen.render.explain import EXPLAINED, Place, explained
from docgen.render.generator import compile_part
from docgen.render.listing import resolve
from docgen.render.survey import Survey, survey
from docgen.render.tables import mend_grids, mend_repaired_grids
from docgen.render.tags import jinja_source
from docgen.render.writer import Writer

_BATCH = 256  # outputs joined, encoded and compressed at a time
_PARAGRAPH_START = re.compile(r"<w:p(?=[ >])")
_LITERALS = {"{_{": "{{", "}_}": "}}", "{_%": "{%", "%_}": "%}"}
_LITERAL = re.compile("|".join(map(re.escape, _LITERALS)))
_MARKUP = re.compile(r"<[^>]*>")
_NEAR = 80  # characters of text that show a place
_PARAGRAPH_END = b"</w:p>"


@dataclass(frozen=True, slots=True)
class Part:
    """A compiled part: constant XML around a template."""

    name: str
    head: str
    tail: str
    template: Template
    survey: Survey
    source: str  # what Jinja compiled, a line for each paragraph
    mends: bool  # tables get a grid that fits their rows (docxtpl does so in the body only)
    relations: str | None = None  # XML of the part's relationships
    link_prefix: str = "rIdLink"

    def render(self, context: Mapping[str, Any], writer: Writer) -> Iterator[bytes | memoryview]:
        """The part's XML, piece by piece."""
        scope = self.template.new_context(dict(context))
        assert isinstance(scope, WriterContext)  # noqa: S101
        scope.writer = writer
        outputs = self._outputs(scope)
        yield self.head.encode()
        if self.survey.resolved and self.settled:
            yield from _streamed(outputs, writer)
        else:
            xml = b"".join(outputs)
            if writer.unresolved or not self.survey.resolved:
                writer.unverified = True
                xml = resolve(xml.decode()).encode()
            doubtful = writer.unverified or not self.survey.sound  # mended once it is verified
            yield xml if doubtful else self.mended(xml)
        yield self.tail.encode()

    @property
    def settled(self) -> bool:
        """Whether no table needs another grid in any document."""
        return not self.mends or (self.survey.sound and self.survey.settled_grids)

    def mended(self, xml: bytes) -> bytes:
        """Well-formed XML with grids that fit the rows."""
        return xml if self.settled else mend_grids(xml)

    def _outputs(self, scope: WriterContext) -> Iterator[bytes]:
        outputs: Iterator[Any] = self.template.root_render_func(scope)
        return outputs if self.survey.encodes else map(str.encode, outputs)

    def variables(self) -> set[str]:
        """The names that the part takes from the data."""
        environment = self.template.environment
        return find_undeclared_variables(environment.parse(self.source))

    def place_of(self, error: BaseException) -> Place | None:
        """The paragraph whose tags raised the error, when they are this part's."""
        lines = [
            frame.lineno
            for frame in traceback.extract_tb(error.__traceback__)
            if frame.filename == f"<{self.name}>"
        ]
        if not lines or lines[-1] is None:
            return None
        return place(self.name, self.source, self.template.get_corresponding_lineno(lines[-1]))

    def repaired(self, xml: bytes) -> bytes:
        """Broken XML as docxtpl would save it: what a forgiving parser makes of the body.

        Grids are mended after that, because only then is it known which rows a table has.
        """
        body = xml.decode().removeprefix(self.head).removesuffix(self.tail)
        root = etree.fromstring(body, etree.XMLParser(recover=True))
        whole = etree.tostring(root, encoding="unicode").encode()
        whole = mend_repaired_grids(whole) if self.mends else whole
        return b"".join((self.head.encode(), whole, self.tail.encode()))


def _streamed(outputs: Iterator[bytes], writer: Writer) -> Iterator[bytes | memoryview]:
    """The outputs in batches; from a place that cannot be resolved alone, all the rest at once."""
    pending = b""
    while batch := list(islice(outputs, _BATCH)):
        pending = b"".join((pending, *batch))
        if writer.unresolved:
            writer.unverified = True
            pending = resolve(b"".join((pending, *outputs)).decode()).encode()
            break
        end = pending.rfind(_PARAGRAPH_END) + len(_PARAGRAPH_END)
        if end >= len(_PARAGRAPH_END):
            yield memoryview(pending)[:end]
            pending = pending[end:]
    yield pending


def compile_xml(
    environment: Environment, name: str, xml: str, *, head: str = "", tail: str = "", body: bool
) -> Part:
    """The compiled part for this XML; `body` is the document's own, with tables and drawings."""
    source = _PARAGRAPH_START.sub("\n<w:p", jinja_source(xml))
    try:
        tree = environment.parse(source, name)
        _clean(tree)
        findings = survey(tree)
        template = compile_part(environment, tree, findings, name, number_drawings=body)
    except EXPLAINED as error:
        raise explained(error, place(name, source, getattr(error, "lineno", None))) from error
    return Part(name, head, tail, template, findings, source, mends=body)


def place(name: str, source: str, line: int | None) -> Place:
    """The place of a line of Jinja source, with the text a reader sees there."""
    lines = source.split("\n")
    if line is None or not 0 < line <= len(lines):
        return Place(name)
    text = _MARKUP.sub("", lines[line - 1]).strip()
    return Place(name, line - 1, text[:_NEAR])


def _clean(tree: nodes.Template) -> None:
    """Take out the line breaks that number paragraphs, and undo escaped braces."""
    for data in tree.find_all(nodes.TemplateData):
        data.data = _literal(_PARAGRAPH_LINE.sub("<w:p", data.data))
    for output in tree.find_all(nodes.Output):
        for constant in output.nodes:
            if isinstance(constant, nodes.Const) and isinstance(constant.value, str):
                constant.value = _literal(constant.value)


_PARAGRAPH_LINE = re.compile(r"\n<w:p(?=[ >])")


def _literal(text: str) -> str:
    return _LITERAL.sub(lambda found: _LITERALS[found[0]], text) if "_" in text else text
