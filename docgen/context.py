"""What a template may print: an order and its region as plain values (docs/templates.md).

The flow of data ends here; nothing below knows of orders, only of names and texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from docgen.errors import InputError, LanguageError, Problem
from docgen.i18n import _
from docgen.language.typography import hold_together, wrapped_lines
from docgen.models import (
    Amendment,
    Annex,
    Edit,
    Item,
    Layout,
    Order,
    Point,
    Profile,
    Section,
    Signatory,
)
from docgen.models.numbering import item_numbers, section_heading
from docgen.regions import Region
from docgen.render import Hyperlink, Linked

_URL = re.compile(r"https?://[^\s<>«»\"]+[^\s<>«»\".,;:!?)]")

POST_LINE = 44
"""Characters in a line of the signatory's post: about half the width of the text."""

TABLE_WIDTH = 14570
"""Width of a landscape A4 page between margins of 30 and 10 mm, in twentieths of a point."""


def build_context(order: Order, region: Region) -> dict[str, Any]:
    """The names that templates know, with everything worded, numbered and in order of printing."""
    profile = region.profile
    operative = profile.operative
    preamble = order.preamble if operative.own_line else f"{order.preamble} {operative.word}"
    return {
        "document": profile.letterhead.document,
        "letterhead": list(profile.letterhead.lines),
        "requisites": _requisites(order, profile),
        "heading": profile.letterhead.heading,
        "title": hold_together(order.title),
        "preamble": hold_together(preamble),
        "operative": operative.word if operative.own_line else "",
        "points": list(_points(worded_points(order, region))),
        "signature": _signature(order.signatory, profile),
        "acquainted": [hold_together(line) for line in region.acquaintance(order)],
        "executor": _executor(order),
        "annexes": [_annex(order, index, region) for index in range(len(order.annexes))],
        "date": order.printed_date if order.date else "",
        "number": order.number or "",
        "city": order.city or profile.city or "",
        "issuer": profile.issuer.name,
        "region": profile.name,
        "project": {"name": profile.project.name, "short": profile.project.short},
        "terms": dict(profile.terms),
    }


def amendment_context(amendment: Amendment, region: Region) -> dict[str, Any]:
    """The names that templates of amending orders know: those of an order, and `annexes[].edits`.

    The annexes have no rows of their own: each edit is an instruction with the rows it names.
    """
    annexes = tuple(
        Annex(title=sheet.title, sections=(), layout=sheet.layout) for sheet in amendment.sheets
    )
    context = build_context(replace(amendment.order, annexes=annexes), region)
    for values, annex, sheet in zip(context["annexes"], annexes, amendment.sheets, strict=True):
        layout = region.layout(annex)
        values["edits"] = [_edit(edit, layout) for edit in sheet.edits]
    return context


def _edit(edit: Edit, layout: Layout) -> dict[str, Any]:
    """The instruction in lines, and its rows; their numbers are those that the data gives."""
    keys = [column.key for column in layout.columns]
    return {
        "lines": [hold_together(line) for line in edit.text.split("\n")],
        "sections": [
            {
                "title": f"{section.number or ''} {section.title or ''}".strip(),
                "rows": [_row(item, "", keys) for item in section.items],
            }
            for section in edit.sections
        ],
    }


def printed_texts(context: Mapping[str, Any]) -> Iterator[str]:
    """Every text of the context that a document must show, in the order of printing."""
    for key in ("letterhead", "document", "requisites", "preamble", "operative", "points"):
        yield from _texts(context[key])
    for key in ("signature", "acquainted", "executor"):
        yield from _texts(context[key])
    for annex in context["annexes"]:
        yield from (*annex["stamp"], annex["title"])
        keys = [column["key"] for column in annex["columns"]]
        yield from (column["heading"] for column in annex["columns"])
        yield from _table_texts(annex["sections"], keys)
        for edit in annex.get("edits", ()):
            yield from edit["lines"]
            yield from _table_texts(edit["sections"], keys)


def _table_texts(sections: list[dict[str, Any]], keys: list[str]) -> Iterator[str]:
    for section in sections:
        yield section["title"]
        for row in section["rows"]:
            yield from (str(row[key]) for key in keys)


def _texts(value: Any) -> Iterator[str]:
    """The texts inside nested values; `kind` and `level` only steer the template."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if key not in ("kind", "level"):
                yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def worded_points(order: Order, region: Region) -> tuple[Point, ...]:
    """The order's points with every form replaced by its wording.

    Raises InputError naming every point whose Russian form cannot be decided.
    """
    worded: list[Point] = []
    problems: list[Problem] = []
    for index, point in enumerate(order.points):
        try:
            worded.append(point if point.form is None else region.word(order, point.form))
        except LanguageError as error:
            problems.append(Problem(f"points[{index}]", error.message, error.code))
    if problems:
        raise InputError(_("Some points cannot be worded."), tuple(problems))
    return tuple(worded)


def printed_order(order: Order, region: Region) -> Order:
    """The order with every wording, number and layout that it leaves to the region."""
    annexes = tuple(_printed_annex(annex, region) for annex in order.annexes)
    return replace(order, points=worded_points(order, region), annexes=annexes)


def _printed_annex(annex: Annex, region: Region) -> Annex:
    layout = region.layout(annex)
    sections = tuple(
        _printed_section(section, index, numbers, layout)
        for index, (section, numbers) in enumerate(
            zip(annex.sections, item_numbers(annex, layout), strict=True)
        )
    )
    return replace(annex, sections=sections, layout=region.layout_name(annex))


def _printed_section(section: Section, index: int, numbers: list[str], layout: Layout) -> Section:
    heading = section_heading(section, index, layout)
    items = tuple(
        item if item.number is not None else replace(item, number=number)
        for item, number in zip(section.items, numbers, strict=True)
    )
    return replace(section, items=items, number=heading.removesuffix(section.title or "").strip())


def _requisites(order: Order, profile: Profile) -> list[dict[str, str]]:
    """The lines between letterhead and text; a line of only a city is dropped where none is."""
    city = order.city or profile.city or ""
    lines: list[dict[str, str]] = []
    for pattern in profile.requisites:
        if pattern == "title":
            lines.append({"kind": "title", "text": hold_together(order.title)})
        elif city or "{city}" not in pattern:
            text = pattern.format(date=order.printed_date, number=order.printed_number, city=city)
            lines.append({"kind": "line", "text": hold_together(text)})
    return lines


def _points(points: tuple[Point, ...], prefix: str = "") -> Iterator[dict[str, Any]]:
    """Points and sub-points in reading order: «1.», «1.1.» and so on."""
    for index, point in enumerate(points, 1):
        number = f"{prefix}{index}."
        level = number.count(".")
        yield {"number": number, "text": hold_together(point.text), "level": level}
        yield from _points(point.points, number)


def _signature(signatory: Signatory | None, profile: Profile) -> dict[str, Any]:
    """The post in lines, the name level with the last of them (ГОСТ Р 7.0.97, «подпись»)."""
    post = signatory.post if signatory else profile.signatory_post
    *above, last = wrapped_lines(post, POST_LINE) or [""]
    name = signatory.name if signatory else ""
    return {"above": above, "last": last, "name": hold_together(name)}


def _executor(order: Order) -> dict[str, str] | None:
    if order.executor is None:
        return None
    return {"name": order.executor.name, "phone": order.executor.phone}


def _annex(order: Order, index: int, region: Region) -> dict[str, Any]:
    annex = order.annexes[index]
    layout = region.layout(annex)
    return {
        "stamp": [hold_together(line) for line in region.stamp(order, index)],
        "title": hold_together(annex.title),
        "columns": _columns(layout),
        "column_numbers": layout.column_numbers,
        "sections": list(_sections(annex, layout)),
    }


def _columns(layout: Layout) -> list[dict[str, Any]]:
    """Key, heading, number and width of each column; the widths fill the page."""
    share = TABLE_WIDTH / sum(column.width for column in layout.columns)
    return [
        {
            "key": column.key,
            "heading": column.heading,
            "number": number,
            "width": round(column.width * share),
        }
        for number, column in enumerate(layout.columns, 1)
    ]


def _sections(annex: Annex, layout: Layout) -> Iterator[dict[str, Any]]:
    keys = [column.key for column in layout.columns]
    for index, (section, numbers) in enumerate(
        zip(annex.sections, item_numbers(annex, layout), strict=True)
    ):
        yield {
            "title": section_heading(section, index, layout),
            "rows": [
                _row(item, number, keys)
                for item, number in zip(section.items, numbers, strict=True)
            ],
        }


def _row(item: Item, number: str, keys: list[str]) -> Mapping[str, Any]:
    row: dict[str, Any] = {key: with_links(item.get(key)) for key in keys}
    row["number"] = number if item.number is None else item.number
    return row


def with_links(text: str) -> str | Linked:
    """The text with every web address in it as a link; plain text where there is none."""
    if "://" not in text:
        return text
    parts: list[str | Hyperlink] = []
    end = 0
    for found in _URL.finditer(text):
        parts += [text[end : found.start()], Hyperlink(found.group())]
        end = found.end()
    return Linked((*(part for part in parts if part), *filter(None, [text[end:]])))
