"""How long deadlines take to read: typical lines in bulk, and the longest text of the worst kind.

Run `python -m benchmarks.parse_deadlines` from the root of the checkout. Times are of this process.
"""

from __future__ import annotations

import time

from docgen.language.deadlines import parse_deadline
from tests.language.deadline_table import cases

LINES = 10_000
LONGEST = 10_000
WORST = ("1 и ", "1,", "март ", "не позднее 3 дней ", "15.03.2022 ", "(", "по плану школы ")


def typical() -> float:
    """Seconds for ten thousand lines like those of the orders."""
    known = cases()
    lines = [known[at % len(known)] for at in range(LINES)]
    begun = time.process_time()
    for case in lines:
        parse_deadline(case.text, case.years)
    return time.process_time() - begun


def longest(piece: str) -> float:
    """Seconds for the longest text made of this piece."""
    text = (piece * LONGEST)[:LONGEST]
    begun = time.process_time()
    parse_deadline(text, (2022, 2023))
    return time.process_time() - begun


def main() -> None:
    """Print the best of five of each."""
    seconds = min(typical() for _ in range(5))
    print(f"{LINES} typical lines: {seconds:.2f} s, {seconds / LINES * 1e6:.0f} µs each")
    for piece in WORST:
        milliseconds = min(longest(piece) for _ in range(5)) * 1e3
        print(f"{LONGEST} characters of {piece!r}: {milliseconds:.1f} ms")


if __name__ == "__main__":
    main()
