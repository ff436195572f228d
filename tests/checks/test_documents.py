"""The checks of orders read back from DOCX: clean ones, and ones spoilt in a single way."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from docgen.bootstrap import build_documents, settings_in_force
from docgen.checks import check_reading
from docgen.importers.docx import read_docx
from docgen.models import Finding
from tests.checks.published import PUBLISHED, published
from tests.importers import word

DOCUMENTS = build_documents(settings_in_force())
Spoil = Callable[[str], str]


def corrected_docx(code: str) -> bytes:
    """The corrected copy of a published order as a document."""
    return DOCUMENTS.render(published(code).corrected())


def checked(docx: bytes, code: str) -> list[Finding]:
    """What the checks find in a document of the region."""
    reading = read_docx(docx, "приказ.docx", DOCUMENTS.regions, code)
    return check_reading(reading, DOCUMENTS.regions[code])


def spoilt(docx: bytes, spoil: Spoil) -> bytes:
    """The document with its main part changed."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as before, zipfile.ZipFile(made, "w") as after:
        for entry in before.infolist():
            data = before.read(entry)
            if entry.filename == "word/document.xml":
                changed = spoil(data.decode())
                assert changed != data.decode()
                data = changed.encode()
            after.writestr(entry, data)
    return made.getvalue()


def last(old: str, new: str) -> Spoil:
    """Replaces the last occurrence: the annex follows the order."""
    return lambda xml: new.join(xml.rsplit(old, 1))


@pytest.mark.parametrize("code", PUBLISHED)
def test_finds_nothing_in_the_documents_of_corrected_orders(code):
    assert checked(corrected_docx(code), code) == []


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (last("245-ссл/г", "275-осн/д"), "stamp-mismatch"),
        (last("30.12.2021", "28.04.2022"), "stamp-mismatch"),
        (last("от 30.12.2021 №\u00a0245-ссл/г", "от ____________ № ________"), "stamp-blank"),
        (lambda xml: xml.replace('w:left="1701"', 'w:left="567"', 1), "layout-margins"),
        (lambda xml: xml.replace("(Приложение).", "(Приложение 2).", 1), "annex-missing"),
    ],
)
def test_finds_exactly_what_was_spoilt(spoil, code):
    found = checked(spoilt(corrected_docx("smolensk"), spoil), "smolensk")
    assert [finding.code for finding in found] == [code]


PAGE = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>'
HEADER = (
    '<w:headerReference w:type="default" r:id="header1"/>'
    '<w:headerReference w:type="first" r:id="header2"/>'
)
SIZE = '<w:sz w:val="28"/>'
HEAD = "УПРАВЛЕНИЕ ОБРАЗОВАНИЯ", "ГОРОДА ПЕНЗЫ"
TABLE = word.table(("№", "Мероприятие", "Срок"), ("1", "Вебинар", "15.05.2023"))


def text(*texts: str) -> str:
    """Paragraphs set as the standard asks."""
    return "".join(
        word.paragraph(
            word.run(each, SIZE), properties='<w:ind w:firstLine="709"/><w:jc w:val="both"/>'
        )
        for each in texts
    )


def foreign(
    stamp: str = "от 15.03.2023 № 45",
    reference: str = "(приложение)",
    table: str = TABLE,
    section: str = word.SECTION,
) -> list[Finding]:
    """What the checks find in an order of a region we do not know, made by other hands."""
    docx = word.docx(
        word.lines(*HEAD, align="center"),
        word.lines("ПРИКАЗ", "от 15.03.2023 № 45", "Об утверждении плана мероприятий"),
        text("В целях повышения качества образования", "ПРИКАЗЫВАЮ:"),
        text(f"1. Утвердить план {reference}.", "2. Контроль оставляю за собой."),
        word.paragraph("Начальник управления\tЮ.А. Голодяева"),
        word.lines("Приложение", "к приказу управления образования", stamp, align="right"),
        word.lines("План мероприятий", align="center"),
        table,
        section=section.replace("<w:pgSz", f"{HEADER}<w:pgSz", 1).replace(
            "</w:sectPr>", "<w:titlePg/></w:sectPr>"
        ),
        header1=word.paragraph(PAGE, align="center"),
        header2=word.paragraph(""),
    )
    return DOCUMENTS.check_reading(read_docx(docx, "приказ.docx", DOCUMENTS.regions))


def codes(found: list[Finding]) -> list[str]:
    """The codes, without the note that the region is not known."""
    return [finding.code for finding in found if finding.path != "region"]


def test_finds_nothing_in_a_clean_order_of_a_region_we_do_not_know():
    assert codes(foreign()) == []


def test_does_not_miss_columns_that_the_table_does_not_have():
    assert not {"indicator-missing", "executor-missing"} & set(codes(foreign()))


def test_misses_a_cell_of_a_column_that_the_table_has():
    table = word.table(
        ("№", "Мероприятие", "Срок", "Исполнитель"), ("1", "Вебинар", "15.05.2023", "")
    )
    assert codes(foreign(table=table)) == ["executor-missing"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"stamp": "от 16.03.2023 № 45"}, "stamp-mismatch"),
        ({"stamp": "от 15.03.2023 № 46"}, "stamp-mismatch"),
        ({"stamp": "от ________ № ____"}, "stamp-blank"),
        ({"reference": "(приложение 2)"}, "annex-missing"),
        ({"section": word.SECTION.replace('w:right="567"', 'w:right="200"')}, "layout-margins"),
    ],
)
def test_finds_exactly_what_is_wrong_with_it(changes, code):
    assert codes(foreign(**changes)) == [code]
