"""Of whom a target speaks: who answers for an item, and how the answers add up.

The earliest word that names somebody decides: «педагогов школ» speaks of teachers, «ОО, кураторов,
муниципальных координаторов» of schools.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Literal

from docgen.models import Item, Reporter
from docgen.models.reports import Rule, Scope

Kind = Literal["schools", "people", "municipalities"]

_WORDS: Final[tuple[tuple[Kind, re.Pattern[str]], ...]] = (
    (
        "municipalities",
        re.compile(
            r"муниципальн\w+ (?:координатор|образован|орган|район|округ)"
            r"|руководител\w+ орган|орган\w* местного|моуо"
        ),
    ),
    (
        "schools",
        re.compile(
            r"\b(?:школ|оо\b|00\b|ооо\b|оу\b|сош\b|шнор\b|образовательн\w+ (?:организац|учрежд)"
            r"|общеобразовательн|участник|директор|руководител|заместител|куратор|муниципальн\w+"
            r" куратор|наставник)"
        ),
    ),
    (
        "people",
        re.compile(
            r"\b(?:педагог|учител|обучающ|учащ|ученик|выпускник|родител|методист|документ|мер\b"
            r"|мероприяти|отчет|программ|экспертиз|руководящ)"
        ),
    ),
)
_SURVEY: Final = re.compile(r"\bопрос|анкетиров|интервьюиров")
_TRAINING: Final = re.compile(
    r"повышени\w+ квалификац|курс(?:ы|ов|ах)\b|обучени\w+ (?:педагог|учител|руковод)"
    r"|прош\w+ обучение|стажировк|семинар|вебинар"
)


def kind_of(text: str) -> Kind | None:
    """Who the text speaks of first; None when it names neither schools nor people."""
    folded = text.lower().replace("ё", "е")
    found = [
        (match.start(), -order, kind)
        for order, (kind, pattern) in enumerate(_WORDS)
        if (match := pattern.search(folded))
    ]
    return min(found)[2] if found else None


def scope_of(subjects: list[str], indicator: str, executor: str) -> Scope:
    """Who reports the item: each school, each municipality, or the regional operator.

    The targets' subjects decide; without targets, the indicator, then the executors.
    """
    texts = [" ".join(subjects)] if subjects else [indicator, executor]
    kind = next((kind for kind in map(kind_of, texts) if kind), None)
    if kind is None:
        return "region"
    return "municipality" if kind == "municipalities" else "school"


def told_scope(reporters: Sequence[Reporter], key: str, item: Item) -> Scope | None:
    """Who reports the item by the region's own rules, the first that fits; None where none does."""
    return next((rule.by for rule in reporters if _speaks_of(rule, key, item)), None)


def _speaks_of(rule: Reporter, key: str, item: Item) -> bool:
    named = any(number.strip().rstrip(".") == key for number in rule.items)
    cells = (
        (item.get("activity"), rule.activity),
        (item.get("executor"), rule.executor),
        (item.get("indicator"), rule.indicator),
    )
    return named or any(_fold(word) in _fold(text) for text, words in cells for word in words)


def _fold(text: str) -> str:
    return " ".join(text.lower().replace("ё", "е").split())


def rule_of(unit: str, subject: str) -> Rule:
    """How the answers about such a target add up."""
    if unit == "times":
        return "least"
    people = kind_of(subject) in ("people", None)
    if unit == "percent":
        return "mean" if people else "share"
    return "sum" if people else "number"


def theme_of(activity: str) -> Literal["survey", "training"] | None:
    """Whether taking part in the activity is counted among the surveys or the training."""
    folded = activity.lower().replace("ё", "е")
    if _SURVEY.search(folded):
        return "survey"
    return "training" if _TRAINING.search(folded) else None
