"""The words of time that a roadmap's deadline is written with, by kind and value."""

from __future__ import annotations

from enum import IntEnum, auto
from typing import Final


class Kind(IntEnum):
    """What a token is to the grammar; a `WORD` is one it knows nothing about."""

    NUMBER = auto()  # 15, 2022, 2-й
    ROMAN = auto()  # I–V
    ORDINAL = auto()  # первый, последний (value -1)
    CARDINAL = auto()  # два, трёх
    MONTH = auto()
    SEASON = auto()  # весна, лето, осень (value: the first month); winter lies in two years
    WEEKDAY = auto()
    FREQUENCY = auto()  # ежемесячно
    DAY = auto()
    WEEK = auto()
    DECADE = auto()
    MOIETY = auto()  # половина
    QUARTER = auto()
    HALF = auto()  # полугодие
    YEAR = auto()
    SCHOOL = auto()  # учебный
    EDGE = auto()  # начало, середина, конец
    TIMES = auto()  # раз
    MULTIPLE = auto()  # дважды
    EACH = auto()  # каждый
    OPENER = auto()  # a function word that may begin a phrase: до, с, в, не …
    AND = auto()
    WORD = auto()
    DASH = auto()
    DOT = auto()
    COMMA = auto()  # also a semicolon
    SLASH = auto()
    OPEN = auto()
    CLOSE = auto()
    QUOTE = auto()
    MARK = auto()  # any other sign
    END = auto()


MONTHS: Final = (
    "январь января январю январем январе янв",
    "февраль февраля февралю февралем феврале фев февр",
    "март марта марту мартом марте мар",
    "апрель апреля апрелю апрелем апреле апр",
    "май мая маю маем мае",
    "июнь июня июню июнем июне июн",
    "июль июля июлю июлем июле июл",
    "август августа августу августом августе авг",
    "сентябрь сентября сентябрю сентябрем сентябре сен сент",
    "октябрь октября октябрю октябрем октябре окт",
    "ноябрь ноября ноябрю ноябрем ноябре ноя нояб",
    "декабрь декабря декабрю декабрем декабре дек",
)
"""Each month's forms: nominative, genitive, dative, instrumental, prepositional, abbreviations."""

GENITIVE_MONTHS: Final = tuple(forms.split()[1] for forms in MONTHS)

_WEEKDAYS: Final = (
    "понедельник понедельника понедельнику понедельником понедельнике понедельники понедельникам",
    "вторник вторника вторнику вторником вторнике вторники вторникам",
    "среда среды среде среду средой средам",
    "четверг четверга четвергу четвергом четверге четверги четвергам",
    "пятница пятницы пятнице пятницу пятницей пятницам",
    "суббота субботы субботе субботу субботой субботам",
    "воскресенье воскресенья воскресенью воскресеньем воскресеньям",
)

_ORDINAL_STEMS: Final = ("перв", "втор", "трет", "четверт", "пят")
_ORDINAL_ENDINGS: Final = "ый ой ого ому ом ая ую ое ые ых ий ья ью ье ьи ьих ьего ьей ьему ьем"

_CARDINALS: Final = (
    "один одного одна одну одной",
    "два две двух",
    "три трех",
    "четыре четырех",
    "пять пяти",
    "шесть шести",
    "семь семи",
    "восемь восьми",
    "девять девяти",
    "десять десяти",
)

_SEASONS: Final = {
    3: "весна весны весне весной весну", 6: "лето лета лету летом лете", 9: "осень осени осенью",
}  # fmt: skip

_NOUNS: Final = {
    Kind.DAY: "день дня дней дню днем сутки суток",
    Kind.WEEK: "неделя недели неделю неделе недель",
    Kind.DECADE: "декада декады декаду декаде декад",
    Kind.MOIETY: "половина половины половину половине",
    Kind.QUARTER: "квартал квартала квартале кварталу кварталы кварталов кварталах кв",
    Kind.HALF: "полугодие полугодия полугодии полугодию полугодий полугодиях п/г пол",
    Kind.YEAR: "год года году годом годе годы годов годах годам г гг",
    Kind.SCHOOL: "учебный учебного учебном учебному учебные учебных уч",
    Kind.TIMES: "раз раза",
    Kind.EACH: "каждый каждого каждом каждая каждую каждой каждое каждые",
    Kind.AND: "и",
    Kind.OPENER: (
        "до с со начиная в во к ко по не за через спустя весь всего целый круглый текущий "
        "текущем текущего на минимум"
    ),
}

_VALUED: Final = {
    Kind.FREQUENCY: ("ежедневно", "еженедельно", "ежемесячно помесячно",
                     "ежеквартально поквартально", "ежегодно"),
    Kind.EDGE: ("начало начала начале началу", "середина середины середине середину",
                "конец конца конце концу"),
    Kind.MULTIPLE: ("однажды единожды", "дважды", "трижды"),
}  # fmt: skip

_LAST: Final = "последний последнего последнем последняя последнюю последней последнее"

ROMANS: Final = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5}
"""Roman numerals as typed with Latin letters."""

LOOKALIKE_ROMANS: Final = {
    "І": 1, "ІІ": 2, "П": 2, "ІІІ": 3, "Ш": 3, "ІV": 4, "IУ": 4, "ІУ": 4,
}  # fmt: skip
"""Roman numerals as a Russian keyboard or a scanner writes them; read so only before «квартал»."""


def _build() -> dict[str, tuple[Kind, int]]:
    words = {word: (kind, 0) for kind, forms in _NOUNS.items() for word in forms.split()}
    tables = {Kind.MONTH: MONTHS, Kind.WEEKDAY: _WEEKDAYS, Kind.CARDINAL: _CARDINALS, **_VALUED}
    for kind, rows in tables.items():
        for value, forms in enumerate(rows, start=1):
            words.update((word, (kind, value)) for word in forms.split())
    for month, season in _SEASONS.items():
        words.update((word, (Kind.SEASON, month)) for word in season.split())
    for value, stem in enumerate(_ORDINAL_STEMS, start=1):
        words.update((stem + end, (Kind.ORDINAL, value)) for end in _ORDINAL_ENDINGS.split())
    words["третий"] = (Kind.ORDINAL, 3)
    words.update((word, (Kind.ORDINAL, -1)) for word in _LAST.split())
    return words


WORDS: Final = _build()
"""Every known word in lower case with «е» for «ё» → its kind and value."""

NOMINATIVE: Final = frozenset(
    [forms.split()[0] for forms in MONTHS]
    + [word for forms in MONTHS for word in forms.split()[5:]]
    + ["квартал", "кварталы", "кв", "полугодие", "полугодия"]
    + ["весна", "весной", "лето", "летом", "осень", "осенью"]
)
"""Names of periods that stand on their own, where «марта» or «квартала» belong to another noun."""
