"""A stage worked out by hand: three municipalities, five schools, eight items of every unit.

The day of monitoring is 30.09.2022. Letters: north A1, A2; centre B1, B2; south C1.
"""

from __future__ import annotations

from datetime import date

from docgen.models import Annex, Column, Item, Layout, Order, Section, Stage
from docgen.models.submissions import Batch, Municipality, Status, Submission

DAY = date(2022, 9, 30)
STAGE = Stage(number=2, date=DAY, title="второй этап", threshold=60)
YEARS = (2022, 2022)
ROSTER = (
    Municipality("Север", ("A1", "A2"), curators=1),
    Municipality("Центр", ("B1", "B2"), curators=2),
    Municipality("Юг", ("C1",), curators=1),
)
SCHOOLS = {
    "A1": "Север",
    "A2": "Север",
    "B1": "Центр",
    "B2": "Центр",
    "C1": "Юг",
}
LAYOUT = Layout(columns=(Column("number", "№", 5), Column("activity", "Мероприятие", 50)))
ITEMS = (
    ("Анкетирование школ", "01.02.2022 – 10.02.2022", "100% ОО приняли участие в анкетировании"),
    ("Обучение педагогов", "до 31.05.2022", "80% педагогических работников прошли обучение"),
    ("Консультации", "Март – июнь 2022 г.", "Не менее 20 консультаций"),
    ("Мониторинг сайтов", "до 01.09.2022", "Участие 4 школ в мониторинге"),
    ("ВКС с координаторами", "В течение 2022 года", "Не менее 1 раза в квартал."),
    (
        "Антирисковые программы",
        "С апреля ежеквартально",
        "В 100% ОО реализовано: в 1 полугодии – не менее 40% мер; "
        "во 2 полугодии – не менее 90% мер",
    ),
    ("Методические рекомендации", "до 15.09.2022", "Разработаны методические рекомендации"),
    ("Итоговая конференция", "Декабрь 2022 г.", "100% участников приняли участие"),
)


def order() -> Order:
    rows = tuple(
        Item({"activity": activity, "deadline": deadline, "indicator": indicator})
        for activity, deadline, indicator in ITEMS
    )
    return Order(
        region="smolensk",
        title="Об утверждении плана",
        preamble="На основании письма",
        points=(),
        annexes=(Annex("План", (Section(rows, title="Мероприятия"),)),),
        date=date(2021, 12, 30),
        number="1",
    )


def row(
    school: str,
    item: int,
    status: Status,
    value: float | None = None,
    day: date | None = None,
    evidence: str = "",
    comment: str = "",
) -> Submission:
    return Submission(
        SCHOOLS.get(school, ""), school, 2, str(item), status, value, day, evidence, comment
    )


def own(municipality: str, item: int, status: Status, value: float | None, day: date) -> Submission:
    return Submission(municipality, "", 2, str(item), status, value, day)


def batch() -> Batch:
    february, june = date(2022, 2, 10), date(2022, 6, 30)
    rows = (
        # 1: four of five took part, one of them five days late; C1 is silent
        row("A1", 1, "done", None, february, "протокол"),
        row("A2", 1, "done", None, february, "протокол"),
        row("B1", 1, "done", None, date(2022, 2, 15)),
        row("B2", 1, "done", None, february),
        # 2: 100 + 90 + 80 + 70 + 60 = 400, of five: 80
        row("A1", 2, "done", 100),
        row("A2", 2, "done", 90),
        row("B1", 2, "done", 80),
        row("B2", 2, "partial", 70),
        row("C1", 2, "partial", 60),
        # 3: 7 + 6 + (без числа: 1) = 14 of 20
        row("A1", 3, "done", 7),
        row("B1", 3, "done", 6),
        row("B2", 3, "done"),
        # 4: four done, as planned
        row("A1", 4, "done"),
        row("A2", 4, "done"),
        row("B1", 4, "done"),
        row("B2", 4, "not_done", comment="сайт на реконструкции"),
        row("C1", 4, "done"),
        # 5: three quarters are over; the north keeps 1, the centre missed the third, the south 2
        own("Север", 5, "done", 1, june),
        own("Центр", 5, "done", 1, date(2022, 2, 1)),
        own("Центр", 5, "done", 1, date(2022, 5, 1)),
        own("Юг", 5, "done", 2, june),
        # 6: the first half-year is judged: 50 + 40 + 45 + 30 = 165 of five: 33; with C1 up to 53
        row("A1", 6, "done", 50),
        row("A2", 6, "done", 40),
        row("B1", 6, "done", 45),
        row("B2", 6, "partial", 30, comment="вакансии"),
        # 7: nobody says anything; 8: one school is early
        row("A1", 8, "done"),
    )
    return Batch(rows, ROSTER)


# item: status, facts as (rule, value, done, given, of, reached), missing, overdue, late, confirmed
EXPECTED: dict[str, tuple[object, ...]] = {
    "1": ("partial", [("share", 80, 4, 4, 5, None)], ["C1"], None, 1, 2),
    "2": ("done", [("mean", 80, 3, 5, 5, True)], [], None, 0, 0),
    "3": ("partial", [("sum", 14, 3, 3, 3, False)], [], 92, 0, 0),
    "4": ("done", [("number", 4, 4, 5, 5, True)], [], None, 0, 0),
    "5": ("partial", [("least", 0, 3, 3, 3, False)], [], None, 0, 0),
    "6": (
        "partial",
        [("share", 60, 3, 4, 5, False), ("mean", 33, 3, 4, 5, None)],
        ["C1"],
        92,
        0,
        0,
    ),
    "7": ("no_data", [], [""], None, 0, 0),
    "8": ("not_due", [("share", 20, 1, 1, 5, None)], ["A2", "B1", "B2", "C1"], None, 0, 0),
}

# municipality: part of each item's first fact (value), by item
PARTS: dict[str, dict[str, float]] = {
    "1": {"Север": 100, "Центр": 100, "Юг": 0},
    "2": {"Север": 95, "Центр": 75, "Юг": 60},
    "3": {"Север": 7, "Центр": 7},
    "4": {"Север": 2, "Центр": 1, "Юг": 1},
    "5": {"Север": 1, "Центр": 0, "Юг": 2},
    "6": {"Север": 100, "Центр": 50, "Юг": 0},
}

# expected, done, confirmed, partial, not_done, missing, late
# A1: 1 2 3 4 6 8 · A2: 1 2 4 6 · B1: 1 2 3 4 6 · B2: 1 3 done, 2 6 partly, 4 not · C1: 4 done, 2
# partly, 1 and 6 silent; each municipality adds item 5
SCHOOL_TALLIES = {
    "A1": (6, 6, 1, 0, 0, 0, 0),
    "A2": (4, 4, 1, 0, 0, 0, 0),
    "B1": (5, 5, 0, 0, 0, 0, 1),
    "B2": (5, 2, 0, 2, 1, 0, 0),
    "C1": (4, 1, 0, 1, 0, 2, 0),
}
MUNICIPAL_TALLIES = {
    "Север": (11, 11, 2, 0, 0, 0, 0),
    "Центр": (11, 8, 0, 2, 1, 0, 1),
    "Юг": (5, 2, 0, 1, 0, 2, 0),
}
TOTAL = (28, 21, 2, 3, 1, 3, 1)  # the operator's item 7 is silent as well
RANKS = {"Север": 1, "Центр": 2, "Юг": 3}
REACHED = {"Север": True, "Центр": True, "Юг": None}
