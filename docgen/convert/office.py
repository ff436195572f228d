"""Finds LibreOffice on this machine, and what can drive it."""

from __future__ import annotations

import configparser
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_BINARIES = (
    "usr/lib/libreoffice/program/soffice.bin",
    "usr/lib64/libreoffice/program/soffice.bin",
    "opt/libreoffice*/program/soffice.bin",
    "usr/local/lib/libreoffice/program/soffice.bin",
)
_PROBE_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Office:
    """An installed LibreOffice: its program, its version (`7.4`) and build."""

    program: Path
    version: str
    build: str

    @property
    def fingerprint(self) -> str:
        """A text that changes whenever another LibreOffice is installed."""
        seen = self.program.stat()
        return f"{self.version}/{self.build}/{seen.st_size}/{seen.st_mtime_ns}"


def _programs() -> list[Path]:
    """Every soffice.bin in the usual places, the one on PATH first."""
    found = [file for pattern in _BINARIES for file in sorted(Path("/").glob(pattern))]
    on_path = shutil.which("soffice") or shutil.which("libreoffice")
    if on_path is not None:
        found.insert(0, _program_beside(Path(on_path)))
    return found


def _program_beside(command: Path) -> Path:
    """The program itself, which the command `soffice` is a script for."""
    return command.resolve().with_name("soffice.bin")


def _value(file: Path, section: str, key: str) -> str:
    """The value of `key` in one of LibreOffice's ini files, or an empty text."""
    parser = configparser.RawConfigParser(strict=False)
    parser.read(file, encoding="utf-8")
    return parser.get(section, key, fallback="")


@cache
def find_office(soffice: str | None = None) -> Office | None:
    """The LibreOffice of this machine, or None; reads files only, starts nothing.

    `soffice` names the one to take instead of the one found by itself.
    """
    programs = _programs() if soffice is None else [_program_beside(Path(soffice))]
    for program in programs:
        if not program.is_file():
            continue
        product = _value(program.with_name("bootstraprc"), "Bootstrap", "ProductKey")
        build = _value(program.with_name("versionrc"), "Version", "buildid")
        return Office(program, product.rpartition(" ")[2], build)
    return None


def _succeeds(command: list[str]) -> bool:
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=_PROBE_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


@cache
def find_uno_python() -> str | None:
    """The first Python that can `import uno`: usually the system's, not this one."""
    candidates = ["/usr/bin/python3", "/usr/local/bin/python3"]
    office = find_office()
    if office is not None:
        candidates += [str(office.program.with_name("python"))]
    candidates += [found for found in [shutil.which("python3")] if found]
    for python in candidates:
        if Path(python).is_file() and _succeeds([python, "-I", "-c", "import uno"]):
            return python
    return None


@cache
def find_unoconv() -> str | None:
    """The unoconv script, or None; it runs under the Python that has `uno`."""
    return shutil.which("unoconv") if find_uno_python() is not None else None


@cache
def isolation() -> tuple[str, ...]:
    """The command prefix that takes the network away, empty where the host forbids it."""
    unshare = shutil.which("unshare")
    if unshare is not None and _succeeds([unshare, "-rn", "true"]):
        return (unshare, "-rn")
    return ()
