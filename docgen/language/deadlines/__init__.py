"""Deadlines (сроки): what a cell of an order says, as dates (docs/deadlines.md)."""

from docgen.language.deadlines.reading import LONGEST_READ, Reading, parse_deadline, read
from docgen.language.deadlines.timing import Deadline, Interval, Recurrence, Relative

__all__ = [
    "LONGEST_READ",
    "Deadline",
    "Interval",
    "Reading",
    "Recurrence",
    "Relative",
    "parse_deadline",
    "read",
]
