"""DOCX templates compiled once and filled many times.

A compiled template keeps every untouched member of the package compressed as it came, and a
Python function for each part with tags.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any

from jinja2 import Environment
from jinja2.exceptions import TemplateError as JinjaError
from jinja2.exceptions import TemplateSyntaxError, UndefinedError
from lxml import etree

from docgen.errors import Problem, TemplateError
from docgen.i18n import _
from docgen.render.archive import archive, deflated
from docgen.render.environment import PartEnvironment
from docgen.render.fallback import fill_by_docxtpl
from docgen.render.links import Links, free_prefix
from docgen.render.names import UnknownNameError
from docgen.render.package import Member, Package, open_package, parse, relations_name
from docgen.render.part import Part, compile_xml
from docgen.render.properties import compile_properties
from docgen.render.soundness import sound_member
from docgen.render.writer import ForeignValueError, Writer

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_DECLARATION = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
_CACHE_SIZE = 32


@dataclass(frozen=True, slots=True)
class RenderResult:
    """A filled document and the engine that filled it: `compiled` or `docxtpl`."""

    data: bytes
    engine: str = "compiled"


class CompiledTemplate:
    """A template ready to be filled; safe to share between threads."""

    def __init__(self, package: Package, *, strict: bool) -> None:
        self.package = package
        self.strict = strict
        environment = PartEnvironment(strict=strict)
        self._parts = {part.name: part for part in _compile_parts(package, environment)}

    def render(self, context: Mapping[str, Any]) -> bytes:
        """The filled document; the same context gives the same bytes."""
        return self.render_result(context).data

    def render_result(self, context: Mapping[str, Any]) -> RenderResult:
        """The filled document and how it was made."""
        try:
            return RenderResult(archive(self._members(context)))
        except ForeignValueError as foreign:
            return self._filled_by_docxtpl(context, foreign.value)
        except UndefinedError as error:
            raise _unknown(error) from error
        except JinjaError as error:
            raise TemplateError(str(error), code="template-failed") from error

    def _filled_by_docxtpl(self, context: Mapping[str, Any], value: Any) -> RenderResult:
        template = archive(self.package.members.values())
        environment = PartEnvironment(strict=self.strict)
        return RenderResult(fill_by_docxtpl(template, context, environment, value), "docxtpl")

    def _members(self, context: Mapping[str, Any]) -> list[Member]:
        members = dict(self.package.members)
        for name, part in self._parts.items():
            rels = relations_name(name)
            known = self.package.members.get(rels)
            xml = known.data.decode() if known else None
            links = Links(free_prefix(xml))
            writer = Writer(part.survey.sites, links, number_drawings=part.mends)
            member = deflated(name, part.render(context, writer))
            if writer.unverified or not part.survey.sound:
                member = sound_member(member, part, strict=self.strict)
            members[name] = member
            if links:
                members[rels] = deflated(rels, [links.relationships(xml).encode()])
        return list(members.values())


def _compile_parts(package: Package, environment: Environment) -> Iterator[Part]:
    document = package.document
    yield _compile_document(package, environment)
    for kind in ("header", "footer"):
        for name in package.related(document, kind):
            xml = etree.tostring(parse(package.read(name)), encoding="unicode")
            if "{" in xml:
                yield _compile(environment, name, xml, head=_DECLARATION, body=False)
    for name, kind in package.content_types.items():
        if kind == _FOOTNOTES and b"{" in package.read(name):
            yield _compile(environment, name, package.read(name).decode(), body=False)
    for name in package.related("", "core-properties"):
        part = compile_properties(environment, name, package.read(name))
        if part is not None:
            yield part


def _compile_document(package: Package, environment: Environment) -> Part:
    root = parse(package.read(package.document))
    body = root.find(f"{_W}body")
    if body is None:
        raise TemplateError(_("the document has no body"), code="not-docx")
    xml = etree.tostring(body, encoding="unicode")
    mark = etree.Element("body")
    root.replace(body, mark)
    head, _mark, tail = etree.tostring(root, encoding="unicode").partition("<body/>")
    return _compile(
        environment, package.document, xml, head=_DECLARATION + head, tail=tail, body=True
    )


def _compile(
    environment: Environment, name: str, xml: str, *, head: str = "", tail: str = "", body: bool
) -> Part:
    try:
        return compile_xml(environment, name, xml, head=head, tail=tail, body=body)
    except TemplateSyntaxError as error:
        path = f"{name}:{error.lineno}"
        problem = Problem(path, error.message or str(error), "template-syntax")
        raise TemplateError(problem.message, (problem,), code="template-syntax") from error


def _unknown(error: UndefinedError) -> TemplateError:
    name = error.name if isinstance(error, UnknownNameError) else ""
    message = _("the template asks for “%(name)s”, which the data does not have")
    text = message % {"name": name} if name else str(error)
    return TemplateError(text, (Problem(name, text, "unknown-variable"),), code="unknown-variable")


# --- the cache ------------------------------------------------------------------------------

_compiled: OrderedDict[tuple[bytes, bool, bool], CompiledTemplate] = OrderedDict()
_lock = Lock()


def compile_template(
    docx_bytes: bytes, trusted: bool = False, strict: bool = True
) -> CompiledTemplate:
    """The compiled template; the same bytes are compiled once per process.

    `trusted` templates run in this process. `strict` refuses names the data does not have, where
    docxtpl prints nothing. Raises `TemplateError`.
    """
    key = hashlib.sha256(docx_bytes).digest(), trusted, strict
    with _lock:
        if key in _compiled:
            _compiled.move_to_end(key)
            return _compiled[key]
    template = CompiledTemplate(open_package(docx_bytes), strict=strict)
    with _lock:
        _compiled[key] = template
        while len(_compiled) > _CACHE_SIZE:
            _compiled.popitem(last=False)
    return template
