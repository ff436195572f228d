"""Titles of documents: in another case, and the words of an order that agree with them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from docgen.errors import LanguageError
from docgen.i18n import _
from docgen.language.declension.groups import Group, decline_groups, find_groups, is_unmistakable
from docgen.language.declension.morphology import Case, Reading, readings
from docgen.language.declension.phrases import Word, replace_words, split_words

Agreement = Literal["masculine", "feminine", "neuter", "plural"]
_APPROVED: dict[Agreement, str] = {
    "masculine": "УТВЕРЖДЕН",
    "feminine": "УТВЕРЖДЕНА",
    "neuter": "УТВЕРЖДЕНО",
    "plural": "УТВЕРЖДЕНЫ",
}
_ATTACHED: dict[Agreement, str] = {
    "masculine": "прилагаемый",
    "feminine": "прилагаемую",
    "neuter": "прилагаемое",
    "plural": "прилагаемые",
}
_GENDERS: dict[str, Agreement] = {"masc": "masculine", "femn": "feminine", "neut": "neuter"}
_DOCUMENTS = frozenset(
    {
        "график",
        "инструкция",
        "карта",
        "комплекс",
        "концепция",
        "методика",
        "паспорт",
        "перечень",
        "план",
        "положение",
        "порядок",
        "правила",
        "программа",
        "регламент",
        "реестр",
        "состав",
        "список",
        "списки",
        "схема",
        "форма",
        "формы",
        "циклограмма",
    }
)
_TERRITORY = re.compile(
    r"\b[а-яё-]+ск[а-яё]{2,3}(?=\s(?:област|кра[йюея]|район|округ|республик|автономн|муниципальн))"
)
_SHORTEST_SHOUT = 4
_REFERENCES = frozenset({"приложение", "приложения"})


def approval_word(document_title: str) -> str:
    """УТВЕРЖДЕН, УТВЕРЖДЕНА, УТВЕРЖДЕНО or УТВЕРЖДЕНЫ, agreeing with the document (ГОСТ Р 7.0.97).

    Raises LanguageError `agreement-unknown` where the title has no noun to agree with.
    """
    return _APPROVED[_agreement(document_title)]


def attached_word(document_title: str) -> str:
    """«прилагаемый», «прилагаемую», «прилагаемое» or «прилагаемые», for «Утвердить …»."""
    return _ATTACHED[_agreement(document_title)]


@lru_cache(maxsize=1024)
def inner_title(title: str) -> str:
    """The title as it stands inside a sentence: «ДОРОЖНАЯ КАРТА по …» is «дорожная карта по …».

    Abbreviations keep their capitals, and names of territories get theirs back.
    """
    words = split_words(title)
    shouted = title.isupper()
    forms = {
        index: word.lower
        for index, word in enumerate(words)
        if (word.text.isupper() and (_is_shouted(word) or (shouted and _is_auxiliary(word))))
        or (index == 0 and not word.is_fixed)
    }
    inner = replace_words(title, words, forms)
    return _TERRITORY.sub(lambda found: found[0].title(), inner) if shouted else inner


def _is_shouted(word: Word) -> bool:
    """Whether capitals only stress a dictionary word, in whatever case it stands."""
    found = readings(word.text)[0]
    return len(word.text) >= _SHORTEST_SHOUT and found.known and "Abbr" not in found.traits


def _is_auxiliary(word: Word) -> bool:
    return readings(word.text)[0].pos in {"PREP", "CONJ"}


@lru_cache(maxsize=1024)
def decline_phrase(text: str, case: Case) -> str:
    """The title of a document in `case`: its head, and a bracketed second name of it."""
    if case == "nominative":
        return text
    words = split_words(text)
    return decline_groups(text, words, _groups(words), case)


@lru_cache(maxsize=1024)
def _agreement(title: str) -> Agreement:
    words = split_words(title)
    groups = [group for group in _groups(words) if not words[group.start].opens_bracket]
    if not groups:
        message = _("Cannot tell which noun of “%(title)s” the word «утвержден» agrees with")
        raise LanguageError(message % {"title": title}, code="agreement-unknown")
    if len(groups) > 1 and not words[groups[1].start].follows_dash:
        return "plural"
    return "plural" if groups[0].number == "plur" else _GENDERS[groups[0].gender]


def _groups(words: Sequence[Word]) -> list[Group]:
    return list(find_groups(words, 0, _names_document, _next_document))


def _names_document(reading: Reading) -> bool:
    return not reading.is_animate and not reading.is_name


def _next_document(words: Sequence[Word], group: Group, first: Group | None) -> Group | None:
    """A second document after «и», or the second name of the same one in a bracket."""
    if first is None or group.head.is_adjective:
        return None
    word = words[group.start]
    if word.opens_bracket:
        return group if _is_second_name(words, group) else None
    previous = words[group.start - 1].lower
    if word.quoted or previous == "далее" or not (word.follows_dash or previous == "и"):
        return None
    follows_head = group.start == first.end + 1
    is_document = group.head.word in _DOCUMENTS or _is_only_nominative(group)
    return group if follows_head or is_document else None


def _is_only_nominative(group: Group) -> bool:
    """Whether nothing said before can govern the noun: «смета», unlike «контроль»."""
    return all(reading.case == "nomn" for reading in readings(group.head.word) if reading.is_noun)


def _is_second_name(words: Sequence[Word], group: Group) -> bool:
    """Whether the bracket is the first one, holds a nominative and is no reference."""
    if group.head.word in _REFERENCES or any(word.opens_bracket for word in words[: group.start]):
        return False
    return any(is_unmistakable(word) for word in words[group.start : group.end])
