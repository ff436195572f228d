"""The form of a stage as a workbook: prefilled, protected, with lists and checks of what is typed.

`docgen.importers.submissions` reads it back. Words of the form are Russian whatever the language
of the interface.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from docgen.models.submissions import (
    HEADINGS,
    ROSTER_SHEET,
    STATUS_WORDS,
    Form,
    FormLine,
    Municipality,
)
from docgen.ondemand import on_demand

if TYPE_CHECKING:
    import xlsxwriter
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet
else:
    xlsxwriter = on_demand("xlsxwriter")

SHEET = "Отчёт"
GUIDE = "Как заполнять"
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  # XlsxWriter takes no time zone
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_HEADING_ROW = 4
_A4 = 9
_FONT = {"font_name": "Times New Roman", "font_size": 11, "valign": "top", "text_wrap": True}
_LOCKED = {**_FONT, "border": 1, "num_format": "@"}
_OPEN = {**_FONT, "border": 1, "locked": False, "bg_color": "#FFFBE6"}
_STYLES: dict[str, dict[str, Any]] = {
    "title": {"font_name": "Times New Roman", "font_size": 13, "bold": True},
    "label": {**_FONT, "bold": True, "text_wrap": False},
    "free": {**_OPEN, "num_format": "@"},
    "heading": {
        **_LOCKED,
        "bold": True,
        "align": "center",
        "valign": "vcenter",
        "bg_color": "#EDEDED",
    },
    "locked": _LOCKED,
    "whole": {**_LOCKED, "num_format": "0", "align": "center"},
    "status": {**_OPEN, "num_format": "@"},
    "value": {**_OPEN, "num_format": "0.##"},
    "date": {**_OPEN, "num_format": "dd.mm.yyyy"},
    "text": {**_OPEN, "num_format": "@"},
    "alarm": {"bg_color": "#F8CBAD"},
    "paragraph": _FONT,
}
_COLUMNS: tuple[tuple[str, str, float], ...] = (
    ("municipality", "", 22),
    ("school", "", 28),
    ("stage", "", 7),
    ("item", "", 9),
    ("activity", "Мероприятие", 48),
    ("deadline", "Срок", 18),
    ("indicator", "Показатель", 34),
    ("asked", "Что указать в столбце «Значение»", 18),
    ("status", "", 17),
    ("value", "", 11),
    ("date", "", 13),
    ("evidence", "", 30),
    ("comment", "", 34),
)
_INDEX = {key: at for at, (key, _heading, _width) in enumerate(_COLUMNS)}
_ANSWERS = ("status", "value", "date", "evidence", "comment")
_ROSTER_COLUMNS = ("Муниципалитет", "Школа", "Координатор", "Телефон", "Кураторов")
_PROTECTION = {
    "format_columns": True,
    "format_rows": True,
    "autofilter": True,
    "sort": True,
    "select_locked_cells": True,
}
_GUIDE: tuple[tuple[str, str], ...] = (
    ("label", "Что заполнять"),
    (
        "paragraph",
        f"На листе «{SHEET}» заполняются только светло-жёлтые столбцы: статус, значение, дата, "
        "подтверждение, комментарий. Остальные ячейки защищены от случайного изменения.",
    ),
    ("label", "Статус"),
    ("paragraph", "Выберите из списка: " + ", ".join(STATUS_WORDS.values()) + "."),
    (
        "paragraph",
        "Если сведений пока нет, оставьте строку пустой: пустая строка означает «нет данных» и "
        "никогда не считается невыполнением.",
    ),
    ("label", "Значение"),
    (
        "paragraph",
        "Только число. Где указано «процент» – доля по школе от 0 до 100 (например, доля "
        "педагогов, прошедших обучение). Где «количество» – сколько проведено или обучено. Где "
        "«раз за период» – сколько раз в месяц, квартал или год, как в показателе. Если столбец "
        "«Что указать» пуст, значение не нужно.",
    ),
    ("label", "Дата"),
    (
        "paragraph",
        "День фактического выполнения: 30.06.2022. Дата не может быть позже дня мониторинга.",
    ),
    ("label", "Подтверждение"),
    (
        "paragraph",
        "Документ или ссылка: протокол, приказ, адрес страницы. Выполнение без подтверждения "
        "учитывается отдельно от подтверждённого.",
    ),
    ("label", "Комментарий"),
    (
        "paragraph",
        "Если мероприятие не выполнено, выполнено частично или позже срока, напишите причину: она "
        "войдёт в отчёт.",
    ),
)


def write_form(form: Form) -> bytes:
    """The workbook of the form; the same form gives the same bytes."""
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, _OPTIONS)
    book.set_properties({"created": _CREATED})
    styles = {name: book.add_format(style) for name, style in _STYLES.items()}
    _write_lines(book.add_worksheet(SHEET), form, styles)
    _write_guide(book.add_worksheet(GUIDE), styles)
    if form.roster:
        _write_roster(book.add_worksheet(ROSTER_SHEET), form.roster, styles)
    book.close()
    return stream.getvalue()


def _write_lines(sheet: Worksheet, form: Form, styles: dict[str, Format]) -> None:
    _head(sheet, form, styles)
    for at, (key, heading, width) in enumerate(_COLUMNS):
        sheet.set_column(at, at, width)
        sheet.write_string(_HEADING_ROW, at, heading or HEADINGS[key][0], styles["heading"])
    for row, line in enumerate(form.lines, _HEADING_ROW + 1):
        _write_line(sheet, row, form.stage, line, styles)
    last = _HEADING_ROW + len(form.lines)
    _validate(sheet, form, last, styles)
    sheet.freeze_panes(_HEADING_ROW + 1, _INDEX["activity"])
    sheet.autofilter(_HEADING_ROW, 0, last, len(_COLUMNS) - 1)
    sheet.protect("", _PROTECTION)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADING_ROW)
    sheet.ignore_errors({"number_stored_as_text": f"A1:M{last + 1}"})


def _head(sheet: Worksheet, form: Form, styles: dict[str, Format]) -> None:
    stage = f"этап {form.stage}" + (f" ({form.stage_title})" if form.stage_title else "")
    title = f"{form.project}: сведения о выполнении мероприятий, {stage}"
    sheet.write_string(0, 0, title, styles["title"])
    day = f"По состоянию на {form.day:%d.%m.%Y}"
    sheet.write_string(1, 0, f"{day}. {form.respondent}".rstrip(". "), styles["label"])
    for row, label in ((2, "Ответственный (ФИО)"), (3, "Телефон")):
        sheet.write_string(row, 0, label, styles["label"])
        sheet.write_blank(row, 1, None, styles["free"])


def _write_line(
    sheet: Worksheet, row: int, stage: int, line: FormLine, styles: dict[str, Format]
) -> None:
    nameless = line.nameless
    for key, at in _INDEX.items():
        if key == "stage":
            sheet.write_number(row, at, stage, styles["whole"])
        elif key in _ANSWERS:
            style = {"status": "status", "value": "value", "date": "date"}.get(key, "text")
            sheet.write_blank(row, at, None, styles[style])
        elif key in ("municipality", "school") and nameless:
            sheet.write_blank(row, at, None, styles["free"])
        else:
            sheet.write_string(row, at, getattr(line, key), styles["locked"])


def _validate(sheet: Worksheet, form: Form, last: int, styles: dict[str, Format]) -> None:
    """Lists and limits for the answers; a missing reason is coloured."""
    first = _HEADING_ROW + 1
    status, day, comment = _INDEX["status"], _INDEX["date"], _INDEX["comment"]
    words = list(STATUS_WORDS.values())
    sheet.data_validation(
        first,
        status,
        last,
        status,
        {
            "validate": "list",
            "source": words,
            "error_title": "Статус",
            "error_message": "Выберите статус из списка.",
        },
    )
    sheet.data_validation(
        first,
        day,
        last,
        day,
        {
            "validate": "date",
            "criteria": "between",
            "minimum": form.first_day,
            "maximum": form.day,
            "error_title": "Дата",
            "error_message": f"Введите дату не позднее {form.day:%d.%m.%Y}, например 30.06.2022.",
        },
    )
    for row, line in enumerate(form.lines, first):
        _validate_value(sheet, row, line)
    cells = f"$I{first + 1}"
    formula = f'=AND(OR({cells}="{words[1]}",{cells}="{words[2]}"),LEN($M{first + 1})=0)'
    options = {"type": "formula", "criteria": formula, "format": styles["alarm"]}
    sheet.conditional_format(first, comment, last, comment, options)


def _validate_value(sheet: Worksheet, row: int, line: FormLine) -> None:
    ceiling = line.ceiling or 1_000_000
    sheet.data_validation(
        row,
        _INDEX["value"],
        row,
        _INDEX["value"],
        {
            "validate": "decimal",
            "criteria": "between",
            "minimum": 0,
            "maximum": ceiling,
            "error_title": "Значение",
            "error_message": "Введите число"
            + (f" от 0 до {ceiling:g}." if line.ceiling else ", например 27 или 93,1."),
        },
    )


def _write_guide(sheet: Worksheet, styles: dict[str, Format]) -> None:
    sheet.set_column(0, 0, 110)
    for row, (style, text) in enumerate(_GUIDE):
        sheet.write_string(row, 0, text, styles[style])
    sheet.protect("", {"select_locked_cells": True})
    sheet.fit_to_pages(1, 0)


def _write_roster(
    sheet: Worksheet, roster: tuple[Municipality, ...], styles: dict[str, Format]
) -> None:
    for at, heading in enumerate(_ROSTER_COLUMNS):
        sheet.set_column(at, at, 30 if at < 3 else 16)
        sheet.write_string(0, at, heading, styles["heading"])
    row = 1
    for entry in roster:
        curators = "" if entry.curators is None else str(entry.curators)
        for school in entry.schools or ("",):
            texts = (entry.name, school, entry.coordinator, entry.phone, curators)
            for at, text in enumerate(texts):
                sheet.write_string(row, at, text, styles["locked"])
            row += 1
    sheet.freeze_panes(1, 0)
    sheet.protect("", {"select_locked_cells": True})
