"""A workbook gives back the order it was made from, and names the cell of every fault."""

from __future__ import annotations

import io
import re
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook

from docgen.errors import InputError, Problem
from docgen.export.data import order_values
from docgen.export.workbook import write_workbook
from docgen.i18n import speaking
from docgen.importers.workbook import read_workbook
from docgen.language.declension import CASES
from docgen.models import (
    Acknowledgement,
    Annex,
    Appoint,
    Approve,
    Assign,
    Column,
    Control,
    Executor,
    Item,
    Layout,
    Order,
    Person,
    Point,
    Profile,
    Recommend,
    Revision,
    Section,
    Signatory,
)
from docgen.models.numbering import as_given
from docgen.schemas.order import load_order
from docgen.schemas.profile import load_profile
from docgen.schemas.reading import Document, read_file

ROOT = Path(__file__).parents[2]
REGIONS = ("astrakhan", "kirov", "moscow_oblast", "smolensk", "yugra")
PROFILES = {code: load_profile(ROOT / "regional_profiles" / f"{code}.yaml") for code in REGIONS}
Change = Callable[[Workbook], object]


def layouts_of(code: str) -> dict[str, Layout]:
    return PROFILES[code].layouts if code in PROFILES else {}


def written(order: Order) -> bytes:
    names = [annex.layout or "roadmap" for annex in order.annexes]
    return write_workbook(order, PROFILES[order.region], names)


def accepted(document: Document, profile: Profile) -> Order:
    order, faults = load_order(document.values, profile.item_keys, tuple(profile.layouts))
    assert (faults, document.problems) == ([], [])
    assert order is not None
    return canonical(order)


def canonical(order: Order) -> Order:
    layouts = PROFILES[order.region].layouts
    annexes = [as_given(annex, layouts[annex.layout or "roadmap"]) for annex in order.annexes]
    return Order(**{**_fields(order), "annexes": tuple(annexes)})


def _fields(order: Order) -> dict[str, Any]:
    return {name: getattr(order, name) for name in Order.__slots__}


def reread(order: Order) -> Order:
    document = read_workbook(written(order), "order.xlsx", layouts_of)
    return accepted(document, PROFILES[order.region])


def example(code: str) -> Order:
    profile = PROFILES[code]
    return accepted(read_file(ROOT / "examples" / f"{code}.yaml"), profile)


def changed(change: Change, order: Order | None = None) -> Document:
    """The document read from a workbook that a clerk changed."""
    book = openpyxl.load_workbook(io.BytesIO(written(order or SMALL)))
    change(book)
    stream = io.BytesIO()
    book.save(stream)
    return read_workbook(stream.getvalue(), "order.xlsx", layouts_of)


def put(sheet: str, cell: str, value: object, form: str | None = None) -> Change:
    def change(book: Workbook) -> None:
        book[sheet][cell] = value
        if form is not None:
            book[sheet][cell].number_format = form

    return change


SMALL = Order(
    region="smolensk",
    title="Об утверждении плана",
    preamble="На основании письма",
    years=(2022, 2022),
    date=date(2021, 12, 30),
    number="245-ссл/г",
    points=(
        Point("Утвердить план."),
        Point(form=Control(Person("Захаров С.П.", "проректор"))),
        Point(form=Assign("отдел образования", ("обеспечить", "доложить"))),
    ),
    signatory=Signatory("Ректор", "О.С. Кольцова"),
    annexes=(
        Annex(
            "План",
            (
                Section(
                    (
                        Item({"activity": "Вебинар", "deadline": "01.02.2022"}),
                        Item({"activity": "Семинар", "deadline": "март"}),
                    ),
                    title="Общие мероприятия",
                ),
            ),
            layout="roadmap",
        ),
    ),
)


@pytest.mark.parametrize("code", REGIONS)
def test_gives_back_the_published_order(code: str) -> None:
    assert reread(example(code)) == example(code)


@pytest.mark.parametrize(
    "points",
    [
        (Point(form=Appoint("координатор", Person("Ткач И.П.", gender="f"))),),
        (Point(form=Assign("отдел", ("одна\nзадача", "другая"))), Point("Текст.")),
        (Point("Первый:", points=(Point("Второй:", points=(Point("Третий."),)),)), Point("Ещё.")),
    ],
)
def test_gives_back_every_form_of_a_point(points: tuple[Point, ...]) -> None:
    assert reread(replace(SMALL, points=points)).points == points


@pytest.mark.parametrize(
    "sections",
    [
        (),
        (Section(()),),
        (Section((Item({"activity": "А"}),)), Section((Item({"activity": "Б"}),))),
        (Section((Item({"activity": "А"}, ""),), title="Раздел", number="IV."),),
        (Section((Item({}), Item({}, "7"))),),
    ],
)
def test_gives_back_sections_of_every_kind(sections: tuple[Section, ...]) -> None:
    annex = Annex("План", sections, layout="roadmap")
    assert reread(replace(SMALL, annexes=(annex,))).annexes == (annex,)


def test_gives_back_a_day_before_excel_s_calendar() -> None:
    assert reread(replace(SMALL, date=date(1899, 1, 31))).date == date(1899, 1, 31)


def test_leaves_the_layout_open_where_the_order_does() -> None:
    annex = replace(SMALL.annexes[0], layout=None)
    assert reread(replace(SMALL, annexes=(annex,))).annexes == (annex,)


@pytest.mark.parametrize("name", ["plan", "report"])
@pytest.mark.parametrize("layout", [None, "same"])
def test_reads_a_heading_as_the_sheet_s_own_layout_has_it(name: str, layout: str | None) -> None:
    layouts = {
        "plan": Layout((Column("activity", "Что", 1), Column("indicator", "Итог", 1))),
        "report": Layout((Column("document", "Итог", 1), Column("venue", "Где", 1))),
    }
    profile = replace(PROFILES["smolensk"], layouts=layouts)
    values = {column.key: column.heading for column in layouts[name].columns}
    chosen = name if layout else None
    annex = Annex("План", (Section((Item(values),)),), layout=chosen)
    data = write_workbook(replace(SMALL, annexes=(annex,)), profile, [name])
    document = read_workbook(data, "order.xlsx", lambda _code: layouts)
    assert document.values["annexes"][0]["sections"][0]["items"] == [values]


# --- any order -------------------------------------------------------------------------------

texts = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=30
).map(lambda text: f"Б{text}") | st.sampled_from(
    [
        "=1+1",
        "+7 900",
        "-",
        "@школа",
        "1.10",
        "66",
        "30.12.2021",
        "https://a.ru",
        " с\nдвух строк ",
        "100%",
    ]
)
persons = st.builds(
    Person, texts, post=st.just("") | texts, gender=st.sampled_from([None, "m", "f"])
)
tasks = st.lists(texts, min_size=1, max_size=3).map(tuple)
forms = (
    st.builds(Control, persons)
    | st.builds(Approve, st.integers(0, 99))
    | st.builds(Appoint, texts, persons)
    | st.builds(Assign, texts, tasks)
    | st.builds(Recommend, texts, tasks)
)
points = st.recursive(
    st.builds(Point, text=texts) | st.builds(Point, form=forms),
    lambda inner: st.builds(Point, text=texts, points=st.lists(inner, max_size=3).map(tuple)),
    max_leaves=6,
)
numbers = st.none() | st.sampled_from(["", "1.", "2.", "1.1", "1.10", "7", "4.2", "5а"])
section_numbers = st.none() | st.sampled_from(["", "I.", "II.", "V.", "1.", "12."])
titles = (
    st.none() | texts | st.sampled_from(["V. Раздел", "3. Раздел", "1. 2. Раздел", "IV.\u00a0Р"])
)
declined = st.dictionaries(st.sampled_from(CASES), texts, max_size=3)
revisions = st.builds(Revision, st.none() | st.dates(date(1950, 1, 1), date(2100, 1, 1)), texts)


@st.composite
def annexes(draw: st.DrawFn, code: str) -> Annex:
    name = draw(st.sampled_from(sorted(PROFILES[code].layouts)))
    keys = sorted(PROFILES[code].item_keys - {"number"})
    items = st.builds(Item, st.dictionaries(st.sampled_from(keys), texts), numbers)
    sections = st.builds(Section, st.lists(items, max_size=3).map(tuple), titles, section_numbers)
    parts = draw(st.lists(sections, max_size=4))
    return Annex(draw(texts), tuple(parts), layout=name)


@st.composite
def orders(draw: st.DrawFn) -> Order:
    code = draw(st.sampled_from(REGIONS))
    optional = st.none() | texts
    return Order(
        region=code,
        title=draw(texts),
        preamble=draw(texts),
        points=tuple(draw(st.lists(points, max_size=4))),
        annexes=tuple(draw(st.lists(annexes(code), max_size=2))),
        years=draw(st.none() | st.just((2022, 2023))),
        date=draw(st.none() | st.dates(date(1850, 1, 1), date(2100, 1, 1))),
        number=draw(optional),
        city=draw(optional),
        signatory=draw(st.none() | st.builds(Signatory, texts, texts)),
        acquainted=tuple(draw(st.lists(texts, max_size=3))),
        executor=draw(st.none() | st.builds(Executor, texts, st.just("") | texts)),
        acknowledged=tuple(draw(st.lists(st.builds(Acknowledgement, texts, texts, texts)))),
        forms=draw(st.dictionaries(texts, declined, max_size=3)),
        revisions=tuple(draw(st.lists(revisions, max_size=3))),
        unplaced=tuple(draw(st.lists(texts, max_size=3))),
    )


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(orders())
def test_gives_back_any_order_in_its_canonical_numbers(order: Order) -> None:
    assert order_values(reread(order)) == order_values(canonical(order))


# --- what clerks do --------------------------------------------------------------------------


def only_problem(document: Document) -> tuple[str, str, str]:
    with speaking("en"):
        found: list[Problem] = document.problems
    assert len(found) == 1, found
    cell = re.search(r"“(.+?)”(?:, cell (\w+))?", found[0].place)
    assert cell is not None
    return found[0].code, found[0].path, f"{cell[1]}!{cell[2]}" if cell[2] else cell[1]


@pytest.fixture(autouse=True)
def _in_english() -> Any:
    with speaking("en"):
        yield


ROW = "annexes[0].sections[0].items[0]"


def renamed(book: Workbook) -> None:
    book["Приложение 1"].title = "Приложение 2"


def merged(book: Workbook) -> None:
    book["Приложение 1"].merge_cells("D6:D7")


@pytest.mark.parametrize(
    ("change", "code", "path", "place"),
    [
        (put("Приказ", "B7", "=A1&A2"), "formula", "title", "Приказ!B7"),
        (put("Приложение 1", "B6", "=1+1"), "formula", f"{ROW}.activity", "Приложение 1!B6"),
        (put("Приложение 1", "C6", "#N/A"), "cell-error", f"{ROW}.deadline", "Приложение 1!C6"),
        (
            put("Приложение 1", "A6", date(2022, 10, 1), "d.mmm"),
            "excel-date",
            f"{ROW}.number",
            "Приложение 1!A6",
        ),
        (put("Приложение 1", "C4", "Когда"), "unknown-heading", "annexes[0]", "Приложение 1!C4"),
        (put("Приложение 1", "C4", " задачи "), "duplicate-key", "annexes[0]", "Приложение 1!C4"),
        (put("Приложение 1", "H6", "заметка"), "unknown-heading", ROW, "Приложение 1!H6"),
        (merged, "merged-cells", "annexes[0]", "Приложение 1!D6"),
        (lambda book: book.create_sheet("Черновик"), "unknown-sheet", "", "Черновик"),
        (renamed, "annex-gap", "annexes", "Приложение 2"),
        (put("Приказ", "A6", "Село"), "unknown-key", "", "Приказ!A6"),
        (put("Приказ", "A6", "Наименование"), "unknown-key", "", "Приказ!A7"),
        (put("Приказ", "B5", date(2022, 1, 15), "d.mm"), "excel-date", "number", "Приказ!B5"),
        (put("Пункты", "B2", "повелеть"), "unknown-word", "points[0]", "Пункты!B2"),
        (put("Пункты", "A3", "2.1.1"), "point-number", "points[0]", "Пункты!A3"),
        (put("Пункты", "A3", "второй"), "point-number", "points[0]", "Пункты!A3"),
        (put("Пункты", "F2", "Иванов И.И."), "point-form", "points[0]", "Пункты!F2"),
        (put("Пункты", "A4", "2.1"), "point-form", "points[1]", "Пункты!A3"),
        (put("Пункты", "H1", "Срок"), "unknown-heading", "points", "Пункты!H1"),
    ],
)
def test_names_the_cell_of_a_fault(change: Change, code: str, path: str, place: str) -> None:
    assert only_problem(changed(change)) == (code, path, place)


def test_approves_no_annex_without_its_number() -> None:
    def change(book: Workbook) -> None:
        book["Пункты"]["B2"], book["Пункты"]["C2"] = "утвердить", "дорожную карту"

    assert only_problem(changed(change)) == ("point-form", "points[0].approve", "Пункты!C2")


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "form", "path"),
    [
        ("Приказ", "B4", "31.02.2022", None, "date"),
        ("Приказ", "B2", "позапрошлый", None, "years"),
        ("Приказ", "B7", None, None, "title"),
        ("Приказ", "B9", None, None, "signatory.post"),
        ("Приложение 1", "C2", "таблица", None, "annexes[0].layout"),
        ("Приложение 1", "C1", None, None, "annexes[0].title"),
        ("Пункты", "F3", None, None, "points[1].control.name"),
        ("Пункты", "G3", "муж", None, "points[1].control.gender"),
    ],
)
def test_leaves_to_the_schema_what_the_schema_knows_and_says_where(
    sheet: str, cell: str, value: object, form: str | None, path: str
) -> None:
    document = changed(put(sheet, cell, value, form))
    profile = PROFILES["smolensk"]
    order, faults = load_order(document.values, profile.item_keys, tuple(profile.layouts))
    assert (order, [fault.path for fault in faults]) == (None, [path])
    row = re.sub(r"\D", "", cell)
    assert sheet in document.place_of(path)
    assert document.place_of(path).endswith(row)


def reread_value(change: Change, *path: str | int) -> Any:
    document = changed(change)
    assert document.problems == []
    value = document.values
    for key in path:
        value = value[key]
    return value


ITEM = ("annexes", 0, "sections", 0, "items", 0)


@pytest.mark.parametrize(
    ("cell", "value", "form", "key", "read"),
    [
        ("A6", 7, "General", "number", "7"),
        ("A6", 1.1, "General", "number", "1.1"),
        ("A6", "1.10", "@", "number", "1.10"),
        ("A6", "Без номера", "@", "number", ""),
        ("C6", date(2022, 2, 25), "dd.mm.yyyy", "deadline", "25.02.2022"),
        ("E6", 1, "0%", "indicator", "100%"),
        ("E6", 0.455, "0.0%", "indicator", "45,5%"),
        ("E6", 12, "General", "indicator", "12"),
        ("E6", 0.5, "General", "indicator", "0,5"),
        ("E6", "-5", "@", "indicator", "-5"),
    ],
)
def test_reads_a_cell_as_the_clerk_sees_it(
    cell: str, value: object, form: str, key: str, read: str
) -> None:
    assert reread_value(put("Приложение 1", cell, value, form), *ITEM, key) == read


def test_takes_a_blank_number_for_the_number_in_order() -> None:
    document = changed(put("Приложение 1", "A7", None))
    assert accepted(document, PROFILES["smolensk"]) == SMALL


def test_finds_columns_by_heading_wherever_they_stand() -> None:
    def swap(book: Workbook) -> None:
        sheet = book["Приложение 1"]
        for row in (4, 6, 7):
            left, right = sheet.cell(row, 2), sheet.cell(row, 3)
            left.value, right.value = right.value, left.value

    assert accepted(changed(swap), PROFILES["smolensk"]) == SMALL


@pytest.mark.parametrize(
    "heading", ["Срок реализации", " сроки  РЕАЛИЗАЦИИ: ", "Сроки", "deadline"]
)
def test_knows_a_column_by_synonyms(heading: str) -> None:
    document = changed(put("Приложение 1", "C4", heading))
    assert accepted(document, PROFILES["smolensk"]) == SMALL


@pytest.mark.parametrize(
    ("text", "number", "title"),
    [
        ("II. Муниципальные мероприятия", "II.", "Муниципальные мероприятия"),
        ("Муниципальные мероприятия", "", "Муниципальные мероприятия"),
    ],
)
def test_takes_a_row_with_only_a_title_for_a_section(text: str, number: str, title: str) -> None:
    def change(book: Workbook) -> None:
        book["Приложение 1"]["A8"] = text
        book["Приложение 1"]["B9"] = "Совещание"

    section = reread_value(change, "annexes", 0, "sections", 1)
    assert section == {"number": number, "title": title, "items": [{"activity": "Совещание"}]}


def test_numbers_an_unnumbered_point_by_its_place() -> None:
    def change(book: Workbook) -> None:
        book["Пункты"]["C6"] = "Приказ разместить на сайте."
        book["Пункты"]["B6"] = "текст"

    assert reread_value(change, "points")[-1] == "Приказ разместить на сайте."


def test_adds_a_line_without_number_and_kind_to_the_tasks_above() -> None:
    points = reread_value(put("Пункты", "C6", "проверить"), "points")
    assert points[2]["assign"]["tasks"] == ["обеспечить", "доложить", "проверить"]


def test_reports_all_faults_at_once() -> None:
    def change(book: Workbook) -> None:
        for sheet, cell in (("Приказ", "B7"), ("Пункты", "C2"), ("Приложение 1", "B6")):
            book[sheet][cell] = "=1+1"

    assert [problem.code for problem in changed(change).problems] == ["formula"] * 3


def test_keeps_quiet_about_headings_of_an_unknown_region() -> None:
    document = changed(put("Приказ", "B1", "atlantis"))
    assert (document.problems, document.values["region"]) == ([], "atlantis")


# --- what must not be read -------------------------------------------------------------------


def repacked(change: Callable[[dict[str, bytes]], object], data: bytes | None = None) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data or written(SMALL))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def macros(members: dict[str, bytes]) -> None:
    members["xl/vbaProject.bin"] = b"Sub AutoOpen()"


def macro_type(members: dict[str, bytes]) -> None:
    types = members["[Content_Types].xml"]
    kind = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    members["[Content_Types].xml"] = re.sub(rb"application/[\w.-]*sheet\.main\+xml", kind, types)


def entities(members: dict[str, bytes]) -> None:
    head, end, tail = members["xl/sharedStrings.xml"].partition(b"?>")
    members["xl/sharedStrings.xml"] = head + end + b'<!DOCTYPE x [<!ENTITY a "b">]>' + tail


def hidden_entities(members: dict[str, bytes]) -> None:
    text = '<!DOCTYPE x [<!ENTITY a "b">]><sst/>'
    members["xl/sharedStrings.xml"] = text.encode("utf-16")


def bomb(members: dict[str, bytes]) -> None:
    members["xl/media/image1.png"] = bytes(60_000_000)


def huge(members: dict[str, bytes]) -> None:
    members["xl/media/image1.png"] = bytes(101 * 1024 * 1024)


def crowd(members: dict[str, bytes]) -> None:
    members.update((f"xl/extra{number}.xml", b"<x/>") for number in range(2_000))


def tags(members: dict[str, bytes]) -> None:
    members["xl/styles.xml"] += b"".join(b"<!--%d-->" % number for number in range(600_001))


def torn(members: dict[str, bytes]) -> None:
    members["xl/worksheets/sheet1.xml"] = b"<worksheet><sheetData><row>"


def no_workbook(members: dict[str, bytes]) -> None:
    del members["xl/workbook.xml"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (macros, "file-macros"),
        (macro_type, "file-macros"),
        (entities, "file-unsafe"),
        (hidden_entities, "file-unsafe"),
        (bomb, "file-unsafe"),
        (huge, "file-unsafe"),
        (crowd, "file-unsafe"),
        (tags, "file-too-large"),
        (torn, "not-xlsx"),
        (no_workbook, "not-xlsx"),
    ],
)
def test_refuses_a_hostile_file(change: Callable[[dict[str, bytes]], object], code: str) -> None:
    with pytest.raises(InputError) as caught:
        read_workbook(repacked(change), "order.xlsx", layouts_of)
    assert (caught.value.code, "order.xlsx" in caught.value.message) == (code, True)


def test_refuses_a_part_that_is_longer_than_it_says() -> None:
    data = repacked(lambda members: members.update({"xl/theme/theme1.xml": b"<a/>" * 5_000}))
    true, false = (20_000).to_bytes(4, "little"), (200).to_bytes(4, "little")
    with pytest.raises(InputError) as caught:
        read_workbook(data.replace(true, false), "order.xlsx", layouts_of)
    assert caught.value.code == "not-xlsx"


def test_reads_past_what_excel_styles_strangely() -> None:
    def change(members: dict[str, bytes]) -> None:
        styles = members["xl/styles.xml"]
        members["xl/styles.xml"] = re.sub(rb"<cellStyles.*</cellStyles>", b"", styles)

    document = read_workbook(repacked(change), "order.xlsx", layouts_of)
    assert accepted(document, PROFILES["smolensk"]) == SMALL


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not-xlsx"),
        (b"kind: order\n", "not-xlsx"),
        (b"PK\3\4 torn", "not-xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "file-encrypted"),
        (bytes(20 * 1024 * 1024 + 1), "file-too-large"),
        ((ROOT / "templates" / "order.docx").read_bytes(), "not-xlsx"),
    ],
)
def test_refuses_what_is_no_workbook(data: bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        read_workbook(data, "order.xlsx", layouts_of)
    assert caught.value.code == code


def test_refuses_a_workbook_that_is_no_order() -> None:
    stream = io.BytesIO()
    Workbook().save(stream)
    with pytest.raises(InputError) as caught:
        read_workbook(stream.getvalue(), "budget.xlsx", layouts_of)
    assert caught.value.code == "not-an-order"


def with_rows(rows: str) -> bytes:
    def change(members: dict[str, bytes]) -> None:
        name = "xl/worksheets/sheet3.xml"
        members[name] = members[name].replace(b"</sheetData>", rows.encode() + b"</sheetData>")

    return repacked(change)


@pytest.mark.parametrize(
    "rows",
    [
        "".join(f'<row r="{row}" ht="{row * 7919 % 10007}"/>' for row in range(9, 100_100)),
        '<row r="1048576"><c r="A1048576"><v>1</v></c></row>',
    ],
    ids=["many", "far"],
)  # fmt: skip
def test_refuses_too_many_rows_within_seconds(rows: str) -> None:
    data = with_rows(rows)
    started = time.monotonic()
    with pytest.raises(InputError) as caught:
        read_workbook(data, "order.xlsx", layouts_of)
    assert caught.value.code == "file-too-large"
    assert time.monotonic() - started < 10


@pytest.mark.slow
def test_passes_over_far_columns_quickly() -> None:
    rows = "".join(f'<row r="{row}"><c r="XFD{row}"/></row>' for row in range(9, 3_000))
    started = time.monotonic()
    read_workbook(with_rows(rows), "order.xlsx", layouts_of)
    assert time.monotonic() - started < 10
