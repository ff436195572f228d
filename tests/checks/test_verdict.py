import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.checks import CATALOGUE, check_order, check_reading
from docgen.checks.places import reading_order
from docgen.checks.verdict import covers
from docgen.models import Acknowledgement, Annex, Item, Order, Point, Regrading, Section
from docgen.models.readings import Reading
from docgen.regions import Region
from tests.checks.published import PUBLISHED, published, regions
from tests.checks.sheets import findings, order, region, row

PIECES = re.split(
    " ",
    'Утвердить план (приложение 1) https://iro86.ru www,a.ru «Центр " ) 31.02.2022 .10.2022 00 ООО'
    " ОО cеминар Суворову НИ. 1. 2. 2. март УТВЕРЖДЕН {{ x }} вебинар семинар Ш квартал У. №"
    " и и с 6 00 <u> \ufffd - \n 17.01.2022 – 04.02.2022",
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join) | st.text(max_size=40)
ITEMS = st.builds(
    Item,
    values=st.dictionaries(
        st.sampled_from(["activity", "deadline", "executor", "indicator", "information"]), TEXTS
    ),
    number=st.none() | st.sampled_from(["", "1", "1.", "2.1", "IV", "1-2"]),
)
SECTIONS = st.builds(
    Section,
    items=st.lists(ITEMS, max_size=4).map(tuple),
    title=st.none() | TEXTS,
    number=st.none() | st.sampled_from(["I.", "У.", "3", ""]),
)
ORDERS = st.builds(
    Order,
    region=st.just("smolensk"),
    title=TEXTS,
    preamble=TEXTS,
    points=st.lists(TEXTS.map(lambda text: Point(text=text)), max_size=4).map(tuple),
    annexes=st.lists(
        st.builds(Annex, title=TEXTS, sections=st.lists(SECTIONS, max_size=3).map(tuple)),
        max_size=2,
    ).map(tuple),
    date=st.none() | st.dates(),
    number=st.none() | TEXTS,
    years=st.none() | st.just((2022, 2023)),
)


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(ORDERS)
def test_every_order_has_its_verdict(checked):
    found = check_order(checked, region())
    assert found == check_order(checked, region())
    paths = [reading_order(finding.path) for finding in found]
    assert paths == sorted(paths)
    assert len(set(found)) == len(found)
    assert {finding.code for finding in found} <= {*CATALOGUE, "acknowledgement-unused"}
    assert all(finding.place and finding.message for finding in found)


@pytest.mark.parametrize("code", PUBLISHED)
def test_a_reading_without_facts_has_the_findings_of_its_order(code):
    checked = published(code).order(published(code).values)
    assert check_reading(Reading(checked), regions()[code]) == check_order(checked, regions()[code])


def signed(code, path):
    entry = Acknowledgement(code, path, "так в подписанном приказе")
    return findings(order(row(deadline="март"), row(deadline="май"), acknowledged=(entry,)))


@pytest.mark.parametrize(
    ("path", "acknowledged"),
    [
        ("annexes[0].sections[0].items[0].deadline", [True, False]),
        ("annexes[0].sections[0].items[1]", [False, True]),
        ("annexes[0]", [True, True]),
        ("annexes", [True, True]),
    ],
)
def test_an_acknowledged_finding_is_listed_and_marked(path, acknowledged):
    found = signed("year-missing", path)
    assert [finding.acknowledged for finding in found] == acknowledged


@pytest.mark.parametrize(
    ("code", "path"),
    [("year-missing", "preamble"), ("impossible-date", "annexes"), ("nonsense", "annexes")],
)
def test_an_acknowledgement_of_nothing_is_noted(code, path):
    assert [finding.code for finding in signed(code, path)] == [
        "year-missing",
        "year-missing",
        "acknowledgement-unused",
    ]


@pytest.mark.parametrize(
    ("acknowledged", "path", "covered"),
    [
        ("points[1]", "points[1].control.name", True),
        ("points[1]", "points[10]", False),
        ("points", "points[1]", True),
        ("point", "points[1]", False),
        ("preamble", "preamble", True),
        ("annexes[0].sections[1]", "annexes[0].sections[1].items[0]", True),
    ],
)
def test_a_path_covers_what_stands_below_it(acknowledged, path, covered):
    assert covers(acknowledged, path) is covered


def graded(severity):
    profile = replace(
        region().profile, findings=(Regrading("year-missing", severity, "местная инструкция"),)
    )
    return check_order(order(row(deadline="март")), Region(profile, region()._hooks))


def test_a_region_can_grade_a_code_anew():
    assert [finding.severity for finding in graded("error")] == ["error"]


def test_a_region_can_silence_a_code():
    assert graded("silent") == []
