"""Dictionary readings and forms of single Russian words; the one owner of pymorphy3 and pytrovich.

The dictionaries are read once, at the first question, and answers are remembered.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal, get_args

from docgen.ondemand import on_demand

if TYPE_CHECKING:
    import pymorphy3
    from pytrovich import enums, maker

    from docgen.language.declension import dictionary
else:
    dictionary = on_demand("docgen.language.declension.dictionary")
    enums, maker = on_demand("pytrovich.enums"), on_demand("pytrovich.maker")

Case = Literal["nominative", "genitive", "dative", "accusative", "instrumental", "prepositional"]
CASES: tuple[Case, ...] = get_args(Case)

_HYPHEN = re.compile("([-‑])")
_OTHER_SCRIPT = re.compile(r"[^\W\d_A-Za-z\u00c0-\u024f\u0400-\u052f]")
_MEMORY = 16384
_GRAMMEMES: dict[Case, str] = {
    "nominative": "nomn",
    "genitive": "gent",
    "dative": "datv",
    "accusative": "accs",
    "instrumental": "ablt",
    "prepositional": "loct",
}
_ADJECTIVES = frozenset({"ADJF", "PRTF"})
_AUXILIARY = frozenset({"PREP", "CONJ"})
_PROPER = frozenset({"Surn", "Name", "Patr"})


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a word: its part of speech, case and agreement, and how to inflect it."""

    word: str
    pos: str
    case: str
    number: str
    gender: str
    traits: frozenset[str]
    known: bool
    score: float
    parse: pymorphy3.analyzer.Parse = field(compare=False, repr=False)

    @property
    def is_noun(self) -> bool:
        """Whether the word is read as a noun."""
        return self.pos == "NOUN"

    @property
    def is_adjective(self) -> bool:
        """Whether the word is read as an adjective or a participle."""
        return self.pos in _ADJECTIVES

    @property
    def is_animate(self) -> bool:
        """Whether the noun names a living being."""
        return "anim" in self.traits

    @property
    def is_name(self) -> bool:
        """Whether the noun is a surname, a first name or a patronymic."""
        return bool(self.traits & _PROPER)

    @property
    def is_plural(self) -> bool:
        """Whether the word stands in the plural."""
        return self.number == "plur"


@cache
def _analyzer() -> pymorphy3.MorphAnalyzer:
    return dictionary.open_dictionary()


@cache
def _name_maker() -> maker.PetrovichDeclinationMaker:
    return maker.PetrovichDeclinationMaker()


@lru_cache(maxsize=_MEMORY)
def readings(word: str) -> tuple[Reading, ...]:
    """Every reading of the word, the likeliest first, whatever its letter case.

    A word in another script reads as a Latin letter does, for the dictionary stumbles over
    letters that have no name.
    """
    lower = "x" if _OTHER_SCRIPT.search(word) else word.lower()
    known = bool(_analyzer().word_is_known(lower))
    return tuple(
        Reading(
            word=lower,
            pos=str(parse.tag.POS or ""),
            case=str(parse.tag.case or ""),
            number=str(parse.tag.number or ""),
            gender=str(parse.tag.gender or ""),
            traits=frozenset(parse.tag.grammemes),
            known=known,
            score=float(parse.score),
            parse=parse,
        )
        for parse in _analyzer().parse(lower)
    )


def is_infinitive(word: str) -> bool:
    """Whether the word is read as an infinitive («провести»), whatever its letter case."""
    return readings(word)[0].pos == "INFN"


@lru_cache(maxsize=_MEMORY)
def is_known(word: str) -> bool:
    """Whether the dictionary has the word in this form, whatever its letter case."""
    return bool(_analyzer().word_is_known(word.lower()))


@lru_cache(maxsize=_MEMORY)
def nominatives(word: str) -> tuple[Reading, ...]:
    """The readings of the word as a noun, adjective or participle in the nominative.

    A word that is above all a preposition has none, though «о» is also a letter.
    """
    found = readings(word)
    if found[0].pos in _AUXILIARY:
        return ()
    return tuple(
        reading
        for reading in found
        if reading.case == "nomn" and (reading.is_noun or reading.is_adjective)
    )


def may_be_genitive(word: str) -> bool:
    """Whether the form can be read as a genitive («директора», «школы»)."""
    return any(reading.case in {"gent", "gen2"} for reading in readings(word))


def is_genitive(word: str) -> bool:
    """Whether the form is a genitive and no nominative («министра»)."""
    return may_be_genitive(word) and not nominatives(word)


@lru_cache(maxsize=_MEMORY)
def inflect(reading: Reading, case: Case, *, animate: bool) -> str:
    """The form of the word in `case`, in lower case; `animate` decides the accusative.

    A noun may be listed as a thing but name a person («модератор»), and the other way round
    («школы-участницы»): then its accusative is borrowed from the genitive or the nominative.
    """
    wanted = {_GRAMMEMES[case], reading.number}
    if reading.is_adjective:
        wanted |= _adjective_agreement(reading, case, animate)
    elif case == "accusative" and animate != reading.is_animate and _shows_animacy(reading):
        wanted = {"gent" if animate else "nomn", reading.number}
    form = reading.parse.inflect(wanted)
    return reading.word if form is None else str(form.word)


def _shows_animacy(reading: Reading) -> bool:
    return reading.is_plural or reading.gender == "masc"


def _adjective_agreement(reading: Reading, case: Case, animate: bool) -> set[str]:
    agreement = set() if reading.is_plural else {reading.gender}
    if case == "accusative" and _shows_animacy(reading):
        agreement.add("anim" if animate else "inan")
    return agreement


NameRole = Literal["surname", "first", "patronymic"]
_PARTS: dict[NameRole, str] = {
    "surname": "LASTNAME",
    "first": "FIRSTNAME",
    "patronymic": "MIDDLENAME",
}


@lru_cache(maxsize=_MEMORY)
def inflect_name(word: str, role: NameRole, gender: str, case: Case) -> str:
    """The form of a lower-case part of a person's name; `gender` is m or f."""
    sex = enums.Gender.MALE if gender == "m" else enums.Gender.FEMALE
    part, wanted = enums.NamePart[_PARTS[role]], enums.Case[case.upper()]
    return _name_maker().make(part, sex, wanted, word)


def dress(form: str, like: str) -> str:
    """The lower-case `form` in the letters of `like`: its capitals, and its habit about «ё»."""
    pieces, models = split_hyphens(form), split_hyphens(like)
    if len(pieces) != len(models):
        return _dress_part(form, like)
    return "".join(map(_dress_part, pieces, models))


def split_hyphens(word: str) -> list[str]:
    """The parts of a hyphenated word with the hyphens between them, as written."""
    return _HYPHEN.split(word)


def _dress_part(form: str, like: str) -> str:
    if len(like) > 1 and like.isupper():
        return _spell(form, like).upper()
    kept = _common_prefix(form, like)
    return like[:kept] + _spell(form[kept:], like)


def _spell(form: str, like: str) -> str:
    return form if "ё" in like.lower() else form.replace("ё", "е")


def _common_prefix(form: str, like: str) -> int:
    """How far the letters agree; the dictionary's «ё» agrees with a written «е»."""
    for index, (ours, written) in enumerate(zip(form, like.lower(), strict=False)):
        if ours != written and (ours, written) != ("ё", "е"):
            return index
    return min(len(form), len(like))
