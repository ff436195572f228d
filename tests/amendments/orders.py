"""Orders made up by hypothesis, and pairs of editions of one order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from docgen.models import (
    Annex,
    Approve,
    Assign,
    Control,
    Executor,
    Item,
    Order,
    Person,
    Point,
    Section,
    Signatory,
)

WORDS = st.sampled_from(
    [
        "школа",
        "проект",
        "вебинар",
        "отчёт",
        "мониторинг",
        "куратор",
        "учитель",
        "анкета",
        "до",
        "1",
        "марта",
        "2022",
        "года",
    ]
)
TEXT = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)
KEYS = st.sampled_from(("activity", "deadline", "executor", "indicator"))
ITEMS = st.builds(
    Item,
    values=st.dictionaries(KEYS, TEXT, max_size=4),
    number=st.none() | st.sampled_from(("1.", "2.", "7.")),
)
SECTIONS = st.builds(
    Section,
    items=st.lists(ITEMS, max_size=6).map(tuple),
    title=st.none() | TEXT,
    number=st.none() | st.sampled_from(("I.", "2.")),
)
ANNEXES = st.builds(
    Annex,
    title=TEXT.map(lambda text: f"План {text}"),
    sections=st.lists(SECTIONS, min_size=1, max_size=4).map(tuple),
    layout=st.sampled_from((None, "roadmap", "municipal_plan")),
)
PERSON = Person("Захаров С.П.", "проректор")
FORMS = st.sampled_from(
    (
        Point(form=Control(PERSON)),
        Point(form=Assign("отдел общего образования", ("довести план", "представить отчёт"))),
    )
)
LEAVES = st.builds(Point, text=TEXT) | FORMS
POINTS = st.lists(
    LEAVES | st.builds(Point, text=TEXT, points=st.lists(LEAVES, max_size=3).map(tuple)),
    max_size=5,
).map(tuple)
ORDERS = st.builds(
    Order,
    region=st.just("kirov"),
    date=st.just(date(2021, 5, 12)),
    number=st.just("60/1"),
    title=TEXT,
    preamble=TEXT,
    points=POINTS,
    annexes=st.lists(ANNEXES, max_size=3).map(tuple),
    years=st.sampled_from((None, (2021, 2021), (2021, 2022))),
    city=st.none() | TEXT,
    signatory=st.none() | st.builds(Signatory, post=TEXT, name=TEXT),
    acquainted=st.lists(TEXT, max_size=2).map(tuple),
    executor=st.none() | st.builds(Executor, name=TEXT),
)


def with_approval(order: Order) -> Order:
    """The order with a point that approves its first annex, if it has any."""
    points = (Point(form=Approve(0)), *order.points) if order.annexes else order.points
    return replace(order, points=points)


@st.composite
def editions(draw: st.DrawFn) -> tuple[Order, Order]:
    """An order and a later edition of it, with rows and points changed, moved, added and gone."""
    old = draw(ORDERS)
    new = draw(ORDERS) if draw(st.booleans()) else _later(draw, old)
    return with_approval(old), with_approval(new)


@st.composite
def histories(draw: st.DrawFn) -> tuple[Order, Order, Order]:
    """An order and two later editions, each made from the one before."""
    first = draw(ORDERS)
    second = _later(draw, first)
    return first, second, _later(draw, second)


def _later(draw: st.DrawFn, old: Order) -> Order:
    annexes = [_edited(draw, annex) for annex in old.annexes]
    points = _shuffled(draw, list(old.points), LEAVES)
    return replace(old, points=tuple(points), annexes=tuple(annexes))


def _edited(draw: st.DrawFn, annex: Annex) -> Annex:
    sections = [
        replace(section, items=tuple(_shuffled(draw, list(section.items), ITEMS)))
        for section in annex.sections
    ]
    return replace(annex, sections=tuple(_shuffled(draw, sections, SECTIONS)) or annex.sections)


def _shuffled(draw: st.DrawFn, entries: list, fresh: st.SearchStrategy) -> list:
    """The entries after a few insertions, losses, exchanges and moves."""
    for _time in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, len(entries)))
        action = draw(st.sampled_from(("insert", "remove", "move", "replace")))
        if action == "insert":
            entries.insert(place, draw(fresh))
        elif place < len(entries):
            entry = entries.pop(place)
            if action == "move":
                entries.insert(draw(st.integers(0, len(entries))), entry)
            elif action == "replace":
                entries.insert(place, draw(fresh))
    return entries
