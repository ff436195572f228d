"""Everything wrong with a template, found at once and told in Word's terms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain

from jinja2 import Environment
from lxml import etree

from docgen.errors import TemplateError
from docgen.i18n import _
from docgen.render.blocks import WORDS, balanced
from docgen.render.braces import Tag
from docgen.render.cache import compile_template
from docgen.render.expected import Names, lone_braces, unused_values
from docgen.render.faults import TemplateFault
from docgen.render.gate import open_package
from docgen.render.marks import Mark, read_marks
from docgen.render.needs import Need
from docgen.render.package import Package, parse
from docgen.render.placement import place_faults
from docgen.render.places import Page, Paragraph, heading_styles, pages, paragraphs
from docgen.render.references import tree_faults, unknown_names
from docgen.render.sandbox import ATTRIBUTES, SandboxEnvironment
from docgen.render.shapes import all_names
from docgen.render.surroundings import mark_faults, page_faults, style_faults, unfilled_parts
from docgen.render.syntax import parsed, readable_lines
from docgen.render.tags import jinja_source
from docgen.render.usage import read_needs

_BOUND = re.compile(r"(?:\bfor|\bset|\bmacro|\bwith)\s+([A-Za-z_]\w*)(?:\s*,\s*([A-Za-z_]\w*))?")
_NUMERIC_PROPERTY = re.compile(r'(<w:(?:tcW|gridSpan)\b[^>]*?"\{\{)(.*?)(\}\}")')
_OPERATORS = ("and", "or", "not", "in", "is", "true", "false", "none", "loop", "range", "namespace")


@dataclass(slots=True)
class _Chart:
    """What is found while the parts are read."""

    faults: list[TemplateFault] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    root: Need = field(default_factory=lambda: Need(kind="data"))


def diagnose(docx: bytes, names: Names | None = None) -> list[TemplateFault]:
    """All faults of a template, in the order of reading; unknown names only where `names` say."""
    try:
        package = open_package(docx)
    except TemplateError as error:
        return [_refused(error)]
    faults = _examined(package, names).faults
    if not any(fault.severity == "error" for fault in faults):
        faults += _compiled(docx) or _hidden(package, names)
    return faults


def needs_of(docx: bytes) -> Need:
    """The values a template takes from its data; raises `TemplateError` for a dangerous file."""
    package = open_package(docx)
    return _exact_needs(package) or _examined(package, None).root


def _exact_needs(package: Package) -> Need | None:
    """The needs read from what the engine compiles; None where it cannot be parsed."""
    root = Need(kind="data")
    environment = SandboxEnvironment(strict=True)
    for page in pages(package):
        source = jinja_source(etree.tostring(page.root, encoding="unicode"))
        source = _NUMERIC_PROPERTY.sub(r"\1(\2)|int\3", source)
        tree = parsed([source], environment)
        if tree is None:
            return None
        read_needs(tree, root, lambda _line: 0)
    return root


def _hidden(package: Package, names: Names | None) -> list[TemplateFault]:
    """Unknown names where no text is: in the properties of cells, the names of pictures."""
    needs = None if names is None else _exact_needs(package)
    if names is None or needs is None:
        return []
    place = _("the whole template")
    nowhere = Paragraph("", 0, place, etree.Element("nowhere"), (), "")
    mark = Mark(nowhere, Tag(0, 0, "{{", 0, ""), "", "")
    return list(unknown_names(needs, names.shape, [mark]))


def _examined(package: Package, names: Names | None) -> _Chart:
    chart = _Chart()
    environment = SandboxEnvironment(strict=True)
    styles = _styles(package)
    headings = heading_styles(styles)
    read = list(pages(package))
    for page in read:
        found = paragraphs(page, headings)
        _examine(chart, page, found, environment, names)
        chart.faults += page_faults(page, found, package)
        chart.paragraphs += found
    chart.faults += style_faults(chart.paragraphs, styles, () if names is None else names.styles)
    chart.faults += unfilled_parts(package, frozenset(page.name for page in read))
    unbalanced = any(fault.code in _UNBALANCED for fault in chart.faults)
    if unbalanced:
        _leave_scopes_alone(chart)
    if names is not None:
        found_names = unknown_names(chart.root, names.shape, chart.marks)
        chart.faults += (replace(each, edits=()) if unbalanced else each for each in found_names)
    chart.faults = _in_order(chart, read)
    if names is not None and not any(fault.code in _UNREADABLE for fault in chart.faults):
        chart.faults += unused_values(chart.root, names)
    return chart


def _in_order(chart: _Chart, read: list[Page]) -> list[TemplateFault]:
    """The faults in the order of reading, each once, none of copies for old programs."""
    copies = {(each.part, each.number) for each in chart.paragraphs if each.is_copy}
    ranks = {page.name: rank for rank, page in enumerate(read)}
    readonly = {page.name for page in read if page.readonly}
    faults = [
        replace(each, edits=()) if each.part in readonly else each
        for each in dict.fromkeys(chart.faults)
        if (each.part, each.paragraph) not in copies
    ]
    return sorted(faults, key=lambda each: (ranks.get(each.part, len(read)), each.paragraph))


_UNBALANCED = frozenset(("unclosed-block", "end-without-start"))
# While a tag cannot be read, nobody can say what the template prints.
_UNREADABLE = frozenset(("template-syntax", "empty-tag", *_UNBALANCED))


def _leave_scopes_alone(chart: _Chart) -> None:
    """While a loop's end is in doubt, so is what belongs to it: names of loops, paired tags."""
    for each in chart.paragraphs:
        for name in _bound_names(each):
            chart.root.fields.pop(name, None)
    chart.faults = [
        replace(fault, edits=()) if fault.code == "mismatched-prefix" else fault
        for fault in chart.faults
    ]


def _examine(
    chart: _Chart,
    page: Page,
    found: list[Paragraph],
    environment: Environment,
    names: Names | None,
) -> None:
    """Read one part: how its tags are typed, how they nest, what they name."""
    known = _known_words(found, environment, names)
    marks, faults = read_marks(found, known.__contains__)
    blocks = balanced(marks)
    lines, unreadable = readable_lines(marks, blocks, environment)
    faults += [*unreadable, *blocks.faults, *place_faults(marks), *mark_faults(marks)]
    if names is not None:
        faults += lone_braces(found, names.shape, chart.root)
    chart.faults += faults
    offset = len(chart.marks)
    chart.marks += marks
    tree = parsed(lines, environment)
    if tree is None or not marks:
        return
    last = len(marks)
    chart.faults += tree_faults(tree, environment, [*marks, marks[-1]])
    read_needs(tree, chart.root, lambda line: offset + min(line, last) - 1)


def _known_words(
    found: list[Paragraph], environment: Environment, names: Names | None
) -> frozenset[str]:
    """Words in Latin letters that mean something in this template's tags."""
    bound = (name for each in found for name in _bound_names(each))
    data = all_names(names.shape) if names is not None else ()
    attributes = (name for group in ATTRIBUTES.values() for name in group)
    return frozenset([*WORDS, *_OPERATORS, *environment.filters, *attributes, *bound, *data])


def _bound_names(paragraph: Paragraph) -> Iterator[str]:
    """The names that a tag of the paragraph gives to an element, a value or a macro."""
    return filter(None, chain.from_iterable(_BOUND.findall(paragraph.text)))


def _styles(package: Package) -> etree._Element | None:
    names = package.related(package.document, "styles")
    return parse(package.read(names[0])) if names else None


def _refused(error: TemplateError) -> TemplateFault:
    advice = _("make a plain DOCX: open the file in Word, take out what is named, save as .docx")
    return TemplateFault(
        "package-refused", _("the whole file"), "", error.message, advice, error.code
    )


def _compiled(docx: bytes) -> list[TemplateFault]:
    """What the compiler itself refuses, should it see more than was looked for here."""
    try:
        compile_template(docx)
    except TemplateError as error:
        code = "forbidden-construct" if error.code == "template-forbidden" else "template-syntax"
        advice = _("check how the tag is written")
        return [TemplateFault(code, _("the whole template"), "", error.message, advice)]
    return []
