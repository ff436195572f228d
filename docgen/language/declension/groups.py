"""Noun groups in the nominative: found in a phrase, and put into another case.

A group is leading adjectives and the noun they agree with («старший методист»), or an adjective
standing for a noun («заведующая»). Everything outside the groups stays as it was written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from docgen.language.declension.morphology import (
    Case,
    Reading,
    dress,
    inflect,
    may_be_genitive,
    nominatives,
    split_hyphens,
)
from docgen.language.declension.phrases import Word, replace_words

_AGREEMENTS = (("sing", "masc"), ("sing", "femn"), ("sing", "neut"), ("plur", ""))
_LONGEST_GROUP = 12
_DOERS = ("исполняющ", "исполнявш")  # they take an object, never a noun of their own
_UNDECLINED_PARTS = frozenset(
    {
        "арт",
        "бизнес",
        "веб",
        "вице",
        "генерал",
        "интернет",
        "контр",
        "медиа",
        "мини",
        "обер",
        "онлайн",
        "пресс",
        "санкт",
        "топ",
        "унтер",
        "штаб",
        "экс",
        "эко",
    }
)

Liking = Callable[[Reading], bool]


@dataclass(frozen=True, slots=True)
class Group:
    """A nominative group: its first word's index, a reading per word, number and gender.

    A conjunction inside («организационный и кадровый отдел») has no reading.
    """

    start: int
    readings: tuple[Reading | None, ...]
    head: Reading
    number: str
    gender: str
    animate: bool

    @property
    def end(self) -> int:
        """The index of the first word after the group."""
        return self.start + len(self.readings)

    def shortened(self, length: int) -> Group:
        """The first `length` words of the group, the last of them its head."""
        head = self.readings[length - 1] or self.head
        return replace(self, readings=self.readings[:length], head=head)

    def agrees_with(self, other: Group) -> bool:
        """Whether both stand in one number and one gender."""
        return (self.number, self.gender) == (other.number, other.gender)


def find_group(words: Sequence[Word], start: int, liking: Liking) -> Group | None:
    """The best nominative group that starts at the word; `liking` prefers some noun readings."""
    groups = [group for group in _groups(words, start, liking) if group is not None]
    return max(groups, key=lambda group: _rank(group, liking), default=None)


def _groups(words: Sequence[Word], start: int, liking: Liking) -> Iterator[Group | None]:
    for number, gender in _AGREEMENTS:
        yield _Search(words, number, gender, liking).group(start)


def _rank(group: Group, liking: Liking) -> tuple[bool, bool, int, float]:
    head = group.head
    return head.is_noun, liking(head), len(group.readings), head.score


@dataclass(frozen=True, slots=True)
class _Search:
    """A walk along words that agree in one number and gender."""

    words: Sequence[Word]
    number: str
    gender: str
    liking: Liking

    def group(self, start: int) -> Group | None:
        """The longest group from `start`, or None."""
        taken: list[Reading | None] = []
        head = None
        for index in range(start, min(start + _LONGEST_GROUP, len(self.words))):
            if taken and not self._goes_on(index):
                break
            reading = self._reading(index)
            if reading is None and not taken:
                return None
            taken.append(reading)
            head = reading or head
            if reading is not None and _ends_group(reading):
                break
        if head is None:
            return None
        animate = head.is_adjective or head.is_animate  # an adjective alone names a person
        return Group(start, tuple(taken), head, self.number, self.gender, animate)

    def _reading(self, index: int) -> Reading | None:
        adjective, noun = self._adjective(index), self._noun(index)
        if noun is not None and not (adjective is not None and self._goes_on(index + 1)):
            return noun
        return adjective

    def _goes_on(self, index: int) -> bool:
        if index >= len(self.words) or not self._joined(index):
            return False
        agreeing = self._adjective(index) or self._noun(index)
        return agreeing is not None or self._is_conjunction(index)

    def _is_conjunction(self, index: int) -> bool:
        """Whether «и» joins one more adjective."""
        if self.words[index].lower != "и" or index + 1 == len(self.words):
            return False
        return self.words[index + 1].follows_space and self._adjective(index + 1) is not None

    def _joined(self, index: int) -> bool:
        word = self.words[index]
        return word.follows_space or (word.follows_comma and self._adjective(index) is not None)

    def _adjective(self, index: int) -> Reading | None:
        return self._pick(index, lambda reading: reading.is_adjective)

    def _noun(self, index: int) -> Reading | None:
        return self._pick(index, lambda reading: reading.is_noun)

    def _pick(self, index: int, wanted: Liking) -> Reading | None:
        word = self.words[index]
        if word.is_fixed:
            return None
        fitting = [reading for reading in _agreeing(word.lower) if wanted(reading)]
        fitting = [reading for reading in fitting if self._fits(reading)]
        return max(fitting, key=self._preference, default=None)

    def _fits(self, reading: Reading) -> bool:
        if reading.number != self.number:
            return False
        return self.number == "plur" or reading.gender in {self.gender, ""}

    def _preference(self, reading: Reading) -> tuple[bool, bool, float]:
        return self.liking(reading), not reading.is_name, reading.score


def _ends_group(reading: Reading) -> bool:
    return reading.is_noun or reading.word.startswith(_DOERS)


def _agreeing(word: str) -> tuple[Reading, ...]:
    """The nominative readings that decide agreement: of a compound, its first declined part."""
    if not _is_compound(word):
        return nominatives(word)
    for part in split_hyphens(word)[::2]:
        if _declinable(part):
            return tuple(reading for reading in nominatives(part) if reading.is_noun)
    return ()


def _is_compound(word: str) -> bool:
    """Whether the hyphen joins nouns that the dictionary does not list as one word."""
    if len(split_hyphens(word)) == 1:
        return False
    whole = nominatives(word)
    return not any(reading.known or reading.is_adjective for reading in whole)


def _declinable(part: str) -> bool:
    return part not in _UNDECLINED_PARTS and any(
        reading.is_noun and len(part) > 1 for reading in nominatives(part)
    )


Restart = Callable[[Sequence[Word], Group, "Group | None"], "Group | None"]


def find_groups(
    words: Sequence[Word], start: int | None, liking: Liking, restart: Restart
) -> Iterator[Group]:
    """The group at `start` (None: there is none) and those further on that `restart` accepts.

    `restart` gets the words, a nominative group found later and the first group; it returns
    the group to decline, perhaps shortened, or None.
    """
    first = None if start is None else find_group(words, start, liking)
    if first is not None:
        yield first
    index = first.end if first is not None else (start or 0) + 1
    while index < len(words):
        found = find_group(words, index, liking)
        accepted = None if found is None else restart(words, found, first)
        if accepted is not None:
            yield accepted
        index = accepted.end if accepted is not None else index + 1


def decline_groups(text: str, words: Sequence[Word], groups: Iterable[Group], case: Case) -> str:
    """The text with these groups put into `case`."""
    forms: dict[int, str] = {}
    for group in groups:
        for index, reading in enumerate(group.readings, group.start):
            if reading is not None:
                forms[index] = _form(words[index].text, reading, group, case)
    return replace_words(text, words, forms)


def _form(text: str, reading: Reading, group: Group, case: Case) -> str:
    if reading.is_noun and _is_compound(text.lower()):
        return _compound_form(text, group, case)
    return dress(inflect(reading, case, animate=group.animate), text)


def _compound_form(text: str, group: Group, case: Case) -> str:
    pieces = split_hyphens(text)
    for index in range(0, len(pieces), 2):
        fitting = [
            reading
            for reading in nominatives(pieces[index])
            if reading.is_noun and reading.number == group.number
        ]
        if fitting and _declinable(pieces[index].lower()):
            part = max(fitting, key=lambda found: _likeliness(found, animate=group.animate))
            pieces[index] = dress(inflect(part, case, animate=group.animate), pieces[index])
    return "".join(pieces)


def _likeliness(reading: Reading, *, animate: bool) -> tuple[bool, bool, float]:
    return reading.is_animate == animate, not reading.is_name, reading.score


def is_unmistakable(word: Word) -> bool:
    """Whether the word can be a nominative but not a genitive of something said before."""
    return bool(nominatives(word.text)) and not may_be_genitive(word.text)
