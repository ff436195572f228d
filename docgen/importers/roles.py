"""What each line of an order's own text is: letterhead, title, point, signature and so on.

Styles of our own templates say so outright; for every other document the words and the order of
the lines do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from docgen.importers.marks import (
    ACQUAINTED,
    EXECUTOR,
    FULL_NAME,
    INITIALS,
    OPERATIVE,
    PHONE,
    POINT,
    PREAMBLE,
    SIGNED,
    TITLE,
    document_word,
    is_bare_number,
    is_city,
    issued,
    may_be_city,
)
from docgen.importers.paper import Line

Role = Literal[
    "letterhead",
    "document",
    "requisite",
    "title",
    "preamble",
    "operative",
    "point",
    "signature",
    "acquaintance",
    "executor",
    "stamp",
    "annex-title",
    "other",
]

STYLES: dict[str, Role] = {
    "Бланк": "letterhead",
    "Вид документа": "document",
    "Реквизит": "requisite",
    "Реквизит по центру": "requisite",
    "Заголовок к тексту": "title",
    "Заголовок к тексту по центру": "title",
    "Преамбула": "preamble",
    "Распорядительное слово": "operative",
    "Пункт приказа": "point",
    "Подпункт приказа": "point",
    "Подпись: должность": "signature",
    "Подпись": "signature",
    "Ознакомление": "acquaintance",
    "Отметка об исполнителе": "executor",
    "Гриф": "stamp",
    "Заголовок приложения": "annex-title",
}
_HEAD = 60
_SPLIT = re.compile(r"\t+|\s{3,}")
_MOST_POST_LINES = 6
_SENTENCE_END = (".", ";", ":")


def pieces(text: str) -> list[str]:
    """The parts of a line that tabs or wide gaps keep apart."""
    return [piece.strip() for piece in _SPLIT.split(text) if piece.strip()]


def assign_roles(lines: Sequence[Line], cities: frozenset[str]) -> list[Role]:
    """One role a line; `cities` are the settlements known from profiles."""
    if any(line.style in STYLES for line in lines):
        return _by_style(lines)
    document = next((i for i, line in enumerate(lines[:_HEAD]) if document_word(line.text)), -1)
    operative = _operative(lines, document + 1)
    signature = _signature(lines, operative + 1)
    roles: list[Role] = [_head_role(line) for line in lines[: max(document, 0)]]
    if document >= 0:
        roles.append("document")
    roles += _opening(lines[len(roles) : operative], cities)
    roles += _body(lines[operative : signature.start], operative)
    roles += ["signature"] * len(signature)
    return roles + ending_roles(lines[signature.stop :])


def _by_style(lines: Sequence[Line]) -> list[Role]:
    """The roles that styles name; a line in any other style is like the one before it."""
    roles: list[Role] = []
    for line in lines:
        role = STYLES.get(line.style)
        if role is None:
            role = roles[-1] if roles and (line.joined or roles[-1] == "point") else "other"
        roles.append(role)
    return roles


def _head_role(line: Line) -> Role:
    return "requisite" if issued(line.text) else "letterhead"


def _operative(lines: Sequence[Line], start: int) -> int:
    """The line that ends the preamble: the one with the operative word, else the first point."""
    for index in range(start, len(lines)):
        text = lines[index].text
        found = OPERATIVE.search(text)
        if found and (found.start() == 0 or found.end() > len(text) - 3):
            return index
        if found and re.match(r"\s*1\.", text[found.end() :]):
            return index
    for index in range(start, len(lines)):
        if lines[index].label or POINT.match(lines[index].text):
            return index
    return start if start else len(lines)


def _opening(lines: Sequence[Line], cities: frozenset[str]) -> list[Role]:
    """The lines between the document's name and its operative word."""
    roles: list[Role] = []
    titled = False
    for index, line in enumerate(lines):
        role: Role
        if _is_requisite(line, roles, cities):
            role = "requisite"
        elif TITLE.match(line.text) and not titled and not _begins_text(line):
            role, titled = "title", True
        elif titled and _continues_title(lines, roles, index):
            role = "title"
        else:
            role = "preamble" if titled or _begins_text(line) or "preamble" in roles else "other"
        roles.append(role)
    return roles


def _is_requisite(line: Line, roles: Sequence[Role], cities: frozenset[str]) -> bool:
    if "preamble" in roles:
        return False
    after = bool(roles) and roles[-1] == "requisite"
    return all(
        issued(piece) is not None
        or is_city(piece, known=cities)
        or (is_bare_number(piece) and not piece.isalpha())
        or ((after or not roles) and may_be_city(piece) and not TITLE.match(piece))
        for piece in pieces(line.text)
    )


def _begins_text(line: Line) -> bool:
    return PREAMBLE.match(line.text) is not None


def _continues_title(lines: Sequence[Line], roles: Sequence[Role], index: int) -> bool:
    """Whether the line goes on with a title printed on several lines."""
    line, last = lines[index], lines[index - 1]
    if roles[-1] != "title" or _begins_text(line):
        return False
    if line.joined or not line.text[:1].isupper():
        return True
    if line.facts is None or last.facts is None:
        return not line.gap
    alike = line.facts.align == last.facts.align and line.facts.first_line == last.facts.first_line
    return alike and not line.gap and len(line.text) <= _widest(lines[:index], roles) * 1.6


def _widest(lines: Sequence[Line], roles: Sequence[Role]) -> int:
    return max(len(line.text) for line, role in zip(lines, roles, strict=True) if role == "title")


def _body(lines: Sequence[Line], start: int) -> list[Role]:
    """The operative line and the points."""
    if not lines:
        return []
    found = OPERATIVE.search(lines[0].text)
    first: Role = "point"
    if found:
        first = "operative" if found.start() == 0 else "preamble"
    rest: list[Role] = ["point"] * (len(lines) - 1)
    return [first, *rest]


def _signature(lines: Sequence[Line], start: int) -> range:
    """Which lines are the signature: the post, and the name at the end of the last of them."""
    for index in range(start, len(lines)):
        line = lines[index]
        if _is_signed(line) and not _numbered(line):
            return range(_post_start(lines, index, start), index + 1)
    return range(_fallback(lines, start), _fallback(lines, start))


def _is_signed(line: Line) -> bool:
    """Whether a name stands apart at the end of the line, or alone in it."""
    found = SIGNED.search(line.text)
    if found is None or ACQUAINTED.match(line.text) or EXECUTOR.match(line.text):
        return False
    before = line.text[: found.start()]
    alone = not before.strip(" _\t/")
    return alone or bool(re.search(r"(?:\t|\s{3,}|_{3,})\W*$", before)) or _is_short_post(before)


def _is_short_post(before: str) -> bool:
    """Whether «Ректор О.С. Кольцова» is meant: a few words without a verb's ending or a stop."""
    words = before.split()
    return 0 < len(words) <= 4 and words[0][:1].isupper() and not before.rstrip().endswith(",")


def _numbered(line: Line) -> bool:
    return bool(line.label) or POINT.match(line.text) is not None


def _post_start(lines: Sequence[Line], name: int, start: int) -> int:
    """Where the lines of the post begin that lead to the line with the name."""
    first = name
    while first - 1 >= start and name - first < _MOST_POST_LINES:
        above = lines[first - 1]
        if _numbered(above) or above.text.endswith(_SENTENCE_END) or OPERATIVE.search(above.text):
            break
        if lines[first].gap and first < name:
            break
        first -= 1
    return first


def _fallback(lines: Sequence[Line], start: int) -> int:
    """Where the points end in an order without a signature."""
    for index in range(start, len(lines)):
        if ACQUAINTED.match(lines[index].text) or EXECUTOR.match(lines[index].text):
            return index
    return len(lines)


def ending_roles(lines: Sequence[Line]) -> list[Role]:
    """What follows the signature: acquaintance, the executor's mark, and what is neither."""
    roles: list[Role] = []
    for index, line in enumerate(lines):
        last = roles[-1] if roles else None
        below = lines[index + 1].text if index + 1 < len(lines) else ""
        role: Role = "other"
        if ACQUAINTED.match(line.text) or (last == "acquaintance" and _joins_the_list(line, below)):
            role = "acquaintance"
        elif _is_executor(line) or (last == "executor" and PHONE.fullmatch(line.text)):
            role = "executor"
        roles.append(role)
    return roles


def _joins_the_list(line: Line, below: str) -> bool:
    """Whether a name goes on with the acquaintance list: no telephone stands by it."""
    telephone = EXECUTOR.match(line.text) or PHONE.fullmatch(below) or PHONE.search(line.text)
    named = re.search(INITIALS, line.text) or FULL_NAME.search(line.text)
    return bool(named) and not line.new_page and not telephone


def _is_executor(line: Line) -> bool:
    text = line.text
    named = FULL_NAME.match(text) or re.match(rf"[А-ЯЁ][а-яё]+\s+{INITIALS}", text)
    return EXECUTOR.match(text) is not None or bool(
        named and (PHONE.search(text) or FULL_NAME.fullmatch(text))
    )
