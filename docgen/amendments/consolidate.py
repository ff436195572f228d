"""The edition of an order that its amendments lead to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from docgen.amendments.tree import Node, Spot, find, fingerprint, harvest, nodes, plant
from docgen.errors import AmendmentError, Problem
from docgen.i18n import _
from docgen.models import Amendment, Change, Order, Revision


def apply(order: Order, amendments: Sequence[tuple[str, Amendment]]) -> Order:
    """The order as amended by each in turn; each comes with the name of its file.

    Raises AmendmentError with every change that another one has made impossible, and both
    places. Amendments may have been written for the same edition as long as they touch
    different entries.
    """
    for name, amendment in amendments:
        _refuse_foreign(order, name, amendment)
    ground = _Ground(order)
    for name, amendment in amendments:
        ground.amend(name, amendment.changes)
        order = replace(order, revisions=(*order.revisions, _revision(amendment)))
    return replace(ground.order(), revisions=order.revisions)


def _revision(amendment: Amendment) -> Revision:
    return Revision(amendment.order.date, amendment.order.number)


def _refuse_foreign(order: Order, name: str, amendment: Amendment) -> None:
    """AmendmentError where the amendment changes another order."""
    amends = amendment.amends
    same = (order.region, order.date, order.number)
    if (amendment.order.region, amends.date, amends.number) != same:
        raise AmendmentError(
            _("%(name)s changes another order: № %(number)s of %(date)s.")
            % {"name": name, "number": amends.number or "–", "date": amends.date or "–"},
            code="another-order",
        )


@dataclass(frozen=True, slots=True)
class _Move:
    """A change with what its paths lead to."""

    change: Change
    hand: str
    spot: Spot | None
    place: Spot | None


class _Ground:
    """The order while it is being amended."""

    def __init__(self, order: Order) -> None:
        self._root = plant(order)
        self._revisions = order.revisions
        self._hands: dict[str, str] = {}
        self._spent: set[str] = set()

    def order(self) -> Order:
        """The order as it stands now."""
        order: Order = harvest(self._root)
        return order

    def amend(self, name: str, changes: Sequence[Change]) -> None:
        """Makes all changes of one amendment, or raises AmendmentError and makes none."""
        known = _Known(self._root, frozenset(self._spent))
        moves: list[_Move] = []
        problems: list[Problem] = []
        for index, change in enumerate(changes):
            hand = f"{name}, changes[{index}]"
            spot = known.find(change.path, change.was) if change.path else None
            place = known.anchor(change.after, change.after_was) if change.after else None
            if (change.path and not spot) or (change.after and not place):
                problems.append(self._conflict(index, change))
            moves.append(_Move(change, hand, spot, place))
        if problems:
            raise AmendmentError(
                _("%(name)s cannot be applied: what it changes is no longer as it expects.")
                % {"name": name},
                tuple(problems),
            )
        self._make(moves)

    def _conflict(self, index: int, change: Change) -> Problem:
        """What keeps a change from being made, with the other change where it is known."""
        other = self._hands.get(change.was) or self._hands.get(change.after_was)
        if other:
            message = _("%(path)s was changed already: %(other)s")
        else:
            message = _("%(path)s is not what this amendment was written for%(editions)s")
        values = {
            "path": change.path or change.after,
            "other": other,
            "editions": self._editions(),
        }
        return Problem(f"changes[{index}]", message % values, "amendment-conflict")

    def _editions(self) -> str:
        """The amending orders that the order holds already, where the culprit may be found."""
        if not self._revisions:
            return ""
        named = ", ".join(f"№ {revision.number}" for revision in self._revisions)
        return _("; the order already takes in: %(orders)s") % {"orders": named}

    def _make(self, moves: Sequence[_Move]) -> None:
        taken: set[Node] = set()
        arrivals: dict[tuple[int, Node | None], list[Node]] = defaultdict(list)
        lists: list[list[Node]] = []
        for move in moves:
            node = self._node(move)
            if move.change.action in ("remove", "move") and node.parent is not None:
                taken.add(node)
                lists.append(node.parent)
            if move.place is not None:
                children, anchor = _target(move.place)
                arrivals[id(children), anchor].append(node)
                lists.append(children)
        for children in {id(each): each for each in lists}.values():
            _rebuild(children, taken, arrivals)

    def _node(self, move: _Move) -> Node:
        """The entry that a change is about, exchanged or made where it says so."""
        change = move.change
        if move.spot is None:
            return plant(change.value)
        node = move.spot.node
        if change.was:
            self._hands[change.was] = move.hand
            if change.action in ("replace", "remove"):
                self._spent.add(change.was)
        if change.action == "replace" and move.spot.key:
            node.value = replace(node.value, **{move.spot.key: change.value})
        elif change.action == "replace":
            fresh = plant(change.value)
            node.value, node.lists = fresh.value, fresh.lists
        return node


def _target(place: Spot) -> tuple[list[Node], Node | None]:
    """The list to add to, and the entry to add after; None for the beginning."""
    if place.list:
        return place.node.lists[place.list], None
    return place.node.parent or [], place.node


def _rebuild(
    children: list[Node],
    taken: set[Node],
    arrivals: Mapping[tuple[int, Node | None], Sequence[Node]],
) -> None:
    """The list without what was taken, with what arrived after each entry."""
    rebuilt = list(arrivals.get((id(children), None), ()))
    for child in children:
        if child not in taken:
            rebuilt.append(child)
        rebuilt += arrivals.get((id(children), child), ())
    children[:] = rebuilt
    for child in children:
        child.parent = children


class _Known:
    """The entries of an order by what they say, and by what they said before.

    What was `spent` by an earlier amendment is not looked for elsewhere: an equal entry that is
    left is another one.
    """

    def __init__(self, root: Node, spent: frozenset[str]) -> None:
        self._root = root
        self._spent = spent
        self._now: dict[str, list[Node]] = defaultdict(list)
        self._ever: dict[str, list[Node]] = defaultdict(list)
        for node in nodes(root):
            if node is not root:
                mark = fingerprint(harvest(node))
                node.history.add(mark)
                self._now[mark].append(node)
                for former in node.history:
                    self._ever[former].append(node)

    def find(self, path: str, was: str) -> Spot | None:
        """What the path leads to if it is as it was, else the only entry that is."""
        spot = find(self._root, path)
        if not was:
            return spot
        if spot is not None and spot.key:
            return spot if fingerprint(getattr(spot.node.value, spot.key)) == was else None
        known = self._now.get(was, ())
        if was in self._spent and (spot is None or spot.node not in known):
            return None
        return _chosen(spot, known)

    def anchor(self, path: str, was: str) -> Spot | None:
        """The list or entry to add to; an entry may have changed since, as long as it stands."""
        spot = find(self._root, path)
        return _chosen(spot, self._ever.get(was, ())) if was else spot


def _chosen(spot: Spot | None, known: Sequence[Node]) -> Spot | None:
    if spot is not None and spot.node in known:
        return spot
    return Spot(known[0]) if len(known) == 1 else None
