"""What each line of an order's own text is: letterhead, title, point, signature and so on.

Styles of our own templates say so outright; for every other document the words and the order of
the lines do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from docgen.importers.closing import ending_roles, signature_range
from docgen.importers.marks import (
    OPERATIVE,
    POINT,
    PREAMBLE,
    TITLE,
    document_word,
    is_bare_number,
    is_city,
    issued,
    may_be_city,
)
from docgen.importers.paper import Line
from docgen.models.readings import Role

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
    "Последний пункт приказа": "point",
    "Подпункт приказа": "point",
    "Подпись: должность": "signature",
    "Подпись": "signature",
    "Ознакомление": "acquaintance",
    "Отметка об исполнителе": "executor",
    "Гриф": "stamp",
    "Заголовок приложения": "annex-title",
}
_HEAD = 60
_ENOUGH_STYLES = 3
_SPLIT = re.compile(r"\t+|\s{3,}")
# «15.02.2023 г. Тамбов № 312»: the place stands between date and number, one space apart.
_PLACE_BETWEEN = re.compile(
    r"([\d.№]\S*(?: \S+){0,4}?) ((?:г|с|п|рп|пгт)\. ?[А-ЯЁ][\w-]*(?: [А-ЯЁ][\w-]*)?)(?: (№.*))?"
)


def pieces(text: str) -> list[str]:
    """The parts of a line that tabs, wide gaps or a place between them keep apart."""
    parts = [piece.strip() for piece in _SPLIT.split(text) if piece.strip()]
    return [piece for part in parts for piece in _around_place(part)]


def _around_place(part: str) -> list[str]:
    found = _PLACE_BETWEEN.fullmatch(part)
    return [piece for piece in found.groups() if piece] if found else [part]


def assign_roles(lines: Sequence[Line], cities: frozenset[str]) -> list[Role]:
    """One role a line; `cities` are the settlements known from profiles."""
    if len({line.style for line in lines} & STYLES.keys()) >= _ENOUGH_STYLES:
        return _by_style(lines)
    document = next((i for i, line in enumerate(lines[:_HEAD]) if document_word(line.text)), -1)
    operative = _operative(lines, document + 1)
    signature = signature_range(lines, operative + 1)
    roles: list[Role] = [_head_role(line) for line in lines[: max(document, 0)]]
    if document >= 0:
        roles.append("document")
    opening = lines[len(roles) : operative]
    roles += _with_preamble(_opening(opening, cities), opening, lines[operative : operative + 1])
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
    title: list[Line] = []
    for index, line in enumerate(lines):
        last = roles[-1] if roles else None
        if _is_requisite(line, last, cities):
            roles.append("requisite")
        elif _is_title(line, title, last):
            roles.append("title")
            title.append(line)
        elif title or _begins_text(line):
            return roles + ["preamble"] * (len(lines) - index)
        else:
            roles.append("other")
    return roles


def _with_preamble(
    roles: list[Role], lines: Sequence[Line], operative: Sequence[Line]
) -> list[Role]:
    """The roles, the last line of a title taken for the preamble where no other line can be it."""
    own_line = any(OPERATIVE.match(line.text) for line in operative)
    if not own_line or "preamble" in roles or roles.count("title") < 2:
        return roles
    last = len(roles) - 1 - roles[::-1].index("title")
    if not lines[last].joined and lines[last].text[:1].isupper():
        roles[last] = "preamble"
    return roles


def _is_requisite(line: Line, last: Role | None, cities: frozenset[str]) -> bool:
    return all(
        issued(piece) is not None
        or is_city(piece, known=cities)
        or (is_bare_number(piece) and not piece.isalpha())
        or (last in (None, "requisite") and may_be_city(piece) and not TITLE.match(piece))
        for piece in pieces(line.text)
    )


def _begins_text(line: Line) -> bool:
    return PREAMBLE.match(line.text) is not None


def _is_title(line: Line, title: Sequence[Line], last: Role | None) -> bool:
    if title:
        return last == "title" and _continues_title(title, line)
    return TITLE.match(line.text) is not None and not _begins_text(line)


def _continues_title(title: Sequence[Line], line: Line) -> bool:
    """Whether the line goes on with a title printed on several lines."""
    first, last = title[0], title[-1]
    if _begins_text(line):
        return False
    if line.joined or not line.text[:1].isupper():
        return True
    if line.facts is None or last.facts is None:
        return not line.gap
    alike = line.facts.align == last.facts.align and line.facts.first_line == last.facts.first_line
    return alike and not line.gap and len(line.text) <= len(first.text) * 1.6


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
