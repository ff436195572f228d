"""What kind of word a Russian word is, told by a short list or by its ending.

An order uses few verbs and many nouns, so endings decide well enough where a subject stops;
a dictionary would cost a hundred times more and decide no better on scanned text.
"""

from __future__ import annotations

import re
from functools import lru_cache


def listed(words: str) -> frozenset[str]:
    """The words of a printed list as a set."""
    return frozenset(words.split())


PREPOSITIONS = listed(
    "в во на по у для с со из от к ко до о об при за под над через без между среди перед согласно "
    "после про"
)
ROMANS = listed("i ii iii iv")
CONJUNCTIONS = listed("и или а но что чтобы как где если также либо ни не же")
_NOT_VERBS = listed(
    "доли цели роли модели профили недели детали если школы-модели школа школ дела раздела отдела "
    "подраздела числа дело число начало план плана планы член члены орган органы страна страны "
    "сторона стороны сторон смена смены смен цена цены замена замены обмен обмена обмены перемена "
    "экран экраны экрана экзамен экзамена экзамены граждан приют дебют ребят печать память пять "
    "девять десять опять бюллетень охрана охраны регламент бюджет команда"
)
_VERB = re.compile(
    r".*(?:[аеиоуыяш]ли(?:сь)?|[аеиыяш]ло(?:сь)?|[аеияыш]ла(?:сь)?|шел|лся"  # приняли, прошло
    r"|[аяуюе]ют(?:ся)?|[дйму]ут(?:ся)?|[яа]тся|[дзлрвп]ят"  # участвуют, пройдут, проводят
    r"|[аеуюя]ет(?:ся)?|ится|[аяиеу]ть(?:ся)?)"  # составляет, проводится, обновлять
)
_SHORT_PARTICIPLE = re.compile(r".{2,}(?:(?:ен|ан|ян)(?:а|о|ы)?|(?:[нкж]ят|крыт)(?:а|о|ы))")
_PARTICIPLE = re.compile(
    r".*(?:(?:ущ|ющ|ащ|ящ|вш|едш)(?:и|е|ей?|его|ему|их)|(?:[ая]|(?<!тв)е)нн(?:ы|о|ых|ого|ому|ой)"
    r"|[аыуяи]т(?:ых|ого)|[аиуюя]ем(?:ых|ого|ой))[ейм]?(?:ся)?"
)
_INSTRUMENTAL = re.compile(r".*(?:нными|тыми|щими|вшими)(?:ся)?")


@lru_cache(maxsize=4096)
def is_verb(word: str) -> bool:
    """Whether the word looks like a verb: приняли, прошло, участвуют, ознакомлены, обновлять."""
    if len(word) < 4 or word in _NOT_VERBS or word.endswith(("тели", "тель", "сть")):
        return False
    return bool(_VERB.fullmatch(word) or _SHORT_PARTICIPLE.fullmatch(word))


@lru_cache(maxsize=4096)
def is_participle(word: str) -> bool:
    """Whether the word opens a clause about the noun before it: включенных, имеющих."""
    return len(word) > 5 and bool(_PARTICIPLE.fullmatch(word))


def is_instrumental(word: str) -> bool:
    """Whether the word is a participle in the instrumental: подтвержденными."""
    return bool(_INSTRUMENTAL.fullmatch(word))


@lru_cache(maxsize=4096)
def is_means(word: str) -> bool:
    """Whether the word's ending is that of an instrumental: методическим, учебниками."""
    return len(word) > 4 and word.endswith(("ами", "ями", "ыми", "ими", "ым", "им"))


def is_name(word: str) -> bool:
    """Whether the word may name what is counted: neither a verb nor a function word."""
    return not (word in PREPOSITIONS or word in CONJUNCTIONS or word in ROMANS or is_verb(word))


def is_genitive(word: str, number: int) -> bool:
    """Whether the noun after the number can be a genitive governed from before the number.

    After 2, 3, 4 the noun itself would be singular («2 руководителя»), after 1 nominative
    («1 семинар»); after other numbers it is a genitive plural either way.
    """
    if number % 100 in (11, 12, 13, 14) or number % 10 not in (1, 2, 3, 4):
        return True
    singular = word.endswith(("а", "я", "и", "ы", "го"))
    return singular == (number % 10 == 1)
