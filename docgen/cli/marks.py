"""Marked words on a terminal: deleted ones red, added ones green, brackets where colours fail."""

from __future__ import annotations

from collections.abc import Sequence

import click

from docgen.models.differences import Mark

_CONTEXT = 40


def styled(marks: Sequence[Mark]) -> str:
    """The words in one line: [-deleted-]{+added+}, long unchanged runs cut in their middle."""
    last = len(marks) - 1
    return "".join(
        _styled(mark, opening=position == 0, closing=position == last)
        for position, mark in enumerate(marks)
    )


def _styled(mark: Mark, *, opening: bool, closing: bool) -> str:
    text = " ".join(mark.text.split("\n"))
    if mark.kind == "deleted":
        return click.style(f"[-{text}-]", fg="red", strikethrough=True)
    if mark.kind == "added":
        return click.style(f"{{+{text}+}}", fg="green")
    if (opening and closing) or len(text) <= 2 * _CONTEXT:
        return text
    head = "" if opening else text[:_CONTEXT]
    tail = "" if closing else text[-_CONTEXT:]
    return f"{head}…{tail}"
