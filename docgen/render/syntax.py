"""Each tag parsed alone, so that one that cannot be read hides nothing about the others."""

from __future__ import annotations

import re

from jinja2 import Environment, nodes

from docgen.i18n import _
from docgen.render.blocks import OPENERS, Blocks
from docgen.render.explain import EXPLAINED
from docgen.render.faults import TemplateFault
from docgen.render.marks import Mark
from docgen.render.reasons import reason_of

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


def readable_lines(
    marks: list[Mark], blocks: Blocks, environment: Environment
) -> tuple[list[str], list[TemplateFault]]:
    """The lines of source, each that cannot be parsed replaced by one that can; their faults."""
    lines: list[str] = []
    faults: list[TemplateFault] = []
    reasons: dict[str, str] = {}  # most tags of a large template are alike
    for mark, name, line in zip(marks, blocks.names, blocks.lines, strict=False):
        if line not in reasons:
            reasons[line] = _syntax_error(name, line, environment)
        reason = reasons[line]
        if reason and not mark.tag.torn:
            faults.append(_unreadable(mark, name, reason))
        lines.append(_neutral(name, line) if reason else line)
    return [*lines, blocks.lines[-1]], faults


def _unreadable(mark: Mark, name: str, reason: str) -> TemplateFault:
    message = _("the tag cannot be read: %(reason)s") % {"reason": reason}
    advice = _("check the tag; a right one is, for example, %(tag)s") % {"tag": _model(name)}
    return mark.fault("template-syntax", message, advice)


def _neutral(name: str, line: str) -> str:
    """A tag that opens the same and names nothing but the variable of a loop."""
    target = _TARGET.search(line)
    return f"{target[0]}[] %}}" if name == "for" and target else _NEUTRAL.get(name, "")


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


def parsed(lines: list[str], environment: Environment) -> nodes.Template | None:
    """The lines parsed together; None where they cannot be."""
    try:
        return environment.parse("\n".join(lines))
    except EXPLAINED:
        return None  # told by the compiler, when nothing else was wrong
