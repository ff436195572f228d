"""An order as a workbook that a clerk fills in: the XLSX form of a data file.

`docgen.importers.workbook` reads it back. Titles, labels and words stand in `sheets`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from docgen.export import sheets
from docgen.export.spreadsheet import LAST_ROW, Sheet, Spreadsheet
from docgen.models import (
    Annex,
    Appoint,
    Approve,
    Assign,
    Column,
    Control,
    Item,
    Layout,
    Order,
    Person,
    Point,
    Profile,
    Recommend,
)
from docgen.models.numbering import item_numbers, section_heading

_TABLE_WIDTH = 170.0
"""Characters across an annex: what a landscape page holds when fitted to its width."""

_NARROWEST = 7.0
_HEADING_ROW = 3


def write_workbook(order: Order, profile: Profile, layout_names: Sequence[str]) -> bytes:
    """The workbook of an order; `layout_names` are those of its annexes, as the region chose them.

    The same order gives the same bytes. InputError names each text that no cell can hold.
    """
    book = Spreadsheet()
    _order_sheet(book.sheet(sheets.ORDER), order)
    _points_sheet(book.sheet(sheets.POINTS), order.points)
    for index, (annex, name) in enumerate(zip(order.annexes, layout_names, strict=True)):
        _AnnexSheet(book.sheet(sheets.annex_sheet(index)), profile, name).write(annex, index)
    people = [(f"acquainted[{row}]", {"name": name}) for row, name in enumerate(order.acquainted)]
    _list_sheet(book.sheet(sheets.ACQUAINTED), sheets.ACQUAINTED_COLUMNS, people)
    entries = [
        (f"acknowledged[{row}]", {"code": each.code, "path": each.path, "reason": each.reason})
        for row, each in enumerate(order.acknowledged)
    ]
    _list_sheet(book.sheet(sheets.ACKNOWLEDGED), sheets.ACKNOWLEDGED_COLUMNS, entries)
    _further_sheets(book, order)
    _guide_sheet(book.sheet(sheets.GUIDE))
    return book.data()


def _further_sheets(book: Spreadsheet, order: Order) -> None:
    """Sheets that most orders do not need: declined forms, revisions, text without a place."""
    forms = [(f"forms.{text}", {**cases, "text": text}) for text, cases in order.forms.items()]
    revisions = [
        (f"revisions[{row}]", {"date": _printed(each.date), "number": each.number or ""})
        for row, each in enumerate(order.revisions)
    ]
    unplaced = [(f"unplaced[{row}]", {"text": text}) for row, text in enumerate(order.unplaced)]
    for title, columns, rows in (
        (sheets.FORMS, sheets.FORMS_COLUMNS, forms),
        (sheets.REVISIONS, sheets.REVISIONS_COLUMNS, revisions),
        (sheets.UNPLACED, sheets.UNPLACED_COLUMNS, unplaced),
    ):
        if rows:
            _list_sheet(book.sheet(title), columns, rows)


def _printed(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else ""


def _order_sheet(sheet: Sheet, order: Order) -> None:
    for column, (width, style) in enumerate(((30, "label"), (90, "text"), (48, "hint"))):
        sheet.column(column, width, style)
    values = _order_texts(order)
    first, last = order.years or (None, None)
    for row, label in enumerate(sheets.ORDER_LABELS):
        sheet.text(row, 0, label.text, label.path, "label")
        sheet.text(row, 2, label.hint, label.path, "hint")
        if label.path == "date":
            sheet.day(row, 1, order.date, "date")
        elif label.path.startswith("years"):
            sheet.whole(row, 1, first if label.path == "years[0]" else last)
        else:
            sheet.text(row, 1, values.get(label.path) or "", label.path)
    sheet.allow_numbers_as_text((0, 1), (len(sheets.ORDER_LABELS), 1))
    sheet.print_on_a4()


def _order_texts(order: Order) -> dict[str, str | None]:
    texts = {
        "region": order.region,
        "number": order.number,
        "city": order.city,
        "title": order.title,
        "preamble": order.preamble,
    }
    if order.signatory:
        texts["signatory.post"] = order.signatory.post
        texts["signatory.name"] = order.signatory.name
    if order.executor:
        texts["executor.name"] = order.executor.name
        texts["executor.phone"] = order.executor.phone
    return texts


Row = tuple[str, dict[str, str]]
"""A path of the order and the texts of its row by column."""


def _list_sheet(sheet: Sheet, columns: Sequence[sheets.Label], rows: Sequence[Row]) -> None:
    """A sheet of one heading row and a row for each entry."""
    for index, column in enumerate(columns):
        sheet.column(index, column.width, "cell")
        sheet.text(0, index, column.text, "", "heading")
    for row, (path, texts) in enumerate(rows, 1):
        for index, column in enumerate(columns):
            sheet.text(row, index, texts.get(column.path, ""), path, "cell")
    sheet.allow_numbers_as_text((0, 0), (LAST_ROW, len(columns) - 1))
    sheet.freeze(1)
    sheet.print_on_a4(repeat=0, landscape=True)


def _points_sheet(sheet: Sheet, points: Sequence[Point]) -> None:
    _list_sheet(sheet, sheets.POINT_COLUMNS, list(_point_rows(points, "", "")))
    order = [column.path for column in sheets.POINT_COLUMNS]
    for key, words in (("kind", sheets.POINT_KINDS), ("gender", sheets.GENDERS)):
        column = order.index(key)
        sheet.choice((1, column), (LAST_ROW, column), list(words.values()))


def _point_rows(points: Sequence[Point], above: str, path_above: str) -> Iterator[Row]:
    """A row for each point, one for each further task, then those of the points below."""
    for index, point in enumerate(points):
        number, path = f"{above}{index + 1}", f"{path_above}points[{index}]"
        kind, texts, further = _point_texts(point)
        yield path, {"number": number, "kind": sheets.POINT_KINDS[kind], **texts}
        yield from ((path, {"text": task}) for task in further)
        yield from _point_rows(point.points, f"{number}.", f"{path}.")


def _point_texts(point: Point) -> tuple[str, dict[str, str], tuple[str, ...]]:
    """The kind of the point, the texts of its row, and its tasks after the first."""
    match point.form:
        case Control(person):
            return "control", _person_texts(person), ()
        case Approve(annex):
            return "approve", {"text": sheets.annex_sheet(annex)}, ()
        case Appoint(role, person):
            return "appoint", {"who": role, **_person_texts(person)}, ()
        case Assign(addressee, tasks):
            return "assign", {"who": addressee, "text": "".join(tasks[:1])}, tasks[1:]
        case Recommend(addressee, tasks):
            return "recommend", {"who": addressee, "text": "".join(tasks[:1])}, tasks[1:]
        case None:
            return "text", {"text": point.text}, ()


def _person_texts(person: Person) -> dict[str, str]:
    gender = sheets.GENDERS.get(person.gender or "", "")
    return {"post": person.post, "name": person.name, "gender": gender}


class _AnnexSheet:
    """The sheet of an annex: its title, then the table as the region prints it."""

    def __init__(self, sheet: Sheet, profile: Profile, layout_name: str) -> None:
        self._sheet = sheet
        self._profile = profile
        self._name = layout_name
        self._layout = profile.layouts[layout_name]

    def write(self, annex: Annex, index: int) -> None:
        """Fills the sheet of the annex with this index."""
        path = f"annexes[{index}]"
        columns = _columns(annex, self._layout, self._profile, self._name)
        share = _TABLE_WIDTH / sum(column.width for column in columns)
        for place, column in enumerate(columns):
            style = "number" if column.key == "number" else "cell"
            self._sheet.column(place, max(column.width * share, _NARROWEST), style)
        self._head(annex, path, len(columns) - 1)
        for place, column in enumerate(columns):
            self._sheet.text(_HEADING_ROW, place, column.heading, path, "heading")
        self._rows(annex, path, [column.key for column in columns])
        self._sheet.freeze(_HEADING_ROW + 1)
        self._sheet.print_on_a4(repeat=_HEADING_ROW, landscape=True)

    def _head(self, annex: Annex, path: str, last: int) -> None:
        """Title and layout; the label takes two columns where the first is a narrow one."""
        value = min(2, last) if last > 1 else 1
        for row, label, text in (
            (0, sheets.ANNEX_TITLE, annex.title),
            (1, sheets.ANNEX_LAYOUT, annex.layout or ""),
        ):
            self._sheet.across(row, value, max(last, value), text, f"{path}.title")
            self._sheet.label(row, 0, value - 1, label)
        self._sheet.choice((1, value), (1, value), list(self._profile.layouts))

    def _rows(self, annex: Annex, path: str, keys: list[str]) -> None:
        row = _HEADING_ROW + 1
        numbers = item_numbers(annex, self._layout)
        for index, section in enumerate(annex.sections):
            place = f"{path}.sections[{index}]"
            if section.title is not None or index > 0 or not section.items:
                heading = section_heading(section, index, self._layout)
                self._sheet.across(row, 0, len(keys) - 1, heading, f"{place}.title", "section")
                row += 1
            for order, item in enumerate(section.items):
                texts = {**item.values, "number": _number(item, numbers[index][order])}
                for column, key in enumerate(keys):
                    style = "number" if key == "number" else "cell"
                    text = texts.get(key, "")
                    self._sheet.text(row, column, text, f"{place}.items[{order}].{key}", style)
                row += 1
        self._sheet.allow_numbers_as_text((_HEADING_ROW, 0), (LAST_ROW, len(keys) - 1))


def _number(item: Item, by_style: str) -> str:
    """What the column of numbers shows; a blank cell would be numbered when read back."""
    return by_style if item.number is None else item.number or sheets.NO_NUMBER


def _columns(annex: Annex, layout: Layout, profile: Profile, name: str) -> list[Column]:
    """The columns of the layout, and of further keys that rows have, so that nothing is lost."""
    known = {column.key for column in layout.columns}
    used = dict.fromkeys(
        key for _, _, item in annex.items() for key in item.values if item.get(key)
    )
    further = [key for key in used if key not in known]
    if "number" not in known and any(item.number is not None for _, _, item in annex.items()):
        further.insert(0, "number")
    headings = sheets.heading_keys(profile.layouts, name)
    width = sum(column.width for column in layout.columns) / len(layout.columns)
    return [*layout.columns, *(Column(key, _heading(key, headings), width) for key in further)]


def _heading(key: str, headings: Mapping[str, str]) -> str:
    """A heading that reads back as the key: the first that any layout has, else the key."""
    heading = next((heading for heading, meant in headings.items() if meant == key), key)
    return heading[:1].upper() + heading[1:]


def _guide_sheet(sheet: Sheet) -> None:
    sheet.column(0, 110)
    lines: list[tuple[str, str]] = []
    for heading, paragraphs in sheets.GUIDE_TEXTS:
        lines += [(heading, "label"), *((text, "text") for text in paragraphs), ("", "text")]
    for row, (text, style) in enumerate(lines):
        sheet.text(row, 0, text, "", style)
    sheet.print_on_a4()
