from dataclasses import replace
from datetime import date

import pytest

from docgen.checks import check_reading
from docgen.checks.layout import edition
from docgen.models import Signatory
from docgen.models.readings import (
    LayoutFacts,
    PageFacts,
    ParagraphFacts,
    PrintedStamp,
    Reading,
)
from tests.checks.sheets import annex, codes, order, region

PORTRAIT = PageFacts(210, 297, 30, 10, 20, 20, number_place="top-centre")
LANDSCAPE = PageFacts(297, 210, 20, 20, 30, 10, number_place="top-centre")
POINT = ParagraphFacts(
    "1. Утвердить план-график.", "point", size=14, align="justify", first_line=12.5, spacing=1.15
)
STAMP = ParagraphFacts("приказом министерства", "stamp", spacing=1, width=50)
TITLE = ParagraphFacts("Об утверждении плана", "title", spacing=1, align="center", width=60)


def laid_out(pages=(PORTRAIT, LANDSCAPE), paragraphs=(POINT,), **changes):
    reading = Reading(order(**changes), layout=LayoutFacts(pages, paragraphs))
    return [finding.code for finding in check_reading(reading, region())]


def test_accepts_a_page_as_the_standard_asks():
    assert laid_out() == []


@pytest.mark.parametrize(
    ("side", "width"), [("left", 15), ("right", 5), ("top", 15), ("bottom", 10)]
)
def test_finds_margins_that_are_too_narrow(side, width):
    assert laid_out((replace(PORTRAIT, **{side: width}),)) == ["layout-margins"]


def test_notes_a_left_margin_too_narrow_to_bind():
    assert laid_out((replace(PORTRAIT, left=20),)) == ["layout-margins"]


def test_a_margin_may_be_off_by_what_word_rounds():
    assert laid_out((replace(PORTRAIT, right=9.9),)) == []


@pytest.mark.parametrize("size", [10, 11, 16])
def test_finds_text_in_another_size(size):
    assert laid_out(paragraphs=(replace(POINT, size=size),)) == ["layout-font-size"]


def test_sizes_of_other_parts_are_free():
    assert laid_out(paragraphs=(replace(POINT, role="signature", size=10),)) == []


def test_finds_text_without_an_indent_once():
    bare = replace(POINT, first_line=0)
    assert laid_out(paragraphs=(bare, bare)) == ["layout-indent"]


@pytest.mark.parametrize(("day", "expected"), [(17, []), (18, ["layout-font-size"])])
def test_half_sizes_are_allowed_until_the_text_of_2025(day, expected):
    signed = {"date": date(2025, 8, day), "years": (2025, 2026)}
    found = laid_out(paragraphs=(replace(POINT, size=12.5),), **signed)
    assert [code for code in found if code.startswith("layout")] == expected


def test_finds_text_that_is_not_justified_once():
    ragged = replace(POINT, align="left")
    assert laid_out(paragraphs=(ragged, ragged)) == ["layout-alignment"]


@pytest.mark.parametrize("spacing", [0.8, 1.8, 2])
def test_finds_text_set_too_close_or_too_wide(spacing):
    assert laid_out(paragraphs=(replace(POINT, spacing=spacing),)) == ["layout-line-spacing"]


@pytest.mark.parametrize("spacing", [1, 1.5])
def test_accepts_one_to_one_and_a_half_lines(spacing):
    assert laid_out(paragraphs=(replace(POINT, spacing=spacing),)) == []


def test_finds_a_stamp_that_is_not_set_single():
    assert laid_out(paragraphs=(replace(STAMP, spacing=1.5),)) == ["layout-line-spacing"]


@pytest.mark.parametrize(
    ("paragraph", "width", "expected"),
    [
        (STAMP, 78, []),
        (STAMP, 82, ["layout-requisite-width"]),
        (replace(TITLE, align="left"), 82, ["layout-requisite-width"]),
        (TITLE, 125, []),
        (TITLE, 130, ["layout-requisite-width"]),
        (replace(TITLE, inset=50), 130, []),
    ],
)
def test_finds_requisites_with_long_lines(paragraph, width, expected):
    assert laid_out(paragraphs=(replace(paragraph, width=width),)) == expected


def test_the_text_of_2025_lets_stamps_be_wider():
    reading = laid_out(
        paragraphs=(replace(STAMP, width=82),), date=date(2025, 8, 18), years=(2025, 2026)
    )
    assert "layout-requisite-width" not in reading


@pytest.mark.parametrize(("width", "height"), [(216, 279), (297, 420)])
def test_finds_pages_of_another_size(width, height):
    assert "layout-page-size" in laid_out((replace(PORTRAIT, width=width, height=height),))


def test_notes_an_order_with_annexes_and_no_page_numbers():
    bare = replace(PORTRAIT, number_place=None)
    assert laid_out((bare,)) == ["layout-page-number"]
    assert laid_out((bare, LANDSCAPE)) == []
    assert laid_out((bare,), annexes=(), points=("Провести семинар.",)) == []


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("ПРИКАЗЫВАЮ:", []),
        ("п р и к а з ы в а ю:", []),
        ("ПРИКАЗЫВАЮ", ["layout-operative"]),
        ("", ["layout-operative"]),
    ],
)
def test_finds_a_preamble_that_does_not_lead_to_the_command(word, expected):
    reading = Reading(order(), document="П Р И К А З", operative=word)
    assert [finding.code for finding in check_reading(reading, region())] == expected


def test_finds_page_numbers_in_the_wrong_place():
    bottom = replace(PORTRAIT, number_place="bottom-centre")
    assert laid_out((bottom,)) == ["layout-page-number"]
    assert laid_out((replace(PORTRAIT, first_numbered=True),)) == ["layout-page-number"]


@pytest.mark.parametrize(
    "title",
    [
        "Утверждение плана-графика",
        "Об утверждении плана-графика.",
        "«Об утверждении плана-графика»",
    ],
)
def test_finds_titles_of_another_form(title):
    assert codes(order(title=title)) == ["layout-heading"]


@pytest.mark.parametrize(("day", "severity"), [(17, "info"), (18, "warning")])
def test_the_text_of_2025_asks_for_a_title_always(day, severity):
    untitled = order(title="", date=date(2025, 8, day), years=(2025, 2026))
    (found,) = (f for f in check_reading(Reading(untitled), region()) if f.path == "title")
    assert (found.code, found.severity) == ("layout-heading", severity)


@pytest.mark.parametrize("title", ["О проекте", "ОБ УТВЕРЖДЕНИИ ПЛАНА", "О плане на 2022 г."])
def test_accepts_titles(title):
    assert codes(order(title=title)) == []


@pytest.mark.parametrize("signatory", [Signatory("Ректор", "Кольцова О.С."), None])
def test_finds_signatures_of_another_form(signatory):
    assert codes(order(signatory=signatory)) == ["layout-signature"]


def test_a_draft_needs_no_signature():
    assert codes(order(signatory=None, date=None, number=None)) == []


@pytest.mark.parametrize("text", ["от 05 июня 2021 г. № 5", "от 5.06.2021 № 5", "от 05.6.2021 № 5"])
def test_finds_dates_of_another_form(text):
    assert codes(order(preamble=f"На основании приказа {text}")) == ["layout-date-form"]


@pytest.mark.parametrize("text", ["от 5 июня 2021 г. № 5", "от 05.06.2021 № 5", "п. 1.2.2021"])
def test_accepts_dates(text):
    expected = ["layout-date-form"] if "п." in text else []
    assert codes(order(preamble=f"На основании приказа {text}")) == expected


@pytest.mark.parametrize(
    ("title", "word", "expected"),
    [
        ("План-график (дорожная карта)", "УТВЕРЖДЕН", []),
        ("План-график (дорожная карта)", "УТВЕРЖДЕНА", ["layout-approval-word"]),
        ("ДОРОЖНАЯ КАРТА", "УТВЕРЖДЕНА", []),
        ("ДОРОЖНАЯ КАРТА", "УТВЕРЖДЁН", ["layout-approval-word"]),
    ],
)
def test_compares_the_word_of_approval_with_the_annex(title, word, expected):
    stamp = PrintedStamp((word,), date(2021, 12, 30), "245-ссл/г", approval_word=word)
    reading = Reading(order(annexes=(annex(title=title),)), (stamp,))
    assert [f.code for f in check_reading(reading, region())] == expected


def test_finds_an_annex_without_a_stamp():
    (found,) = check_reading(Reading(order(), (None,)), region())
    assert found.code == "layout-stamp"
    assert "245-ссл/г" in found.suggestion


def test_the_edition_follows_the_day_of_the_document():
    assert edition(date(2025, 8, 17)).name.endswith("2016")
    assert edition(date(2025, 8, 18)).name.endswith("2025")
    assert edition(None).name.endswith("2025")
