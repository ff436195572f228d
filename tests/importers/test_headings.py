from __future__ import annotations

import pytest

from docgen.importers.headings import Headings, bare, likeness
from tests.importers.orders import REGIONS

PROFILES = {code: REGIONS[code].profile for code in REGIONS}
HEADINGS = Headings(PROFILES.values())


@pytest.mark.parametrize("code", list(REGIONS))
def test_reads_every_layout_of_every_profile(code: str) -> None:
    own = Headings(PROFILES.values(), PROFILES[code])
    for layout in PROFILES[code].layouts.values():
        matches = own.match([column.heading for column in layout.columns])
        assert [match.key for match in matches] == [column.key for column in layout.columns]
        assert {match.confidence for match in matches} == {1.0}
        assert likeness([column.heading for column in layout.columns], layout) == 1.0


@pytest.mark.parametrize(
    ("headings", "keys"),
    [
        (
            ("№ п.п.", "Содержание деятельности", "Период", "Ответственные", "Форма документа"),
            ("number", "activity", "deadline", "executor", "document"),
        ),
        (
            ("№", "Мероприятия", "Дата", "Ответственные лица", "Ожидаемый результат"),
            ("number", "activity", "deadline", "executor", "indicator"),
        ),
        (
            ("N п/п", "Задача", "Мероприятие", "Сроки", "Исполнители", "Показатели"),
            ("number", "tasks", "activity", "deadline", "executor", "indicator"),
        ),
        (
            ("Цель", "Задачи", "Наименование мероприятия", "Срок исполнения", "Участники"),
            ("goal", "tasks", "activity", "deadline", "audience"),
        ),
        (
            ("№ п/п", "Наименование мероприятия, форма проведения", "Сроки (дата)", "Примечание"),
            ("number", "activity", "deadline", "information"),
        ),
        (
            (
                "№ п/п",
                "Наименование мероприятия",
                "Ответственный исполнитель",
                "Срок исполнения",
                "Форма отчётности",
                "Целевой показатель",
            ),
            ("number", "activity", "executor", "deadline", "document", "indicator"),
        ),
        (
            (
                "Срок реализации мероприятия",
                "Ответственные за реализацию мероприятия",
                "Наименование мероприятия дорожной карты",
                "Показатель достижения результата",
            ),
            ("deadline", "executor", "activity", "indicator"),
        ),
        (
            (
                "N п/п",
                "Наименование контрольной точки",
                "Плановая дата",
                "ФИО ответственного",
                "Документ, подтверждающий исполнение",
                "Статус",
            ),
            ("number", "activity", "deadline", "executor", "document", None),
        ),
        (
            ("№", "Что делаем", "Когда", "Кто отвечает", "Что получаем"),
            ("number", "activity", "deadline", "executor", "indicator"),
        ),
        (
            (
                "№ строки",
                "Наименование этапа, мероприятия",
                "Дата начала",
                "Дата окончания",
                "Характеристика результата",
                "Уровень контроля",
            ),
            ("number", "activity", "deadline", "deadline", "indicator", None),
        ),
        (
            ("№", "Мероприятие", "Объём финансирования", "Ответственный исполнитель"),
            ("number", "activity", None, "executor"),
        ),
    ],
)
def test_reads_headings_of_other_regions(
    headings: tuple[str, ...], keys: tuple[str | None, ...]
) -> None:
    assert tuple(match.key for match in HEADINGS.match(headings)) == keys


@pytest.mark.parametrize(
    "heading", ["СРОКИ РЕАЛИЗАЦИИ", "Сроки  реализации", "Сроки реали-зации", "Сроки\nреализации:"]
)
def test_minds_letters_alone(heading: str) -> None:
    assert bare(heading) == bare("Сроки реализации")


def test_is_less_sure_of_a_heading_it_only_guesses() -> None:
    (listed, guessed) = HEADINGS.match(["Срок", "Ответственные службы администрации"])
    assert listed.confidence > guessed.confidence
    assert guessed.key == "executor"
