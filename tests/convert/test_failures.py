from __future__ import annotations

import errno
from pathlib import Path

import pytest

from docgen.convert.failures import CODES, INSTALL_COMMAND, disk_failure, failure

DOCUMENTATION = Path(__file__).parents[2] / "docs" / "conversion.md"


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_message_and_stands_in_the_documentation(code: str) -> None:
    assert failure(code).code == code
    assert failure(code).message
    assert f"| `{code}` |" in DOCUMENTATION.read_text(encoding="utf-8")


def test_no_other_code_can_be_raised() -> None:
    with pytest.raises(KeyError):
        failure("something-else")


def test_a_missing_libreoffice_comes_with_the_command_that_installs_it() -> None:
    assert INSTALL_COMMAND in failure("libreoffice-missing").message


def test_only_a_full_disk_is_a_full_disk() -> None:
    full = disk_failure(OSError(errno.ENOSPC, "full"))
    assert full is not None
    assert full.code == "disk-full"
    assert disk_failure(OSError(errno.EACCES, "denied")) is None
