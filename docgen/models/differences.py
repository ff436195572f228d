"""What changed between two editions of an order, as values (docs/amendments.md).

Paths are those of the data files; numbers are as printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from docgen.models.orders import Annex, Item, Point, Section

Kind = Literal["added", "removed", "changed", "moved", "renumbered"]
MarkKind = Literal["same", "deleted", "added"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A run of words that both editions have, or only the old, or only the new."""

    kind: MarkKind
    text: str


@dataclass(frozen=True, slots=True)
class TextDiff:
    """A text that changed: the key it stands under, both editions, and the words that differ."""

    key: str
    old: str
    new: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """What all entries of a list have: where they stood and stand; absent when added or removed.

    `after` is the old path of the entry that an added or moved one follows, or the path of the
    list whose beginning it forms.
    """

    old_path: str | None
    new_path: str | None
    old_number: str
    new_number: str
    moved: bool
    after: str

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """What happened to the entry; empty when it stayed as and where it was."""
        if self.old_path is None:
            return ("added",)
        if self.new_path is None:
            return ("removed",)
        happened: dict[Kind, bool] = {
            "changed": self.differs,
            "moved": self.moved,
            "renumbered": self.old_number != self.new_number,
        }
        return tuple(kind for kind, true in happened.items() if true)

    @property
    def differs(self) -> bool:
        """Whether its own text changed."""
        return False

    @property
    def is_renumbered_only(self) -> bool:
        """Whether nothing but the number printed beside it changed."""
        return self.kinds == ("renumbered",)


@dataclass(frozen=True, slots=True)
class PointDiff(Entry):
    """A point and what became of its sub-points."""

    old: Point | None
    new: Point | None
    text: TextDiff | None
    points: tuple[PointDiff, ...]

    @property
    def differs(self) -> bool:
        """Whether the point's own text changed."""
        return self.text is not None


@dataclass(frozen=True, slots=True)
class ItemDiff(Entry):
    """A row and its changed cells."""

    old: Item | None
    new: Item | None
    cells: tuple[TextDiff, ...]

    @property
    def differs(self) -> bool:
        """Whether a cell changed."""
        return bool(self.cells)


@dataclass(frozen=True, slots=True)
class SectionDiff(Entry):
    """A section and its changed title; numbers are part of neither."""

    old: Section | None
    new: Section | None
    title: TextDiff | None

    @property
    def differs(self) -> bool:
        """Whether the title changed."""
        return self.title is not None


@dataclass(frozen=True, slots=True)
class AnnexDiff(Entry):
    """An annex: its changed title or layout, and everything in it that changed."""

    old: Annex | None
    new: Annex | None
    texts: tuple[TextDiff, ...]
    sections: tuple[SectionDiff, ...]
    items: tuple[ItemDiff, ...]

    @property
    def differs(self) -> bool:
        """Whether its title, its layout or anything in its table changed."""
        return bool(self.texts) or any(entry.kinds for entry in (*self.sections, *self.items))


@dataclass(frozen=True, slots=True)
class OrderDiff:
    """Everything that changed between two editions, in the order of reading the new one."""

    requisites: tuple[TextDiff, ...] = ()
    points: tuple[PointDiff, ...] = ()
    annexes: tuple[AnnexDiff, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.requisites or self.points or self.annexes)

    def changed(self) -> OrderDiff:
        """Only what changed; entries that stayed as they were are left out."""
        annexes = (_changed_annex(annex) for annex in self.annexes if annex.kinds)
        return replace(self, points=_changed_points(self.points), annexes=tuple(annexes))

    def items(self) -> Iterator[ItemDiff]:
        """Every changed row of every annex."""
        for annex in self.annexes:
            yield from annex.items


def _changed_points(points: tuple[PointDiff, ...]) -> tuple[PointDiff, ...]:
    inner = (replace(point, points=_changed_points(point.points)) for point in points)
    return tuple(point for point in inner if point.kinds or point.points)


def _changed_annex(annex: AnnexDiff) -> AnnexDiff:
    sections = tuple(section for section in annex.sections if section.kinds)
    return replace(
        annex, sections=sections, items=tuple(item for item in annex.items if item.kinds)
    )
