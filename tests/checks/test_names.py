import pytest

from docgen.models import Appoint, Control, Person, Point, Signatory
from tests.checks.sheets import POINTS, codes, only, order


def control(text):
    return order(points=(*POINTS, f"Контроль за исполнением возложить на {text}"))


@pytest.mark.parametrize(
    ("printed", "mended", "severity"),
    [
        ("специалиста Суворову НИ.", "Суворову Н.И.", "warning"),
        ("проректора Захарова С.П", "Захарова С.П.", "warning"),
        ("проректора Захарова С,П.", "Захарова С.П.", "warning"),
        ("проректора Захарова С. П.", "Захарова С.П.", "info"),
        ("Дудину Е.А", "Дудину Е.А.", "warning"),
        ("НИ. Суворову", "Н.И. Суворову", "warning"),
        ("С.П Захарова", "С.П. Захарова", "warning"),
        ("С П. Захарова", "С.П. Захарова", "warning"),
        ("С. П. Захарова", "С.П. Захарова", "info"),
    ],
)
def test_finds_initials_without_their_dots(printed, mended, severity):
    found = only(control(printed), "initials-malformed")
    assert (found.suggestion, found.severity) == (mended, severity)


@pytest.mark.parametrize(
    "text",
    [
        "проректора Захарова С.П.",
        "директоров МБОУ Угранская СШ, МБОУ Даньковская ОШ.",
        "Директоров ОО. Кураторов",
        "заместителя директора Святченко И.В.",
        "Захарову С.П., ректора",
        "С.П. Захарова, Е.А.Дудину",
        "главы МО. Иванова уведомить",
    ],
)
def test_accepts_initials_as_the_standard_writes_them(text):
    assert codes(control(text)) == []


@pytest.mark.parametrize(
    ("name", "mended"), [("ОС. Кольцова", "О.С. Кольцова"), ("О.С Кольцова", "О.С. Кольцова")]
)
def test_finds_a_signature_with_lost_dots(name, mended):
    assert (
        only(order(signatory=Signatory("Ректор", name)), "initials-malformed").suggestion == mended
    )


@pytest.mark.parametrize("name", ["О.С. Кольцова", "О. Кольцова", "Ольга Сергеевна Кольцова"])
def test_accepts_signatures(name):
    assert codes(order(signatory=Signatory("Ректор", name))) == []


def test_finds_a_person_whose_gender_is_unknown():
    form = Control(Person("Ким И.В.", "заместитель директора"))
    found = only(order(points=(*POINTS, Point(form=form))), "gender-unknown")
    assert found.path == "points[1].control"


def test_a_given_gender_decides():
    form = Appoint("куратор", Person("Ким И.В.", "методист", gender="f"))
    assert codes(order(points=(*POINTS, Point(form=form)))) == []
