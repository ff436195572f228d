"""What the short standing phrases of an order look like: dates, numbers, cities, names, stamps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

MONTHS = (
    *("января", "февраля", "марта", "апреля", "мая", "июня"),
    *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
)
_MONTH = "|".join(MONTHS)
_DIGITS = r"(?P<d>\d{1,2})\s?\.\s?(?P<m>\d{1,2})\s?\.\s?(?P<y>\d{4})"
_WORDS = rf"[«\"“„]?\s?(?P<day>\d{{1,2}})\s?[»\"”“]?\s+(?P<month>{_MONTH})\s+(?P<year>\d{{4}})"
_BLANK = r"[«\"“„]?\s?_+\s?[»\"”“]?\s*(?:_+\s*)?(?:(?:20)?\d{0,2}_*\s*)"
_DATE = rf"(?P<date>(?:{_DIGITS}|{_WORDS}|{_BLANK})\s?(?:г\.|года|г)?)"
_NUMBER = r"(?:№|\bN[oº°]?\b\.?)\s*(?P<number>_+|[^\s_]+(?:\s?[-/]\s?[^\s_]+)*)?"
_REQUISITE = re.compile(rf"(?:от\s+)?(?:{_DATE})?[\s,]*(?:{_NUMBER})?", re.IGNORECASE)
_NUMBER_FIRST = re.compile(rf"{_NUMBER}[\s,]+(?:от\s+)?{_DATE}", re.IGNORECASE)
_ISSUED = re.compile(rf"{_DATE}[\s,]*(?:{_NUMBER})?", re.IGNORECASE)
_BARE_NUMBER = re.compile(r"(?=\S*\d)[\wА-Яа-я]+(?:[-–/.]\w+)*")
_CITY = re.compile(
    r"(?:г|гор|город|п|пос|пгт|с|р\.\s?п|ст|ст-ца|село|посёлок|поселок|д|аул)\b\.?\s*"
    r"[А-ЯЁ][а-яё]+(?:[- ][А-ЯЁа-яё]+){0,3}"
)
_BARE_CITY = re.compile(r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁа-яё]+){0,2}(?: [А-ЯЁ][а-яё]+)?")
_DOCUMENT = re.compile(
    r"(?P<word>П\s?Р\s?И\s?К\s?А\s?З|РАСПОРЯЖЕНИЕ|ПОСТАНОВЛЕНИЕ|Р\s?А\s?С\s?П\s?О\s?Р\s?Я\s?Ж\s?"
    r"Е\s?Н\s?И\s?Е)\b\s*(?P<rest>.*)",
    re.IGNORECASE,
)
OPERATIVE = re.compile(
    r"(?:п\s*р\s*и\s*к\s*а\s*з\s*ы\s*в\s*а\s*ю|п\s*о\s*с\s*т\s*а\s*н\s*о\s*в\s*л\s*я\s*[юе]\s*т?"
    r"|о\s*б\s*я\s*з\s*ы\s*в\s*а\s*ю|р\s*а\s*с\s*п\s*о\s*р\s*я\s*ж\s*а\s*ю\s*с\s*ь)\s*:?",
    re.IGNORECASE,
)
TITLE = re.compile(r"[«\"]?\s?(?:О|Об|Обо)\s+[а-яёА-ЯЁ«\"0-9]")
PREAMBLE = re.compile(
    r"(?:На основании|В соответствии|В целях|Во исполнение|В связи|Руководствуясь|С целью|"
    r"Согласно|По итогам|В рамках|Для\s|В развитие|По результатам|Учитывая|Исходя|В порядке|"
    r"С учетом|С учётом|На базе|На основе|В дополнение|По согласованию|По решению|Ввиду|Принимая|"
    r"В обеспечение|По представлению|Рассмотрев|Приказом|Распоряжением|Письмом|Федеральн)"
)
POINT = re.compile(
    r"(?P<path>(?:[1-9]\d?)(?:\.[1-9]\d?){0,4})(?P<close>[.)]|(?<=\.\d)|(?<=\.\d\d))(?!\d)[\s\t]*"
)
INITIALS = r"[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.)?"
SURNAME = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
SIGNED = re.compile(rf"(?P<name>{INITIALS}\s?{SURNAME}|{SURNAME}\s+{INITIALS})\s*$")
SHORT_NAME = re.compile(rf"{SURNAME}\s+{INITIALS}|(?<!\.){INITIALS}\s?{SURNAME}")
FULL_NAME = re.compile(rf"{SURNAME}\s+[А-ЯЁ][а-яё]+\s+[А-ЯЁ][а-яё]+(?:ич|на|оглы|кызы)\b")
PHONE = re.compile(
    r"(?:тел\.?\s*:?\s*)?(?P<phone>[+8(]?[\d(][\d()\s–-]{4,}\d(?:\s*,?\s*доб\.?\s*\d+)?)"
)
ACQUAINTED = re.compile(
    r"(?:с\s+(?:настоящим\s+)?(?:приказом|распоряжением)\s+)?ознакомлен[аы]?(?:\s?\(\s?[аы]\s?\))?"
    r"\s*:?|лист\s+ознакомления\s*:?",
    re.IGNORECASE,
)
EXECUTOR = re.compile(r"(?:исп\.|исполнитель|исполнила?|подготовила?)\s*:?\s*", re.IGNORECASE)
APPENDIX = re.compile(r"приложение\s*(?:(?:№|N)?\s*(?P<mark>\d+))?(?=\s*(?:$|к\s))", re.IGNORECASE)
APPROVED = re.compile(r"(?P<word>утвержд(?:ен[аоы]?|ён|аю))\b\s*:?\s*(?P<rest>.*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Issued:
    """The date and number that a line gives; `blank` where one is left to be filled by hand.

    `impossible` is a date as printed that no calendar has.
    """

    date: date | None = None
    number: str | None = None
    blank: bool = False
    impossible: str = ""


def issued(line: str) -> Issued | None:
    """What a line of nothing but a date and a number says; None for any other line."""
    line = line.strip()
    found = _REQUISITE.fullmatch(line) or _NUMBER_FIRST.fullmatch(line)
    return _issued(found) if found and found.group().strip() else None


def issued_within(line: str) -> Issued | None:
    """The last date in a longer line, with the number after it, or else before it."""
    if first := _NUMBER_FIRST.search(line):
        return _issued(first)
    last = next(reversed(list(_ISSUED.finditer(line))), None)
    return _issued(last) if last else None


def _issued(found: re.Match[str]) -> Issued:
    printed, number = found["date"], found["number"]
    day = _day(found)
    bare_sign = number is None and bool(re.search("№|N", found.group()))
    blank = "_" in (printed or "") or bare_sign or (number or "").startswith("_")
    impossible = printed.strip() if printed and day is None and "_" not in printed else ""
    given = None if number is None or number.startswith("_") else number
    return Issued(day, given, blank, impossible)


def _day(found: re.Match[str]) -> date | None:
    try:
        if found["d"]:
            return date(int(found["y"]), int(found["m"]), int(found["d"]))
        if found["day"]:
            month = MONTHS.index(found["month"].lower()) + 1
            return date(int(found["year"]), month, int(found["day"]))
    except ValueError:
        return None
    return None


def is_bare_number(text: str) -> bool:
    """Whether the text may be a registration number without «№»: 10-П-227."""
    return len(text) <= 20 and _BARE_NUMBER.fullmatch(text) is not None


def is_city(text: str, *, known: frozenset[str] = frozenset()) -> bool:
    """Whether the text names a settlement: one that is known, or marked as one."""
    return text in known or _CITY.fullmatch(text) is not None


def may_be_city(text: str) -> bool:
    """Whether the text could be a settlement's name, judged by its shape alone."""
    return len(text) <= 40 and _BARE_CITY.fullmatch(text) is not None


def document_word(line: str) -> tuple[str, str] | None:
    """The kind of document a line names, and what follows in the same line.

    That is a date with a number, or «по основной деятельности» and the like.
    """
    found = _DOCUMENT.fullmatch(line.strip())
    if found is None:
        return None
    rest = found["rest"]
    if rest and issued(rest) is None and not rest.lower().startswith("по "):
        return None
    return found["word"].strip(), rest
