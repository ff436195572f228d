"""An order taken apart into entries that can be found by path, exchanged and moved."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from docgen.export.data import entry_values
from docgen.models import Annex, Item, Order, Point, Section
from docgen.models.amendments import Value

CHILDREN: dict[type, tuple[str, ...]] = {
    Order: ("points", "annexes"),
    Annex: ("sections",),
    Section: ("items",),
    Point: ("points",),
    Item: (),
}
_STEP = re.compile(r"(\w+)(?:\[(\d+)\])?")
_LENGTH = 12


@dataclass(eq=False, slots=True)
class Node:
    """An entry of an order without its children, and the lists of those.

    `parent` is the list it stands in; `history` are the fingerprints it has had.
    """

    value: Any
    lists: dict[str, list[Node]]
    parent: list[Node] | None = None
    history: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Spot:
    """What a path leads to: an entry, one of its lists, or one of its own fields."""

    node: Node
    list: str = ""
    key: str = ""


def fingerprint(value: Value) -> str:
    """Twelve hexadecimal digits that tell this value from any other."""
    text = json.dumps(entry_values(value), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:_LENGTH]


def plant(value: Any) -> Node:
    """The value as a tree."""
    names = CHILDREN[type(value)]
    lists = {name: [plant(child) for child in getattr(value, name)] for name in names}
    node = Node(replace(value, **dict.fromkeys(names, ())), lists)
    for children in lists.values():
        for child in children:
            child.parent = children
    return node


def harvest(node: Node) -> Any:
    """The value that the tree has grown into."""
    lists = {
        name: tuple(harvest(child) for child in children) for name, children in node.lists.items()
    }
    return replace(node.value, **lists) if lists else node.value


def find(root: Node, path: str) -> Spot | None:
    """What the path leads to, or None where it leads nowhere."""
    node, steps = root, list(_steps(path))
    for position, (name, index) in enumerate(steps):
        last = position == len(steps) - 1
        children = node.lists.get(name)
        if children is None:
            return Spot(node, key=name) if last and _has(node, name, index) else None
        if index is None:
            return Spot(node, list=name) if last else None
        if index >= len(children):
            return None
        node = children[index]
    return Spot(node)


def _steps(path: str) -> Iterator[tuple[str, int | None]]:
    for step in path.split("."):
        found = _STEP.fullmatch(step)
        name, index = found.groups() if found else (step, None)
        yield name, None if index is None else int(index)


def _has(node: Node, name: str, index: int | None) -> bool:
    return index is None and name in type(node.value).__dataclass_fields__


def nodes(root: Node) -> Iterator[Node]:
    """The entry and all those under it."""
    yield root
    for children in root.lists.values():
        for child in children:
            yield from nodes(child)


def at(order: Order, path: str) -> Any:
    """The part of the order that a path of entries leads to."""
    value: Any = order
    for name, index in _steps(path):
        value = getattr(value, name)
        value = value if index is None else value[index]
    return value
