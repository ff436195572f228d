"""The form of an order: its fields are paths of the data file, so findings and fields meet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from docgen.models.paths import nested

PARTS = (
    "years", "city", "title", "preamble", "points", "signatory", "acquainted", "executor",
    "annexes", "unplaced",
)  # fmt: skip
"""What the form shows; everything else of a data file stays as it is."""

BLANK_NUMBER = "—"
"""What stands in the field of a row that is printed without a number."""

_FIELD = re.compile(rf"(?:{'|'.join(PARTS)})\b")


def values_of(form: Iterable[tuple[str, str]], kept: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a data file as the form gives them; parts it does not show are `kept`."""
    sent = {name: _text(text) for name, text in form if _FIELD.match(name)}
    given = nested(sent.items())
    shown = {name for name in PARTS if name in given or name in _marks(form)}
    values = {key: value for key, value in kept.items() if key not in shown}
    for name in PARTS:
        if name in shown:
            values[name] = _READERS.get(name, _as_is)(given.get(name))
    return {key: value for key, value in values.items() if value is not None}


def _marks(form: Iterable[tuple[str, str]]) -> set[str]:
    """Lists that the form shows even where it has emptied them."""
    return {name.removeprefix("shows.") for name, _text in form if name.startswith("shows.")}


def _text(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.replace("\r", "").split("\n")).strip("\n")


def _as_is(value: Any) -> Any:
    return "" if value is None else value


def _years(value: Any) -> Any:
    """Two years; text that is no year stays for the schema to refuse."""
    texts = [text.strip() for text in value or () if text.strip()]
    return [int(text) if text.isdecimal() else text for text in texts] or None


def _optional(value: Any) -> Any:
    return value or None


def _person(value: Any) -> Any:
    """Someone's name and the rest, or nothing where all is empty."""
    return value if value and any(value.values()) else None


def _lines(value: Any) -> list[str]:
    return [line.strip() for line in (value or "").split("\n") if line.strip()]


def _texts(value: Any) -> list[str]:
    return [text for text in value or () if text.strip()]


def _points(value: Any) -> list[Any]:
    return [_point(point) for point in value or () if isinstance(point, Mapping)]


def _point(point: Mapping[str, Any]) -> Any:
    """A point in the writing of the data file: text, text with points, or a form."""
    for kind in ("control", "appoint"):
        if kind in point:
            return {kind: {key: text for key, text in point[kind].items() if text or key == "name"}}
    for kind in ("assign", "recommend"):
        if kind in point:
            return {kind: {**point[kind], "tasks": _lines(point[kind].get("tasks"))}}
    if "approve" in point:
        text = point["approve"]
        return {"approve": int(text) if text.isdecimal() else text}
    inner = _points(point.get("points"))
    return {"text": point.get("text", ""), "points": inner} if inner else point.get("text", "")


def _annexes(value: Any) -> list[Any]:
    return [_annex(annex) for annex in value or () if isinstance(annex, Mapping)]


def _annex(annex: Mapping[str, Any]) -> dict[str, Any]:
    head = {"title": annex.get("title", "")}
    if annex.get("layout"):
        head["layout"] = annex["layout"]
    sections = [_section(section) for section in annex.get("sections") or ()]
    return {**head, "sections": sections}


def _section(section: Mapping[str, Any]) -> dict[str, Any]:
    head = {key: section[key] for key in ("number", "title") if section.get(key)}
    items = [_item(item) for item in section.get("items") or () if isinstance(item, Mapping)]
    return {**head, "items": items}


def _item(item: Mapping[str, str]) -> dict[str, str]:
    texts = {key: text for key, text in item.items() if text.strip()}
    if texts.get("number", "").strip() == BLANK_NUMBER:
        texts["number"] = ""
    return texts


_READERS: Mapping[str, Any] = {
    "years": _years,
    "city": _optional,
    "points": _points,
    "signatory": _person,
    "acquainted": _lines,
    "executor": _person,
    "annexes": _annexes,
    "unplaced": _texts,
}


def point_kind(point: Any) -> str:
    """Which form a point of the data file has: `text`, `control`, `approve` …"""
    if isinstance(point, Mapping):
        return next((str(kind) for kind in point if kind not in ("text", "points")), "text")
    return "text"


def by_path(entries: Sequence[Any]) -> dict[str, list[Any]]:
    """Findings or doubts by the path they are about."""
    found: dict[str, list[Any]] = {}
    for entry in entries:
        found.setdefault(entry.path, []).append(entry)
    return found
