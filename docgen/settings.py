"""Everything that can be set from outside: one table, read once into a frozen value.

Each setting is an environment variable `DOCGEN_<NAME>`; docs/settings.md is made from this table.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from docgen.i18n import LANGUAGES, _

_PACKAGE = Path(__file__).parent
_INSTALLED = _PACKAGE / "_data"
DATA = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent
"""Where profiles, templates and examples stand: inside an installed wheel, or in the checkout."""

PROFILES = DATA / "regional_profiles"
TEMPLATES = DATA / "templates"
EXAMPLES = DATA / "examples"


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table: name, default as text, and what it does."""

    name: str
    default: str
    help: str

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return f"DOCGEN_{self.name.upper()}"


SETTINGS = (
    Setting("lang", "ru", "Language of messages and pages: ru or en."),
    Setting(
        "home",
        "~/.local/share/docgen",
        "Folder where the service keeps its data and the cache of converted documents.",
    ),
    Setting("plugins", "", "Folder with single-file plugins and profiles of further regions."),
    Setting("soffice", "", "Path of LibreOffice's soffice; found by itself when empty."),
    Setting(
        "convert_workers",
        "cores",
        "LibreOffice processes that convert at once: a number, or `cores` for one a core.",
    ),
    Setting(
        "convert_timeout",
        "30",
        "Seconds a document may take to convert; long tables are given more.",
    ),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings in force."""

    lang: str
    home: Path
    plugins: Path | None
    soffice: str | None
    convert_workers: int
    convert_timeout: float


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings from the environment; ValueError names every value that does not fit."""
    texts = {row.name: environment.get(row.variable, "") or row.default for row in SETTINGS}
    faults: list[str] = []
    if texts["lang"] not in LANGUAGES:
        faults.append("DOCGEN_LANG: " + _("expected ru or en"))
    if texts["convert_workers"] == "cores":
        texts["convert_workers"] = str(os.cpu_count() or 1)
    workers = _positive(texts, "convert_workers", faults)
    timeout = _positive(texts, "convert_timeout", faults)
    if faults:
        raise ValueError("; ".join(faults))
    return Settings(
        lang=texts["lang"],
        home=Path(texts["home"]).expanduser(),
        plugins=Path(texts["plugins"]).expanduser() if texts["plugins"] else None,
        soffice=texts["soffice"] or None,
        convert_workers=int(workers),
        convert_timeout=timeout,
    )


def _positive(texts: Mapping[str, str], name: str, faults: list[str]) -> float:
    try:
        number = float(texts[name])
    except ValueError:
        number = 0.0
    if number <= 0:
        faults.append(f"DOCGEN_{name.upper()}: " + _("expected a number above zero"))
    return number
