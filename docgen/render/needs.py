"""What data a template needs: a tree of values, how each is used, an example that fits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from docgen.render.shapes import ListOf, Record, Shape, Text


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a name: the number of its tag, the name as written, the names of loops there."""

    tag: int
    name: str
    scope: tuple[str, ...] = ()


@dataclass(slots=True, eq=False)
class Need:
    """A value the template takes: how it is used, and the values it takes from inside it.

    `kind` is `text`, `number` or `flag` (only asked about); `counted` where only its length is
    asked for, `nested` for the lists of a recursive loop, `data` for all there is.
    """

    fields: dict[str, Need] = field(default_factory=dict)
    item: Need | None = None
    other: Need | None = None  # what stands under a name that is itself a value
    keys: list[Need] = field(default_factory=list)  # those values
    pair: tuple[Need, Need] | None = None  # for an element of `items()`
    kind: str = "flag"
    sample: str | None = None
    uses: list[Use] = field(default_factory=list)
    printed: list[Use] = field(default_factory=list)
    iterated: list[Use] = field(default_factory=list)

    def part(self, name: str) -> Need:
        """The value under a name inside."""
        return self.fields.setdefault(name, Need())

    def element(self) -> Need:
        """The value of each element."""
        self.item = self.item or Need()
        return self.item

    def under(self, key: Need | None) -> Need:
        """The value under a name given by another value."""
        self.other = self.other or Need()
        if key is not None:
            self.keys.append(key)
        return self.other

    def shape(self) -> Shape:
        """What the value must be."""
        if self.item is not None:
            return ListOf(self.item.shape())
        if self.kind == "counted":
            return ListOf(Text())
        if self.fields or self.other is not None or self.kind == "data":
            fields = {name: each.shape() for name, each in self.fields.items()}
            return Record(fields | ({"*": self.other.shape()} if self.other else {}))
        return ListOf(Text()) if self.kind == "nested" else Text(self.kind)

    def example(self, name: str = "") -> Any:
        """A value that fits, made of the names."""
        if self.item is not None:
            return [self.item.example(name), self.item.example(name)]
        if self.kind == "counted":
            return [name, name]
        if self.fields or self.other is not None or self.kind == "data":
            values = {each: need.example(each) for each, need in self.fields.items()}
            if self.other is not None:
                keys = [key.sample or "*" for key in self.keys] or ["*"]
                values |= {key: self.other.example(key) for key in keys if key not in values}
            return values
        if self.kind == "nested":
            return []
        if self.kind == "number":
            return int(self.sample) if self.sample and self.sample.isdigit() else 1
        return True if self.kind == "flag" else self.sample or name


def become(need: Need, kind: str) -> None:
    """What is printed is text, unless it is a number; what is only asked about is a flag."""
    if need.kind in ("flag", "counted") or kind == "number":
        need.kind = kind


def become_nested(need: Need | None) -> None:
    """What a recursive loop is called with is a list like its own."""
    if need is not None:
        need.kind = "nested"


def all_become(needs: Iterable[Need | None], kind: str) -> None:
    """`become` for several values."""
    for need in filter(None, needs):
        become(need, kind)


def resemble(need: Need, value: object) -> None:
    """A value compared with a constant is of its kind."""
    if isinstance(value, bool) or value is None:
        return
    become(need, "number" if isinstance(value, int | float) else "text")
    need.sample = need.sample or str(value)
