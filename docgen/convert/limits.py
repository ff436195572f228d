"""How much time and memory a conversion may take, and how long the queue may grow."""

from __future__ import annotations

from dataclasses import dataclass

from docgen.convert.document import Measure

_MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What a pool allows: seconds for a document, documents and memory for a process."""

    seconds: float = 30.0
    seconds_per_row: float = 0.025
    seconds_per_square_row: float = 60e-6
    seconds_per_mebibyte: float = 5.0
    documents: int = 2000
    memory_mark: int = 700 * _MEBIBYTE
    memory_limit: int = 4096 * _MEBIBYTE
    waiting: int = 64

    def deadline(self, document: Measure, *, regrouped: bool = False) -> float:
        """Seconds allowed for a document of this size; one long table takes quadratic time."""
        by_size = document.size / _MEBIBYTE * self.seconds_per_mebibyte
        by_square = 0.0 if regrouped else document.rows**2 * self.seconds_per_square_row
        return self.seconds + document.rows * self.seconds_per_row + by_size + by_square


DEFAULT_LIMITS = Limits()
