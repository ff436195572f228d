"""Chooses the best back end that this machine offers: uno, then unoconv, then cold LibreOffice."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from docgen.convert.cache import CachedConverter
from docgen.convert.cold import ColdEngine
from docgen.convert.contract import Converter
from docgen.convert.engine import EngineFactory
from docgen.convert.failures import failure
from docgen.convert.limits import DEFAULT_LIMITS, Limits
from docgen.convert.office import (
    Office,
    find_office,
    find_uno_python,
    find_unoconv,
    isolation,
)
from docgen.convert.pool import Pool, default_workers
from docgen.convert.uno import UnoEngine
from docgen.convert.unoconv import UnoconvEngine

Backend = Literal["uno", "unoconv", "cold"]
BACKENDS: tuple[Backend, ...] = ("uno", "unoconv", "cold")


class LibreOfficePool(Pool):
    """A pool of supervised LibreOffice processes on the best back end, or on the one named.

    `workers` None means one for each core; raises `libreoffice-missing` at once.
    """

    def __init__(
        self,
        workers: int | None = None,
        *,
        backend: Backend | None = None,
        limits: Limits = DEFAULT_LIMITS,
        soffice: str | None = None,
    ) -> None:
        self.backend = backend or find_backend(soffice)
        factory = _factory(self.backend, limits, soffice)
        measures = self.backend == "uno"
        super().__init__(factory, workers or default_workers(), limits, measures=measures)


def find_backend(soffice: str | None = None) -> Backend:
    """The fastest back end available; raises `libreoffice-missing` when there is none."""
    if find_office(soffice) is None:
        raise failure("libreoffice-missing")
    return "uno" if find_uno_python() is not None else "cold"


def make_converter(
    workers: int | None = None,
    *,
    backend: Backend | None = None,
    limits: Limits = DEFAULT_LIMITS,
    soffice: str | None = None,
    cache: Path | None = None,
    cache_bytes: int = 512 * 1024 * 1024,
) -> Converter:
    """The converter for these settings; with `cache`, PDFs are kept in that folder."""
    pool = LibreOfficePool(workers, backend=backend, limits=limits, soffice=soffice)
    if cache is None:
        return pool
    office = find_office(soffice)
    version = office.fingerprint if office is not None else ""
    return CachedConverter(pool, cache, cache_bytes, version=version)


def _factory(backend: Backend, limits: Limits, soffice: str | None) -> EngineFactory:
    office, python = find_office(soffice), find_uno_python()
    if office is None or (python is None and backend != "cold"):
        raise failure("libreoffice-missing")
    if python is None:
        return lambda parent: ColdEngine(parent, office, isolation(), limits.memory_limit)
    return _factories(office, python, limits.memory_limit)[backend]


def _factories(office: Office, python: str, memory: int) -> dict[Backend, EngineFactory]:
    unoconv = (python, find_unoconv() or "unoconv")
    apart = isolation()
    return {
        "uno": lambda parent: UnoEngine(parent, office, python, apart, memory),
        "unoconv": lambda parent: UnoconvEngine(parent, office, unoconv, apart, memory),
        "cold": lambda parent: ColdEngine(parent, office, apart, memory),
    }
