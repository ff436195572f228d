"""Posts and addressees in any case: the head noun declines, what it governs stays.

«заместитель министра – начальник управления» has two heads; «и.о. директора» has none.
A person named beside the post («методист Иванова А.А.») declines as a person.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from docgen.language.declension.groups import Group, decline_groups, find_groups, is_unmistakable
from docgen.language.declension.morphology import Case, Reading, is_genitive, nominatives, readings
from docgen.language.declension.persons import decline_person
from docgen.language.declension.phrases import Word, split_words

_HEADS = ("заведующ", "исполняющ", "управляющ", "ответственн", "уполномоченн", "командующ")
_ACTING = re.compile(r"\W*(?:и\W{0,2}о|вр\W{0,2}и\W{0,2}о|врип|вриод)\b", re.IGNORECASE)
_INITIALS = r"[А-ЯЁ]\.(?:\s?[А-ЯЁ]\.)?"
_NAME = "[А-ЯЁ][а-яё]+(?:[-‑][А-ЯЁ][а-яё]+)*"
_NAMED = rf"{_NAME}\s{_INITIALS}|{_INITIALS}\s?{_NAME}"
_PERSON = re.compile(
    rf"(?P<bracket>\([^()]*{_INITIALS}[^()]*\))|«.*»|\bим(?:ени|\.)\s(?:{_NAMED})"
    rf"|(?P<name>\b(?:{_NAMED}|{_NAME}\s{_NAME}\s{_NAME}(?:ич|вна|чна)\b))"
)
_MARK = "\x1f"  # stands for a person; counts as white space
_GOVERN_ACCUSATIVE = frozenset({"в", "за", "на", "про", "через"})


def decline_post(text: str, case: Case) -> str:
    """The post in `case`; «и.о. …» and «врио …» stay as they are."""
    words = split_words(text)
    start = None if _ACTING.match(text) else _after_adverbs(words)
    groups = find_groups(words, start, _names_person, _next_person)
    persons = (replace(group, animate=True) for group in groups)
    return decline_groups(text, words, persons, case)


def decline_addressee(text: str, case: Case, gender: str | None = None) -> str:
    """The addressee in `case`: a post, an organisation, a person or a list of them.

    Raises LanguageError `gender-unknown` for a person whose form depends on an unknown gender.
    """
    forms: list[str] = []

    def mark(match: re.Match[str]) -> str:
        if not (match["name"] or match["bracket"]):
            return match[0]
        forms.append(decline_person(match[0], case, gender) if match["name"] else match[0])
        return _MARK

    bodies, left = _decline_bodies(_PERSON.sub(mark, text), case), iter(forms)
    return re.sub(_MARK, lambda match: next(left, match[0]), bodies)


def _decline_bodies(text: str, case: Case) -> str:
    words = split_words(text)
    start = None if _ACTING.match(text) else _after_adverbs(words)
    groups = find_groups(words, start, _names_person, _next_addressee)
    return decline_groups(text, words, groups, case)


def _names_person(reading: Reading) -> bool:
    return reading.is_animate


def _after_adverbs(words: Sequence[Word]) -> int:
    """The index after «временно» and its like."""
    for index, word in enumerate(words):
        if not any(reading.pos == "ADVB" for reading in readings(word.text)):
            return index
    return 0


def _next_addressee(words: Sequence[Word], group: Group, first: Group | None) -> Group | None:
    """A further addressee of a list: a person, or a body of the same number."""
    person = _next_person(words, group, first)
    if person is not None or group.head.is_adjective:
        return person
    if not _starts_anew(words, group.start) or _is_governed(words, group, first):
        return None
    return group if _is_nominative(words, group, first) else None


def _next_person(words: Sequence[Word], group: Group, first: Group | None) -> Group | None:
    """A further head of a post, or an attribute set off by a comma."""
    if not _starts_anew(words, group.start):
        return None
    clause = attribute(words, group, first)
    if clause is not None:
        return clause
    if group.head.is_adjective:
        return group if group.head.word.startswith(_HEADS) else None
    if not group.animate or not _is_nominative(words, group, first):
        return None
    return _beside(words, group, first)


def _beside(words: Sequence[Word], group: Group, first: Group | None) -> Group:
    """The group, treated as a thing when it renames one: «школы – участницы»."""
    if first is None or not words[group.start].follows_dash:
        return group
    return replace(group, animate=first.animate)


def attribute(words: Sequence[Word], group: Group, first: Group | None) -> Group | None:
    """The participle or adjective after a comma that agrees with the first head.

    «организации, реализующие программы»: what the participle governs is not declined with it.
    """
    leading = group.readings[0]
    if first is None or leading is None or not words[group.start].follows_comma:
        return None
    if not leading.is_adjective or not group.agrees_with(first):
        return None
    if leading.pos != "PRTF" and group.head.is_noun:
        return None
    return replace(group.shortened(1), animate=first.animate)


def _starts_anew(words: Sequence[Word], index: int) -> bool:
    word = words[index]
    if word.quoted or words[index - 1].lower == "далее":
        return False
    if word.follows_comma or word.follows_dash or word.opens_bracket or _is_glued(word):
        return True
    return word.follows_space and words[index - 1].lower == "и"


def _is_glued(word: Word) -> bool:
    """Whether a hyphen does the work of a dash: «заместитель министра-начальник управления»."""
    left, hyphen, right = word.lower.rpartition("-")
    return bool(hyphen) and is_genitive(left) and bool(nominatives(right))


def _is_nominative(words: Sequence[Word], group: Group, first: Group | None) -> bool:
    """Whether the group is no genitive in disguise: «директора» after «заместитель министра,»."""
    if first is not None and group.number == first.number:
        return True
    return is_unmistakable(words[group.end - 1])


def _is_governed(words: Sequence[Word], group: Group, first: Group | None) -> bool:
    """Whether an accusative like «за учёт и контроль» only looks like a nominative."""
    between = words[first.end if first else 0 : group.start]
    return any(word.lower in _GOVERN_ACCUSATIVE for word in between)
