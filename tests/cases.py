"""Tables of cases kept as YAML."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast, where it was built


def read_cases(path: Path) -> Any:
    """What the file holds."""
    return yaml.load(path.read_text("utf-8"), _Loader)
