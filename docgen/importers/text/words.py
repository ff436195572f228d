"""Misread words put right where the document or the dictionary says what they were.

Every change is remarked on, for a person to compare with the scan.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from docgen.i18n import _
from docgen.importers.paper import Remark
from docgen.importers.text.entries import Entry
from docgen.importers.text.vocabulary import WORD, Vocabulary
from docgen.language.declension.morphology import is_known

_ZEROS = re.compile(
    r"(?P<before>(?:^|(?<=[\s(%])))(?P<zeros>0{2,3})(?=$|[\s,.;)](?!\d))(?!\s*(?:мин|час))"
)
_TIME = re.compile(r"(?:\b(?:в|с|до|к|от|и)\s|[-–:]\s?)\d{1,2}\s$", re.IGNORECASE)
_HYPHENATED = re.compile(r"([А-ЯЁа-яё]{3,})-([а-яё]{2,})")
_SPLIT = re.compile(r"\b([а-яё]{4,}) ([а-яё]{1,3}) ([а-яё]{4,})")
_ROMAN = re.compile(r"[IVXУХІ]{1,5}(?=\.\s)")
_AS_ROMAN = str.maketrans("УХІ", "VXI")
_MISREAD = {"г": "т", "т": "г", "п": "ш", "ш": "п", "и": "н", "н": "и", "с": "е", "е": "с"}
"""Letters that recognition takes for one another, in small print and italics."""
_RUSSIAN_ADDRESS = re.compile(r"https?://\S*[а-яё]\S*", re.IGNORECASE)
_LATIN = re.compile(r"(?<![\w/.-])(?![IVXLC]+\b)[A-Z]{2,4}(?![\w/-]|\.\w)")
_PREFIX = re.compile(
    r"^(?:анти|мета|проф|пост|пре|видео|медиа|интернет|онлайн|меж|супер|нано|кибер)"
)
_USUAL_LATIN = frozenset(("IT", "PISA", "ID", "QR", "VK", "PDF", "WEB", "SMS", "STEM"))

Mend = Callable[[str, Vocabulary], Iterator[tuple[str, str]]]


def mender(document: str) -> Callable[[Entry], None]:
    """What puts right the misread words of a row, as the document says them elsewhere."""
    vocabulary = Vocabulary(document)

    def mend(entry: Entry) -> None:
        for column, text in enumerate(entry.texts):
            change = mended_heading if entry.is_heading else mended
            entry.texts[column], remarks = change(text, vocabulary)
            entry.remark(column, *remarks)

    return mend


def mended(text: str, vocabulary: Vocabulary) -> tuple[str, tuple[Remark, ...]]:
    """The text with its misread words put right, and a remark on each."""
    remarks: list[Remark] = []
    for mend in _MENDS:
        for old, new in list(mend(text, vocabulary)):
            text = text.replace(old, new)
            reason = _("“%(old)s” was read as “%(new)s”") % {"old": old.strip(), "new": new.strip()}
            remarks.append(Remark(0.7, reason))
    return text, (*remarks, *_unreadable(text, vocabulary))


def mended_heading(text: str, vocabulary: Vocabulary) -> tuple[str, tuple[Remark, ...]]:
    """The heading of a section with its Roman numeral in Latin letters."""
    text, remarks = mended(text, vocabulary)
    found = _ROMAN.match(text)
    if found is None or found.group() == found.group().translate(_AS_ROMAN):
        return text, remarks
    numeral = found.group().translate(_AS_ROMAN)
    reason = _("“%(old)s” was read as “%(new)s”") % {"old": found.group(), "new": numeral}
    return numeral + text[found.end() :], (*remarks, Remark(0.8, reason))


def _zeros(text: str, _vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """Zeros for the letters of «ОО» and «ООО»: «не менее 6 00», but not «10 000» or «в 10 00»."""
    for found in _ZEROS.finditer(text):
        before = text[: found.start()]
        counted = re.search(r"\d\s$", before)
        if counted and (len(found["zeros"]) == 3 or _TIME.search(before)):
            continue
        around = before[-12:] + found["zeros"]
        yield around, before[-12:] + "О" * len(found["zeros"])


def _line_ends(text: str, _vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """Words divided at the end of a line: «Сафоново-ского»; a vowel before -ск- falls out."""
    for found in _HYPHENATED.finditer(text):
        start, end = found.groups()
        if is_known(end) or is_known(found.group()):
            continue
        whole = start + end
        if not is_known(whole) and end.startswith("ск"):
            whole = start.rstrip("аеиоуыэюя") + end
        if is_known(whole):
            yield found.group(), whole


def _split_words(text: str, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """Words whose ending a narrow column put in the next line: «образовательным и результатами».

    The document says elsewhere, whole, what the pieces would be together.
    """
    for found in _SPLIT.finditer(text):
        start, end, after = found.groups()
        whole = (start + end).lower()
        if is_known(start) and is_known(end) and vocabulary.pairs[whole, after] < 2:
            continue
        if vocabulary.words[whole] > 1 and is_known(whole) and vocabulary.pairs[whole, after]:
            yield found.group(), f"{start}{end} {after}"


def _declared(text: str, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """Terms that the document declares, with a letter doubled or lost: «ООО Проект»."""
    if not any(term.startswith("ОО") for term in vocabulary.terms):
        return
    for found in re.finditer(r"(?<!НОО и )(?<!ФГОС )\bООО\b(?: [А-ЯЁ]\w+)?", text):
        yield found.group(), _nearest_term(found.group()[1:], vocabulary)


def _nearest_term(text: str, vocabulary: Vocabulary) -> str:
    """The declared term of which the text lacks the last letter, else the text."""
    return next((term for term in sorted(vocabulary.terms) if term[:-1] == text), text)


def _misread(text: str, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """Words of no dictionary that differ in a single letter from one the document has."""
    for word in dict.fromkeys(WORD.findall(text)):
        if word.isupper() and len(word) > 3 and word not in vocabulary.abbreviations:
            candidates = {each.upper() for each in _variants(word)} & vocabulary.abbreviations
        elif len(word) > 5 and word.islower() and vocabulary.words[word] == 1:
            if is_known(word):
                continue
            candidates = {each for each in _variants(word) if vocabulary.words[each] > 1}
        else:
            continue
        if len(candidates) == 1:
            yield word, candidates.pop()


def _variants(word: str) -> set[str]:
    lower = word.lower()
    return {
        lower[:at] + _MISREAD[letter] + lower[at + 1 :]
        for at, letter in enumerate(lower)
        if letter in _MISREAD
    }


def _unreadable(text: str, vocabulary: Vocabulary) -> Iterator[Remark]:
    """Remarks on what can hardly be right and was left as it is."""
    for found in _RUSSIAN_ADDRESS.finditer(text):
        reason = _("the address “%(text)s” has Russian letters")
        yield Remark(0.2, reason % {"text": found.group()})
    strange = {found for found in _LATIN.findall(text) if found not in _USUAL_LATIN}
    strange |= {word for word in WORD.findall(text) if _is_strange(word, vocabulary)}
    for word in sorted(strange):
        yield Remark(0.3, _("“%(text)s” is no known word") % {"text": word})


def _is_strange(word: str, vocabulary: Vocabulary) -> bool:
    """Whether neither the dictionary nor the rest of the document has the word."""
    ordinary = len(word) > 5 and word[1:].islower() and vocabulary.words[word.lower()] == 1
    return ordinary and not (is_known(word) or is_known(_PREFIX.sub("", word.lower())))


_MENDS: tuple[Mend, ...] = (_zeros, _line_ends, _split_words, _declared, _misread)
