"""Orders in PDF files that have a text layer, read into the models."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from docgen.errors import InputError
from docgen.i18n import _
from docgen.importers.assembly import read_order
from docgen.importers.headings import Headings
from docgen.importers.paper import Remark, one_line, plain_text
from docgen.importers.profiles import usable_profiles
from docgen.importers.text.document import read_paper
from docgen.importers.text.entries import Entry
from docgen.models.readings import Reading
from docgen.regions import Region

MAX_BYTES = 20 * 1024 * 1024
MAX_SECONDS = 90
_SCRIPT = Path(__file__).with_name("pdf_pages.py")


def read_pdf(
    data: bytes, name: str, regions: Mapping[str, Region], region: str | None = None
) -> Reading:
    """The order in a PDF file; rows that page breaks cut are whole, each with a doubt.

    `name` is the file's, for messages. Raises InputError for files that are damaged, encrypted,
    too long or images only, and for a region that does not exist.
    """
    profiles = usable_profiles(regions, region)
    lines, doubtful = _text_of(data, name)
    unruled = {one_line(plain_text(text)) for text in doubtful}

    def remark(row: Entry) -> None:
        """Leaves the words alone: a text layer was not recognised from a picture."""
        for column, text in enumerate(row.texts):
            if text in unruled:
                row.remark(
                    column, Remark(0.7, _("put together from lines of a table without rules"))
                )

    paper = read_paper([plain_text(line) for line in lines], Headings(profiles.values()), remark)
    return read_order(paper, profiles, region)


def _text_of(data: bytes, name: str) -> tuple[list[str], list[str]]:
    """The lines of the text layer, and the cells that may be put together wrongly."""
    if len(data) > MAX_BYTES:
        raise _refused(name, "document-too-long")
    if b"%PDF-" not in data[:1024]:
        raise _refused(name, "document-damaged")
    try:
        run = subprocess.run(
            [sys.executable, "-I", str(_SCRIPT)],
            input=data,
            capture_output=True,
            timeout=MAX_SECONDS,
            check=False,
        )
        answer = json.loads(run.stdout)
    except (subprocess.TimeoutExpired, ValueError) as error:
        raise _refused(name, "document-too-long") from error
    if "refused" in answer:
        raise _refused(name, answer["refused"])
    lines: list[str] = answer["lines"]
    if not any(map(str.strip, lines)):
        raise _refused(name, "document-empty")
    return lines, answer["doubtful"]


def _refused(name: str, code: str) -> InputError:
    reasons = {
        "document-too-long": _("%(name)s: the document is too long for an order."),
        "document-damaged": _("%(name)s: this is not a PDF file, or it is damaged."),
        "file-encrypted": _("%(name)s: the file has a password; save it without one."),
        "document-empty": _("%(name)s holds no text; a scan has to be recognised first."),
    }
    return InputError(reasons[code] % {"name": name}, code=code)
