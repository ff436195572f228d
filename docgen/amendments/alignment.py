"""Which entries of two lists are the same one, told by content first and by position second.

Near-linear: equal contents meet through a table; only what is left over is compared by
likeness, with its neighbours and with entries that share a rare word.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

ALIKE = 0.5
"""The least likeness, from 0 to 1, of two entries that count as one."""

_ALIKE_IN_PLACE = 0.3
_NEIGHBOURS = 4
_RARE = 12
_BEST = 6


@dataclass(frozen=True)
class Entry:
    """What an entry of a list is told by.

    `exact` are its contents from the whole to its main text, most telling first; `words` its
    words, the main ones repeated; `number` what is printed beside it.
    """

    exact: tuple[Hashable, ...]
    words: Sequence[str]
    number: str = ""

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each word occurs."""
        return Counter(self.words)


@dataclass(frozen=True, slots=True)
class Alignment:
    """Pairs of indexes by the new one, and those of the new that left their place."""

    pairs: dict[int, int]
    moved: frozenset[int]


def align(
    old: Sequence[Entry], new: Sequence[Entry], known: Mapping[int, int] | None = None
) -> Alignment:
    """Which old entry each new one was, and which of them moved; `known` pairs are kept."""
    pairs = dict(known or {})
    levels = max((len(entry.exact) for entry in (*old, *new)), default=0)
    for level in range(levels):
        _pair_equal(old, new, level, pairs)
    _pair_alike(old, new, pairs)
    return Alignment(pairs, moved(pairs))


def moved(pairs: dict[int, int]) -> frozenset[int]:
    """The new indexes outside the longest run of pairs that kept their order."""
    order = sorted(pairs)
    kept = _longest_rising([pairs[index] for index in order])
    return frozenset(index for position, index in enumerate(order) if position not in kept)


def _pair_equal(
    old: Sequence[Entry], new: Sequence[Entry], level: int, pairs: dict[int, int]
) -> None:
    """Pairs what is equal at this level of content; equal ones among themselves in order."""
    taken = set(pairs.values())
    waiting: dict[Hashable, deque[int]] = defaultdict(deque)
    for index, entry in enumerate(old):
        if index not in taken and (key := _exact(entry, level)):
            waiting[key].append(index)
    for index, entry in enumerate(new):
        if index not in pairs and (found := waiting.get(_exact(entry, level))):
            pairs[index] = found.popleft()


def _exact(entry: Entry, level: int) -> Hashable:
    return entry.exact[level] if level < len(entry.exact) else None


def _pair_alike(old: Sequence[Entry], new: Sequence[Entry], pairs: dict[int, int]) -> None:
    """Pairs the rest by likeness, the most alike first."""
    taken = set(pairs.values())
    left = [index for index in range(len(old)) if index not in taken]
    if not left:
        return
    places = _places(old, new, pairs)
    index = _rare_words(old, left)
    found: list[tuple[float, int, int, int]] = []
    for j in (j for j in range(len(new)) if j not in pairs):
        for i in _candidates(new[j], places.get(j, 0), left, index):
            in_place = places.get(j) == i
            score = likeness(old[i], new[j])
            if score >= (_ALIKE_IN_PLACE if in_place else ALIKE):
                found.append((-score - 0.1 * in_place, abs(i - places.get(j, 0)), i, j))
    for _score, _distance, i, j in sorted(found):
        if j not in pairs and i not in taken:
            pairs[j] = i
            taken.add(i)


def _places(old: Sequence[Entry], new: Sequence[Entry], pairs: dict[int, int]) -> dict[int, int]:
    """Where each unpaired new entry would have stood, counted from the pair before it."""
    places: dict[int, int] = {}
    expected = 0
    for index in range(len(new)):
        if index in pairs:
            expected = pairs[index]
        else:
            places[index] = min(expected, len(old) - 1)
        expected += 1
    return places


def _rare_words(old: Sequence[Entry], left: Iterable[int]) -> dict[str, list[int]]:
    """The entries left over by each word that only a few of them have."""
    index: dict[str, list[int]] = defaultdict(list)
    for i in left:
        for word in old[i].counts:
            index[word].append(i)
    return {word: found for word, found in index.items() if len(found) <= _RARE}


def _candidates(
    entry: Entry, place: int, left: Sequence[int], index: dict[str, list[int]]
) -> Iterator[int]:
    """Old entries worth comparing: those near the place, and those with the most rare words."""
    middle = bisect_left(left, place)
    near = left[max(0, middle - _NEIGHBOURS) : middle + _NEIGHBOURS + 1]
    votes = Counter(i for word in entry.counts for i in index.get(word, ()))
    best = sorted(votes, key=lambda i: (-votes[i], abs(i - place), i))[:_BEST]
    yield from dict.fromkeys((*near, *best))


def likeness(old: Entry, new: Entry) -> float:
    """How alike two entries are, from 0 to 1: twice the common words over all words."""
    total = len(old.words) + len(new.words)
    if not total:
        return 0.0
    fewer, more = sorted((old.counts, new.counts), key=len)
    common = sum(min(count, more[word]) for word, count in fewer.items() if word in more)
    same_number = bool(new.number) and old.number == new.number
    return min(1.0, 2 * common / total + 0.05 * same_number)


def _longest_rising(values: Sequence[int]) -> set[int]:
    """The positions of a longest rising run of the values."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for position, value in enumerate(values):
        place = bisect_left(tails, value)
        before.append(ends[place - 1] if place else -1)
        tails[place : place + 1] = [value]
        ends[place : place + 1] = [position]
    kept: set[int] = set()
    position = ends[-1] if ends else -1
    while position >= 0:
        kept.add(position)
        position = before[position]
    return kept


def words_of(*texts: str) -> list[str]:
    """The words of the texts in lower case."""
    return [word for text in texts for word in text.lower().split()]
