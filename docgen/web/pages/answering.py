"""The form of a stage between page and service: what was typed, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from werkzeug.datastructures import MultiDict

from docgen.errors import Problem
from docgen.models.monitoring import NO_DATA, Answer, FormRow, StageForm
from docgen.services.intake import ANSWER_KEYS, Row

_PLACE = re.compile(r"rows\[(\d+)\]\.(\w+)")
Typed = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Card:
    """One question as shown: what stands in its fields, and what is wrong with each.

    `seen` is what was said when the page was made: a row that still equals it was not touched.
    `again`: what stands in the fields was said at the stage before and is not said yet.
    """

    index: int
    row: FormRow
    typed: Typed
    seen: str
    again: bool = False
    faults: dict[str, str] = field(default_factory=dict)


def cards(
    form: StageForm,
    typed: Sequence[Typed] | None = None,
    problems: Sequence[Problem] = (),
    before: Mapping[str, Answer] = MappingProxyType({}),
) -> list[Card]:
    """The questions with what was typed, else with what is said; `before` as in `said_before`."""
    faults: dict[int, dict[str, str]] = {}
    for problem in problems:
        match = _PLACE.fullmatch(problem.path)
        if match:
            faults.setdefault(int(match[1]), {})[match[2]] = problem.message
    return [
        Card(
            index=index,
            row=row,
            typed=typed[index] if typed else texts(row.answer),
            seen=summary(texts(row.answer)),
            again=typed is not None and _repeats(row, typed[index], before),
            faults=faults.get(index, {}),
        )
        for index, row in enumerate(form.rows)
    ]


def texts(answer: Answer | None) -> dict[str, str]:
    """What is said, as it stands in the fields."""
    if answer is None or answer.values.status == NO_DATA:
        return dict.fromkeys(ANSWER_KEYS, "")
    said = answer.values
    return {
        "status": said.status,
        "value": "" if said.value is None else f"{said.value:.15g}".replace(".", ","),
        "date": said.date.isoformat() if said.date else "",
        "evidence": said.evidence,
        "comment": said.comment,
    }


def summary(typed: Typed) -> str:
    """What the fields say as one line, spaces apart: reporting.js makes the same."""
    return "|".join(" ".join(typed.get(key, "").split()) for key in ANSWER_KEYS)


def typed_in(form: StageForm, given: MultiDict[str, str]) -> list[dict[str, str]]:
    """What stands in the fields of each question."""
    return [{key: given.get(f"{key}.{row.item}", "") for key in ANSWER_KEYS} for row in form.rows]


def rows_of(form: StageForm, typed: Sequence[Typed], given: MultiDict[str, str]) -> list[Row]:
    """The rows to be sent. One that was not touched says what is said now, maybe by a colleague."""
    rows: list[Row] = []
    for row, said in zip(form.rows, typed, strict=True):
        untouched = summary(said) == given.get(f"seen.{row.item}")
        rows.append(_row(form, row, texts(row.answer) if untouched else said))
    return rows


def as_before(form: StageForm, typed: Sequence[Typed], before: Mapping[str, Answer]) -> list[Typed]:
    """What was typed, and in questions left open what was said of them at the stage before."""
    return [
        texts(before[row.item])
        if row.item in before and _is_open(row) and not _said(said)
        else said
        for row, said in zip(form.rows, typed, strict=True)
    ]


def without_before(
    form: StageForm, typed: Sequence[Typed], before: Mapping[str, Answer]
) -> list[Typed]:
    """What was typed, and nothing in open questions that only repeat the stage before."""
    return [
        texts(None) if _repeats(row, said, before) else said
        for row, said in zip(form.rows, typed, strict=True)
    ]


def fillable(form: StageForm, before: Mapping[str, Answer]) -> int:
    """How many open questions the stage before has an answer to."""
    return sum(row.item in before and _is_open(row) for row in form.rows)


def _is_open(row: FormRow) -> bool:
    return not _said(texts(row.answer))


def _repeats(row: FormRow, said: Typed, before: Mapping[str, Answer]) -> bool:
    known = before.get(row.item)
    return known is not None and _is_open(row) and summary(said) == summary(texts(known))


def _said(said: Typed) -> bool:
    return any(said.values())


def _row(form: StageForm, row: FormRow, said: Typed) -> dict[str, Any]:
    return {
        "school_id": form.school.id if form.school else None,
        "municipality_id": form.municipality_id,
        "item": row.item,
        **said,
    }


def right_ones(rows: Sequence[Row], problems: Sequence[Problem]) -> list[Row]:
    """The rows that nothing is wrong with."""
    wrong = {int(match[1]) for p in problems if (match := _PLACE.fullmatch(p.path))}
    return [row for index, row in enumerate(rows) if index not in wrong]
