"""Orders to read back: the examples, and generated ones, with every point in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from hypothesis import strategies as st

from docgen.bootstrap import build_documents
from docgen.context import worded_points
from docgen.models import Annex, Executor, Item, Layout, Order, Point, Section, Signatory
from docgen.models.numbering import as_given
from docgen.settings import read_settings

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))
DOCUMENTS = build_documents(read_settings())
REGIONS = DOCUMENTS.regions


def example(name: str) -> Order:
    return in_words(DOCUMENTS.load(next(path for path in EXAMPLES if path.stem == name)))


def in_words(order: Order) -> Order:
    """The order as paper can say it: forms worded, acknowledgements not printed."""
    return replace(order, points=worded_points(order, REGIONS[order.region]), acknowledged=())


_WORDS = (
    *("школ", "проекта", "«500+»", "района", "отчёт", "ЦНППМ", "на", "и", "–", "план-график"),
    *("2022", "году", "100%", "(далее", "ОО)", "№", "5", "Не", "менее", "Иванова", "И.И.", "г."),
    *("&", "<b>", "https://iro.ru/x?a=1&b=2", "I", "1.", "приказом", "от", "01.02.2022", "О"),
)
_phrases = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=8).map(" ".join)
_names = st.sampled_from(("Захаров С.П.", "Петрова-Водкина А.Б.", "Ким Е.В.", "Дудина Е.А."))
_points = st.recursive(
    st.builds(Point, _phrases.map(lambda text: f"Обеспечить {text}")),
    lambda inner: st.builds(
        Point,
        _phrases.map(lambda text: f"Отделу {text}:"),
        points=st.lists(inner, min_size=1, max_size=3).map(tuple),
    ),
    max_leaves=5,
)


@st.composite
def orders(draw: st.DrawFn) -> Order:
    """Orders of any region, with every part that a data file may have or leave out."""
    region = REGIONS[draw(st.sampled_from(list(REGIONS)))]
    profile = region.profile
    return Order(
        region=region.code,
        years=profile.project.years,
        date=draw(st.none() | st.dates(date(2020, 1, 1), date(2030, 12, 31))),
        number=draw(
            st.none() | st.sampled_from(("66", "60/1", "245-ссл/г", "10-П-227", "01-05/12"))
        ),
        city=profile.city,
        title=f"Об утверждении {draw(_phrases)}".replace("2022", "нового"),
        preamble=f"На основании {draw(_phrases)}",
        points=tuple(draw(st.lists(_points, min_size=1, max_size=4))),
        signatory=draw(st.none() | st.builds(Signatory, _posts, st.just("О.С. Кольцова"))),
        acquainted=tuple(draw(st.lists(_names, max_size=3))),
        executor=draw(st.none() | st.builds(Executor, _names, _phones)),
        annexes=tuple(
            draw(_annex(name, layout))
            for name, layout in profile.layouts.items()
            for _time in range(draw(st.integers(0, 2)))
        ),
    )


_posts = st.sampled_from(
    ("Ректор", "Начальник управления образования администрации Верхнекамского района", "Врио")
)
_phones = st.sampled_from(("", "8 (4812) 38-11-11", "55-66-77", "12-34"))


@st.composite
def _annex(draw: st.DrawFn, name: str, layout: Layout) -> Annex:
    keys = [column.key for column in layout.columns if column.key != "number"]
    cells = st.dictionaries(st.sampled_from(keys), _cells, min_size=2, max_size=len(keys))
    numbers = st.none() | st.sampled_from(("4.2", "7а.", "III.1", "12)"))
    items = st.lists(st.builds(Item, cells, numbers), min_size=1, max_size=4).map(tuple)
    titled = st.builds(Section, items, _phrases.map(lambda text: f"Мероприятия {text}"))
    sections = tuple(draw(st.lists(titled, max_size=3)))
    if not sections:
        sections = (Section(draw(items)),)
    annex = Annex(f"Дорожная карта {draw(_phrases)}", sections, layout=name)
    return as_given(annex, layout)


_cells = st.lists(_phrases, min_size=1, max_size=2).map("\n".join)
