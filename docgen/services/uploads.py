"""Uploaded orders: read into values, with everything that a person should look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from docgen.export.data import order_values
from docgen.models.paths import leaves, value_at
from docgen.models.readings import Reading
from docgen.models.registry import Imported, Misgiving
from docgen.services.documents import Documents

Values = Mapping[str, Any]


def read_upload(documents: Documents, name: str, data: bytes, region: str | None) -> Imported:
    """The order in an uploaded file; InputError where it is none, or of no known region."""
    reading = documents.reading(data, name, region)
    documents.regions.find(reading.order.region)
    unplaced = tuple(text.text for text in reading.unplaced)
    values = order_values(replace(reading.order, unplaced=unplaced))
    values = {"title": "", "preamble": "", "points": [], **values}
    findings = tuple(documents.check_reading(reading))
    return Imported(values, _misgivings(reading, values), reading.unplaced, findings)


def standing_doubts(doubts: Sequence[Misgiving], values: Values) -> list[Misgiving]:
    """The doubts whose text still stands as it was read, each at the place where it stands now."""
    paths: dict[tuple[str, str], str] = {}
    for path, text in leaves(values):
        paths.setdefault((_last(path), str(text)), path)
    found = []
    for doubt in doubts:
        if not doubt.text or _text_at(values, doubt.path) == doubt.text:
            found.append(doubt)
        elif (moved := paths.get((_last(doubt.path), doubt.text))) is not None:
            found.append(replace(doubt, path=moved))
    return found


def _misgivings(reading: Reading, values: Values) -> tuple[Misgiving, ...]:
    return tuple(
        Misgiving(d.path, d.place, d.reason, d.confidence, _text_at(values, d.path))
        for d in reading.doubts
    )


def _text_at(values: Values, path: str) -> str:
    found = value_at(values, path)
    return found if isinstance(found, str) else ""


def _last(path: str) -> str:
    return path.rpartition(".")[2]
