"""What the sheets of an order's workbook are called: titles, labels, headings and words.

They are words of the document, Russian whatever the language of the interface. The writer prints
them, the reader finds its way by them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from docgen.models import Layout

ORDER = "Приказ"
POINTS = "Пункты"
ACQUAINTED = "Ознакомлены"
ACKNOWLEDGED = "Замечания"
FORMS = "Склонение"
REVISIONS = "Изменения"
UNPLACED = "Без места"
GUIDE = "Как заполнять"
ANNEX = "Приложение"

ANNEX_TITLE = "Наименование"
ANNEX_LAYOUT = "Вид таблицы"
NO_NUMBER = "без номера"
"""In a column of numbers: print none, although the style would."""


@dataclass(frozen=True, slots=True)
class Label:
    """A line of a form or a column of a list: the value's path, its name and a hint."""

    path: str
    text: str
    hint: str = ""
    width: float = 0


ORDER_LABELS = (
    Label("region", "Регион", "Код региона. Не меняйте."),
    Label("years[0]", "Первый год проекта", "Например, 2022."),
    Label("years[1]", "Последний год проекта", "Может совпадать с первым."),
    Label("date", "Дата приказа", "Например, 30.12.2021. В проекте приказа – пусто."),
    Label("number", "Номер приказа", "В проекте приказа – пусто."),
    Label("city", "Город", "Например, г. Киров. Пусто – как принято в регионе."),
    Label("title", "Наименование", "О чём приказ: «Об утверждении …». Обязательно."),
    Label("preamble", "Преамбула", "Основание: «В соответствии с …». Обязательно."),
    Label("signatory.post", "Подписывает: должность", "Например, Ректор."),
    Label("signatory.name", "Подписывает: И.О. Фамилия", "Например, О.С. Кольцова."),
    Label("executor.name", "Исполнитель: ФИО", "Кто готовил приказ."),
    Label("executor.phone", "Исполнитель: телефон"),
)

POINT_COLUMNS = (
    Label("number", "№", width=8),
    Label("kind", "Вид", width=16),
    Label("text", "Текст или задачи", width=80),
    Label("who", "Кому или роль", width=32),
    Label("post", "Должность", width=36),
    Label("name", "Фамилия И.О.", width=22),
    Label("gender", "Пол", width=7),
)
POINT_KINDS = {
    "text": "текст",
    "control": "контроль",
    "approve": "утвердить",
    "appoint": "назначить",
    "assign": "поручить",
    "recommend": "рекомендовать",
}
GENDERS = {"m": "м", "f": "ж"}

ACQUAINTED_COLUMNS = (Label("name", "Фамилия И.О.", width=40),)
ACKNOWLEDGED_COLUMNS = (
    Label("code", "Код", width=28),
    Label("path", "Путь", width=48),
    Label("reason", "Причина", width=70),
)
FORMS_COLUMNS = (
    Label("text", "Как в данных", width=40),
    Label("nominative", "Именительный падеж", width=40),
    Label("genitive", "Родительный", width=40),
    Label("dative", "Дательный", width=40),
    Label("accusative", "Винительный", width=40),
    Label("instrumental", "Творительный", width=40),
    Label("prepositional", "Предложный", width=40),
)
REVISIONS_COLUMNS = (
    Label("date", "Дата приказа", width=18),
    Label("number", "Номер приказа", width=24),
)
UNPLACED_COLUMNS = (Label("text", "Текст", width=120),)

GUIDE_TEXTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Что это за файл",
        (
            "Это данные приказа: из них docgen делает документ Word и PDF. "
            "В приказ попадает то, что написано в ячейках: программа ничего не вычисляет и не "
            "исправляет.",
        ),
    ),
    (
        f"Лист «{ORDER}»",
        (
            "Слева название, справа значение. Дата вводится так: 30.12.2021. "
            "Пустая ячейка означает, что значения нет.",
        ),
    ),
    (
        f"Лист «{POINTS}»",
        (
            "Один пункт – одна строка. Номер показывает вложенность: 1, 1.1, 1.1.1; пункты идут "
            "в том порядке, в каком стоят строки. Вид выбирается из списка.",
            "Текст – пункт печатается так, как написан.",
            "Контроль – «Контроль … возложить на …»: должность и фамилия в именительном падеже.",
            "Утвердить – в столбце «Текст или задачи» укажите приложение, например: Приложение 1.",
            "Назначить – роль, должность и фамилия в именительном падеже.",
            "Поручить, рекомендовать – в столбце «Кому или роль» адресат в именительном падеже, "
            "в столбце «Текст или задачи» – задача. Следующие задачи пишите строками ниже, "
            "оставив номер и вид пустыми.",
            "Пол (м или ж) указывайте, только если его не видно по фамилии и инициалам.",
        ),
    ),
    (
        f"Листы «{ANNEX} 1», «{ANNEX} 2» и далее",
        (
            "Вверху наименование приложения и вид таблицы, ниже – таблица с заголовками региона. "
            "Одно мероприятие – одна строка. Заголовки столбцов не меняйте; переставлять столбцы "
            "можно.",
            "Заголовок раздела стоит в первом столбце, остальные ячейки строки объединены с ним "
            "или пусты. Номер раздела пишется вместе с заголовком: "
            "«I. Организационные мероприятия».",
            "Номер мероприятия можно не писать: оно получит номер по порядку. "
            f"Если номера быть не должно, напишите «{NO_NUMBER}».",
            "Ячейки мероприятий не объединяйте: повторите текст в каждой строке.",
        ),
    ),
    (
        f"Листы «{ACQUAINTED}» и «{ACKNOWLEDGED}»",
        (
            "Кто ознакомлен с приказом – по одному в строке. Замечания проверки, с которыми вы "
            "согласны: код, путь и причина.",
        ),
    ),
    (
        f"Листы «{FORMS}», «{REVISIONS}» и «{UNPLACED}»",
        (
            "Есть, только если нужны. Склонение – как писать имя, должность или название в "
            "падежах, которые программа образует неверно. Изменения – приказы, которые учтены в "
            "этой редакции. Без места – текст прежнего документа, который не вошёл ни в одну "
            "часть: он хранится, но не печатается.",
        ),
    ),
    (
        "Чего не делать",
        (
            "Не пользуйтесь формулами: скопируйте результат и вставьте его как значение.",
            "Не переименовывайте листы и не добавляйте своих; лист приложения можно скопировать, "
            f"назвав его «{ANNEX}» со следующим номером.",
        ),
    ),
)
"""The sheet for clerks: headings with their paragraphs."""


def annex_sheet(index: int) -> str:
    """The title of the sheet of the annex with this index, counted from 0."""
    return f"{ANNEX} {index + 1}"


def plain(text: str) -> str:
    """The text as headings are compared: without case, colon, «ё» and doubled spaces."""
    return " ".join(text.split()).casefold().replace("ё", "е").rstrip(": ")


def heading_keys(layouts: Mapping[str, Layout], first: str) -> dict[str, str]:
    """The column key of every heading, as `plain` writes it.

    Where layouts disagree, the one called `first` wins; a heading goes before a synonym, and both
    before the bare key.
    """
    ordered = sorted(layouts, key=lambda name: name != first)
    keys: dict[str, str] = {}
    for name in ordered:
        for column in layouts[name].columns:
            keys.setdefault(plain(column.heading), column.key)
        for column in layouts[name].columns:
            for synonym in column.synonyms:
                keys.setdefault(plain(synonym), column.key)
    for name in ordered:
        for column in layouts[name].columns:
            keys.setdefault(plain(column.key), column.key)
    return keys
