"""Tags in the document's properties: author, comments, identifier, language, subject, title."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import Environment, nodes
from lxml import etree
from markupsafe import escape

from docgen.render.explain import EXPLAINED, Place, explained
from docgen.render.generator import compile_part
from docgen.render.package import parse
from docgen.render.part import Part
from docgen.render.scanner import Mode
from docgen.render.survey import Site, Survey, expression

_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_FIELDS = ("creator", "description", "identifier", "language", "subject", "title")
_DECLARATION = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
_MARK = "\ue000"


def compile_properties(environment: Environment, name: str, data: bytes) -> Part | None:
    """The properties part compiled, or None when it holds no tags."""
    root = parse(data)
    texts = list(_taken_out(root))
    if not texts:
        return None
    first, *others = etree.tostring(root, encoding="unicode").split(_MARK)
    body: list[nodes.Node] = [_data(first)]
    for text, after in zip(texts, others, strict=True):
        body += [*_parsed(environment, name, text).body, _data(after)]
    tree = nodes.Template(body, lineno=1)
    tree.set_environment(environment)
    findings = _findings(tree)
    template = compile_part(environment, tree, findings, name, number_drawings=False)
    return Part(name, _DECLARATION, "", template, findings, "".join(texts), mends=False)


def tagged_properties(root: etree._Element) -> list[str]:
    """The texts of properties that hold tags."""
    return [element.text or "" for element in _tagged(root)]


def _tagged(root: etree._Element) -> Iterator[etree._Element]:
    for element in root:
        if element.tag in {_DUBLIN_CORE + field for field in _FIELDS} and "{" in (
            element.text or ""
        ):
            yield element


def _taken_out(root: etree._Element) -> Iterator[str]:
    """The texts with tags, in order; a mark stays in their place."""
    for element in _tagged(root):
        text, element.text = element.text or "", _MARK
        yield text


def _data(xml: str) -> nodes.Output:
    return nodes.Output([nodes.TemplateData(xml, lineno=1)], lineno=1)


def _parsed(environment: Environment, name: str, text: str) -> nodes.Template:
    try:
        tree = environment.parse(text, name)
    except EXPLAINED as error:
        raise explained(error, Place(name, 1, text)) from error
    for data in tree.find_all(nodes.TemplateData):
        data.data = str(escape(data.data))
    return tree


def _findings(tree: nodes.Template) -> Survey:
    findings = Survey()
    for output in tree.find_all(nodes.Output):
        for child in output.nodes:
            if not isinstance(child, nodes.TemplateData):
                findings.numbers[id(child)] = len(findings.sites)
                findings.sites.append(Site(Mode.PROPERTY, None, None, expression(child)))
    return findings
