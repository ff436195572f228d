"""How long Russian takes to read: typical lines in bulk, and the longest texts of the worst kinds.

    python -m benchmarks.language

Times are of this process, the best of five; prints Markdown.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from docgen.language.deadlines import parse_deadline
from docgen.language.declension import decline
from docgen.language.indicators import parse_indicator
from tests.cases import read_cases

LINES = 10_000
LONGEST = 10_000
YEARS = (2022, 2023)
CASES = Path(__file__).parent.parent / "tests" / "language"
WORST = ("1 и ", "1,", "март ", "не позднее 3 дней ", "(", "по плану школы ", "доля 1% на ", "сто ")

Reader = Callable[[str], object]


def texts_of(name: str) -> list[str]:
    """The texts of a table of cases."""
    found: list[str] = []
    _gather(read_cases(CASES / name), found)
    return found


def _gather(value: Any, found: list[str]) -> None:
    if isinstance(value, dict):
        if isinstance(value.get("text"), str):
            found.append(value["text"])
        for inner in value.values():
            _gather(inner, found)
    elif isinstance(value, list):
        for inner in value:
            _gather(inner, found)


def seconds(read: Reader, lines: list[str]) -> float:
    """Process time for all lines, the best of five."""
    times = []
    for _turn in range(5):
        begun = time.process_time()
        for line in lines:
            read(line)
        times.append(time.process_time() - begun)
    return min(times)


def main() -> None:
    """Prints the throughput of each reader and its worst text."""
    readers: dict[str, tuple[Reader, list[str]]] = {
        "deadlines": (lambda text: parse_deadline(text, YEARS), texts_of("deadlines.yaml")),
        "indicators": (lambda text: parse_indicator(text, YEARS), texts_of("indicators.yaml")),
        "posts, accusative": (
            lambda text: decline(text, case="accusative", kind="post"),
            ["начальник отдела", "заместитель министра – начальник управления", "ректор"],
        ),
    }
    print(f"| what | {LINES:,} lines, s | lines a second | longest of {LONGEST:,} characters, ms |")
    print("|---|---|---|---|")
    for name, (read, known) in readers.items():
        bulk = seconds(read, [known[at % len(known)] for at in range(LINES)])
        worst = max(seconds(read, [(piece * LONGEST)[:LONGEST]]) for piece in WORST)
        print(f"| {name} | {bulk:.2f} | {LINES / bulk:,.0f} | {worst * 1e3:.1f} |")


if __name__ == "__main__":
    main()
