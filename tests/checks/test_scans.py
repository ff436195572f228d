import pytest

from tests.checks.sheets import codes, only, order, row


def cell(text):
    return order(row(indicator=text))


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("Прошли обучение не менее 6 00", "6 ОО"),
        ("Не менее 60% 00 приняли участие", "60% ОО"),
        ("Введение ФГОС НОО и ОО", "ФГОС НОО и ООО"),
        ("Введение ФГОС ОО", "ФГОС ООО"),
        ("Участие обучающихся в процедуре VIP", "ВПР"),
        ("Участие ОО. Директора ООО Проекта. Все ОО", "ОО"),
        ("Документы в ИС МДЭК", "МЭДК"),
        ("Сертификаты ЦНПШМ", "ЦНППМ"),
        ("Работа в соответствии и с планом", "соответствии с"),
        ("Срок .10.2022", "10.2022"),
        ("Не менее З0% школ", "30%"),
        ("10О % школ", "100 %"),
        ("Обучение педаг0гов", "педагогов"),
    ],
)
def test_finds_what_a_scan_reads_wrongly(text, mended):
    assert only(cell(text), "ocr-suspect").suggestion == mended


@pytest.mark.parametrize("text", ["<u>Новости</u>", "**Приказ", "Школа&nbsp;1"])
def test_finds_marks_of_other_programs(text):
    assert "ocr-suspect" in codes(cell(text))


def test_a_loose_hyphen_is_a_note():
    assert only(cell("Документ- отчет"), "ocr-suspect").severity == "info"


@pytest.mark.parametrize(
    "text",
    [
        "Начало в 10:00, с 9.00 до 10 00, в 15 00",
        "Стоимость 15 000 руб. 00 коп., тел. 23-00-00, доб. 00",
        "Выделено 10 000 рублей, 1 000 000 рублей",
        "тел. 8 (800) 000 00 00, 8-800-000-00-00",
        "ООО «Ромашка», ОО и ОО",
        "Введение ФГОС НОО и ООО в ОО и ОО",
        "программы НОО, ООО, СОО для ОО и ОО",
        "ФГИС «Моя школа», ФГОС, ФГОС, ФГОС",
        "РСОКО, ВСОКО, МСОКО",
        "КОГОБУ, КОГОАУ, КОГОАУ, КОГОАУ",
        "двух- и трехдневные, одно- или двухразовые",
        "VIP",
        "30%, 100 %, 9б класс, 60% ОО",
        "01.10.2022, 30.10.2022",
        "Центр (далее – МДЭК), ИС МЭДК",
    ],
)
def test_accepts_sound_text(text):
    assert codes(cell(text)) == []
