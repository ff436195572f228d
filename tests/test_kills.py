"""A service killed under load, with everybody asking again: benchmarks/kills.py, shorter."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.kills import trial


@pytest.mark.slow
@pytest.mark.parametrize(
    "moments", [4, pytest.param(20, marks=[pytest.mark.soak, pytest.mark.timeout(1200)])]
)
def test_loses_and_doubles_nothing_it_acknowledged(
    database_url: str, tmp_path: Path, moments: int
) -> None:
    told = trial(tmp_path, database_url, moments, seed=11)
    assert told.faults == []
    assert min(len(told.receipts), len(told.numbers), len(told.jobs), told.unanswered) > 0
