import pytest

from tests.checks.sheets import codes, only, order, row

PATH = "annexes[0].sections[0].items[0]"


@pytest.mark.parametrize("key", ["indicator", "executor"])
@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_finds_empty_cells(key, text):
    assert only(order(row(**{key: text})), f"{key}-missing").path == f"{PATH}.{key}"


@pytest.mark.parametrize("key", ["indicator", "executor"])
@pytest.mark.parametrize("dash", ["-", " – ", "—"])
def test_notes_cells_that_hold_a_dash(key, dash):
    assert only(order(row(**{key: dash})), f"{key}-missing").severity == "info"


def test_an_empty_cell_of_information_is_no_mistake():
    assert codes(order(row(information=""))) == []


@pytest.mark.parametrize(
    "text",
    [
        "ОО, кураторы, ОО",
        "ГАОУ «Институт, Центр», кураторы, ГАОУ «Институт, Центр»",
        "Региональные координаторы; региональные координаторы.",
        "кураторы и кураторы",
    ],
)
def test_finds_an_executor_named_twice(text):
    assert only(order(row(executor=text)), "executor-duplicate").path == f"{PATH}.executor"


@pytest.mark.parametrize(
    "text",
    [
        "Координаторы, муниципальные координаторы",
        "ГАОУ «Институт, кураторы», кураторы",
        "школы № 5, 7, 9, 5",
        "Директор (ОО, кураторы), ОО",
    ],
)
def test_accepts_different_executors(text):
    assert codes(order(row(executor=text))) == []


@pytest.mark.parametrize(
    ("activity", "indicator"),
    [
        ("Участие в еженедельных вебинарах", "100% участников приняли участие в семинаре"),
        ("Круглый стол для руководителей", "Проведена 1 конференция"),
        ("Организация конкурса", "Проведена 1 конференция"),
    ],
)
def test_finds_an_indicator_of_another_event(activity, indicator):
    found = only(order(row(activity=activity, indicator=indicator)), "indicator-mismatch")
    assert found.path == f"{PATH}.indicator"


@pytest.mark.parametrize(
    ("activity", "indicator"),
    [
        ("Установочный семинар/вебинар для школ", "Участие 100% школ в вебинаре"),
        ("Проведение анкетирования школ", "100% школ приняли участие в опросе"),
        ("Семинар для школ", "100% школ. Итоговый документ – протокол совещания"),
        ("Первичное посещение школ", "100% кураторов приняли участие в совещании"),
        ("Установочное мероприятие", "Проведен 1 вебинар"),
        ("Видеоконференцсвязь с муниципалитетами", "Проведено 4 совещания"),
    ],
)
def test_accepts_indicators_of_the_same_event(activity, indicator):
    assert codes(order(row(activity=activity, indicator=indicator))) == []
