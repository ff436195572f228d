"""The shape of data: which names there are, and what each holds: text, a list, further names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Text:
    """One value to print or compare: `text`, `number` or `flag`."""

    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Record:
    """Names, each with its shape; the name `*` stands for any other."""

    fields: Mapping[str, Shape]


@dataclass(frozen=True, slots=True)
class ListOf:
    """Any number of things of one shape."""

    item: Shape


@dataclass(frozen=True, slots=True)
class Anything:
    """A value of which nothing is known."""


Shape = Text | Record | ListOf | Anything


def shape_of(value: Any) -> Shape:
    """The shape of a value; a list has the shape of all its elements together."""
    if value is None:
        return Anything()
    if isinstance(value, Mapping):
        return Record({str(key): shape_of(each) for key, each in value.items()})
    if isinstance(value, list | tuple):
        return ListOf(merged(shape_of(each) for each in value))
    if isinstance(value, bool):
        return Text("flag")
    return Text("number" if isinstance(value, int | float) else "text")


def merged(shapes: Iterable[Shape]) -> Shape:
    """One shape that has every name of all of them."""
    result: Shape = Anything()
    for shape in shapes:
        result = _both(result, shape)
    return result


def _both(one: Shape, other: Shape) -> Shape:
    if isinstance(one, Record) and isinstance(other, Record):
        names = dict.fromkeys([*one.fields, *other.fields])
        nothing = Anything()
        return Record(
            {
                name: _both(one.fields.get(name, nothing), other.fields.get(name, nothing))
                for name in names
            }
        )
    if isinstance(one, ListOf) and isinstance(other, ListOf):
        return ListOf(_both(one.item, other.item))
    return other if isinstance(one, Anything) else one


def all_names(shape: Shape) -> Iterator[str]:
    """Every name in the shape, at any depth."""
    if isinstance(shape, Record):
        yield from shape.fields
        for each in shape.fields.values():
            yield from all_names(each)
    elif isinstance(shape, ListOf):
        yield from all_names(shape.item)


def paths_to(name: str, shape: Shape, path: str = "") -> Iterator[str]:
    """Where a name stands in the shape: `annexes[].sections[].rows[].deadline`."""
    if isinstance(shape, Record):
        for field, each in shape.fields.items():
            below = f"{path}.{field}" if path else field
            if field == name:
                yield below
            yield from paths_to(name, each, below)
    elif isinstance(shape, ListOf):
        yield from paths_to(name, shape.item, f"{path}[]")


def values_of(shape: Shape) -> Any:
    """The shape as plain data: `{"points": [{"number": "text"}]}`."""
    if isinstance(shape, Record):
        return {name: values_of(each) for name, each in shape.fields.items()}
    if isinstance(shape, ListOf):
        return [values_of(shape.item)]
    return shape.kind if isinstance(shape, Text) else "text"


def nearest(name: str, known: Iterable[str]) -> tuple[str, int]:
    """The known name most like this one and its distance; an empty name where none or two are."""
    scored = sorted((_distance(name, each), each) for each in set(known) if each != "*")
    scored = [(score, each) for score, each in scored if score <= _tolerance(name)]
    if not scored or (len(scored) > 1 and scored[0][0] == scored[1][0]):
        return "", 0
    return scored[0][1], scored[0][0]


def _tolerance(name: str) -> int:
    """Letters that may differ; short names are all alike."""
    return 0 if len(name) < 2 else 1 if len(name) < 4 else 2


def _distance(one: str, other: str) -> int:
    """Letters to insert, drop, replace or swap to make one of the other."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, against in enumerate(other, 1):
            cost = min(last[j] + 1, row[-1] + 1, last[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]
