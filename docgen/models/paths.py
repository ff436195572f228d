"""Paths of a data file: `annexes[0].sections[2].items[4].deadline`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

_STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")
LONGEST_LIST = 20_000


def steps(path: str) -> list[str | int]:
    """The keys and indexes that lead to the path."""
    return [int(index) if index else key for index, key in _STEP.findall(path)]


def value_at(values: Any, path: str) -> Any:
    """What stands at the path, None where nothing does."""
    for step in steps(path):
        try:
            values = values[step]
        except (KeyError, IndexError, TypeError):
            return None
    return values


def nested(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Values by path brought together; entries of a list close up where indexes leave gaps."""
    root: dict[str | int, Any] = {}
    for path, value in pairs:
        *before, last = steps(path)
        here = root
        for step in before:
            inner = here.setdefault(step, {})
            if not isinstance(inner, dict):
                break
            here = inner
        else:
            here[last] = value
    closed: dict[str, Any] = _closed(root)
    return closed


def _closed(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if value and all(isinstance(key, int) for key in value):
        return [_closed(value[key]) for key in sorted(value)[:LONGEST_LIST]]
    return {str(key): _closed(inner) for key, inner in value.items()}


def leaves(values: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every value that is neither a list nor a mapping, with its path."""
    if isinstance(values, Mapping):
        for key, inner in values.items():
            yield from leaves(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(values, list | tuple):
        for index, inner in enumerate(values):
            yield from leaves(inner, f"{path}[{index}]")
    else:
        yield path, values
