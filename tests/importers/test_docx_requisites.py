"""Orders of other makers: the head, the points, the signature, the stamps."""

from __future__ import annotations

from datetime import date

import pytest

from docgen.importers.docx import read_docx
from docgen.models import Executor, Point, Signatory
from docgen.models.readings import PrintedStamp, Reading
from tests.importers.orders import REGIONS
from tests.importers.word import cell, docx, lines, numbering, paragraph, row, table

HEAD = lines("УПРАВЛЕНИЕ ОБРАЗОВАНИЯ", "ГОРОДА ПЕНЗЫ", align="center")
TITLE = "Об утверждении плана мероприятий"
PREAMBLE = "В целях повышения качества образования"
POINTS = lines("1. Утвердить план (приложение).", "2. Контроль оставляю за собой.")
SIGNED = paragraph("Начальник управления\tЮ.А. Голодяева")
TABLE = table(("№", "Мероприятие", "Срок"), ("1", "Вебинар", "март"))


def read(*blocks: str, **parts: str) -> Reading:
    return read_docx(docx(*blocks, **parts), "o.docx", REGIONS)


def order(*requisites: str) -> Reading:
    """An order with these lines between its letterhead and its points."""
    return read(HEAD, *requisites, POINTS, SIGNED)


USUAL = lines(TITLE, PREAMBLE, "ПРИКАЗЫВАЮ:")


@pytest.mark.parametrize(
    ("requisites", "expected"),
    [
        (lines("ПРИКАЗ", "25.02.2022", "№ 66"), (date(2022, 2, 25), "66", None)),
        (lines("ПРИКАЗ", "от 04.04.2022 № 500-04"), (date(2022, 4, 4), "500-04", None)),
        (lines("ПРИКАЗ", "от 04.04.2022 г. № 500-04"), (date(2022, 4, 4), "500-04", None)),
        (
            lines("П Р И К А З", "«15» марта 2023 года\t№ 45/1-од"),
            (date(2023, 3, 15), "45/1-од", None),
        ),
        (lines("ПРИКАЗ", "15 марта 2023 г.          № 45"), (date(2023, 3, 15), "45", None)),
        (lines("ПРИКАЗ", "15.03.2023\tг. Пенза\t№ 45"), (date(2023, 3, 15), "45", "г. Пенза")),
        (lines("ПРИКАЗ", "№ 45 ", "15.03.2023", "Пенза"), (date(2023, 3, 15), "45", "Пенза")),
        (
            lines("ПРИКАЗ № 45 ", "от 15.03.2023", "пгт. Земетчино"),
            (date(2023, 3, 15), "45", "пгт. Земетчино"),
        ),
        (lines("ПРИКАЗ от 15.03.2023 № 45"), (date(2023, 3, 15), "45", None)),
        (lines("15.03.2023 № 45", "ПРИКАЗ", "г. Пенза"), (date(2023, 3, 15), "45", "г. Пенза")),
        (lines("ПРИКАЗ", "____________ № ________"), (None, None, None)),
        (lines("ПРИКАЗ", "«___» __________ 2023 г. № ____", "г. Пенза"), (None, None, "г. Пенза")),
        (
            table(("15.03.2023", "", "№ 45-ОД")) + lines("ПРИКАЗ"),
            (date(2023, 3, 15), "45-ОД", None),
        ),
    ],
)
def test_reads_date_number_and_city(
    requisites: str, expected: tuple[date | None, str | None, str | None]
) -> None:
    found = order(requisites, USUAL).order
    assert (found.date, found.number, found.city) == expected
    assert (found.title, found.preamble) == (TITLE, PREAMBLE)


@pytest.mark.parametrize(
    ("blocks", "operative"),
    [
        (lines(TITLE, PREAMBLE, "ПРИКАЗЫВАЮ:"), "ПРИКАЗЫВАЮ:"),
        (lines(TITLE, PREAMBLE, "п р и к а з ы в а ю:"), "п р и к а з ы в а ю:"),
        (lines(TITLE, f"{PREAMBLE} приказываю:"), "приказываю:"),
        (lines(TITLE, f"{PREAMBLE}\nПРИКАЗЫВАЮ:"), "ПРИКАЗЫВАЮ:"),
        (lines("Об утверждении\nплана мероприятий", PREAMBLE, "ПРИКАЗЫВАЮ:"), "ПРИКАЗЫВАЮ:"),
        (lines("Об утверждении", "плана мероприятий", PREAMBLE, "ПРИКАЗЫВАЮ:"), "ПРИКАЗЫВАЮ:"),
        (lines(TITLE) + paragraph(PREAMBLE, align="both") + lines("ПРИКАЗЫВАЮ:"), "ПРИКАЗЫВАЮ:"),
    ],
)
def test_tells_title_preamble_and_operative_word_apart(blocks: str, operative: str) -> None:
    reading = order(lines("ПРИКАЗ", "15.03.2023 № 45"), blocks)
    found = reading.order
    assert (found.title, found.preamble, reading.operative) == (TITLE, PREAMBLE, operative)


def test_reads_a_title_that_stands_before_the_date() -> None:
    reading = order(
        lines("ПРИКАЗ", TITLE, "28.02.2022", "10-П-227", "Пенза", PREAMBLE, "ПРИКАЗЫВАЮ:")
    )
    found = reading.order
    assert (found.title, found.number, found.city) == (TITLE, "10-П-227", "Пенза")
    assert found.preamble == PREAMBLE


def test_keeps_letterhead_and_document_as_printed() -> None:
    reading = order(lines("РАСПОРЯЖЕНИЕ", "15.03.2023 № 45"), USUAL)
    assert reading.letterhead == ("УПРАВЛЕНИЕ ОБРАЗОВАНИЯ", "ГОРОДА ПЕНЗЫ")
    assert reading.document == "РАСПОРЯЖЕНИЕ"


BEFORE = HEAD + lines("ПРИКАЗ", "15.03.2023 № 45", TITLE, PREAMBLE, "ПРИКАЗЫВАЮ:")


def points(*blocks: str, **parts: str) -> tuple[Point, ...]:
    return read(BEFORE, *blocks, SIGNED, **parts).order.points


NESTED = (
    Point("Руководителям:", points=(Point("разработать;"), Point("представить."))),
    Point("Контроль оставляю за собой."),
)
LISTS = numbering([("decimal", "%1."), ("decimal", "%1.%2.")], [("russianLower", "%1)")])


@pytest.mark.parametrize(
    "blocks",
    [
        lines(
            "1. Руководителям:",
            "1.1. разработать;",
            "1.2. представить.",
            "2. Контроль оставляю за собой.",
        ),
        lines(
            "1.Руководителям:",
            "1.1 разработать;",
            "1.2 представить.",
            "2.\tКонтроль оставляю за собой.",
        ),
        lines(
            "1. Руководителям:",
            "1) разработать;",
            "2) представить.",
            "2. Контроль оставляю за собой.",
        ),
        lines(
            "1. Руководителям:",
            "а) разработать;",
            "б) представить.",
            "2. Контроль оставляю за собой.",
        ),
        lines(
            "1) Руководителям:",
            "1.1) разработать;",
            "1.2) представить.",
            "2) Контроль оставляю за собой.",
        ),
        paragraph("Руководителям:", numbered=(1, 0))
        + paragraph("разработать;", numbered=(1, 1))
        + paragraph("представить.", numbered=(1, 1))
        + paragraph("Контроль оставляю за собой.", numbered=(1, 0)),
        paragraph("Руководителям:", numbered=(1, 0))
        + paragraph("разработать;", numbered=(2, 0))
        + paragraph("представить.", numbered=(2, 0))
        + paragraph("Контроль оставляю за собой.", numbered=(1, 0)),
        paragraph("1. Руководителям:\n1.1. разработать;\n1.2. представить.")
        + paragraph("2. Контроль оставляю за собой."),
    ],
)
def test_reads_nested_points_however_numbered(blocks: str) -> None:
    assert points(blocks, numbering=LISTS) == NESTED


def test_keeps_paragraphs_without_a_number_with_their_point() -> None:
    blocks = lines("1. Руководителям:", "– разработать;", "– представить.", "2. Контроль.")
    assert points(blocks) == (
        Point("Руководителям:\n– разработать;\n– представить."),
        Point("Контроль."),
    )


def test_takes_no_year_or_date_for_the_number_of_a_point() -> None:
    blocks = lines("1. Представить отчёт до", "01.09.2023 в институт", "2. Контроль.")
    assert points(blocks) == (
        Point("Представить отчёт до\n01.09.2023 в институт"),
        Point("Контроль."),
    )


def test_reads_the_only_point_without_a_number() -> None:
    assert points(paragraph("Утвердить план.")) == (Point("Утвердить план."),)


def test_doubts_a_point_whose_number_is_out_of_order() -> None:
    reading = read(BEFORE, lines("1. Утвердить.", "3. Контроль."), SIGNED)
    assert [doubt.path for doubt in reading.doubts if doubt.path.startswith("points")] == [
        "points[1]"
    ]
    assert "3" in reading.places["points[1]"]


@pytest.mark.parametrize(
    ("blocks", "post", "name"),
    [
        (paragraph("Ректор\tО.С. Кольцова"), "Ректор", "О.С. Кольцова"),
        (paragraph("Ректор О.С. Кольцова"), "Ректор", "О.С. Кольцова"),
        (paragraph("Ректор _____________ О.С. Кольцова"), "Ректор", "О.С. Кольцова"),
        (lines("Ректор", "", "О.С. Кольцова"), "Ректор", "О.С. Кольцова"),
        (
            lines("Начальник управления", "города\tО. С. Кольцова"),
            "Начальник управления города",
            "О. С. Кольцова",
        ),
        (
            table(("Начальник\nуправления", "", "О.С. Кольцова")),
            "Начальник управления",
            "О.С. Кольцова",
        ),
        (table(("Ректор", "(подпись)", "Кольцова О.С.")), "Ректор", "Кольцова О.С."),
    ],
)
def test_reads_the_signature(blocks: str, post: str, name: str) -> None:
    reading = read(BEFORE, POINTS, blocks)
    assert reading.order.signatory == Signatory(post, name)
    assert len(reading.order.points) == 2


@pytest.mark.parametrize(
    ("blocks", "names"),
    [
        (paragraph("С приказом ознакомлен: Захаров С.П."), ("Захаров С.П.",)),
        (
            lines("С приказом ознакомлены:", "____________ Захаров С.П.", "____________ Ким Е.В."),
            ("Захаров С.П.", "Ким Е.В."),
        ),
        (
            lines("Ознакомлены:", "Захаров С.П. _____ «__» ____ 2023 г.", "И.И. Ким ________"),
            ("Захаров С.П.", "И.И. Ким"),
        ),
        (
            lines("С приказом ознакомлен(а)", "Захаров Сергей Петрович ____"),
            ("Захаров Сергей Петрович",),
        ),
    ],
)
def test_reads_who_is_to_be_acquainted(blocks: str, names: tuple[str, ...]) -> None:
    assert read(BEFORE, POINTS, SIGNED, blocks).order.acquainted == names


@pytest.mark.parametrize(
    ("blocks", "executor"),
    [
        (
            lines("Иванова Мария Петровна", "8 (4752) 79-23-00"),
            ("Иванова Мария Петровна", "8 (4752) 79-23-00"),
        ),
        (lines("Исп. Кузнецова Е.В., тел. 55-66-77"), ("Кузнецова Е.В.", "55-66-77")),
        (
            lines("Исполнитель: Кузнецова Е.В.", "+7 841 255-66-77"),
            ("Кузнецова Е.В.", "+7 841 255-66-77"),
        ),
        (lines("Кузнецова Е.В. 55-66-77"), ("Кузнецова Е.В.", "55-66-77")),
    ],
)
def test_reads_the_executor_s_mark(blocks: str, executor: tuple[str, str]) -> None:
    assert read(BEFORE, POINTS, SIGNED, blocks).order.executor == Executor(*executor)


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (
            lines("УТВЕРЖДЕНА", "приказом АСОУ", "от 28.04.2022 № 500-04"),
            (date(2022, 4, 28), "500-04", None, "УТВЕРЖДЕНА", False),
        ),
        (
            lines(
                "Приложение к приказу", "Департамента образования", "« ____ » _____ 2022 г. № _____"
            ),
            (None, None, None, None, True),
        ),
        (
            lines("Приложение № 2", "к приказу управления", "от 15 марта 2023 г. № 45-од"),
            (date(2023, 3, 15), "45-од", "2", None, False),
        ),
        (
            lines("Приложение 1 к приказу Управления образования города Пензы от 15.03.2023 № 45"),
            (date(2023, 3, 15), "45", "1", None, False),
        ),
        (
            lines("Приложение\nк приказу управления образования\nот 15.03.2023 № 45"),
            (date(2023, 3, 15), "45", None, None, False),
        ),
        (
            lines(
                "Приложение № 1",
                "УТВЕРЖДЕН",
                "приказом управления",
                "образования",
                "от 15.03.2023 № 45",
            ),
            (date(2023, 3, 15), "45", "1", "УТВЕРЖДЕН", False),
        ),
        (
            table(
                ("", cell(lines("Утвержден приказом", "МИНИСТЕРСТВА НАУКИ", "от 15.03.2023 № 45")))
            ),
            (date(2023, 3, 15), "45", None, "Утвержден", False),
        ),
        (
            lines("УТВЕРЖДЕНО", "приказом № 45 от 15.03.2023"),
            (date(2023, 3, 15), "45", None, "УТВЕРЖДЕНО", False),
        ),
        (
            lines("Приложение № 1", "к приказу", "от ____________ № ______"),
            (None, None, "1", None, True),
        ),
    ],
)
def test_reads_the_stamp(
    block: str, expected: tuple[date | None, str | None, str | None, str | None, bool]
) -> None:
    reading = read(BEFORE, POINTS, SIGNED, block, lines("ПЛАН", "мероприятий на 2023 год"), TABLE)
    (stamp,) = reading.stamps
    assert isinstance(stamp, PrintedStamp)
    found = (stamp.date, stamp.number, stamp.mark, stamp.approval_word, stamp.blank)
    assert found == expected
    assert reading.order.annexes[0].title == "ПЛАН мероприятий на 2023 год"


def test_reads_an_annex_without_a_stamp() -> None:
    reading = read(BEFORE, POINTS, SIGNED, lines("ДОРОЖНАЯ КАРТА", "на 2023 год"), TABLE)
    assert reading.stamps == (None,)
    assert reading.order.annexes[0].title == "ДОРОЖНАЯ КАРТА на 2023 год"


def test_reads_a_road_map_without_an_order() -> None:
    reading = read(lines("Дорожная карта на 2023 год"), TABLE)
    assert reading.order.annexes[0].title == "Дорожная карта на 2023 год"
    assert {doubt.path for doubt in reading.doubts} >= {"title", "points", "date", "signatory"}


def test_drops_nothing() -> None:
    words = ("010915 *", "Рассылка: в дело", "Примечание к таблице", "колонтитул", "сноска")
    reading = read(
        BEFORE,
        POINTS,
        SIGNED,
        lines(*words[:2]),
        lines("Приложение", "к приказу от 15.03.2023 № 45", "План"),
        TABLE,
        lines(words[2]),
        header1=paragraph(words[3]),
        footnotes=f'<w:footnote w:id="2">{paragraph(words[4])}</w:footnote>',
    )
    assert {entry.text for entry in reading.unplaced} == set(words)


def test_finds_a_letterhead_in_the_running_head() -> None:
    data = docx(
        lines("ПРИКАЗ", "15.03.2023 № 45"), USUAL, POINTS, SIGNED, header1=paragraph("МИНИСТЕРСТВО")
    )
    assert read_docx(data, "o.docx", REGIONS).letterhead == ("МИНИСТЕРСТВО",)


def test_names_the_signature_in_a_long_post() -> None:
    post = table(row("Заместитель министра –", ""), row("начальник управления", "Е.А. Угаров"))
    assert read(BEFORE, POINTS, post).order.signatory == Signatory(
        "Заместитель министра – начальник управления", "Е.А. Угаров"
    )


def test_doubts_a_date_that_no_calendar_has() -> None:
    reading = order(lines("ПРИКАЗ", "31.02.2022 № 5"), USUAL)
    assert (reading.order.date, reading.order.number) == (None, "5")
    assert any("31.02.2022" in doubt.reason for doubt in reading.doubts if doubt.path == "date")


@pytest.mark.parametrize("ending", ["Контроль возложить на Иванова И.И.", "Направить Иванову И.И."])
def test_takes_no_last_point_for_the_signature(ending: str) -> None:
    reading = read(BEFORE, lines("Утвердить план.", ending), SIGNED)
    assert reading.order.signatory == Signatory("Начальник управления", "Ю.А. Голодяева")


def test_doubts_an_acquainted_text_that_is_no_name() -> None:
    reading = read(BEFORE, POINTS, SIGNED, lines("С приказом ознакомлены: все сотрудники"))
    assert reading.order.acquainted == ("все сотрудники",)
    assert any(doubt.path == "acquainted[0]" for doubt in reading.doubts)


def test_takes_the_last_line_before_the_operative_word_for_the_preamble() -> None:
    reading = order(lines("ПРИКАЗ", "15.03.2023 № 45", TITLE, "Школам нужна помощь", "ПРИКАЗЫВАЮ:"))
    assert (reading.order.title, reading.order.preamble) == (TITLE, "Школам нужна помощь")


def test_reads_names_in_the_table_of_an_acquaintance_sheet() -> None:
    rows = ("1", "Захаров С.П.", ""), ("2", "Ким Е.В.", "")
    sheet = lines("Лист ознакомления") + table(("№", "Ф.И.О.", "Подпись"), *rows)
    reading = read(BEFORE, POINTS, SIGNED, sheet)
    assert reading.order.acquainted == ("Захаров С.П.", "Ким Е.В.")


def test_reads_a_document_word_with_its_field_of_activity() -> None:
    reading = order(lines("ПРИКАЗ по основной деятельности", "15.03.2023 № 45"), USUAL)
    assert (reading.document, reading.order.number) == ("ПРИКАЗ", "45")
    assert [entry.text for entry in reading.unplaced] == ["по основной деятельности"]
