"""What changed between two editions of an order, entry by entry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from docgen.amendments.alignment import Alignment, Entry, align, words_of
from docgen.amendments.reading import steps
from docgen.amendments.rows import diff_table
from docgen.amendments.words import text_diff
from docgen.models import Annex, Order, Point
from docgen.models.differences import AnnexDiff, OrderDiff, PointDiff, TextDiff


def diff_orders(old: Order, new: Order) -> OrderDiff:
    """What changed from the old edition to the new one, told by what each entry says.

    Numbers and wordings are compared as the orders hold them: `docgen.context.printed_order`
    fills in those that the region would print.
    """
    return compare_orders(old, new).changed()


def compare_orders(old: Order, new: Order) -> OrderDiff:
    """Every entry of both editions, those that stayed as they were included."""
    return OrderDiff(
        requisites=tuple(_requisites(old, new)),
        points=_points(old.points, new.points, "points", "points", "", ""),
        annexes=tuple(_annexes(old.annexes, new.annexes)),
    )


def requisite_texts(order: Order) -> dict[str, str]:
    """The requisites of the order as texts, by their keys in the data file."""
    signatory, executor = order.signatory, order.executor
    return {
        "region": order.region,
        "years": "–".join(map(str, order.years or ())),
        "date": f"{order.date:%d.%m.%Y}" if order.date else "",
        "number": order.number or "",
        "city": order.city or "",
        "title": order.title,
        "preamble": order.preamble,
        "signatory": f"{signatory.post} {signatory.name}" if signatory else "",
        "acquainted": ", ".join(order.acquainted),
        "executor": f"{executor.name} {executor.phone}".strip() if executor else "",
    }


def _requisites(old: Order, new: Order) -> Iterator[TextDiff]:
    before, after = requisite_texts(old), requisite_texts(new)
    for key, text in before.items():
        diff = text_diff(key, text, after[key])
        if diff:
            yield diff


# --- points ---------------------------------------------------------------------------------


def _points(
    old: Sequence[Point],
    new: Sequence[Point],
    old_path: str,
    new_path: str,
    old_prefix: str,
    new_prefix: str,
) -> tuple[PointDiff, ...]:
    found: list[PointDiff] = []
    alignment = _in_place(align([*map(_entry, old)], [*map(_entry, new)]), old, new)
    for step in steps(alignment, len(old), len(new)):
        was = None if step.old is None else old[step.old]
        now = None if step.new is None else new[step.new]
        old_number = "" if step.old is None else f"{old_prefix}{step.old + 1}"
        new_number = "" if step.new is None else f"{new_prefix}{step.new + 1}"
        old_place, new_place = f"{old_path}[{step.old}]", f"{new_path}[{step.new}]"
        inner: tuple[PointDiff, ...] = ()
        if was and now:
            paths = f"{old_place}.points", f"{new_place}.points"
            inner = _points(was.points, now.points, *paths, f"{old_number}.", f"{new_number}.")
        found.append(
            PointDiff(
                old_path=old_place if was else None,
                new_path=new_place if now else None,
                old_number=old_number,
                new_number=new_number,
                moved=step.moved,
                after=old_path if step.after is None else f"{old_path}[{step.after}]",
                old=was,
                new=now,
                text=text_diff("text", was.text, now.text) if was and now else None,
                points=inner,
            )
        )
    return tuple(found)


def _in_place(alignment: Alignment, old: Sequence[Point], new: Sequence[Point]) -> Alignment:
    """A point replaced where it stood, between the same neighbours, is one that changed."""
    pairs = dict(alignment.pairs)
    taken = set(pairs.values())
    for j in range(len(new)):
        i = pairs[j - 1] + 1 if j - 1 in pairs else (0 if j == 0 else None)
        if j in pairs or i is None or i >= len(old) or i in taken:
            continue
        ends = j + 1 == len(new) and i + 1 == len(old)
        if ends or pairs.get(j + 1) == i + 1:
            pairs[j] = i
            taken.add(i)
    return Alignment(pairs, alignment.moved)


def _entry(point: Point) -> Entry:
    return Entry(((point.text, point.form, point.points), point.text), words_of(point.text))


# --- annexes --------------------------------------------------------------------------------


def _annexes(old: Sequence[Annex], new: Sequence[Annex]) -> Iterator[AnnexDiff]:
    alignment = align([*map(_annex_entry, old)], [*map(_annex_entry, new)])
    several = len(old) > 1, len(new) > 1
    for step in steps(alignment, len(old), len(new)):
        was = None if step.old is None else old[step.old]
        now = None if step.new is None else new[step.new]
        paths = f"annexes[{step.old}]", f"annexes[{step.new}]"
        texts: tuple[TextDiff, ...] = ()
        sections: Any = ()
        items: Any = ()
        if was and now:
            texts = tuple(_annex_texts(was, now))
            sections, items = diff_table(was, now, *paths)
        yield AnnexDiff(
            old_path=paths[0] if was else None,
            new_path=paths[1] if now else None,
            old_number=_number(step.old, several=several[0]),
            new_number=_number(step.new, several=several[1]),
            moved=step.moved,
            after="annexes" if step.after is None else f"annexes[{step.after}]",
            old=was,
            new=now,
            texts=texts,
            sections=sections,
            items=items,
        )


def _number(index: int | None, *, several: bool) -> str:
    return str(index + 1) if several and index is not None else ""


def _annex_entry(annex: Annex) -> Entry:
    """An annex is told by its title, then by the words of its title and of its rows."""
    activities = [item.get("activity") for _section, _index, item in annex.items()]
    return Entry((annex.title,), words_of(annex.title, *activities))


def _annex_texts(old: Annex, new: Annex) -> Iterator[TextDiff]:
    for key in ("title", "layout", "kind"):
        diff = text_diff(key, getattr(old, key) or "", getattr(new, key) or "")
        if diff:
            yield diff
