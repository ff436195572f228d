"""DOCX templates compiled once and filled many times.

A compiled template keeps every untouched member of the package compressed as it came, and a
Python function for each part with tags.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from jinja2 import Environment
from lxml import etree

from docgen.errors import TemplateError
from docgen.i18n import _
from docgen.render.archive import archive, deflated
from docgen.render.environment import PartEnvironment
from docgen.render.explain import EXPLAINED, NOWHERE, explained
from docgen.render.fallback import fill_by_docxtpl
from docgen.render.links import Links, free_prefix
from docgen.render.package import Member, Package, parse, relations_name
from docgen.render.part import Part, compile_xml
from docgen.render.properties import compile_properties
from docgen.render.soundness import refuse_strays, sound_member
from docgen.render.writer import ForeignValueError, Writer

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BODY = re.compile(r"<w:body\b[^>]*/>")
_NAMESPACE = re.compile(r'xmlns:([\w.-]+)="([^"]*)"')
_FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_DECLARATION = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"


@dataclass(frozen=True, slots=True)
class RenderResult:
    """A filled document and the engine that filled it: `compiled` or `docxtpl`."""

    data: bytes
    engine: str = "compiled"


class CompiledTemplate:
    """A template ready to be filled; safe to share between threads."""

    def __init__(self, package: Package, environment: Environment, *, strict: bool) -> None:
        self._package = package
        self._strict = strict
        parts = (_with_relations(part, package) for part in _compile_parts(package, environment))
        self._parts = {part.name: part for part in parts}

    @property
    def parts(self) -> tuple[str, ...]:
        """The members of the package that hold tags."""
        return tuple(self._parts)

    def variables(self) -> frozenset[str]:
        """The names that the template takes from the data."""
        return frozenset().union(*(part.variables() for part in self._parts.values()))

    def render(self, context: Mapping[str, Any]) -> bytes:
        """The filled document; the same context gives the same bytes."""
        return self.render_result(context).data

    def render_result(self, context: Mapping[str, Any]) -> RenderResult:
        """The filled document and how it was made; raises `TemplateError` or `RenderError`."""
        try:
            return self._rendered(context)
        except EXPLAINED as error:
            places = (part.place_of(error) for part in self._parts.values())
            raise explained(error, next(filter(None, places), NOWHERE)) from error

    def _rendered(self, context: Mapping[str, Any]) -> RenderResult:
        try:
            return RenderResult(archive(self._members(context)))
        except ForeignValueError as foreign:
            return self._filled_by_docxtpl(context, foreign.value)

    def _filled_by_docxtpl(self, context: Mapping[str, Any], value: Any) -> RenderResult:
        template = archive(self._package.members.values())
        environment = PartEnvironment(strict=self._strict)
        return RenderResult(fill_by_docxtpl(template, context, environment, value), "docxtpl")

    def _members(self, context: Mapping[str, Any]) -> list[Member]:
        members = dict(self._package.members)
        for name, part in self._parts.items():
            links = Links(part.link_prefix)
            writer = Writer(part.survey.sites, links, number_drawings=part.mends)
            member = deflated(name, part.render(context, writer))
            refuse_strays(writer.references, part)
            if writer.unverified or not part.survey.sound:
                member = sound_member(member, part, strict=self._strict)
            members[name] = member
            if links:
                rels = relations_name(name)
                members[rels] = deflated(rels, [links.relationships(part.relations).encode()])
        return list(members.values())


def _compile_parts(package: Package, environment: Environment) -> Iterator[Part]:
    document = package.document
    yield _compile_document(package, environment)
    for kind in ("header", "footer"):
        for name in package.related(document, kind):
            xml = etree.tostring(parse(package.read(name)), encoding="unicode")
            if "{" in xml:
                yield compile_xml(environment, name, xml, head=_DECLARATION, body=False)
    for name, kind in package.content_types.items():
        if kind == _FOOTNOTES and b"{" in package.read(name):
            yield compile_xml(environment, name, package.read(name).decode(), body=False)
    for name in package.related("", "core-properties"):
        part = compile_properties(environment, name, package.read(name))
        if part is not None:
            yield part


def _with_relations(part: Part, package: Package) -> Part:
    member = package.members.get(relations_name(part.name))
    xml = member.data.decode() if member else None
    return replace(part, relations=xml, link_prefix=free_prefix(xml))


def _has_synonyms(xml: str) -> bool:
    """Whether two prefixes stand for the same namespace."""
    prefixes = set(_NAMESPACE.findall(xml))
    return len({name for _prefix, name in prefixes}) < len(prefixes)


def _compile_document(package: Package, environment: Environment) -> Part:
    root = parse(package.read(package.document))
    body = root.find(f"{_W}body")
    if body is None:
        raise TemplateError(_("the document has no body"), code="not-docx")
    if _has_synonyms(etree.tostring(root, encoding="unicode")):
        settled = parse(etree.tostring(body))
        root.replace(body, settled)  # writes the prefix that docxtpl would
        body = settled
    xml = etree.tostring(body, encoding="unicode")
    body.clear()
    head, tail = _BODY.split(etree.tostring(root, encoding="unicode"), maxsplit=1)
    return compile_xml(
        environment, package.document, xml, head=_DECLARATION + head, tail=tail, body=True
    )
