"""Forms of pages: what was refused, field by field."""

from __future__ import annotations

from docgen.errors import DocgenError, ProblemsError


def faults(error: DocgenError | None) -> dict[str, str]:
    """What is wrong with each field of the form, by the field's name."""
    problems = error.problems if isinstance(error, ProblemsError) else ()
    return {problem.path: problem.message for problem in problems}


def general(error: DocgenError | None) -> str:
    """What is wrong with the form as a whole; empty when its fields say it all."""
    return error.message if error is not None and not faults(error) else ""


def number(text: str | None) -> int | None:
    """The number chosen in a form; None for nothing, or for what is no number."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else None
