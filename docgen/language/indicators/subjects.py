"""Where the words that name what is counted begin and end."""

from __future__ import annotations

import re

from docgen.language.indicators.lexemes import Line
from docgen.language.indicators.words import (
    CONJUNCTIONS,
    PREPOSITIONS,
    is_instrumental,
    is_means,
    is_name,
    is_participle,
    is_verb,
    listed,
)

MEASURES = {
    "доля": "percent",
    "процент": "percent",
    "%": "percent",
    "удельный": "percent",
    "количество": "count",
    "число": "count",
    "численность": "count",
}
"""Words that begin a measure, and its unit."""

_ACTIONS = listed(
    "участие охват вовлеченность вовлечение подготовка присутствие явка посещение посещаемость "
    "выполнение реализация размещение прохождение обеспеченность обеспечение готовность наличие "
    "исполнение достижение заполнение обучение предоставление представление внедрение проведение "
    "включение включенность удовлетворенность освоение привлечение организация"
)
_HEADS = frozenset(MEASURES) | _ACTIONS | frozenset(["общее", "вес", "не", "от"])
_EVENT = re.compile(
    r"(?:\w+-)?(?:вебинар|семинар|мониторинг|совещан|конкурс|анкетирован|опрос|мероприят|тренинг"
    r"|конференц|обучен|апробац|курс|процедур|диагностик|консультац|встреч|олимпиад|форум|фестивал"
    r"|исследован|тестирован|экзамен|стажиров|работ[еу]|режим|программ).*"
)
_ATTENDING = re.compile(
    "прош[еёл]|принявш|принима|участв|получ|осво|заверш|посе[тщ]|обуч|вовлеч|охвач"
)
"""Participles that an event may follow: «прошедших обучение по программам»."""
_TIME = re.compile(
    r"(?:полугоди|квартал|январ|феврал|март|апрел|июн|июл|август|сентябр|октябр|ноябр|декабр)"
)
_UNITS = listed(
    "ед единиц единица чел человек шт штук процент процентов проценты балл баллов баллы"
)
"""What a measure is counted in, where it stands after a comma or in brackets."""
_LOOSE_ENDS = PREPOSITIONS | CONJUNCTIONS | listed(", - ( : . «")
_ENDINGS = listed("й ый ный ая ная ое ное го ого ного ой ной ом ном му ые ных")
_PER_WORD = re.compile(
    r"еже(?:дневн|недельн|месячн|квартальн|годн)о|кажд(?:ый|ую)|систематически|регулярно"
)


def subject_after(line: Line, at: int, ceiling: int) -> tuple[int, int]:
    """The tokens of the subject that stands after a number and before `ceiling`."""
    at, ceiling = _past_preface(line, at), _before_heading(line, at, ceiling)
    if line.words[at] in _ACTIONS and at + 1 < ceiling and is_name(line.words[at + 1]):
        at += 1
    if line.kinds[at] == "mark" and line.words[at] not in '«"':
        return at, at
    return at, _before_means(line, at, _end(line, at, ceiling))


def _before_means(line: Line, start: int, end: int) -> int:
    """Where «100% школ методическим сопровождением» ceases to name what is counted."""
    if start == end or is_means(line.words[start]):
        return end
    for at in range(start + 1, end):
        word = line.words[at]
        if word in PREPOSITIONS or is_participle(word):
            return end
        if at in line.quoted:
            continue
        if is_means(word):
            return at
        if word.endswith("ью"):  # «методической помощью»
            return at - (at > start + 1 and line.words[at - 1].endswith(("ой", "ей")))
    return end


def _past_preface(line: Line, at: int) -> int:
    """Past «-ное», «(42)», «из 29» and «от общего числа», which part a number from its noun."""
    words = line.words
    if words[at] == "-" and words[at + 1] in _ENDINGS:
        return at + 2
    if line.past_figures_aside(at) > at:
        return line.past_figures_aside(at)
    if words[at] == "из" and line.kinds[at + 1] == "number":
        return at + 2
    if words[at] == "от":
        whole = [step for step in (1, 2) if words[at + step] in ("числа", "количества")]
        return at + 1 + (whole[0] if whole else 0)
    return at


def _before_heading(line: Line, at: int, ceiling: int) -> int:
    """Where the heading of the next target begins: «2 вебинара, октябрь – 3 вебинара»."""
    if line.words[ceiling - 1] not in ("-", ":"):
        return ceiling
    heading = ceiling - 1
    while heading > at and line.words[heading] != ",":
        heading -= 1
    return heading if heading > at else ceiling


def subject_before(line: Line, floor: int, opening: int) -> tuple[int, int]:
    """The tokens of the subject that stands before a number: «Охват школ – 100%»."""
    colons = [at for at in range(floor, opening - 1) if line.words[at] == ":"]
    at = colons[-1] if colons else floor
    while at < opening and line.kinds[at] == "mark":
        at += 1
    head = at
    while at < opening and (line.words[at] in _HEADS or is_verb(line.words[at])):
        at += 1
    found = at, _end(line, at, opening)
    return found if found[0] < found[1] else (head, _end(line, head, opening))


def _end(line: Line, start: int, ceiling: int) -> int:
    at, clause = start, ""
    while at < ceiling:
        following = at + 1
        if line.kinds[at] == "mark":
            following = _after_mark(line, at)
            clause = "" if line.words[at] == "," else clause
        elif _stops(line, at, start, clause):
            break
        if following == at:
            break
        clause = clause or (line.words[at] if is_participle(line.words[at]) else "")
        at = following
    return _trimmed(line, start, min(at, ceiling))


def _after_mark(line: Line, at: int) -> int:
    """Where the subject goes on after a mark, or the mark itself where it ends."""
    mark, following = line.words[at], line.words[at + 1]
    if mark == "(":
        return line.after_bracket(at) if _describes(line, at) else at
    if mark in '«»"+/.' or (mark == "-" and following.startswith("участни")):
        return at + 1
    if mark in "-," and line.kinds[at - 1] == line.kinds[at + 1] == "number":
        return at + 1  # «обучающихся 5-8 классов»
    if mark == "%" and line.kinds[at + 1] == "word":
        return at + 1  # «школ, выполнивших 100% мер»
    if mark != "," or line.kinds[at + 1] not in ("word", "school") or following in _UNITS:
        return at
    if following in _ACTIONS and line.kinds[at + 2] == "number":
        return at  # «4 семинара, охват 120 педагогов»
    if following == "не" and is_participle(line.words[at + 2]):
        return at + 2
    relative = following.startswith("котор") or line.words[at + 2].startswith("котор")
    return at if relative or not is_name(following) or _PER_WORD.match(following) else at + 1


def _describes(line: Line, at: int) -> bool:
    """Whether a bracket tells who is meant; «(до 15.12.2022)» and «(100%)» do not."""
    inside = line.words[at + 1]
    return line.kinds[at + 1] in ("word", "school") and is_name(inside) and inside not in _UNITS


def _stops(line: Line, at: int, start: int, clause: str) -> bool:
    word = line.words[at]
    if at in line.quoted or line.kinds[at] != "word":
        return False
    if word in PREPOSITIONS:
        return not _goes_on(line, at, start, clause)
    if clause and word == "не" and line.words[at + 1] in ("менее", "более"):
        return False  # «школ, выполнивших не менее 90% мер»
    if word in CONJUNCTIONS:
        return word not in ("и", "или") or not is_name(line.words[at + 1])
    return is_verb(word) or is_instrumental(word) or bool(_PER_WORD.match(word))


def _goes_on(line: Line, at: int, start: int, clause: str) -> bool:
    """Whether a preposition belongs to the subject: «из числа», «кандидатов в кураторы»."""
    if at > start and is_participle(line.words[at - 1]):
        return True
    if at == start or _names_time(line, at + 1):
        return False
    if _EVENT.fullmatch(line.words[at + 1]):
        return bool(_ATTENDING.match(clause))
    if line.words[at] in ("из", "от", "с", "со"):
        return line.kinds[at + 1] != "number"
    return bool(clause) or line.words[at - 1].startswith("кандидат")


def _names_time(line: Line, at: int) -> bool:
    """«в первом полугодии», «во II квартале», «в марте», «к концу года»: when, not what."""
    return bool(_TIME.match(line.words[at]) or _TIME.match(line.words[at + 1]))


def _trimmed(line: Line, start: int, end: int) -> int:
    """The subject's end without marks and function words that lead nowhere."""
    while end > start and (
        line.words[end - 1] in _LOOSE_ENDS
        or (line.words[end - 1] == '"' and line.words[start:end].count('"') == 1)
    ):
        end -= 1
    return end
