"""Declension (склонение): any person, post, organisation or region in any case."""

from docgen.language.declension.cases import Kind, Overrides, decline
from docgen.language.declension.morphology import CASES, Case
from docgen.language.declension.persons import acquainted_word, gender_of
from docgen.language.declension.titles import (
    approval_word,
    attached_word,
    decline_phrase,
    inner_title,
)

__all__ = [
    "CASES",
    "Case",
    "Kind",
    "Overrides",
    "acquainted_word",
    "approval_word",
    "attached_word",
    "decline",
    "decline_phrase",
    "gender_of",
    "inner_title",
]
