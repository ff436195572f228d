"""Cells of a roadmap: empty ones, the same performer twice, an indicator of another event."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from docgen.checks.dossier import NOTHING, Dossier, Mistake
from docgen.i18n import _

_EVENTS = tuple(
    (name, re.compile(stem))
    for name, stem in (
        ("вебинар", r"вебинар"),
        ("семинар", r"семинар"),
        ("совещание", r"совещани"),
        ("конференция", r"конференци(?!и?\s?связ|о)"),
        ("круглый стол", r"кругл\w+ стол"),
        ("тренинг", r"тренинг"),
        ("мастер-класс", r"мастер-класс"),
        ("стажировка", r"стажировк"),
        ("консультация", r"консультаци(?!онн)"),
        ("форум", r"форум"),
        ("марафон", r"марафон"),
        ("конкурс", r"конкурс(?!н)"),
        ("олимпиада", r"олимпиад"),
        ("фестиваль", r"фестивал"),
        ("опрос", r"опрос(?<!\wопрос)"),
        ("опрос", r"анкетировани"),
    )
)
"""Each kind with what its name begins with; to look for them one by one is fastest."""
_EVIDENCE = re.compile(r"[Ии]тогов\w+ документ.*", re.DOTALL)
_TWICE = re.compile(r"(.{3,}) и \1")
_NAME = re.compile(r"[^\W\d_]{2}")


def indicator_missing(dossier: Dossier) -> Iterator[Mistake]:
    """Rows that name no indicator; a dash says so on purpose, and is a note."""
    message = _("the row has no indicator")
    yield from _missing(
        dossier, "indicator", message, _("write what shows that the measure is done")
    )


def executor_missing(dossier: Dossier) -> Iterator[Mistake]:
    """Rows that name no one responsible; a dash is a note."""
    message = _("the row names no executor")
    yield from _missing(dossier, "executor", message, _("name who is responsible"))


def _missing(dossier: Dossier, key: str, message: str, advice: str) -> Iterator[Mistake]:
    for row in dossier.rows:
        text = row.item.get(key)
        if row.has(key) and NOTHING.fullmatch(text):
            yield Mistake(f"{row.path}.{key}", message, advice, "info" if text.strip() else None)


def executor_duplicate(dossier: Dossier) -> Iterator[Mistake]:
    """Rows that name the same performer twice."""
    for row in dossier.rows:
        for name in _named_twice(row.item.get("executor")):
            yield Mistake(
                f"{row.path}.executor",
                _("“%(name)s” stands twice among the executors") % {"name": name},
                _("delete one, or name who was meant"),
            )


@lru_cache(maxsize=4096)
def _named_twice(text: str) -> tuple[str, ...]:
    names = [" ".join(part.split()).strip(" .") for part in _parts(text)]
    folded = [name.casefold() for name in names]
    again = [name for at, name in enumerate(names) if folded[at] in folded[:at]]
    again += [found[1] for found in map(_TWICE.fullmatch, names) if found]
    return tuple(name for name in dict.fromkeys(again) if _NAME.search(name))


def _parts(text: str) -> Iterator[str]:
    """The text cut at commas, semicolons and line ends that no quotation or bracket holds."""
    depth = start = 0
    for at, sign in enumerate(text):
        if sign in "«(":
            depth += 1
        elif sign in "»)":
            depth = max(depth - 1, 0)
        elif not depth and sign in ",;\n":
            yield text[start:at]
            start = at + 1
    yield text[start:]


def indicator_mismatch(dossier: Dossier) -> Iterator[Mistake]:
    """Indicators that speak of another event than the row does: a seminar for a webinar."""
    for row in dossier.rows:
        indicator = _events(_EVIDENCE.sub("", row.item.get("indicator")))
        if not indicator:
            continue
        planned = _events(row.item.get("activity"))
        further = _events(row.item.get("tasks")) | _events(row.item.get("venue"))
        if planned and not indicator & (planned | further):
            values = {"indicator": _list(indicator), "activity": _list(planned)}
            yield Mistake(
                f"{row.path}.indicator",
                _("the indicator speaks of “%(indicator)s”, the activity of “%(activity)s”")
                % values,
                _("probably “%(activity)s” was meant in the indicator too") % values,
            )


@lru_cache(maxsize=4096)
def _events(text: str) -> frozenset[str]:
    """The kinds of events a text names."""
    small = text.lower()
    return frozenset(name for name, stem in _EVENTS if stem.search(small))


def _list(events: frozenset[str]) -> str:
    return ", ".join(sorted(events))
