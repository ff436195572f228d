"""What docgen needs of its machine, found or missing, and what mends each fault."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from typing import Any

from docgen.convert import INSTALL_COMMAND
from docgen.convert.office import find_office, find_uno_python
from docgen.errors import DocgenError
from docgen.i18n import _
from docgen.regions import load_regions
from docgen.settings import PROFILES, TEMPLATES, Settings

APT = f"sudo {INSTALL_COMMAND}"
FONTS = {
    "Liberation Serif": "sudo apt install fonts-liberation",
    "PT Serif": "sudo apt install fonts-paratype",
}
_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Check:
    """One need: whether it is met, in what state it is, and the command that mends it.

    Without a `needed` one docgen still makes DOCX, only slower or without PDF.
    """

    name: str
    fine: bool
    state: str
    remedy: str = ""
    needed: bool = True

    def values(self) -> dict[str, Any]:
        """The check for machine-readable output."""
        return asdict(self)


def examine(settings: Settings) -> list[Check]:
    """Every check, in the order in which faults should be mended."""
    return [
        _python(),
        _regions(settings),
        _templates(),
        _home(settings),
        *_conversion(),
        *_fonts(),
        _fast_deflate(),
    ]


def _python() -> Check:
    version = ".".join(map(str, sys.version_info[:3]))
    return Check("Python", sys.version_info >= (3, 11), version, _absent("apt install python3"))


def _absent(command: str) -> str:
    return "" if sys.version_info >= (3, 11) else f"sudo {command}"


def _regions(settings: Settings) -> Check:
    name = _("Regions")
    try:
        regions = load_regions(PROFILES, settings.plugins)
        return Check(name, True, ", ".join(region.code for region in regions.values()))
    except DocgenError as error:
        remedy = _("Correct the profile or the plugin named here.")
        return Check(name, False, error.message, remedy)


def _templates() -> Check:
    count = len(list(TEMPLATES.rglob("*.docx")))
    remedy = "" if count else "pip install --force-reinstall docgen"
    return Check(_("Templates"), count > 0, _("%(count)d files") % {"count": count}, remedy)


def _home(settings: Settings) -> Check:
    """The nearest existing folder of DOCGEN_HOME must be writable."""
    folder = settings.home
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free // 2**20
    fine = free > 100
    remedy = "" if fine else _("Free at least 100 MB, or set DOCGEN_HOME to another disk.")
    return Check(
        _("Data folder"),
        fine,
        _("%(path)s, %(free)d MB free") % {"path": settings.home, "free": free},
        remedy,
    )


def _conversion() -> Iterator[Check]:
    """LibreOffice and what drives it."""
    office = find_office()
    found = {
        "LibreOffice": office and f"{office.version}, {office.program}",
        "UNO": find_uno_python(),
        "unoconv": shutil.which("unoconv"),
    }
    for name, state in found.items():
        remedy = "" if state else APT
        yield Check(name, bool(state), state or _("absent"), remedy, needed=False)


def _fonts() -> Iterator[Check]:
    listing = _run(["fc-list", ":", "family"])
    for family, remedy in FONTS.items():
        fine = family in listing
        state = _("present") if fine else _("absent: pages would change")
        yield Check(family, fine, state, "" if fine else remedy, needed=False)


def _run(command: list[str]) -> str:
    """The output of a command; empty when it cannot be run."""
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout


def _fast_deflate() -> Check:
    fine = find_spec("isal") is not None
    state = _("present") if fine else _("absent: files are packed more slowly")
    return Check("isal", fine, state, "" if fine else "pip install isal", needed=False)
