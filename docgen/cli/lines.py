"""Lines of standard input, for the commands that answer each with a line."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from docgen.errors import InputError
from docgen.i18n import _


def input_lines() -> Iterator[str]:
    """The lines without their ends, as they come; InputError for one that is not UTF-8."""
    for number, line in enumerate(sys.stdin.buffer, 1):
        try:
            yield line.decode("utf-8-sig").rstrip("\r\n")
        except UnicodeDecodeError as error:
            raise InputError(
                _("Line %(line)d of the input is not UTF-8 text.") % {"line": number},
                code="file-not-text",
            ) from error
