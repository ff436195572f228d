"""Names, filters and calls of a template held against those that exist."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from jinja2 import Environment, nodes
from jinja2.filters import FILTERS

from docgen.i18n import _
from docgen.render.faults import Edit, TemplateFault
from docgen.render.marks import Mark, type_instead
from docgen.render.needs import Need, Use
from docgen.render.sandbox import ATTRIBUTES
from docgen.render.shapes import ListOf, Record, Shape, Text, nearest, paths_to
from docgen.render.survey import expression

_METHODS = frozenset[str]().union(*ATTRIBUTES.values())
_CALLABLE = frozenset(("range", "namespace", "loop", "caller", "super", "self"))
_SHOWN = 12


def unknown_names(root: Need, shape: Shape, marks: Sequence[Mark]) -> Iterator[TemplateFault]:
    """The names that the data does not have, and values used as what they are not."""
    yield from _compared(root, shape, shape, marks)


def _compared(
    need: Need, shape: Shape, whole: Shape, marks: Sequence[Mark]
) -> Iterator[TemplateFault]:
    if isinstance(shape, Record):
        yield from _inside(need, shape, whole, marks)
        yield from _not_lists(need.iterated, marks)
        yield from _not_texts(need.printed, marks)
    elif isinstance(shape, ListOf):
        for child in need.fields.values():
            yield from (_list_not_looped(use, marks[use.tag]) for use in child.uses)
        if need.item is not None:
            yield from _compared(need.item, shape.item, whole, marks)
        yield from _not_texts(need.printed, marks)
    elif isinstance(shape, Text):
        for child in need.fields.values():
            yield from (_text_has_no_parts(use, marks[use.tag]) for use in child.uses)
        yield from _not_lists(need.iterated, marks)


def _inside(
    need: Need, shape: Record, whole: Shape, marks: Sequence[Mark]
) -> Iterator[TemplateFault]:
    for name, child in need.fields.items():
        known = shape.fields.get(name)
        if known is not None:
            yield from _compared(child, known, whole, marks)
        elif "*" not in shape.fields:
            for use in child.uses:
                yield _unknown(name, use, marks[use.tag], [*shape.fields], whole)


def _unknown(name: str, use: Use, mark: Mark, known: list[str], whole: Shape) -> TemplateFault:
    message = _("the data has no “%(name)s”") % {"name": use.name}
    candidates = known if "." in use.name or "[" in use.name else [*known, *use.scope]
    best, _distance = nearest(name, candidates)
    if not best:
        return mark.fault("unknown-variable", message, _elsewhere(name, whole, candidates))
    pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    edits = [] if mark.tag.endless else _edits(mark, pattern, best)
    advice = type_instead(mark.written(pattern.sub(best, mark.body) or best))
    return mark.fault("unknown-variable", message, advice, edits)


def _elsewhere(name: str, whole: Shape, known: Iterable[str]) -> str:
    """Advice for a name unlike any here: where it does exist, or which names there are."""
    path = next(paths_to(name, whole), "")
    if path:
        advice = _("“%(name)s” stands elsewhere: %(path)s, each [] is a loop")
        return advice % {"name": name, "path": path}
    names = sorted(set(known))
    shown = ", ".join(names[:_SHOWN]) + (" …" if len(names) > _SHOWN else "")
    return _("use a name that exists here: %(names)s") % {"names": shown}


def _edits(mark: Mark, pattern: re.Pattern[str], best: str) -> list[Edit]:
    start = mark.tag.body_start
    return [
        Edit(found.start() + start, found.end() + start, best)
        for found in pattern.finditer(mark.tag.body)
    ]


def _list_not_looped(use: Use, mark: Mark) -> TemplateFault:
    base = use.name.rpartition(".")[0]
    message = _("“%(name)s” is a list: its parts can be had only in a loop") % {"name": base}
    return mark.fault("wrong-kind", message, _loop(base))


def _not_texts(uses: Iterable[Use], marks: Sequence[Mark]) -> Iterator[TemplateFault]:
    for use in uses:
        message = _("“%(name)s” is not a text but has parts, and cannot be printed whole")
        yield marks[use.tag].fault("wrong-kind", message % {"name": use.name}, _parts(use.name))


def _not_lists(uses: Iterable[Use], marks: Sequence[Mark]) -> Iterator[TemplateFault]:
    for use in uses:
        message = _("“%(name)s” is not a list and cannot be looped over") % {"name": use.name}
        advice = _("print it without a loop: %(tag)s") % {"tag": f"{{{{ {use.name} }}}}"}
        yield marks[use.tag].fault("wrong-kind", message, advice)


def _text_has_no_parts(use: Use, mark: Mark) -> TemplateFault:
    base = use.name.rpartition(".")[0]
    message = _("“%(name)s” is a text and has no parts") % {"name": base}
    return mark.fault("wrong-kind", message, type_instead(f"{{{{ {base} }}}}"))


def _loop(name: str) -> str:
    tags = {"start": f"{{%p for item in {name} %}}", "end": "{%p endfor %}"}
    return _("type %(start)s above and %(end)s below, and item instead of the list") % tags


def _parts(name: str) -> str:
    return _("print its parts, such as %(tag)s") % {"tag": f"{{{{ {name}.… }}}}"}


# --- filters, tests, calls --------------------------------------------------------------------


def tree_faults(
    tree: nodes.Template, environment: Environment, mark_of: Sequence[Mark]
) -> Iterator[TemplateFault]:
    """Filters and tests that do not exist, and what a template may not do."""
    macros = {macro.name for macro in tree.find_all(nodes.Macro)}
    for node in tree.find_all(nodes.Expr):
        if isinstance(node, nodes.Filter | nodes.Test):
            yield from _filter_faults(node, environment, mark_of)
        elif isinstance(node, nodes.Getattr | nodes.Getitem):
            name = _inner_name(node)
            if name.startswith("_"):
                yield _forbidden(name, mark_of[node.lineno - 1])
    for call in tree.find_all(nodes.Call):
        name = _called_name(call, macros)
        if name:
            yield _forbidden(f"{name}(…)", mark_of[call.lineno - 1])


def _filter_faults(
    node: nodes.Filter | nodes.Test, environment: Environment, mark_of: Sequence[Mark]
) -> Iterator[TemplateFault]:
    known = environment.filters if isinstance(node, nodes.Filter) else environment.tests
    if node.name in known or node.lineno > len(mark_of):
        return
    mark = mark_of[node.lineno - 1]
    if isinstance(node, nodes.Filter) and node.name in FILTERS:
        yield _forbidden(f"|{node.name}", mark)
        return
    message = _("there is no filter or test “%(name)s”") % {"name": node.name}
    best, _distance = nearest(node.name, known)
    pattern = re.compile(rf"(?<!\w){re.escape(node.name)}(?!\w)")
    if best:
        advice = type_instead(mark.written(pattern.sub(best, mark.body)))
        yield mark.fault("unknown-filter", message, advice, _edits(mark, pattern, best))
    else:
        names = ", ".join(sorted(name for name in known if len(name) > 1)[:_SHOWN])
        advice = _("delete it, or use one of: %(names)s …") % {"names": names}
        yield mark.fault("unknown-filter", message, advice)


def _inner_name(node: nodes.Getattr | nodes.Getitem) -> str:
    if isinstance(node, nodes.Getattr):
        return node.attr
    value = node.arg.value if isinstance(node.arg, nodes.Const) else ""
    return value if isinstance(value, str) else ""


def _called_name(call: nodes.Call, macros: set[str]) -> str:
    """The name of what is called where calling it is not allowed; empty where it is."""
    if isinstance(call.node, nodes.Name):
        return "" if call.node.name in (_CALLABLE | macros) else call.node.name
    if isinstance(call.node, nodes.Getattr):
        method = call.node.attr
        allowed = method in _METHODS or method.startswith("_")  # the latter is refused as a name
        return "" if allowed or expression(call.node.node) == "self" else method
    return expression(call.node)


def _forbidden(name: str, mark: Mark) -> TemplateFault:
    message = _("a template may not use “%(name)s”") % {"name": name}
    advice = _("delete the tag; a template prints values and does nothing else")
    return mark.fault("forbidden-construct", message, advice)
