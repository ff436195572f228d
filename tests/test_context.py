from __future__ import annotations

from dataclasses import replace

import pytest

from docgen.context import build_context, with_links
from docgen.errors import InputError
from docgen.models import Appoint, Approve, Assign, Control, Person, Point, Recommend
from docgen.services.documents import Documents
from tests.conftest import EXAMPLES

POST = "начальник отдела"


@pytest.mark.parametrize(
    ("region", "form", "text"),
    [
        (
            "smolensk",
            Control(Person("Захаров С.П.", "проректор по оценке качества образования")),
            "Контроль за исполнением настоящего приказа возложить на проректора по оценке "
            "качества образования Захарова С.П.",
        ),
        ("smolensk", Approve(0), "Утвердить региональный план-график (дорожную карту)"),
        ("astrakhan", Approve(0), "Утвердить прилагаемый региональный план-график"),
        ("kirov", Approve(1), "(приложение № 2)."),
        ("smolensk", Recommend("директора школ", ("принять меры",)), "Рекомендовать директорам"),
        ("astrakhan", Recommend("директора школ", ("принять меры",)), "Директорам школ рекоменд"),
        ("smolensk", Assign("отдел образования", ("принять меры",)), "Отделу образования принять"),
        ("smolensk", Assign("отдел школ", ("Принять меры",)), "Отделу школ принять меры."),
        ("smolensk", Appoint("куратор", Person("Филатова А.В.", POST)), "начальника отдела Фила"),
        ("moscow_oblast", Appoint("куратор", Person("Филатова А.В.", POST)), "Филатову А.В., нач"),
    ],
)
def test_words_each_form_in_the_region_s_own_way(
    documents: Documents, region: str, form: object, text: str
) -> None:
    order = documents.load(EXAMPLES / f"{region}.yaml")
    point = documents.regions[region].word(order, form)  # type: ignore[arg-type]
    assert text in point.text
    assert not point.text.endswith("..")


def test_a_title_in_capitals_is_approved_in_small_letters(documents: Documents) -> None:
    order = documents.load(EXAMPLES / "kirov.yaml")
    point = documents.regions["kirov"].word(order, Approve(0))
    assert point.text.startswith("Утвердить дорожную карту по реализации")


def test_several_tasks_become_sub_points(documents: Documents) -> None:
    order = documents.load(EXAMPLES / "smolensk.yaml")
    tasks = Point(form=Assign("директор школы", ("открыть", "закрыть")))
    context = build_context(replace(order, points=(tasks,)), documents.regions["smolensk"])
    assert [point["number"] for point in context["points"]] == ["1.", "1.1.", "1.2."]


def test_an_undecided_name_is_refused_with_its_point(documents: Documents) -> None:
    order = documents.load(EXAMPLES / "smolensk.yaml")
    points = (Point("Текст."), Point(form=Control(Person("Ким А.А.", "ректор"))))
    with pytest.raises(InputError) as caught:
        build_context(replace(order, points=points), documents.regions["smolensk"])
    assert [(p.path, p.code) for p in caught.value.problems] == [("points[1]", "gender-unknown")]


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("https://a.ru/x, далее", ["https://a.ru/x"]),
        ("(https://a.ru/)", ["https://a.ru/"]),
        ("Сайт https://a.ru и http://b.ru.", ["https://a.ru", "http://b.ru"]),
        ("dpo-smolensk.ru", []),
        ("без ссылки", []),
    ],
)
def test_links_are_cut_out_of_a_cell_whole(text: str, addresses: list[str]) -> None:
    value = with_links(text)
    assert str(value) == text
    found = [part.url for part in value if not isinstance(part, str)] if addresses else []
    assert found == addresses


def test_a_form_given_by_hand_wins_over_every_rule(documents: Documents) -> None:
    order = documents.load(EXAMPLES / "smolensk.yaml")
    point = Point(form=Control(Person("Ким А.А.", "ректор")))
    given = {"Ким А.А.": {"accusative": "Кима А.А."}}
    context = build_context(
        replace(order, points=(point,), forms=given), documents.regions["smolensk"]
    )
    assert "Кима" in context["points"][0]["text"]
