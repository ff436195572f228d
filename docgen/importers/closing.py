"""The end of an order's text: the signature, who is acquainted, who drafted it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docgen.importers.marks import (
    ACQUAINTED,
    EXECUTOR,
    FULL_NAME,
    INITIALS,
    OPERATIVE,
    PHONE,
    POINT,
    SHORT_NAME,
    SIGNED,
)
from docgen.importers.paper import Line
from docgen.models.readings import Role

_MOST_POST_LINES = 6
_SENTENCE_END = (".", ";", ":")
_INFINITIVES = ("ть", "ти", "чь", "ться")


def signature_range(lines: Sequence[Line], start: int) -> range:
    """Which lines are the signature: the post, and the name at the end of the last of them."""
    for index in range(start, len(lines)):
        line = lines[index]
        if _is_signed(line) and not _is_numbered(line):
            return range(_post_start(lines, index, start), index + 1)
    return range(_end_of_points(lines, start), _end_of_points(lines, start))


def _is_signed(line: Line) -> bool:
    """Whether a name stands apart at the end of the line, or alone in it."""
    found = SIGNED.search(line.text)
    if found is None or ACQUAINTED.match(line.text) or EXECUTOR.match(line.text):
        return False
    before = line.text[: found.start()]
    alone = not before.strip(" _\t/")
    apart = re.search(r"(?:\t|\s{3,}|_{3,})\W*$", before)
    return alone or bool(apart) or (not line.joined and _is_short_post(before))


def _is_short_post(before: str) -> bool:
    """Whether «Ректор О.С. Кольцова» is meant: a few words, none of them a verb."""
    words = before.split()
    verbs = any(word.lower().endswith(_INFINITIVES) for word in words)
    return 0 < len(words) <= 4 and words[0][:1].isupper() and not verbs


def _is_numbered(line: Line) -> bool:
    return bool(line.label) or POINT.match(line.text) is not None


def _post_start(lines: Sequence[Line], name: int, start: int) -> int:
    """Where the lines of the post begin that lead to the line with the name."""
    first = name
    while first - 1 >= start and name - first < _MOST_POST_LINES:
        above = lines[first - 1]
        if (
            _is_numbered(above)
            or above.text.endswith(_SENTENCE_END)
            or OPERATIVE.search(above.text)
        ):
            break
        if lines[first].gap and first < name:
            break
        first -= 1
    return first


def _end_of_points(lines: Sequence[Line], start: int) -> int:
    """Where the points end in an order without a signature."""
    for index in range(start, len(lines)):
        if ACQUAINTED.match(lines[index].text) or EXECUTOR.match(lines[index].text):
            return index
    return len(lines)


def ending_roles(lines: Sequence[Line]) -> list[Role]:
    """What follows the signature: acquaintance, the executor's mark, and what is neither."""
    roles: list[Role] = []
    listing = False  # are the lines those of an acquaintance list?
    for index, line in enumerate(lines):
        last = roles[-1] if roles else None
        below = lines[index + 1].text if index + 1 < len(lines) else ""
        role: Role = "other"
        if ACQUAINTED.match(line.text) or (listing and _joins_the_list(line, below)):
            role = "acquaintance"
        elif _is_executor(line) or (last == "executor" and PHONE.fullmatch(line.text)):
            role = "executor"
        listing = role == "acquaintance" or (listing and line.cell)
        roles.append(role)
    return roles


def _joins_the_list(line: Line, below: str) -> bool:
    """Whether a name goes on with the acquaintance list: no telephone stands by it."""
    telephone = EXECUTOR.match(line.text) or PHONE.fullmatch(below) or PHONE.search(line.text)
    named = SHORT_NAME.search(line.text) or FULL_NAME.search(line.text)
    return bool(named) and not line.new_page and not telephone


def _is_executor(line: Line) -> bool:
    text = line.text
    named = FULL_NAME.match(text) or re.match(rf"[А-ЯЁ][а-яё]+\s+{INITIALS}", text)
    return EXECUTOR.match(text) is not None or bool(
        named and (PHONE.search(text) or FULL_NAME.fullmatch(text))
    )
