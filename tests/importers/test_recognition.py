from __future__ import annotations

import pytest

from docgen.importers.recognition import Evidence, recognise
from tests.importers.orders import REGIONS

PROFILES = {code: REGIONS[code].profile for code in REGIONS}


@pytest.mark.parametrize("code", list(REGIONS))
def test_knows_a_region_by_its_letterhead(code: str) -> None:
    verdict = recognise(Evidence(PROFILES[code].letterhead.lines, [], []), PROFILES)
    assert verdict.code == code
    assert 0.3 <= verdict.confidence < 1


@pytest.mark.parametrize("code", list(REGIONS))
def test_is_surer_with_the_name_and_the_tables(code: str) -> None:
    profile = PROFILES[code]
    tables = [[column.heading for column in profile.layouts["roadmap"].columns]]
    bare = recognise(Evidence(profile.letterhead.lines, [], []), PROFILES)
    full = recognise(Evidence(profile.letterhead.lines, [profile.name], tables), PROFILES)
    assert full.code == code
    assert full.confidence >= bare.confidence


@pytest.mark.parametrize(
    "letterhead",
    [
        ("УПРАВЛЕНИЕ ОБРАЗОВАНИЯ И НАУКИ ТАМБОВСКОЙ ОБЛАСТИ",),
        ("МИНИСТЕРСТВО ОБРАЗОВАНИЯ И МОЛОДЕЖНОЙ ПОЛИТИКИ", "СВЕРДЛОВСКОЙ ОБЛАСТИ"),
        ("Государственное автономное учреждение", "дополнительного профессионального образования"),
        (),
    ],
)
def test_recognises_none_where_nothing_tells(letterhead: tuple[str, ...]) -> None:
    tables = [["№", "Мероприятие", "Срок реализации", "Исполнитель"]]
    assert recognise(Evidence(letterhead, ["О реализации проекта"], tables), PROFILES).code == ""
