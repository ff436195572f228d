"""The closed set of reasons why a conversion gives no PDF.

Whatever LibreOffice, unoconv, the disk or the document does, callers see a `ConversionError`
whose `code` stands in `CODES`; the table is repeated in docs/conversion.md.
"""

from __future__ import annotations

import errno

from docgen.errors import ConversionError
from docgen.i18n import _

INSTALL_COMMAND = (
    "apt install --no-install-recommends libreoffice-writer-nogui python3-uno"
    " fonts-liberation fonts-crosextra-carlito fonts-paratype"
)

CODES = (
    "libreoffice-missing",
    "conversion-timeout",
    "conversion-crashed",
    "document-unreadable",
    "document-refused",
    "document-too-large",
    "empty-result",
    "queue-full",
    "disk-full",
    "conversion-closed",
)

ENGINE_FAULTS = frozenset({"conversion-timeout", "conversion-crashed", "document-too-large"})
"""Codes after which the LibreOffice process is not trusted with another document."""


def message(code: str) -> str:
    """What a clerk reads for `code`, in the current language."""
    if code == "libreoffice-missing":
        return _(
            "There is no LibreOffice here, so no PDF is made. To install it, run: %(command)s"
        ) % {"command": INSTALL_COMMAND}
    return {
        "conversion-timeout": _("The PDF was not ready in the time allowed for this document."),
        "conversion-crashed": _("LibreOffice stopped while making the PDF, twice in a row."),
        "document-unreadable": _("The file is not a Word document (DOCX) that can be opened."),
        "document-refused": _("LibreOffice opened the document but refused to save it as PDF."),
        "document-too-large": _("The document needs more memory than a conversion may take."),
        "empty-result": _("LibreOffice made no PDF with pages out of this document."),
        "queue-full": _("Too many documents are waiting for PDF. Try again in a minute."),
        "disk-full": _("The disk is full: there is no room to make the PDF."),
        "conversion-closed": _("The program is shutting down, no PDF is made any more."),
    }[code]


def failure(code: str) -> ConversionError:
    """The error with this code and its message; a code outside the set is a bug."""
    return ConversionError(message(code), code=code)


def disk_failure(error: OSError) -> ConversionError | None:
    """`disk-full` when that is what the operating system says, else nothing."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return failure("disk-full")
    return None
