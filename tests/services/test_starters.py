"""A lone table becomes an order that can be generated."""

from pathlib import Path

import openpyxl
import pytest

from docgen.models import Approve
from docgen.models.readings import Reading
from docgen.services.starters import completed
from tests.importers.orders import DOCUMENTS, EXAMPLES, REGIONS

HEADINGS = ("Срок исполнения", "Форма отчётности", "Наименование мероприятия", "Куратор", "Статус")


@pytest.mark.parametrize("region", list(REGIONS))
def test_a_table_of_another_region_imports_into_a_file_that_generates(
    region: str, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Дорожная карта проекта на 2022 год"])
    sheet.merge_cells("A1:E1")
    for row in (HEADINGS, ("до 25.03.2022", "Отчёт", "Семинар", "Иванов И.И.", "выполнено")):
        sheet.append(row)
    book.save(tmp_path / "plan.xlsx")

    reading = DOCUMENTS.read_whole(tmp_path / "plan.xlsx", region)
    assert reading.order.points[0].form == Approve(0)
    assert {"title", "preamble", "points"} <= {doubt.path for doubt in reading.doubts}
    DOCUMENTS.write_data(reading, tmp_path / "plan.yaml")
    assert DOCUMENTS.load(tmp_path / "plan.yaml").unplaced == ("Отчёт", "выполнено")
    made = DOCUMENTS.generate(tmp_path / "plan.yaml", tmp_path / "out", ("docx",))
    assert [path.name for path in made.files] == ["plan.docx"]


def test_an_order_that_lacks_nothing_stays_as_it_is() -> None:
    reading = Reading(DOCUMENTS.load(EXAMPLES[0]))
    assert completed(reading, REGIONS[reading.order.region]) is reading
