"""Everything wrong with a template, found at once and told in Word's terms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from jinja2 import Environment, nodes
from lxml import etree

from docgen.errors import TemplateError
from docgen.i18n import _
from docgen.render.blocks import OPENERS, WORDS, Blocks, place_faults
from docgen.render.braces import find_tags
from docgen.render.cache import compile_template
from docgen.render.explain import EXPLAINED
from docgen.render.faults import Edit, TemplateFault
from docgen.render.gate import open_package
from docgen.render.marks import Mark, paragraph_fault, read_marks, type_instead
from docgen.render.needs import Need, read_needs
from docgen.render.package import Package, parse
from docgen.render.places import Page, Paragraph, heading_styles, pages, paragraphs
from docgen.render.reasons import reason_of
from docgen.render.references import tree_faults, unknown_names
from docgen.render.sandbox import ATTRIBUTES, SandboxEnvironment
from docgen.render.shapes import Record, all_names, nearest
from docgen.render.surroundings import mark_faults, page_faults, style_faults, unfilled_parts

_BOUND = re.compile(r"(?:\bfor|\bset|\bmacro|\bwith)\s+([A-Za-z_]\w*)(?:\s*,\s*([A-Za-z_]\w*))?")
_LONE_BRACES = re.compile(r"\{\s*([A-Za-z_]\w*(?:\.\w+)*)\s*\}")
_OPERATORS = frozenset(
    [
        "and",
        "or",
        "not",
        "in",
        "is",
        "if",
        "else",
        "true",
        "false",
        "none",
        "loop",
        "namespace",
        "range",
    ]
)


@dataclass(frozen=True, slots=True)
class Required:
    """A value that a template of some kind must print: one of `paths`, and the tags to type."""

    paths: tuple[str, ...]
    tags: str


@dataclass(frozen=True, slots=True)
class Names:
    """What a kind of template is filled with: its data, what it must print, styles values need."""

    shape: Record
    required: tuple[Required, ...] = ()
    styles: tuple[str, ...] = ()


@dataclass(slots=True)
class _Chart:
    """What is found while the parts are read."""

    faults: list[TemplateFault] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    root: Need = field(default_factory=Need)


def diagnose(docx: bytes, names: Names | None = None) -> list[TemplateFault]:
    """All faults of a template, in the order of reading; unknown names only where `names` say."""
    try:
        package = open_package(docx)
    except TemplateError as error:
        return [_refused(error)]
    faults = _examined(package, names).faults
    if not any(fault.severity == "error" for fault in faults):
        faults += _compiled(docx)
    return faults


def needs_of(docx: bytes) -> Need:
    """The values a template takes from its data; raises `TemplateError` for a dangerous file."""
    return _examined(open_package(docx), None).root


def _examined(package: Package, names: Names | None) -> _Chart:
    chart = _Chart()
    environment = SandboxEnvironment(strict=True)
    styles = _styles(package)
    headings = heading_styles(styles)
    read: list[str] = []
    readonly: set[str] = set()
    for page in pages(package):
        found = paragraphs(page, headings)
        _examine(chart, page, found, environment, names)
        chart.faults += page_faults(page, found, package)
        chart.paragraphs += found
        read.append(page.name)
        if page.readonly:
            readonly.add(page.name)
    wanted = () if names is None else names.styles
    chart.faults += style_faults(chart.paragraphs, styles, wanted)
    chart.faults += unfilled_parts(package, frozenset(read))
    if names is not None:
        chart.faults += unknown_names(chart.root, names.shape, chart.marks)
    copies = {(each.part, each.number) for each in chart.paragraphs if each.is_copy}
    chart.faults = [each for each in chart.faults if (each.part, each.paragraph) not in copies]
    chart.faults = [
        replace(each, edits=()) if each.part in readonly else each for each in chart.faults
    ]
    ranks = {name: rank for rank, name in enumerate(read)}
    chart.faults.sort(key=lambda fault: (ranks.get(fault.part, len(read)), fault.paragraph))
    if names is not None and not any(fault.code in _UNREADABLE for fault in chart.faults):
        chart.faults += _unused(chart.root, names)
    return chart


# While a tag cannot be read, nobody can say what the template prints.
_UNREADABLE = frozenset(("template-syntax", "empty-tag"))


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
    blocks = Blocks()
    for mark in marks:
        blocks.add(mark)
    blocks.close()
    lines = list(_readable(marks, blocks, environment, faults))
    faults += [*blocks.faults, *place_faults(marks), *mark_faults(marks)]
    if names is not None:
        faults += _lone_braces(found, names.shape, chart.root)
    chart.faults += faults
    offset = len(chart.marks)
    chart.marks += marks
    tree = _parsed(lines, environment)
    if tree is None or not marks:
        return
    last = len(marks)
    chart.faults += tree_faults(tree, environment, [*marks, marks[-1]])
    read_needs(tree, chart.root, lambda line: offset + min(line, last) - 1)


def _known_words(
    found: list[Paragraph], environment: Environment, names: Names | None
) -> frozenset[str]:
    """Words in Latin letters that mean something in this template's tags."""
    bound = (name for each in found for pair in _BOUND.findall(each.text) for name in pair)
    data = all_names(names.shape) if names is not None else ()
    attributes = (name for group in ATTRIBUTES.values() for name in group)
    return frozenset([*WORDS, *_OPERATORS, *environment.filters, *attributes, *bound, *data]) - {""}


def _readable(
    marks: list[Mark], blocks: Blocks, environment: Environment, faults: list[TemplateFault]
) -> Iterator[str]:
    """The lines of source, each that cannot be parsed replaced by one that can."""
    ends = iter(blocks.lines)
    for mark, name, line in zip(marks, blocks.names, ends, strict=False):
        reason = _syntax_error(name, line, environment)
        if not reason:
            yield "" if mark.tag.torn and mark.tag.endless and not name else line
            continue
        if not mark.tag.torn:
            message = _("the tag cannot be read: %(reason)s") % {"reason": reason}
            advice = _("check the tag; a right one is, for example, %(tag)s")
            faults.append(mark.fault("template-syntax", message, advice % {"tag": _model(name)}))
        target = _TARGET.search(line)
        yield target[0] + "[] %}" if name == "for" and target else _NEUTRAL.get(name, "")
    yield blocks.lines[-1]


_TARGET = re.compile(r"\{% for [A-Za-z_][\w, ]* in ")


_NEUTRAL = {
    "for": "{% for _ in [] %}",
    "if": "{% if 1 %}",
    "elif": "{% elif 1 %}",
    "macro": "{% macro _() %}",
    "call": "{% call _() %}",
    "filter": "{% filter upper %}",
    "with": "{% with %}",
    "autoescape": "{% autoescape true %}",
    "block": "{% block _ %}",
    "set": "{% set _ %}",
}


def _model(name: str) -> str:
    models = {
        "for": "{%p for point in points %}",
        "if": "{%p if city %}",
        "elif": "{%p elif city %}",
    }
    return models.get(name, "{{ title }}")


def _syntax_error(name: str, line: str, environment: Environment) -> str:
    """Why one tag cannot be parsed; empty when it can."""
    if name == "elif":
        line = f"{{% if 1 %}}{line}"
        name = "if"
    elif name.startswith("end") or name == "else":
        return ""
    if name in OPENERS or (name == "set" and "=" not in line):
        line = f"{line}{{% end{name} %}}"
    try:
        environment.parse(line)
    except EXPLAINED as error:
        return reason_of(error)
    return ""


def _parsed(lines: list[str], environment: Environment) -> nodes.Template | None:
    try:
        return environment.parse("\n".join(lines))
    except EXPLAINED:
        return None  # told by the compiler, when nothing else was wrong


def _lone_braces(found: list[Paragraph], shape: Record, root: Need) -> Iterator[TemplateFault]:
    """`{title}`: a known name in single braces, which counts as a use of the name."""
    for paragraph in found:
        for lone in _LONE_BRACES.finditer(_without_tags(paragraph.text)):
            name, *parts = lone[1].split(".")
            if name in shape.fields:
                need = root.part(name)
                for part in parts:
                    need = need.part(part)
                tag = f"{{{{ {lone[1]} }}}}"
                message = _("a brace of the tag is missing or wrong")
                edits = (Edit(*lone.span(), tag),)
                yield paragraph_fault(
                    paragraph, "unbalanced-braces", message, type_instead(tag), lone.span(), edits
                )


def _without_tags(text: str) -> str:
    """The text with spaces where tags are."""
    for tag in find_tags(text):
        text = text[: tag.start] + " " * (tag.end - tag.start) + text[tag.end :]
    return text


def _unused(root: Need, names: Names) -> Iterator[TemplateFault]:
    """What the template must print and does not."""
    for required in names.required:
        if not any(_is_used(root, path.split(".")) for path in required.paths):
            message = _("the template never prints “%(name)s”") % {"name": required.paths[0]}
            place = _("the whole template")
            yield TemplateFault("unused-variable", place, "", message, type_instead(required.tags))


def _is_used(need: Need | None, path: list[str]) -> bool:
    """Whether the value is used, or one whose name is a misspelling of its own."""
    for step in path:
        name = step.removesuffix("[]")
        fields = {} if need is None else need.fields
        need = fields.get(name) or fields.get(nearest(name, fields)[0])
        if need is not None and step.endswith("[]"):
            need = need.item
    return need is not None


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
