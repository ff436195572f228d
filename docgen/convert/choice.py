"""Chooses the best back end that this machine offers."""

from __future__ import annotations

from docgen.convert.engine import EngineFactory
from docgen.convert.failures import failure
from docgen.convert.office import find_office, find_uno_python, isolation
from docgen.convert.pool import DEFAULT_LIMITS, Limits, Pool, default_workers
from docgen.convert.uno import UnoEngine


class LibreOfficePool(Pool):
    """A pool of supervised LibreOffice processes on the best back end, or on the one named."""

    def __init__(self, workers: int | None = None, *, limits: Limits = DEFAULT_LIMITS) -> None:
        super().__init__(engine_factory(limits), workers or default_workers(), limits)


def engine_factory(limits: Limits) -> EngineFactory:
    office, python = find_office(), find_uno_python()
    if office is None or python is None:
        raise failure("libreoffice-missing")
    return lambda parent: UnoEngine(parent, office, python, isolation(), limits.memory_limit)
