"""References and annexes: each reference has its annex, each annex its reference."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from docgen.checks.dossier import Dossier, Mistake
from docgen.i18n import _
from docgen.models import Approve, Point

_REFERENCE = re.compile(
    r"[Пп]риложени(?:ем|ями|ях|ям|е|я|ю|и|й)\b"
    r"(?P<numbers>(?:\s*(?:,|и|[-–])?\s*(?:№№?|N)?\s*\d+)*)"
)
_PLURAL = re.compile(r".риложени(?:ями|ях|ям|я|й)\b")
_ENCLOSED = re.compile(r"[Пп]рилага(?:ем|ет|ют)\w+")
_FOREIGN = re.compile(
    r"\s*(?:\)\s*)?к\s+(?!настоящ)(?:указанн\w+\s+)?\w*"
    r"(?:приказ|письм|распоряжен|постановлен|положени|программ|договор|соглашен|закон)",
    re.IGNORECASE,
)
_APPROVES = re.compile(r"\bутвердить\b", re.IGNORECASE)
_AMENDS = re.compile(r"внесени\w+ изменени|изложени\w+ в новой редакции", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")
_RANGE = re.compile(r"(\d+)\s*[-–]\s*(?:№\s*)?(\d+)")
_MOST = 100
_WORD = re.compile(r"[а-яё]{5,}", re.IGNORECASE)
_STEM = 5
_SHARED_WORDS = 2


@dataclass(frozen=True, slots=True)
class Reference:
    """A mention of annexes in a point; without numbers it may mean any.

    After the singular only the first number surely is an annex: «приложение 1, 5 экземпляров».
    """

    path: str
    printed: str
    numbers: tuple[int, ...] = ()

    @property
    def sure(self) -> tuple[int, ...]:
        """The numbers that can mean nothing but annexes."""
        return self.numbers if _PLURAL.match(self.printed) else self.numbers[:1]


def annex_missing(dossier: Dossier) -> Iterator[Mistake]:
    """References to annexes that do not exist."""
    known = _numbers(dossier)
    for path, index in _approved(dossier.order.points, "points"):
        if not 0 <= index < len(dossier.order.annexes):
            yield Mistake(
                path, _("annex %(number)d is approved but absent") % {"number": index + 1}
            )
    amends = bool(_AMENDS.search(dossier.order.title))
    for reference in () if amends else _references(dossier):
        lost = [number for number in reference.sure if number not in known]
        if lost:
            listed = ", ".join(str(number) for number in lost)
            yield Mistake(
                reference.path,
                _("“%(text)s”: there is no annex %(numbers)s")
                % {"text": reference.printed, "numbers": listed},
                _("add the annex, or mend the reference"),
            )
        elif not known and not reference.numbers:
            yield Mistake(
                reference.path,
                _("“%(text)s”: the order has no annex") % {"text": reference.printed},
                _("add the annex, or delete the reference"),
            )


def annex_unreferenced(dossier: Dossier) -> Iterator[Mistake]:
    """Annexes that no point of the order mentions or approves.

    A reference without a number, or with one that does not exist, is taken to mean any of them,
    unless its point names the annex that it means.
    """
    annexes = dossier.order.annexes
    references = list(_references(dossier)) if annexes else []
    mentioned = {number for reference in references for number in reference.numbers}
    mentioned |= {index + 1 for _path, index in _approved(dossier.order.points, "points")}
    known = _numbers(dossier)
    loose = [each.path for each in references if not known & set(each.numbers)]
    approving = [_approving(annex.title, dossier) for annex in annexes]
    for path in filter(loose.__contains__, filter(None, approving)):
        loose.remove(path)
    for index in range(len(annexes)):
        if index + 1 in mentioned or approving[index]:
            continue
        if loose:
            loose.pop()
            continue
        mark = f"(приложение {index + 1})" if len(annexes) > 1 else "(приложение)"
        yield Mistake(
            f"annexes[{index}].title",
            _("no point of the order mentions this annex"),
            _("add “%(mark)s” to the point that approves it") % {"mark": mark},
        )


def _numbers(dossier: Dossier) -> set[int]:
    """The numbers under which annexes may be mentioned: by place, or as their marks print."""
    marks = [stamp.mark for stamp in dossier.stamps if stamp and stamp.mark]
    printed = {int(number) for mark in marks for number in _NUMBER.findall(mark)[:1]}
    return printed | set(range(1, len(dossier.order.annexes) + 1))


def _approved(points: tuple[Point, ...], path: str) -> Iterator[tuple[str, int]]:
    for at, point in enumerate(points):
        if isinstance(point.form, Approve):
            yield f"{path}[{at}].approve", point.form.annex
        yield from _approved(point.points, f"{path}[{at}].points")


def _references(dossier: Dossier) -> Iterator[Reference]:
    for passage, found in dossier.find(_REFERENCE, "риложени"):
        if passage.part == "point" and not _FOREIGN.match(found.string, found.end()):
            numbers = _mentioned(found["numbers"])
            yield Reference(passage.path, found.group().strip(), numbers)
    for passage, found in dossier.find(_ENCLOSED, "рилага"):
        if passage.part == "point":
            yield Reference(passage.path, found.group())


def _mentioned(figures: str) -> tuple[int, ...]:
    """The numbers after «приложение» in their order, ranges filled up."""
    numbers = [int(number) for number in _NUMBER.findall(figures)]
    for first, last in _RANGE.findall(figures):
        numbers += range(int(first), min(int(last), int(first) + _MOST) + 1)
    return tuple(dict.fromkeys(numbers))


def _approving(title: str, dossier: Dossier) -> str | None:
    """The path of a point «Утвердить …» that names what the annex is called."""
    stems = _stems(title)
    for passage in dossier.passages:
        if passage.part != "point" or not _APPROVES.search(passage.text):
            continue
        if len(stems & _stems(passage.text)) >= min(_SHARED_WORDS, len(stems)):
            return passage.path
    return None


def _stems(text: str) -> set[str]:
    return {word[:_STEM].casefold() for word in _WORD.findall(text)}
