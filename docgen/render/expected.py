"""What a template of some kind is expected to use: the names there are, and those it must print."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from docgen.i18n import _
from docgen.render.braces import find_tags
from docgen.render.faults import Edit, TemplateFault
from docgen.render.marks import paragraph_fault, type_instead
from docgen.render.needs import Need
from docgen.render.places import Paragraph
from docgen.render.shapes import Record, nearest

_LONE_BRACES = re.compile(r"\{\s*([A-Za-z_]\w*(?:\.\w+)*)\s*\}")


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


def lone_braces(found: list[Paragraph], shape: Record, root: Need) -> Iterator[TemplateFault]:
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


def unused_values(root: Need, names: Names) -> Iterator[TemplateFault]:
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
