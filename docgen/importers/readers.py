"""Who reads an order that anyone made: a reader for each kind of file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePath

from docgen.errors import InputError
from docgen.i18n import _
from docgen.importers.docx import read_docx
from docgen.importers.pdf import read_pdf
from docgen.importers.text import read_text
from docgen.importers.xlsx import read_xlsx
from docgen.models.readings import Reading
from docgen.regions import Region

Reader = Callable[[bytes, str, Mapping[str, Region], str | None], Reading]

READERS: Mapping[str, Reader] = {
    ".docx": read_docx,
    ".txt": read_text,
    ".xlsx": read_xlsx,
    ".xlsm": read_xlsx,
    ".xls": read_xlsx,
    ".pdf": read_pdf,
}
"""The readers by the ending of the file's name; old and macro workbooks are refused there."""


def read_document(
    data: bytes, name: str, regions: Mapping[str, Region], region: str | None = None
) -> Reading:
    """The order in a file by anyone; its kind is told by the ending of its name.

    InputError with the code `file-unknown` for any other ending; the readers raise their own.
    """
    ending = PurePath(name).suffix.lower()
    if ending not in READERS:
        message = _("%(name)s: orders are read from files of these kinds: %(kinds)s.")
        values = {"name": name, "kinds": ", ".join(READERS)}
        raise InputError(message % values, code="file-unknown")
    return READERS[ending](data, name, regions, region)
