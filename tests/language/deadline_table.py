"""The cases of `deadlines.yaml`, and the table of docs/deadlines.md made of them.

Run `python -m tests.language.deadline_table` to print the table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from docgen.language.deadlines.vocabulary import WORDS, Kind
from tests.cases import read_cases

CASES = Path(__file__).with_name("deadlines.yaml")
MONTHS = [word for word, known in WORDS.items() if known[0] is Kind.MONTH]
MONTH = re.compile(rf"\b({'|'.join(MONTHS)})\b")


@dataclass(frozen=True)
class Case:
    """One printed deadline with its normal form and the rule that reads it."""

    rule: str
    text: str
    years: tuple[int, int]
    region: str
    expected: dict[str, Any]


@cache
def cases() -> list[Case]:
    """Every case of the data file, its normal form filled up with what the file leaves out."""
    groups = read_cases(CASES)
    return [
        Case(rule, row["text"], tuple(row["years"]), row["region"], _whole(row["expected"]))
        for rule, rows in groups.items()
        for row in rows
    ]


def _whole(short: dict[str, Any]) -> dict[str, Any]:
    blank = {"precision": None, "recurrence": None, "condition": None, "year_inferred": False}
    intervals = [{"start": start, "end": end} for start, end in short.get("intervals", [])]
    return blank | short | {"intervals": intervals}


def table() -> str:
    """A Markdown table for each rule: one example of every way of writing."""
    parts = []
    for rule in dict.fromkeys(case.rule for case in cases()):
        rows = [_row(case) for case in _examples(rule)]
        head = "| Text | Project | Kind | Days | Precision | Also |\n|---|---|---|---|---|---|"
        parts.append(f"### {rule.capitalize()}\n\n{head}\n" + "\n".join(rows))
    return "\n\n".join(parts) + "\n"


def _examples(rule: str) -> list[Case]:
    by_shape: dict[str, Case] = {}
    for case in cases():
        if case.rule == rule:
            by_shape.setdefault(_shape(case), case)
    return list(by_shape.values())


def _shape(case: Case) -> str:
    """The text with its numbers and months made equal, so that one date stands for all."""
    text = re.sub(r"\d+", "0", MONTH.sub("m", case.text.lower()))
    return f"{text} {case.years[0] < case.years[1]}"


def _row(case: Case) -> str:
    form = case.expected
    days = "; ".join(_days(interval) for interval in form["intervals"]) or "–"
    years = "–".join(str(year) for year in dict.fromkeys(case.years))
    text = case.text.replace("\n", "<br>")
    cells = (text, years, form["kind"], days, form["precision"] or "–", _also(form) or "–")
    return "| " + " | ".join(cells) + " |"


def _days(interval: dict[str, str | None]) -> str:
    start, end = interval["start"], interval["end"]
    return str(end) if start == end else f"{start or '…'} – {end}"


def _also(form: dict[str, Any]) -> str:
    notes = []
    if form["recurrence"]:
        notes.append(_recurrence(form["recurrence"]))
    if "relative" in form:
        notes.append(_relative(form["relative"]))
    if form["condition"]:
        notes.append(f"condition «{form['condition']}»")
    if form["year_inferred"]:
        notes.append("year inferred")
    return ", ".join(notes)


def _relative(form: dict[str, Any]) -> str:
    unit = "working days" if form.get("working") else "days"
    event = f"«{form['anchor']}»" if form["anchor"] else "an event not named"
    return f"{form['days']} {unit} from {event}"


def _recurrence(form: dict[str, Any]) -> str:
    weekday = f", weekday {form['weekday']}" if form["weekday"] else ""
    nth = f", nth {form['nth']}" if form["nth"] else ""
    return f"{form['freq']} × {form['times']}{weekday}{nth}"


if __name__ == "__main__":
    print(table(), end="")
