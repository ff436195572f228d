"""What a scan reads wrongly: zeros for letters, a letter too many, an abbreviation one letter off.

The text is never changed; what was probably printed stands in the suggestion.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial

from docgen.checks.distance import distance
from docgen.checks.dossier import PARTING, Dossier, Mistake, stands_alone
from docgen.i18n import _
from docgen.models import Severity

_SCHOOLS = re.compile(r"ОО\b")
_COMPANY = re.compile(r"ООО(?<![\d%]\sООО)\b(?!\s*[«\"“„])")
_SCHOOL_LEVEL = re.compile(r"(?i)ФГОС|\b[НС]ОО\b|стандарт|программ\w* |уров")
_TESTING = re.compile(r"(?i)оценочн|процедур|\bЕГЭ\b|\bОГЭ\b")
_ABBREVIATION = re.compile(r"[А-ЯЁ]{4,}")
_LEGAL_FORM = re.compile(r"[А-ЯЁ]*[АБК]О?У|М?О?МОУ?О?|[А-ЯЁ]?ОМО|РУМО|УМО|РМО|ГМО")
_TRUSTED = frozenset(("МЭДК", "ФИОКО", "ЦНППМ", "ШНОР"))
_INNOCENT = frozenset(
    ("ФГОС", "ФГИС", "ФИПИ", "ФГБУ", "ФГАУ", "ФГКУ", "ФГУП", "ФГОУ", "ФГНУ", "ФИСОКО", "ВСОКО",
     "РСОКО", "МСОКО", "ЦОКО", "РЦОКО", "ЦОПП", "ЦНПП", "ЦДПО", "ВСОШ", "НСОТ", "ЕСИА", "ЕСНМС")
)  # fmt: skip
"""Abbreviations one letter off each other that are all right."""
_FREQUENT = 3
_SHORTEST_ADJECTIVE = 5
_LONGEST_ABBREVIATION = 7


@dataclass(frozen=True, slots=True)
class Slip:
    """What is printed and what was probably meant, empty where that is not certain."""

    printed: str
    meant: str
    severity: Severity = "warning"


Judge = Callable[[re.Match[str]], Slip | None]
Trace = tuple[re.Pattern[str], Judge, *tuple[str, ...]]
"""What to look for, who judges what is found, and signs one of which every match holds."""


def _zeros(found: re.Match[str]) -> Slip | None:
    """«6 00» is «6 ОО»; zeros of a time, a sum, a telephone or a number are zeros.

    Without a count before them they are letters only between words.
    """
    before = found.string[max(found.start() - 12, 0) : found.start()]
    if before[-1:] in _NUMERIC or not stands_alone(found):
        return None
    count = _COUNT.search(before)
    if count and (len(found.group()) == 3 or count["before"]):
        return None
    if not count and not _AFTER_WORD.search(before):
        return None
    printed = f"{count['count'] if count else ''}{found.group()}"
    return Slip(printed, printed[: -len(found.group())] + "О" * len(found.group()))


def _standard(found: re.Match[str]) -> Slip:
    """«ФГОС НОО и ОО» is «ФГОС НОО и ООО»."""
    return Slip(found.group(), f"{found.group()[:-2]}ООО", "info")


def _dayless(found: re.Match[str]) -> Slip | None:
    """«.10.2021» has lost its day; after a figure the dot belongs to a whole date."""
    if found.string[: found.start()].rstrip()[-1:].isdigit():
        return None
    return Slip(found.group(), found.group().lstrip(". "))


def _torn(found: re.Match[str]) -> Slip:
    """A word torn at the end of a line: «в соответствии и с планом»."""
    return Slip(found.group(), found.group().replace("и и ", "и "))


def _torn_ending(found: re.Match[str]) -> Slip | None:
    """An ending torn off in a narrow column: «образовательным и результатами»."""
    word = _LAST_WORD.search(found.string, max(found.start() - 30, 0), found.start())
    if word is None or len(word.group()) < _SHORTEST_ADJECTIVE:
        return None
    return Slip(f"{word.group()}{found.group()}", f"{word.group()}и {found['noun']}")


def _test(found: re.Match[str]) -> Slip | None:
    """«VIP» beside a test is «ВПР»."""
    around = found.string[max(found.start() - 60, 0) : found.end() + 60]
    return Slip("VIP", "ВПР") if _TESTING.search(around) else None


def _school(found: re.Match[str]) -> Slip | None:
    """«ООО» among schools is «ОО», unless a level of school is meant."""
    if not stands_alone(found):
        return None
    before = found.string[max(found.start() - 40, 0) : found.start()].rpartition(PARTING)[2]
    return None if _SCHOOL_LEVEL.search(before) else Slip("ООО", "ОО")


def _abbreviation(meant: str, found: re.Match[str]) -> Slip | None:
    return Slip(found.group(), meant) if stands_alone(found) else None


def _markup(found: re.Match[str]) -> Slip:
    """Marks of another program: «<u>», «**», «&nbsp;»."""
    return Slip(found.group(), _("delete it"))


def _share(found: re.Match[str]) -> Slip | None:
    """«З0%» is «30%», «10О%» is «100%»."""
    figures = _LAST_FIGURES.search(found.string, max(found.start() - 4, 0), found.start())
    if figures is None:
        return None
    printed = f"{figures.group()}{found.group()}"
    mended = printed.translate(_TO_FIGURES)
    is_mixed = mended != printed and any(map(str.isdigit, printed))
    return Slip(printed, mended) if is_mixed and stands_alone(figures) else None


def _half_zeros(found: re.Match[str]) -> Slip | None:
    """«100% 0О» is «100% ОО»."""
    return Slip(found.group(), "ОО") if stands_alone(found) else None


def _figure(found: re.Match[str]) -> Slip | None:
    """«l5 школ» is «15 школ»."""
    printed = found.group()
    return Slip(printed, printed.replace("l", "1")) if _may_count(found) else None


def _letter(found: re.Match[str]) -> Slip | None:
    """«1О школ» is «10 школ»."""
    figures = _COUNTING.search(found.string, max(found.start() - 3, 0), found.start())
    if figures is None or not _may_count(figures):
        return None
    return Slip(f"{figures.group()}О", f"{figures.group()}0")


def _may_count(figures: re.Match[str]) -> bool:
    """Whether the figures are a count; «приказ № 1О» may have a letter."""
    before = figures.string[max(figures.start() - 2, 0) : figures.start()]
    return not (before[-1:].isalnum() or before[-1:] in _NUMERIC or "№" in before)


def _zero(found: re.Match[str]) -> Slip | None:
    """«педаг0гов» is «педагогов»."""
    start = _LAST_LETTERS.search(found.string, max(found.start() - 30, 0), found.start())
    if start is None:
        return None
    printed = f"{start.group()}{found.group()}"
    return Slip(printed, printed.replace("0", "о"))


def _hyphen(found: re.Match[str]) -> Slip | None:
    """A hyphen stuck to one word only: a dash, or a word divided at the end of a line."""
    word = _LAST_WORD.search(found.string, max(found.start() - 30, 0), found.start())
    if word is None:
        return None
    whole = f"{word.group()}{found.group()}"
    return Slip(whole, _("write it as one word, or put a dash with spaces"), "info")


_NUMERIC = tuple("0123456789.,:/+-№")
_COUNT = re.compile(r"(?P<before>(?:[\d)]|\b(?:в|с|до|к|на))\s+)?(?P<count>\d+%?\s+)$")
_AFTER_WORD = re.compile(r"[а-яё]\s$")
_LAST_WORD = re.compile(r"[А-Яа-яё]{3,}$")
_LAST_LETTERS = re.compile(r"[А-ЯЁа-яё]{2,}$")
_COUNTING = re.compile(r"[1-9][0-9]{0,2}$")
_LAST_FIGURES = re.compile(r"[0-9ЗзОоБб]{2,3}\s?$")
_TO_FIGURES = str.maketrans("ЗзОоБб", "330066")
_SLIPS: tuple[Trace, ...] = (
    (re.compile(r"000?\b(?!\s?[.,:/%+-]?\s?\d|%|\sкоп)"), _zeros),
    (
        re.compile(r"[ФН](?:ГОС(?:\s+НОО(?:,|\s+и))?|ОО(?:,|\s+и))\s+ОО\b"),
        _standard,
        "ГОС",
        "НОО",
        "ФОО",
    ),
    (re.compile(r"\.\s?(?:0[1-9]|1[0-2])\.\s?20\d\d"), _dayless),
    (re.compile(r"соответствии и с(?:о)?\b"), _torn, "соответствии и с"),
    (re.compile(r" и (?<=[ыи]м и )(?P<noun>[а-яё]{3,}[ая]ми)\b"), _torn_ending, "м и "),
    (re.compile(r"ООО(?<=[\d%]\sООО)\b(?!\s*[«\"“„])"), _school, "ООО"),
    (re.compile(r"VIP\b"), _test, "VIP"),
    (re.compile(r"</?(?:u|b|i|p|br|td|tr|su[bp])\s?/?>"), _markup, "<"),
    (re.compile(r"\*\*(?!\*)"), _markup, "**"),
    (re.compile(r"&(?:nbsp|amp|quot|lt|gt);"), _markup, "&"),
    (re.compile("%"), _share),
    (re.compile(r"0[а-яё]+"), _zero),
    (re.compile(r"(?:0О|О0)\b"), _half_zeros, "0О", "О0"),
    (re.compile(r"О(?<=[0-9]О)\b(?=\s[а-яё])"), _letter),
    (re.compile(r"l[0-9]+\b"), _figure),
    (re.compile(r"- (?!(?:и|или|либо|да)\b)[а-яё]{3,}"), _hyphen),
)
"""What scans and hasty hands leave, and who judges each; patterns begin with what is seldom."""


def ocr_suspect(dossier: Dossier) -> Iterator[Mistake]:
    """Words that look misread by a scanner."""
    for pattern, judge, *signs in _slips(dossier.text):
        for passage, found in dossier.find(pattern, *signs):
            slip = judge(found)
            if slip is not None:
                yield Mistake(
                    passage.path,
                    _("looks misread or mistyped: “%(text)s”") % {"text": slip.printed},
                    slip.meant,
                    slip.severity,
                )


def _slips(text: str) -> Iterator[Trace]:
    """The patterns worth looking for in this order."""
    yield from _SLIPS
    if "ООО" in text and sum(map(stands_alone, _SCHOOLS.finditer(text))) > 1:
        yield _COMPANY, _school, "ООО"
    for word, meant in _rare_abbreviations(text).items():
        yield re.compile(rf"{word}\b"), partial(_abbreviation, meant), word


@lru_cache(maxsize=256)
def _rare_abbreviations(text: str) -> Mapping[str, str]:
    """Abbreviations used once that are one slip away from a frequent or a well-known one."""
    counts = Counter(_ABBREVIATION.findall(text))
    trusted = {word for word, times in counts.items() if times >= _FREQUENT} | _TRUSTED
    return {
        word: meant
        for word, times in counts.items()
        if times == 1 and word not in trusted | _INNOCENT and len(word) <= _LONGEST_ABBREVIATION
        if not _is_explained(word, text)
        for meant in sorted(trusted)
        if _is_slip(word, meant)
    }


def _is_explained(word: str, text: str) -> bool:
    """Whether the text introduces the abbreviation, or it is the form of an institution."""
    return bool(_LEGAL_FORM.fullmatch(word)) or f"({word})" in text or f"– {word})" in text


def _is_slip(word: str, meant: str) -> bool:
    if word[0] != meant[0] or _LEGAL_FORM.fullmatch(meant):
        return False
    return distance(word, meant, 1) == 1
