"""Names of persons in any case, and their gender where the name itself shows it.

«Фамилия И.О.», «И.О. Фамилия», «Фамилия Имя Отчество» and «Имя Отчество Фамилия»; initials
are never touched. A gender is never guessed: a wrong one prints a wrong name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, zip_longest

from docgen.errors import LanguageError
from docgen.i18n import _
from docgen.language.declension.endings import surname_gender
from docgen.language.declension.morphology import (
    CASES,
    Case,
    NameRole,
    dress,
    inflect_name,
    readings,
)
from docgen.language.declension.surnames import decline_surname

_TOKEN = re.compile(r"[^\W\d_]+(?:[-‑'’][^\W\d_]+)*\.?")
_CYRILLIC = re.compile(r"[А-Яа-яЁё]+(?:[-‑'’][А-Яа-яЁё]+)*\.?")
_LIST = re.compile(r"(,\s*|\s+и\s+)")
_INITIALS = re.compile(r"\b[А-ЯЁ]\.")
_LONGEST_INITIALS = 3
_MALE_PATRONYMIC = re.compile(r"(?:[оеё]вич|[лмнкртв]ич|ьич)$")
_FEMALE_PATRONYMIC = re.compile(r"(?:[оеё]вна|ична|инична)$")
_MALE_PARTICLES = frozenset({"оглы", "улы", "угли", "оглу"})
_FEMALE_PARTICLES = frozenset({"кызы", "гызы", "кизи"})
_SURNAME: NameRole = "surname"
_TURKIC_ORDERS: dict[int, tuple[NameRole | None, ...]] = {
    3: ("first", None, "patronymic"),
    4: ("surname", "first", None, "patronymic"),
}


@dataclass(frozen=True, slots=True)
class NamePart:
    """A word of a name: what it is and where it stands; a role of None never declines."""

    text: str
    start: int
    role: NameRole | None


def decline_person(name: str, case: Case, gender: str | None) -> str:
    """The name in `case`; of several in a list, each with initials, every one.

    Raises LanguageError `gender-unknown` when the form depends on a gender that neither the
    argument, a patronymic nor the surname's ending tells; `name-unreadable` for no name at all.
    """
    if case == "nominative" or not name.strip():
        return name
    several = _LIST.split(name)
    if len(several) > 1 and all(map(_INITIALS.search, several[::2])):
        forms = [decline_person(one, case, gender_of(one) or gender) for one in several[::2]]
        return "".join(chain.from_iterable(zip_longest(forms, several[1::2], fillvalue="")))
    parts = _split_name(name)
    known = gender if gender in {"m", "f"} else gender_of(name)
    if known is not None:
        return _decline(name, parts, known, case)
    if any(
        _decline(name, parts, "m", other) != _decline(name, parts, "f", other) for other in CASES
    ):
        message = _("The form of “%(name)s” depends on the gender: say m or f")
        raise LanguageError(message % {"name": name}, code="gender-unknown")
    return _decline(name, parts, "f", case)


def _is_common(name: str, parts: Sequence[NamePart]) -> bool:
    """Whether a man and a woman of this name have the same form in every case."""
    return all(
        _decline(name, parts, "m", case) == _decline(name, parts, "f", case) for case in CASES
    )


@lru_cache(maxsize=4096)
def gender_of(name: str) -> str | None:
    """m or f where a patronymic or the surname's ending shows it, else None."""
    parts = _roles(_tokens(name))
    for part in parts:
        shown = _patronymic_gender(part.text.lower()) if part.role == "patronymic" else None
        if shown is not None:
            return shown
    surnames = [part.text.lower() for part in parts if part.role == "surname"]
    return surname_gender(surnames[0]) if len(surnames) == 1 else None


def acquainted_word(name: str, gender: str | None = None) -> str:
    """«ознакомлен», «ознакомлена», or «ознакомлен(а)» where the gender is unknown."""
    known = gender if gender in {"m", "f"} else gender_of(name)
    return {"m": "ознакомлен", "f": "ознакомлена"}.get(known or "", "ознакомлен(а)")


def _split_name(name: str) -> tuple[NamePart, ...]:
    parts = _roles(_tokens(name))
    words = [part for part in parts if part.role is not None]
    if not words or not all(_CYRILLIC.fullmatch(part.text) for part in words):
        message = _("“%(name)s” is not a name in Russian letters")
        raise LanguageError(message % {"name": name}, code="name-unreadable")
    return parts


def _tokens(name: str) -> tuple[re.Match[str], ...]:
    return tuple(match for match in _TOKEN.finditer(name) if not _is_initials(match[0]))


def _is_initials(token: str) -> bool:
    letters = token.rstrip(".")
    return len(letters) == 1 or (token.endswith(".") and len(letters) <= _LONGEST_INITIALS)


def _roles(tokens: Sequence[re.Match[str]]) -> tuple[NamePart, ...]:
    words = [token[0].lower() for token in tokens]
    return tuple(
        NamePart(token[0], token.start(), role)
        for token, role in zip(tokens, _name_order(words), strict=True)
    )


def _name_order(words: Sequence[str]) -> Sequence[NameRole | None]:
    """What each full word of the name is: Russian order, Western order or a Turkic patronymic."""
    if words and words[-1] in _MALE_PARTICLES | _FEMALE_PARTICLES:
        return _TURKIC_ORDERS.get(len(words), (*(None,) * (len(words) - 1), "patronymic"))
    if len(words) == 2:
        return _pair_order(words)
    if len(words) == 3 and _patronymic_gender(words[1]) is not None:
        return ("first", "patronymic", "surname")
    if len(words) == 3:
        return ("surname", "first", "patronymic")
    return (_SURNAME,) * len(words)


def _pair_order(words: Sequence[str]) -> Sequence[NameRole | None]:
    if _patronymic_gender(words[1]) is not None and _is_first_name(words[0]):
        return ("first", "patronymic")
    if _is_first_name(words[0]) and not _is_first_name(words[1]):
        return ("first", "surname")
    return ("surname", "first")


def _is_first_name(word: str) -> bool:
    return any("Name" in reading.traits and reading.case == "nomn" for reading in readings(word))


def _patronymic_gender(word: str) -> str | None:
    if word in _MALE_PARTICLES or _MALE_PATRONYMIC.search(word):
        return "m"
    if word in _FEMALE_PARTICLES or _FEMALE_PATRONYMIC.search(word):
        return "f"
    return None


def _decline(name: str, parts: Sequence[NamePart], gender: str, case: Case) -> str:
    pieces, end = [], 0
    for part in parts:
        pieces += [name[end : part.start], _decline_part(part, gender, case)]
        end = part.start + len(part.text)
    return "".join([*pieces, name[end:]])


def _decline_part(part: NamePart, gender: str, case: Case) -> str:
    lower = part.text.lower()
    if part.role is None or lower in _MALE_PARTICLES | _FEMALE_PARTICLES:
        return part.text
    if part.role == "surname":
        form = decline_surname(lower, gender, case)
    else:
        form = inflect_name(lower, part.role, gender, case)
    return dress(form, part.text)
