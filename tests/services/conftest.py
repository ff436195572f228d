"""What tests of services share: the registry on both databases, and the published orders."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from docgen.models.accounts import Role, Scope
from docgen.schemas.reading import read_file
from docgen.services.documents import Documents
from docgen.services.registry import Registry
from docgen.store.database import Database
from tests.conftest import EXAMPLES

SMOLENSK = Scope(Role.CLERK, "smolensk", login="ivanova")
YUGRA = Scope(Role.CLERK, "yugra", login="petrova")


def example(region: str) -> dict[str, Any]:
    """The published order of a region as a draft: without its date and number."""
    values = dict(read_file(EXAMPLES / f"{region}.yaml").values)
    return {key: value for key, value in values.items() if key not in ("date", "number")}


@pytest.fixture
def registry(database: Database, documents: Documents, tmp_path: Path) -> Registry:
    return Registry(database, documents, tmp_path)
