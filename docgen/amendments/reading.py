"""Two aligned lists walked in the order of reading, with a place for what was removed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from docgen.amendments.alignment import Alignment


@dataclass(frozen=True, slots=True)
class Step:
    """An entry by its old and new index; `after` is the old one that an arrival follows."""

    old: int | None
    new: int | None
    moved: bool = False
    after: int | None = None


def steps(alignment: Alignment, old_count: int, new_count: int) -> Iterator[Step]:
    """Every entry of both lists: the new ones in order, removed ones where they used to stand."""
    removed = _removed(alignment, old_count)
    kept: int | None = None
    yield from (Step(index, None) for index in removed[-1])
    for new in range(new_count):
        old, moved = alignment.pairs.get(new), new in alignment.moved
        yield Step(old, new, moved, kept)
        if old is not None and not moved:
            kept = old
        yield from (Step(index, None) for index in removed[new])


def _removed(alignment: Alignment, old_count: int) -> dict[int, list[int]]:
    """The old entries that are gone, by the new index of the kept one before them."""
    new_of = {old: new for new, old in alignment.pairs.items()}
    removed: dict[int, list[int]] = defaultdict(list)
    before = -1
    for old in range(old_count):
        new = new_of.get(old)
        if new is None:
            removed[before].append(old)
        elif new not in alignment.moved:
            before = new
    return removed
