"""The words of one document: what it says elsewhere tells what was misread here."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from itertools import pairwise

WORD = re.compile(r"[А-ЯЁа-яё]+")
_DECLARED = re.compile(r"\(далее\s*[-–—]?\s*([^()]{2,60})\)")
ABBREVIATIONS = frozenset(
    (
        *("ВПР", "ГИА", "ЕГЭ", "ОГЭ", "ФГОС", "ФГБУ", "ФИОКО", "ФИПИ", "МЭДК", "ШНОР", "ШНСУ"),
        *("ЦНППМ", "РУМО", "ИРО", "ИПК", "МОУО", "ОМСУ", "ИКТ", "ВКС", "ДПО", "СОШ", "МБОУ"),
        *("МКОУ", "МАОУ", "ГБОУ", "ГАУ", "ГАОУ", "НОО", "ООО", "СОО", "РЦОИ", "ВСОКО"),
    )
)
"""Abbreviations that orders of education authorities use without saying what they mean."""


class Vocabulary:
    """How often each word and pair of words stands in the document, and the terms it declares."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def words(self) -> Counter[str]:
        """The words in small letters."""
        return Counter(word.lower() for word in WORD.findall(self._text))

    @cached_property
    def pairs(self) -> Counter[tuple[str, str]]:
        """Words that follow each other."""
        return Counter(pairwise(word.lower() for word in WORD.findall(self._text)))

    @cached_property
    def terms(self) -> frozenset[str]:
        """What follows «далее» in brackets: «ОО Проекта»."""
        return frozenset(" ".join(found.split()) for found in _DECLARED.findall(self._text))

    @cached_property
    def abbreviations(self) -> frozenset[str]:
        """Those that are in general use or stand in the document more than once."""
        found = Counter(re.findall(r"\b[А-ЯЁ]{3,8}\b", self._text))
        return ABBREVIATIONS | {word for word, times in found.items() if times > 2}
