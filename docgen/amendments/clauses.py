"""The text of an amending order about requisites and points: «пункт 3.2 изложить …»."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from docgen.amendments.labels import POINT, renumbered, sentence
from docgen.amendments.substitution import substitution
from docgen.models import Point
from docgen.models.differences import AnnexDiff, OrderDiff, PointDiff, TextDiff

_ANEW = "изложить в следующей редакции:"

_REQUISITES = {
    "title": ("наименование", "в наименовании"),
    "preamble": ("преамбулу", "в преамбуле"),
    "city": ("указание места издания", "в указании места издания"),
    "signatory": ("реквизит «Подпись»", "в реквизите «Подпись»"),
    "acquainted": ("лист ознакомления", "в листе ознакомления"),
    "executor": ("отметку об исполнителе", "в отметке об исполнителе"),
}
"""The requisites that an order prints: in the accusative, and where their words change."""


def clauses(diff: OrderDiff) -> list[str]:
    """What the amending order says of the text, one instruction each, in reading order.

    A line break begins a paragraph: what is quoted at length stands on lines of its own.
    """
    found = [
        *(_requisite(text) for text in diff.requisites if text.key in _REQUISITES),
        *_points(diff.points),
        *_lost_annexes(diff.annexes),
    ]
    return [f"{sentence(clause)}." for clause in found]


def _requisite(text: TextDiff) -> str:
    accusative, inside = _REQUISITES[text.key]
    if not text.new:
        return f"{accusative} исключить"
    if not text.old:
        return f"дополнить реквизитом следующего содержания:\n«{text.new}»"
    return exchanged(accusative, inside, text.old, text.new, text.new)


def exchanged(accusative: str, inside: str, old: str, new: str, quoted: str) -> str:
    """«в пункте 2 слова … заменить …» for a small change, else the whole text anew."""
    words = substitution(old, new)
    return f"{inside} {words}" if words else f"{accusative} {_ANEW}\n«{quoted}»"


# --- points ---------------------------------------------------------------------------------


def _points(diffs: Sequence[PointDiff]) -> Iterator[str]:
    """One list of points: changes and losses under the old numbers, the new numbers, additions."""
    for diff in diffs:
        if diff.old_path is not None and diff.new_path is not None:
            yield from _changed(diff)
    lost = [diff.old_number for diff in diffs if diff.new_path is None]
    if lost:
        yield f"{POINT.object(lost)} исключить"
    numbers = [
        (diff.old_number, diff.new_number)
        for diff in diffs
        if "renumbered" in diff.kinds and _last(diff.old_number) != _last(diff.new_number)
    ]
    yield from renumbered(POINT, sorted(numbers, key=lambda pair: _key(pair[0])))
    for _after, added in groupby(
        (diff for diff in diffs if diff.old_path is None), key=lambda diff: diff.after
    ):
        yield _added(list(added))


def _key(number: str) -> list[int]:
    return [int(part) for part in number.split(".")]


def _last(number: str) -> str:
    """The part of a number that is the point's own; the rest is that of the points around it."""
    return number.rpartition(".")[2]


def _changed(diff: PointDiff) -> Iterator[str]:
    old, new = diff.old, diff.new
    if old is None or new is None:
        return
    number = diff.old_number
    if diff.text is not None and old.points and new.points:
        yield exchanged(
            f"абзац первый пункта {number}",
            f"в абзаце первом пункта {number}",
            old.text,
            new.text,
            f"{number}. {new.text}",
        )
    elif diff.text is not None:
        yield _whole(diff, old, new)
        return
    yield from _points(diff.points)


def _whole(diff: PointDiff, old: Point, new: Point) -> str:
    quoted = "\n".join(lines(new, diff.old_number))
    if old.points or new.points:
        return f"пункт {diff.old_number} {_ANEW}\n«{quoted}»"
    inside = f"в пункте {diff.old_number}"
    return exchanged(f"пункт {diff.old_number}", inside, old.text, new.text, quoted)


def _added(diffs: Sequence[PointDiff]) -> str:
    """«дополнить пунктом 8 следующего содержания: …», several neighbours together."""
    numbers = [diff.new_number for diff in diffs]
    quoted = "\n".join(
        line for diff in diffs if diff.new for line in lines(diff.new, diff.new_number)
    )
    return f"дополнить {POINT.means(numbers)} следующего содержания:\n«{quoted}»"


def lines(point: Point, number: str) -> Iterator[str]:
    """The point and its sub-points as printed, each with its number."""
    yield f"{number}. {point.text}"
    for index, inner in enumerate(point.points, 1):
        yield from lines(inner, f"{number}.{index}")


# --- annexes --------------------------------------------------------------------------------


def _lost_annexes(diffs: Sequence[AnnexDiff]) -> Iterator[str]:
    for diff in diffs:
        if diff.new_path is None:
            yield f"приложение{f' № {diff.old_number}' if diff.old_number else ''} исключить"
    for diff in diffs:
        if (
            diff.old_path
            and diff.new_path
            and diff.old_number
            and diff.new_number != diff.old_number
        ):
            new = f" № {diff.new_number}" if diff.new_number else ""
            yield f"приложение № {diff.old_number} считать приложением{new}"
