"""Everything that can be set from outside: one table, read once into a frozen value.

Each setting is an environment variable `DOCGEN_<NAME>`; docs/settings.md is made from this table.
"""

from __future__ import annotations

import os
import re
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

_BUCKET = re.compile(r"s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/.*)?")


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
    Setting(
        "database",
        "",
        "Where the service keeps its tables, for example postgresql://docgen@db/docgen; when "
        "empty, SQLite in the folder of DOCGEN_HOME.",
    ),
    Setting(
        "files",
        "",
        "Where uploaded and made files are kept: s3://bucket/prefix, or a folder that machines "
        "share; when empty, a folder in DOCGEN_HOME.",
    ),
    Setting("engine", "local", "What carries jobs to workers: local or celery."),
    Setting("broker", "", "Address of the message broker for celery, such as redis://host:6379/0."),
    Setting(
        "workers", "1", "Worker processes that `docgen serve` starts; 0 leaves them to others."
    ),
    Setting(
        "secure_cookies", "no", "Send the session's cookie by HTTPS only: yes behind HTTPS, or no."
    ),
    Setting(
        "rate_storage",
        "",
        "Where several machines count requests together, such as redis://host:6379/1; when empty, "
        "each machine counts for itself.",
    ),
    Setting("rate_api", "18000 per minute", "Calls of the API that one account may make."),
    Setting(
        "hosts",
        "",
        "Host names that the service answers to, separated by commas; any name when empty.",
    ),
    Setting(
        "processes",
        "2",
        "Processes of `docgen serve` that answer requests; about one a core, two bear 50 "
        "coordinators who save at once.",
    ),
    Setting("threads", "4", "Requests that each process of `docgen serve` answers at once."),
    Setting(
        "trusted_proxy",
        "",
        "Address of the proxy whose X-Forwarded headers are believed, such as 127.0.0.1.",
    ),
    Setting(
        "canary_minutes",
        "15",
        "A test conversion may be this old before /readyz complains; 0 where there is no "
        "LibreOffice.",
    ),
    Setting(
        "monitoring_token",
        "",
        "Bearer token that opens /readyz and /metrics from other machines; when empty they "
        "answer this machine only.",
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
    database: str
    files: str | None
    engine: str
    broker: str | None
    workers: int
    secure_cookies: bool
    rate_storage: str
    rate_api: str
    hosts: tuple[str, ...]
    processes: int
    threads: int
    trusted_proxy: str | None
    canary_minutes: int
    monitoring_token: str | None


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
    serving = _count(texts, "workers", faults)
    processes = int(_positive(texts, "processes", faults))
    threads = int(_positive(texts, "threads", faults))
    canary = _count(texts, "canary_minutes", faults)
    if texts["engine"] == "celery" and not texts["broker"]:
        faults.append("DOCGEN_BROKER: " + _("celery needs the address of a broker"))
    _one_of(texts, "engine", ("local", "celery"), faults)
    _one_of(texts, "secure_cookies", ("yes", "no"), faults)
    if "://" in texts["files"] and not _BUCKET.fullmatch(texts["files"]):
        faults.append("DOCGEN_FILES: " + _("expected a folder, or s3://bucket/prefix"))
    home = Path(texts["home"]).expanduser()
    if faults:
        raise ValueError("; ".join(faults))
    return Settings(
        lang=texts["lang"],
        home=home,
        plugins=Path(texts["plugins"]).expanduser() if texts["plugins"] else None,
        soffice=texts["soffice"] or None,
        convert_workers=int(workers),
        convert_timeout=timeout,
        database=texts["database"] or f"sqlite:///{home / 'docgen.db'}",
        files=texts["files"] or None,
        engine=texts["engine"],
        broker=texts["broker"] or None,
        workers=serving,
        secure_cookies=texts["secure_cookies"] == "yes",
        rate_storage=texts["rate_storage"],
        rate_api=texts["rate_api"],
        hosts=tuple(filter(None, (name.strip() for name in texts["hosts"].split(",")))),
        processes=processes,
        threads=threads,
        trusted_proxy=texts["trusted_proxy"] or None,
        canary_minutes=canary,
        monitoring_token=texts["monitoring_token"] or None,
    )


def _positive(texts: Mapping[str, str], name: str, faults: list[str]) -> float:
    try:
        number = float(texts[name])
    except ValueError:
        number = 0.0
    if number <= 0:
        faults.append(f"DOCGEN_{name.upper()}: " + _("expected a number above zero"))
    return number


def _count(texts: Mapping[str, str], name: str, faults: list[str]) -> int:
    if texts[name].isdecimal():
        return int(texts[name])
    faults.append(f"DOCGEN_{name.upper()}: " + _("expected a whole number, 0 or more"))
    return 0


def _one_of(texts: Mapping[str, str], name: str, known: tuple[str, ...], faults: list[str]) -> None:
    if texts[name] not in known:
        expected = _("expected one of: %(words)s") % {"words": ", ".join(known)}
        faults.append(f"DOCGEN_{name.upper()}: {expected}")
