"""What a scan reads wrongly: zeros for letters, a letter too many, an abbreviation one letter off.

The text is never changed; what was probably printed stands in the suggestion.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from docgen.checks.distance import distance
from docgen.checks.dossier import Dossier, Mistake
from docgen.i18n import _

_COMPANY = re.compile(r"\bООО\b(?!\s*[«\"“„])")
_SCHOOL_LEVEL = re.compile(r"(?i)ФГОС|\b[НС]ОО\b|стандарт|программ\w* |уров")
_TESTING = re.compile(r"(?i)оценочн|процедур|\bЕГЭ\b|\bОГЭ\b")
_ABBREVIATION = re.compile(r"[А-ЯЁ]{4,}")
_LEGAL_FORM = re.compile(r"[А-ЯЁ]*[АБК]О?У|М?О?МОУ?О?|[А-ЯЁ]?ОМО|РУМО|УМО|РМО|ГМО")
_KNOWN = frozenset(
    ("МЭДК", "ФИОКО", "ЦНППМ", "ФГОС", "ВСОКО", "ШНОР", "СОИРО", "ФИСОКО", "ЕСНМС", "ЦОКО", "НОКО")
)
_FREQUENT = 3
_LONGEST_ABBREVIATION = 7

Mend = Callable[[re.Match[str]], str | None]


def _zeros_to_letters(found: re.Match[str]) -> str | None:
    """«6 00» is «6 ОО»; zeros after a sign or a number's dot are zeros."""
    count, zeros = found.groups()
    return f"{count}{'О' * len(zeros)}"


def _school(found: re.Match[str]) -> str | None:
    """«ООО» among schools is «ОО», unless a level of school is meant."""
    before = found.string[max(found.start() - 40, 0) : found.start()]
    return None if _SCHOOL_LEVEL.search(before) else "ОО"


def _test(found: re.Match[str]) -> str | None:
    """«VIP» beside a test is «ВПР»."""
    around = found.string[max(found.start() - 60, 0) : found.end() + 60]
    return "ВПР" if _TESTING.search(around) else None


_SLIPS: tuple[tuple[re.Pattern[str], Mend], ...] = (
    (re.compile(r"(\b\d+%?\s+|\b)(?<![\d.,:/+-])(0{2,3})\b(?![.,:/%+-]?\d)"), _zeros_to_letters),
    (
        re.compile(r"\bФГОС(?:\s+НОО(?:,|\s+и))?\s+ОО\b|\bНОО(?:,|\s+и)\s+ОО\b"),
        lambda found: f"{found.group()[:-2]}ООО",
    ),
    (
        re.compile(r"\.\s?(?<!\d\.)(?<!\d\.\s)(?:0[1-9]|1[0-2])\.\s?20\d\d"),
        lambda found: found.group().lstrip(". "),
    ),
    (re.compile(r"\b([Вв] соответствии) и с\b"), lambda found: f"{found[1]} с"),
    (re.compile(r"\bVIP\b"), _test),
    (
        re.compile(r"</?(?:u|b|i|p|br|td|tr|sup|sub)\s?/?>|\*\*\b|&(?:nbsp|amp|quot|lt|gt);"),
        lambda found: "",
    ),
    (re.compile(r"[А-Яа-яё]{3,}- (?!(?:и|или|либо|да)\b)[а-яё]{3,}"), lambda found: ""),
)
"""What scans and hasty hands leave, each with what was probably meant; None where it is right."""


def ocr_suspect(dossier: Dossier) -> Iterator[Mistake]:
    """Words that look misread by a scanner."""
    for pattern, mend in _slips(dossier.text):
        for passage, found in dossier.find(pattern):
            mended = mend(found)
            if mended is not None:
                yield _mistake(passage.path, found.group(), mended)


def _slips(text: str) -> Iterator[tuple[re.Pattern[str], Mend]]:
    """The patterns worth looking for in this order."""
    yield from _SLIPS
    if len(re.findall(r"\bОО\b", text)) > 1:
        yield _COMPANY, _school
    rare = _rare_abbreviations(text)
    if rare:
        yield re.compile(rf"\b(?:{'|'.join(rare)})\b"), lambda found: rare[found.group()]


def _mistake(path: str, printed: str, mended: str) -> Mistake:
    return Mistake(path, _("looks misread or mistyped: “%(text)s”") % {"text": printed}, mended)


@lru_cache(maxsize=256)
def _rare_abbreviations(text: str) -> Mapping[str, str]:
    """Abbreviations used once that are one slip away from a frequent or a well-known one."""
    counts = Counter(_ABBREVIATION.findall(text))
    trusted = {word for word, times in counts.items() if times >= _FREQUENT} | _KNOWN
    return {
        word: meant
        for word, times in counts.items()
        if times == 1 and word not in trusted and len(word) <= _LONGEST_ABBREVIATION
        if not _is_explained(word, text)
        for meant in sorted(trusted)
        if _is_slip(word, meant)
    }


def _is_explained(word: str, text: str) -> bool:
    """Whether the text introduces the abbreviation, or it is the form of an institution."""
    return bool(_LEGAL_FORM.fullmatch(word)) or f"({word})" in text or f"– {word})" in text


def _is_slip(word: str, meant: str) -> bool:
    return not _LEGAL_FORM.fullmatch(meant) and distance(word, meant, 1) == 1
