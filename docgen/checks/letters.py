"""Letters of the wrong alphabet: Latin ones inside Russian words, Russian ones in numerals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from docgen.checks.dossier import FROM_LATIN, PARTING, Dossier, Mistake, Passage, stands_alone
from docgen.i18n import _

_LATIN = "aceopxykABCEHKMOPTXY"
_CYRILLIC = "асеорхукАВСЕНКМОРТХУ"
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)
_LATIN_WORD = re.compile(r"[^\W\d_]*[A-Za-z][^\W\d_]*")
_PREPOSITIONS = frozenset("coyka")
_HAS_LATIN = re.compile("[A-Za-z]")
_BETWEEN_WORDS = re.compile(r"[а-яё,»] . [а-яё«]")
_ADDRESS = re.compile(r"[@/]|www\.|[a-z]\.[a-z]")
_LONGEST = 200
_LONGEST_NUMERAL = 24
_COUNTED = tuple(map(re.compile, ("квартал", "этап", "полугоди", "раздел", "век")))
_NUMERAL = re.compile(r"(?P<numeral>[IVXПШУХІ1]{1,5})(?P<gap>[\s-]+)\Z")
_ROMAN = {"У": "V", "Х": "X", "П": "II", "Ш": "III", "І": "I", "1": "I"}


def mixed_alphabet(dossier: Dossier) -> Iterator[Mistake]:
    """Words that mix alphabets, and words typed in the wrong one."""
    for passage, found, counted in _numerals(dossier):
        numeral = found["numeral"]
        if stands_alone(found) and not numeral.isascii():
            rest = f"{found['gap']}{counted}"
            yield _mistake(passage.path, f"{numeral}{rest}", f"{_roman(numeral)}{rest}")
    for passage, found in _latin_words(dossier):
        mended = _mended(found, dossier.text)
        if mended is not None:
            yield _mistake(passage.path, found.group(), mended)
    yield from _section_numbers(dossier)


def _numerals(dossier: Dossier) -> list[tuple[Passage, re.Match[str], str]]:
    """What stands as a numeral before a quarter, a stage and the like, in the order of reading."""
    numerals = []
    for passage, word in chain.from_iterable(map(dossier.find, _COUNTED)):
        at = word.start()
        found = _NUMERAL.search(word.string, max(at - _LONGEST_NUMERAL, 0), at)
        if found:
            numerals.append((passage, found, word.group()))
    return sorted(numerals, key=lambda numeral: numeral[1].start())


def _mistake(path: str, printed: str, mended: str) -> Mistake:
    return Mistake(
        path,
        _("letters of two alphabets, or of the wrong one: “%(word)s”") % {"word": printed},
        mended,
    )


def _latin_words(dossier: Dossier) -> Iterator[tuple[Passage, re.Match[str]]]:
    """Every word with Latin letters in it, web addresses aside."""
    for passage, found in dossier.find(FROM_LATIN):
        text = found.string
        first = _word_start(text, found.start())
        if not _ADDRESS.search(text, first, found.end()):
            for word in _LATIN_WORD.finditer(text, first, found.end()):
                yield passage, word


def _word_start(text: str, at: int) -> int:
    """Where the piece of the text up to a place begins, after white space."""
    earliest = max(at - _LONGEST, 0)
    while at > earliest and not text[at - 1].isspace() and text[at - 1] != PARTING:
        at -= 1
    return at


def _mended(found: re.Match[str], whole: str) -> str | None:
    """The word as it should be, empty where that is not certain, None where nothing is wrong.

    A word of one alphabet is wrong when all its letters have Russian twins and the order elsewhere
    writes it with those («OO»), or when it is a lone small letter between Russian words.
    """
    word = found.group()
    russian, latin = word.translate(_TO_CYRILLIC), word.translate(_TO_LATIN)
    if not word.isascii():
        if not _HAS_LATIN.search(russian):
            return russian
        return latin if latin.isascii() else ""
    if _HAS_LATIN.search(russian):
        return None
    if len(word) == 1:
        around = whole[max(found.start() - 2, 0) : found.end() + 2]
        return russian if word in _PREPOSITIONS and _BETWEEN_WORDS.fullmatch(around) else None
    return russian if re.search(rf"(?<!\w){russian}(?!\w)", whole) else None


def _section_numbers(dossier: Dossier) -> Iterator[Mistake]:
    """Roman numbers of sections typed in Russian letters: «У.» for «V.»."""
    for index, annex in enumerate(dossier.order.annexes):
        for at, section in enumerate(annex.sections):
            number = (section.number or "").strip().rstrip(".")
            if number and not number.isdigit() and _roman(number) != number:
                path = f"annexes[{index}].sections[{at}].number"
                yield _mistake(path, number, f"{_roman(number)}.")


def _roman(numeral: str) -> str:
    return "".join(_ROMAN.get(letter, letter) for letter in numeral)
