"""Measures stage reports: one region's 52,200 submissions, then 85 regions one after another.

`python -m benchmarks.reports [REGIONS]`. A region has 60 municipalities with 15 schools each; all
58 items of the Smolensk order are answered by every school.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections.abc import Iterator

from docgen.bootstrap import build_documents, settings_in_force
from docgen.export.report_workbook import write_tables
from docgen.models.federal import RegionSummary
from docgen.models.submissions import STATUSES, Batch, Municipality, Status, Submission
from docgen.reports import compute_stage
from docgen.reports.federal import summary_of
from docgen.reports.federal_sheets import federal_tables
from docgen.settings import EXAMPLES

MUNICIPALITIES, SCHOOLS, ITEMS = 60, 15, 58
_WEIGHTS = (80, 10, 6, 4)


def made_batch(seed: int) -> Batch:
    """A region's roster and submissions, the same for the same seed."""
    chance = random.Random(seed)
    roster = tuple(
        Municipality(f"Район {m}", tuple(f"Школа {m}-{s}" for s in range(SCHOOLS)))
        for m in range(MUNICIPALITIES)
    )
    return Batch(tuple(_rows(roster, chance)), roster)


def _rows(roster: tuple[Municipality, ...], chance: random.Random) -> Iterator[Submission]:
    for entry in roster:
        for school in entry.schools:
            statuses: list[Status] = chance.choices(STATUSES, _WEIGHTS, k=ITEMS)
            for item, status in enumerate(statuses, 1):
                value = float(chance.randint(0, 100)) if item % 7 == 0 else None
                evidence = "протокол" if chance.random() < 0.7 else ""
                yield Submission(entry.name, school, 1, str(item), status, value, None, evidence)


def measure(regions: int) -> None:
    documents = build_documents(settings_in_force())
    order = documents.load(EXAMPLES / "smolensk.yaml")
    region = documents.regions["smolensk"]
    layouts = [region.layout(annex) for annex in order.annexes]
    stage = region.profile.stages[0]
    spent: list[tuple[float, float]] = []
    summaries: list[RegionSummary] = []
    for seed in range(regions):
        batch = made_batch(seed)
        wall, cpu = time.perf_counter(), time.process_time()
        report = compute_stage(order, layouts, (2022, 2022), stage, batch).report
        spent.append((time.perf_counter() - wall, time.process_time() - cpu))
        summaries.append(summary_of(report, f"Регион {seed + 1}"))
    start = time.perf_counter()
    size = len(write_tables(federal_tables(summaries)))
    together = time.perf_counter() - start
    rows = MUNICIPALITIES * SCHOOLS * ITEMS
    best, cpu = min(wall for wall, _cpu in spent), min(cpu for _wall, cpu in spent)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"one region, {rows} submissions: {best:.2f} s, {cpu:.2f} s of processor time")
    print(f"{regions} regions: {sum(wall for wall, _cpu in spent):.1f} s, peak {peak:.0f} MiB")
    print(f"federal workbook: {together:.1f} s, {size // 1024} KiB")


if __name__ == "__main__":
    measure(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
