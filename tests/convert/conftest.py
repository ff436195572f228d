"""Documents to convert, and a real LibreOffice where there is one."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from docgen.convert import INSTALL_COMMAND, LibreOfficePool, find_office
from docgen.convert.office import Office
from tests.convert.documents import make_docx


@pytest.fixture(scope="session")
def office() -> Office:
    """The installed LibreOffice; a machine without one skips the test, CI fails it."""
    found = find_office()
    if found is None:
        reason = f"no LibreOffice: {INSTALL_COMMAND}"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@pytest.fixture(scope="module")
def pool(office: Office) -> Iterator[LibreOfficePool]:
    """Two real workers, shared by the tests of a module."""
    with LibreOfficePool(2) as converter:
        yield converter


@pytest.fixture(scope="session")
def order() -> bytes:
    """A small good document."""
    return make_docx("ПРИКАЗ", "Утвердить дорожную карту.", rows=5)
