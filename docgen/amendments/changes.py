"""The changes that lead from one edition of an order to another, for machines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from docgen.amendments.tree import at, fingerprint
from docgen.models import Change, Order, Point
from docgen.models.differences import AnnexDiff, Entry, OrderDiff, PointDiff

REQUISITES = (
    "years",
    "city",
    "title",
    "preamble",
    "signatory",
    "acquainted",
    "executor",
    "acknowledged",
)
"""What an amendment can change beside points and annexes; an order keeps its date and number."""


def changes_between(old: Order, new: Order, diff: OrderDiff) -> tuple[Change, ...]:
    """Every change from `old` to `new`; `diff` compares the same two as printed, entry by entry."""
    maker = _Maker(old, new)
    return (*maker.requisites(), *maker.points(diff.points), *maker.annexes(diff.annexes))


class _Maker:
    """Both editions, as their data files give them."""

    def __init__(self, old: Order, new: Order) -> None:
        self._old = old
        self._new = new

    def requisites(self) -> Iterator[Change]:
        """The requisites that differ."""
        yield from self._fields("", self._old, self._new, REQUISITES)

    def _fields(
        self, path: str, old: object, new: object, names: Sequence[str]
    ) -> Iterator[Change]:
        for name in names:
            before, after = getattr(old, name), getattr(new, name)
            if before != after:
                yield Change("replace", f"{path}{name}", value=after, was=fingerprint(before))

    def points(self, diffs: Sequence[PointDiff]) -> Iterator[Change]:
        """The points that differ; one given as a form is exchanged whole."""
        for diff in diffs:
            yield from self._arrivals_and_losses(diff)
            if diff.old_path is None or diff.new_path is None:
                continue
            old, new = at(self._old, diff.old_path), at(self._new, diff.new_path)
            if _is_whole(old) or _is_whole(new):
                yield from self._exchanged(diff)
            else:
                yield from self._fields(f"{diff.old_path}.", old, new, ("text",))
                yield from self.points(diff.points)

    def _arrivals_and_losses(self, diff: Entry) -> Iterator[Change]:
        """What the entry's coming, going or moving asks for."""
        if diff.old_path is None and diff.new_path is not None:
            yield replace(self._placed(diff, "add"), value=at(self._new, diff.new_path))
        elif diff.old_path is not None and diff.new_path is None:
            yield self._lost(diff.old_path)
        elif diff.moved and diff.old_path is not None:
            was = self._mark(diff.old_path)
            yield replace(self._placed(diff, "move"), path=diff.old_path, was=was)

    def _placed(self, diff: Entry, action: str) -> Change:
        after_was = self._mark(diff.after) if diff.after.endswith("]") else ""
        return Change("add" if action == "add" else "move", after=diff.after, after_was=after_was)

    def _lost(self, path: str) -> Change:
        return Change("remove", path, was=self._mark(path))

    def _mark(self, path: str) -> str:
        return fingerprint(at(self._old, path))

    def _exchanged(self, diff: Entry) -> Iterator[Change]:
        """The entry as a whole, where its data differs at all."""
        old, new = at(self._old, diff.old_path or ""), at(self._new, diff.new_path or "")
        if old != new:
            yield Change("replace", diff.old_path or "", value=new, was=fingerprint(old))

    def annexes(self, diffs: Sequence[AnnexDiff]) -> Iterator[Change]:
        """The annexes that differ; one with other columns is exchanged whole."""
        for diff in diffs:
            yield from self._arrivals_and_losses(diff)
            if diff.old_path is None or diff.new_path is None:
                continue
            old, new = at(self._old, diff.old_path), at(self._new, diff.new_path)
            if any(text.key == "layout" for text in diff.texts):
                yield from self._exchanged(diff)
            else:
                yield from self._fields(f"{diff.old_path}.", old, new, ("title", "layout", "kind"))
                yield from self._table(diff)

    def _table(self, diff: AnnexDiff) -> Iterator[Change]:
        lost = {section.old_path for section in diff.sections if section.new_path is None}
        added = {section.new_path for section in diff.sections if section.old_path is None}
        for section in diff.sections:
            yield from self._arrivals_and_losses(section)
            if section.old_path and section.new_path:
                fields = at(self._old, section.old_path), at(self._new, section.new_path)
                yield from self._fields(f"{section.old_path}.", *fields, ("title", "number"))
        for item in diff.items:
            gone = _section(item.old_path) in lost
            if item.new_path is not None and _section(item.new_path) in added:
                if item.old_path is not None and not gone:
                    yield self._lost(item.old_path)
            elif item.new_path is not None or not gone:
                yield from self._arrivals_and_losses(item)
                if item.old_path and item.new_path:
                    yield from self._exchanged(item)


def _is_whole(point: Point) -> bool:
    """Whether the point is worded by a form, so that it has no parts of its own."""
    return point.form is not None


def _section(path: str | None) -> str | None:
    return path and path.rpartition(".")[0]
