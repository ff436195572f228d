"""What changed between two editions as plain values, for `--json`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docgen.export.data import entry_values
from docgen.models.differences import (
    AnnexDiff,
    Entry,
    ItemDiff,
    OrderDiff,
    PointDiff,
    SectionDiff,
    TextDiff,
)


def diff_values(diff: OrderDiff) -> dict[str, Any]:
    """The difference as plain values; `equal` tells whether there is any."""
    return {
        "equal": not diff,
        "requisites": _texts(diff.requisites),
        "points": [_point(point) for point in diff.points],
        "annexes": [_annex(annex) for annex in diff.annexes],
    }


def _texts(texts: Sequence[TextDiff]) -> list[dict[str, Any]]:
    return [
        {
            "key": text.key,
            "old": text.old,
            "new": text.new,
            "marks": [[mark.kind, mark.text] for mark in text.marks],
        }
        for text in texts
    ]


def _entry(entry: Entry, old: Any, new: Any) -> dict[str, Any]:
    """What happened, where it stood and stands, and the whole of what came or went."""
    values: dict[str, Any] = {
        "kinds": list(entry.kinds),
        "old": {"path": entry.old_path, "number": entry.old_number} if entry.old_path else None,
        "new": {"path": entry.new_path, "number": entry.new_number} if entry.new_path else None,
    }
    if entry.old_path is None:
        values["value"] = entry_values(new)
    elif entry.new_path is None:
        values["value"] = entry_values(old)
    return values


def _point(diff: PointDiff) -> dict[str, Any]:
    texts = _texts([diff.text] if diff.text else [])
    inner = [_point(point) for point in diff.points]
    return {**_entry(diff, diff.old, diff.new), "texts": texts, "points": inner}


def _annex(diff: AnnexDiff) -> dict[str, Any]:
    return {
        **_entry(diff, diff.old, diff.new),
        "texts": _texts(diff.texts),
        "sections": [_section(section) for section in diff.sections],
        "items": [_item(item) for item in diff.items],
    }


def _section(diff: SectionDiff) -> dict[str, Any]:
    texts = _texts([diff.title] if diff.title else [])
    return {**_entry(diff, diff.old, diff.new), "texts": texts}


def _item(diff: ItemDiff) -> dict[str, Any]:
    return {**_entry(diff, diff.old, diff.new), "cells": _texts(diff.cells)}
