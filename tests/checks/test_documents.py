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
