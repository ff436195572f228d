"""Organisations in any case: the words up to the first noun decline, the rest is the name."""

from __future__ import annotations

from docgen.language.declension.groups import decline_groups, find_groups
from docgen.language.declension.morphology import Case, Reading
from docgen.language.declension.phrases import split_words
from docgen.language.declension.posts import attribute


def decline_organisation(text: str, case: Case) -> str:
    """The organisation in `case`; an abbreviation or a quoted name stays as it is."""
    words = split_words(text)
    start = None if words and words[0].quoted else 0
    return decline_groups(text, words, find_groups(words, start, _names_body, attribute), case)


def _names_body(reading: Reading) -> bool:
    return not reading.is_name
