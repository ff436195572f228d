import pytest

from docgen.models import Approve, Point
from tests.checks.sheets import annex, codes, findings, only, order


def points(*texts, annexes=1):
    titles = ("План-график мероприятий", "Состав рабочей группы", "Перечень школ")
    return order(points=texts, annexes=tuple(annex(title=title) for title in titles[:annexes]))


@pytest.mark.parametrize(
    ("text", "annexes"),
    [
        ("Разместить отчет согласно приложению 2.", 1),
        ("Разместить отчет (приложение № 3).", 2),
        ("Разместить отчеты (приложения 1, 2).", 1),
        ("Разместить отчеты (приложения № 1–3).", 2),
        ("Исполнить прилагаемый план.", 0),
        ("Исполнить план (приложение).", 0),
    ],
)
def test_finds_references_to_annexes_that_are_not_there(text, annexes):
    found = [f for f in findings(points(text, annexes=annexes)) if f.code == "annex-missing"]
    assert [(f.path, f.severity) for f in found] == [("points[0]", "error")]


def test_finds_an_approved_annex_that_is_not_there():
    found = findings(order(points=(Point(form=Approve(0)), Point(form=Approve(1)))))
    assert [(f.code, f.path) for f in found] == [("annex-missing", "points[1].approve")]


@pytest.mark.parametrize(
    ("text", "annexes"),
    [
        ("Утвердить план-график (Приложение).", 1),
        ("Утвердить прилагаемый план-график.", 1),
        ("Утвердить план-график мероприятий.", 1),
        ("Исполнить планы (приложения 1 и 2).", 2),
        ("Исполнить планы (приложение 1, 2).", 2),
        ("Исполнить планы (приложения № 1 – 3).", 3),
        ("Исполнить приложение 7 к приказу Департамента и приложение 1.", 1),
        ("Исполнить приложение № 2 к письму ФИОКО согласно приложению.", 1),
        ("Отчитаться по приложению 1, 5 экземпляров.", 1),
    ],
)
def test_accepts_references_that_have_their_annexes(text, annexes):
    assert codes(points(text, annexes=annexes)) == []


def test_an_amendment_speaks_of_the_annexes_of_another_order():
    amendment = order(
        title="О внесении изменений в приказ",
        points=("Приложение 5 изложить в новой редакции.",),
        annexes=(),
    )
    assert codes(amendment) == []


def test_finds_an_annex_that_no_point_mentions():
    found = only(points("Исполнить план (приложение 1).", annexes=2), "annex-unreferenced")
    assert found.path == "annexes[1].title"
    assert "2" in found.suggestion


def test_a_reference_beside_the_name_of_one_annex_means_no_other():
    text = "Утвердить прилагаемый план-график мероприятий."
    found = only(points(text, annexes=2), "annex-unreferenced")
    assert found.path == "annexes[1].title"


def test_a_point_may_mention_an_annex_in_a_sub_point():
    nested = Point("Школам:", points=(Point("Исполнить план (приложение)."),))
    assert codes(order(points=(nested,))) == []
