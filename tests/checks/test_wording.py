import pytest

from tests.checks.sheets import codes, findings, only, order, row

LONG = "имеющих низкие образовательные результаты обучающихся, в Смоленской области"


def cell(text):
    return order(row(activity=text))


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("План реализации проекта реализации проекта по организации", "реализации проекта"),
        (f"Школ, {LONG} {LONG} (далее)", LONG),
        ("Сбор данных в в школах", "в"),
        ("Проведение Проведение опроса", "Проведение"),
    ],
)
def test_finds_words_typed_twice_in_a_row(text, phrase):
    found = only(cell(text), "repeated-phrase")
    assert phrase in found.message
    assert found.suggestion.count(phrase.split()[0]) >= 1


@pytest.mark.parametrize(
    "text",
    [
        "Кураторы, кураторы школ",
        "ГАОУ «Институт», ГАОУ «Институт развития»",
        "г. Нижневартовск (МБОУ СОШ №5) г. Нижневартовск (МБОУ СОШ №43)",
        "2022 2022 годы",
        "Опрос школ; опрос школ",
        "чуть-чуть, школа-школа",
        "Анализ данных.\nАнализ данных.",
        "ОО – участников, ОО – участниц",
    ],
)
def test_accepts_words_that_come_back(text):
    assert codes(cell(text)) == []


def test_finds_the_phrase_in_linear_time():
    assert "repeated-phrase" in codes(cell(" ".join(["слово", "дело"] * 2500)))


@pytest.mark.parametrize(
    "text",
    [
        'Совещание «Перспективы школ проекта "500+» с руководителями',
        "Участие (директоров, кураторов ознакомлены",
        'обучающихся"',
        "Сайт центра»",
        "центра) школы",
        "Район (МБОУ “Ляминская” Очный формат",
    ],
)
def test_finds_quotes_and_brackets_without_a_pair(text):
    found = only(cell(text), "unbalanced-quotes")
    assert found.severity == "warning"
    assert found.suggestion


def test_a_closing_quote_saved_where_two_end_is_a_note():
    found = only(cell("Семинар «Цели проекта «Образование» для школ"), "unbalanced-quotes")
    assert (found.severity, found.suggestion) == ("info", "«Образование»»")


def test_quotes_and_brackets_are_told_apart():
    found = findings(cell("Школа «Взлет (центр"))
    assert [f.code for f in found] == ["unbalanced-quotes"] * 2


@pytest.mark.parametrize(
    "text",
    [
        "Семинар «Цели «Образование»» (для школ)",
        "1) анкета; 2) опрос; а) сбор; 1.1) анализ",
        '"Семинар" и “Семинар” и „Семинар“ и «Семинар»',
        'Проект (далее – Проект "500+")',
        'Взлет ("центр")/"школа"',
    ],
)
def test_accepts_pairs(text):
    assert codes(cell(text)) == []
