"""Where in Word tags may stand: in rows, in cells, alone in a paragraph, side by side."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from docgen.i18n import _
from docgen.render.faults import Edit, TemplateFault
from docgen.render.marks import Mark, type_instead
from docgen.render.places import W

_ELEMENTS = ("tr", "tc", "p")
CELL_WORDS = ("colspan", "cellbg", "colwidth", "vm", "hm")
_TOGETHER = {"tr": "loop-in-one-row", "tc": "loop-in-one-cell", "p": "loop-in-one-paragraph"}


def pair_faults(first: Mark, last: Mark, name: str) -> Iterator[TemplateFault]:
    """What is wrong between a tag that opens and one that closes or divides."""
    names = {"start": first.meant, "end": last.meant, "place": first.paragraph.place}
    if _is_outside(first) or _is_outside(last):
        return  # told by itself
    if first.prefix != last.prefix:
        message = _("%(end)s does not match %(start)s (%(place)s)") % names
        meant = last.written(last.body, first.prefix)
        edits = _prefix_edit(first, last) if first.prefix == "p" else []
        yield last.fault("mismatched-prefix", message, type_instead(meant), edits)
    elif not _side_by_side(first, last):
        message = _("%(end)s stands in another cell, row or table than %(start)s (%(place)s)")
        yield last.fault("misplaced-end", message % names, _side_advice(first, name))


def _is_outside(mark: Mark) -> bool:
    """Whether it is for rows or cells and not in a table."""
    return mark.prefix in ("tr", "tc") and mark.paragraph.around(mark.prefix) is None


def _prefix_edit(first: Mark, last: Mark) -> list[Edit]:
    """The edit that gives a tag alone in its paragraph the prefix `p`."""
    paragraph, tag = last.paragraph, last.tag
    alone = paragraph.text.strip() == last.typed and not last.prefix
    same = paragraph.element is first.paragraph.element
    if not alone or same or tag.torn or tag.spaced:
        return []
    return [Edit(tag.body_start, tag.body_start, first.prefix)]


def _side_by_side(first: Mark, last: Mark) -> bool:
    """Whether what lies between two tags is whole: cells, rows, tables."""
    one, other = first.paragraph, last.paragraph
    if one.depth != other.depth:
        return False
    around = {"tr": "tbl", "tc": "tr"}.get(first.prefix, "tc")
    return one.around(around) is other.around(around)


def _side_advice(first: Mark, name: str) -> str:
    if first.prefix or first.paragraph.around("tr") is None:
        return _("open and close it in the same table or text")
    start, end = first.written(first.body, "tr"), first.written(f"end{name}", "tr")
    return _("to repeat rows, put %(start)s into a row of its own above them and %(end)s below") % {
        "start": start,
        "end": end,
    }


def place_faults(marks: list[Mark]) -> Iterator[TemplateFault]:
    """Tags with a prefix that stand where the prefix means nothing, or with others."""
    groups: dict[tuple[str, etree._Element], list[Mark]] = {}
    for mark in marks:
        if mark.word in CELL_WORDS and mark.paragraph.around("tc") is None:
            yield _no_cell(mark)
        if mark.prefix not in _ELEMENTS:
            continue
        own = mark.paragraph.element
        element = own if mark.prefix == "p" else mark.paragraph.around(mark.prefix)
        if element is None:
            yield _outside(mark)
        else:
            groups.setdefault((mark.prefix, element), []).append(mark)
    for (prefix, _element), group in groups.items():
        if len(group) > 1:
            yield _together(prefix, group)
        elif fault := _lost_content(group[0]):
            yield fault


def _no_cell(mark: Mark) -> TemplateFault:
    message = _("%(tag)s changes a table cell, but is not in a table") % {"tag": mark.meant}
    advice = _("move it into the cell, or delete it")
    return mark.fault("cell-tag-outside-table", message, advice)


def _outside(mark: Mark) -> TemplateFault:
    if mark.prefix == "tr":
        code, message = (
            "row-tag-outside-table",
            _("%(tag)s repeats table rows, but is not in a table"),
        )
    else:
        code, message = "cell-tag-outside-table", _("%(tag)s repeats cells, but is not in a table")
    advice = _("move it into the table, or for paragraphs type %(tag)s")
    meant = mark.written(mark.body, "p")
    return mark.fault(code, message % {"tag": mark.meant}, advice % {"tag": meant})


def _together(prefix: str, group: list[Mark]) -> TemplateFault:
    first, second = group[0], group[1]
    names = {"first": first.meant, "second": second.meant}
    if prefix == "tr":
        message = _("%(first)s and %(second)s stand in one row, and only the first is read")
        advice = _("put each into a row of its own, above and below the row to be repeated")
    elif prefix == "tc":
        message = _("%(first)s and %(second)s stand in one cell, and only the first is read")
        advice = _("put each into a cell of its own, before and after the cell to be repeated")
    else:
        message = _("%(first)s and %(second)s stand in one paragraph, and only the first is read")
        advice = _("put each into a paragraph of its own, or drop the “p” of both")
    return second.fault(_TOGETHER[prefix], message % names, advice)


def _lost_content(mark: Mark) -> TemplateFault | None:
    """The fault of a tag that stands for its row, cell or paragraph, and wipes out more."""
    if mark.prefix == "p":
        text = mark.paragraph.text
    else:
        element = mark.paragraph.around(mark.prefix)
        text = "" if element is None else "".join(each.text or "" for each in element.iter(f"{W}t"))
    rest = text.replace(mark.typed, "", 1).strip()
    if not rest or mark.tag.endless or mark.tag.torn:
        return None
    message = _("%(tag)s takes the place of all around it: “%(rest)s” will not be printed")
    advice = _("put the tag into a paragraph, row or cell of its own")
    return mark.fault(
        "content-beside-tag", message % {"tag": mark.meant, "rest": rest[:60]}, advice
    )
