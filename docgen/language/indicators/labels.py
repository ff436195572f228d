"""Numbers that are no targets: years, dates, classes, clauses, names of projects.

Most numbers in an order count nothing. `LABELS` lists the ways to recognise them, one rule each;
a number that no rule claims may be a target.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from docgen.language.indicators.amounts import PERIODS, TIMES, Reading
from docgen.language.indicators.subjects import MEASURES
from docgen.language.indicators.words import is_participle, listed
from docgen.language.numbers import NUMBER_WORDS

_MONTH = re.compile(
    r"(?:январ|феврал|март|апрел|июн|июл|август|сентябр|октябр|ноябр|декабр).{0,2}|ма[йяюе]"
)
_YEAR_WORD = re.compile(r"г|гг|год.{0,3}|учебн.{2,3}|уч")
_ORDERED = re.compile(
    r"(?:класс|этап|полугод|квартал|четверт|триместр|семестр|тур|уровн|уровен|категор|степен|мест"
    r"|смен|ступен).{0,3}|кл|кв"
)
_DURATION = re.compile(
    r"дн(?:я|ей|и|ям|ями|ях)?|день|недел.{1,3}|месяц.{0,3}|мес|сут(?:ок|ки)|лет|год.{0,3}|минут.?"
    r"|мин|час(?:а|ов|ы|у|ам)?|ч|декад.{0,2}"
)
_CALENDAR = re.compile(r"(?:рабоч|календарн|учебн|академ).*|банковск.*|ак")
_NUMBERED = re.compile(
    r"№|nо|n|п|пп|ст|ч|гл|стр|рис|табл|прил|сош|оош|рмо|доу|блок|модуль|тема|вариант|направление"
    r"|задача|мероприятие|(?:под)?пункт(?:а|у|ом|е|ы|ов|ами)?|раздел(?:а|у|ом|е|ы)?|стать[яиею]"
    r"|част(?:ь|и|ью)|приложени[еяюи]|таблиц[аыеу]|письм(?:о|а|ом)|приказ(?:а|ом|у)?|строк[аие]"
    r"|распоряжени[ея]|протокол(?:а|ом|у)?|объем(?:ом|а|е)?"
)
_HOLDING = re.compile(
    r"школ[аеу]|лице[йяею]|гимнази[яию]|форм[аыеу]|этап[аеу]?|класс[аеуы]?|групп[аеу]|корпус[ае]?"
    r"|уров(?:ень|ня|не)"
)
_SHARES = listed("треть трети третей четверть четверти четвертей пятых десятых")
_QUANTITY = re.compile(
    rf"\d{{1,3}}(?!\d)|(?:половин|трет[ьи]|част[ьи]|больш(?:инств|ая)|кажд|люб|{'|'.join(NUMBER_WORDS)})"
)
_HOME = re.compile(
    r"школ|оо(?!\w)|0[0о]|шнор|моуо|муницип|район|округ|регион|город|территор|образоват|общеобр"
    r"|организац|учрежд|лице[ей]|гимназ|вуз|колледж|сел"
)
_WHICH = ("котор", "вкотор", "укотор", "гдекотор", "где")
_REACH = 12  # words; what stands further off is seldom what a number is taken from
_CASE_ENDINGS = listed("х ть ти и ми мя ю")


def names_a_project(reading: Reading) -> bool:
    """«500+», «500 плюс»."""
    return reading.after in ("+", "плюс")


def is_a_year(reading: Reading) -> bool:
    """«в 2022 году», «2021г.», «ВПР 2022»."""
    value, suffix = reading.amount.value, reading.amount.suffix
    if not 1990 <= value <= 2099 or reading.is_percent:
        return False
    named = bool(_YEAR_WORD.fullmatch(suffix or reading.after))
    grouped = " " in reading.line.words[reading.amount.first]  # «2 000»
    return named or (not grouped and not reading.compared)


def belongs_to_a_date(reading: Reading) -> bool:
    """«15 мая», «5 числа»."""
    return bool(_MONTH.fullmatch(reading.after)) or reading.after.startswith("числ")


def follows_its_noun(reading: Reading) -> bool:
    """«№ 4», «п. 3», «СОШ 12», «этап 2», «в объёме 36 часов»; «в школе 5 педагогов» counts."""
    at = reading.amount.first - 1
    if reading.line.words[at] == ".":
        at -= 1
    word = reading.line.words[at]
    if reading.is_percent or (word == "ч" and reading.line.kinds[at - 1] == "number"):
        return False
    return bool(_NUMBERED.fullmatch(word) or (_HOLDING.fullmatch(word) and not reading.names_next))


def orders_its_noun(reading: Reading) -> bool:
    """«9 классов», «во 2 полугодии», «1 этап»."""
    return not reading.compared and bool(_ORDERED.fullmatch(reading.after))


def is_ordinal(reading: Reading) -> bool:
    """«1-й этап», «9-х»; but «2-х школ» and «не менее 1-го» count."""
    suffix, value = reading.amount.suffix, reading.amount.value
    if not suffix or suffix in TIMES or suffix.startswith("процентн"):
        return False
    if suffix in _CASE_ENDINGS:
        return suffix == "х" and not 2 <= value <= 4
    return len(suffix) > 3 or not reading.compared


def measures_time(reading: Reading) -> bool:
    """«в течение 3 рабочих дней», «курсы 36 часов»; «не менее 36 часов» is a target."""
    if reading.compared and reading.before not in ("за", "до", "от"):
        return False
    after = reading.after
    if _CALENDAR.fullmatch(after):
        skipped = 2 if reading.line.words[reading.amount.end + 1] == "." else 1
        after = reading.line.words[reading.amount.end + skipped]
    return bool(_DURATION.fullmatch(after))


def numbers_a_clause(reading: Reading) -> bool:
    """«1. Проведено…», «2) …»."""
    line, at = reading.line, reading.amount.first
    starts = at == 0 or at - 1 in line.breaks or line.words[at - 1] in ("\n", ":")
    return starts and reading.after in (".", ")") and bool(line.words[reading.amount.end + 1])


def is_quoted(reading: Reading) -> bool:
    """«семинар «10 шагов к успеху»»."""
    return reading.amount.first in reading.line.quoted


def explains_in_brackets(reading: Reading) -> bool:
    """«всех школ (25 школ)», «2 (двух)»; «24 консультации (по 2 в месяц)» has two targets."""
    line, at = reading.line, reading.amount.first
    if at not in line.aside or reading.compared or reading.is_percent:
        return False
    inside = line.words[at : line.after_bracket(at - 1)]
    return not any(word in PERIODS or word.startswith("еже") for word in inside)


def describes_whom(reading: Reading) -> bool:
    """«выпускников, набравших 80 и более баллов»: the score tells who is meant."""
    line = reading.line
    if not line.words[reading.closing].startswith(("балл", "тест")):
        return False
    before = line.words[max(reading.opening - 3, 0) : reading.opening]
    return any(word.endswith(("вших", "ющих", "вшие", "ющие")) for word in before)


def is_the_whole(reading: Reading) -> bool:
    """«15 из 29 школ», «группа из 5 человек»; in «педагоги из 5 школ» the number counts."""
    if reading.before != "из" or reading.compared or reading.is_percent:
        return False
    home = _HOME.match(reading.after)
    return not home or _has_quantity(_earlier_words(reading))


def is_the_share_of_one(reading: Reading) -> bool:
    """«3 консультации на 1 школу»: the one that each three belong to."""
    if reading.before != "на" or reading.amount.value != 1 or reading.compared:
        return False
    return reading.unit == "count" and _has_quantity(_earlier_words(reading)[-4:])


def _has_quantity(words: list[str]) -> bool:
    """Whether a number or a word like «половина» is among them; «500+» and years are names."""
    return any(
        _QUANTITY.match(word) and after not in ("+", "плюс")
        for word, after in pairwise([*words, ""])
    )


def _earlier_words(reading: Reading) -> list[str]:
    """The last words of the clause before the preposition that stands before the number."""
    line, last = reading.line, reading.amount.first - 1
    first = line.sentence_start(last, max(last - _REACH, 0))
    words = line.words[first:last]
    return words[len(words) - words[::-1].index(",") :] if "," in words else words


def is_a_fraction(reading: Reading) -> bool:
    """«две трети», and «3.1 …» that nothing compares or names: «4,5 балла» counts."""
    if reading.after in _SHARES:
        return True
    headed = reading.before in ("-", ":") and "," in reading.line.words[reading.amount.first]
    return isinstance(reading.amount.value, float) and not (
        reading.compared
        or (headed and reading.after in ("", ".", ";"))  # «Средний балл – 3,8»
        or reading.unit != "count"
        or (reading.before == "на" and not reading.names_next)  # «балл повышен на 0,2»
        or reading.after.startswith("балл")
    )


def stands_in_a_relative_clause(reading: Reading) -> bool:
    """«Доля школ, в которых более 50% …», «Доля школ, выполнивших 100% мер, …»: which schools."""
    line, at = reading.line, reading.amount.end + (reading.after == "%")
    words = line.words[max(reading.opening - _REACH, 0) : reading.opening]
    if "," not in words or line.kinds[at] != "word" or words[-1] in ("-", ":", ","):
        return False
    clause = words[len(words) - words[::-1].index(",") :]
    which = "".join(clause).startswith(_WHICH) or is_participle(clause[0])
    return which and line.words[line.sentence_start(reading.opening)] in MEASURES


LABELS: tuple[Callable[[Reading], bool], ...] = (
    names_a_project,
    is_a_year,
    belongs_to_a_date,
    follows_its_noun,
    orders_its_noun,
    is_ordinal,
    measures_time,
    numbers_a_clause,
    is_quoted,
    explains_in_brackets,
    describes_whom,
    stands_in_a_relative_clause,
    is_the_whole,
    is_the_share_of_one,
    is_a_fraction,
)


def find_labels(readings: list[Reading]) -> list[bool]:
    """For each number whether it is no target; members of one list share their label."""
    labels = [any(rule(reading) for rule in LABELS) for reading in readings]
    for at in range(len(readings) - 2, -1, -1):
        labels[at] = labels[at] or (labels[at + 1] and _shares(readings[at], readings[at + 1]))
    for at in range(1, len(readings)):
        follows = labels[at - 1] and _are_listed(readings[at - 1], readings[at])
        labels[at] = labels[at] or (follows and _goes_on(readings[at - 1], readings[at]))
    return labels


def _shares(left: Reading, right: Reading) -> bool:
    """«9, 11 классов» is one list; in «10, 2023 г. – 15» the year begins the next target."""
    begins = left.before in ("-", ":") and is_a_year(right)
    return _are_listed(left, right) and not begins


def _goes_on(left: Reading, right: Reading) -> bool:
    """«пп. 3, 4 приказа» is one list; in «п. 3, 4 вебинара» the second number counts.

    So does a share after a year: «2022 – 30%».
    """
    if right.is_percent:
        return False
    marker = left.line.words[left.amount.first - 2]
    return marker in ("пп", "№") or not right.names_next


def _are_listed(left: Reading, right: Reading) -> bool:
    between = right.amount.first - left.amount.end
    if between == 0:
        return right.amount.first == left.amount.first
    return between == 1 and left.after in ("-", ",", "и", "или", "по", "до")
