"""Filling a DOCX, side by side: docgen against the tools a user would pick instead.

    python -m benchmarks.fill [--rows 58,580,5800] [--rounds 12] [--tools docgen,docxtpl,…]

Every tool runs in a process of its own for each size; the tools take turns of a few documents, so
that a slow moment of the machine falls on all of them. Times are in memory: from the
data to the bytes of the file. Prints Markdown.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks import workload
from benchmarks.fill_worker import TOOLS

HERE = Path(__file__).parent
JAVASCRIPT = {
    "docxtemplater": workload.docxtemplater_template,
    "carbone": workload.carbone_template,
}
RIVALS = HERE / "rivals"  # packages that docgen itself does not need
BASE = "docxtpl"
MAILMERGE = "docx-mailmerge2==1.0.3"
TURN = 5  # documents a tool fills before the next has its turn
LARGE = 5_800  # from here on three documents in a turn, and a quarter of the turns, are enough


@dataclass
class Contestant:
    """A running tool and what it has shown."""

    name: str
    process: subprocess.Popen[str]
    times: list[float] = field(default_factory=list)
    peak: float = 0.0

    def fill(self) -> None:
        """Let the tool fill one document."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        self.times.append(answer["ms"])
        self.peak = answer["peak"]

    @property
    def warm(self) -> list[float]:
        return sorted(self.times[1:])

    @property
    def median(self) -> float:
        return statistics.median(self.warm)

    @property
    def p95(self) -> float:
        return self.warm[math.ceil(0.95 * len(self.warm)) - 1]


def main() -> None:
    """Run the benchmark and print its tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", default="58,580,5800")
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--tools", default=",".join([*TOOLS, *JAVASCRIPT]))
    options = parser.parse_args()
    sizes = [int(each) for each in options.rows.split(",")]
    tools = available([name.strip() for name in options.tools.replace(", ", "|").split(",")])
    with tempfile.TemporaryDirectory() as folder:
        results = {size: contest(tools, size, options.rounds, Path(folder)) for size in sizes}
    print(report(results))


def available(names: list[str]) -> list[str]:
    """The tools that are here; others' are installed beside the benchmarks on the first run."""
    names = [name.replace("|", ", ") for name in names]
    missing = set()
    if "docx-mailmerge2" in names and not mailmerge_installed():
        missing.add("docx-mailmerge2")
    if set(JAVASCRIPT) & set(names) and not javascript_installed():
        missing |= set(JAVASCRIPT)
    for name in sorted(missing & set(names)):
        print(f"{name}: not installed, left out", file=sys.stderr)
    return [name for name in names if name not in missing]


def mailmerge_installed() -> bool:
    if (RIVALS / "mailmerge").exists():
        return True
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target"]
    done = subprocess.run([*command, RIVALS, MAILMERGE], check=False, capture_output=True)
    return done.returncode == 0


def javascript_installed() -> bool:
    if shutil.which("npm") is None:
        return False
    if not (HERE / "node_modules").exists():
        command = ["npm", "ci", "--no-audit", "--no-fund", "--silent"]
        return subprocess.run(command, cwd=HERE, check=False).returncode == 0
    return True


def contest(tools: list[str], size: int, rounds: int, folder: Path) -> list[Contestant]:
    contestants = [Contestant(name, started(name, size, folder)) for name in tools]
    in_turn, turns = (3, max(3, rounds // 4)) if size >= LARGE else (TURN, rounds)
    for _turn in range(1 + turns):
        for contestant in contestants:
            for _document in range(in_turn):
                contestant.fill()
    for contestant in contestants:
        contestant.process.communicate()
    return contestants


def started(name: str, size: int, folder: Path) -> subprocess.Popen[str]:
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    if name not in JAVASCRIPT:
        command = [sys.executable, "-m", "benchmarks.fill_worker", name, str(size)]
        places = os.pathsep.join([str(RIVALS), os.environ.get("PYTHONPATH", "")])
        pipes["env"] = {**os.environ, "PYTHONPATH": places}
        return subprocess.Popen(command, cwd=HERE.parent, **pipes)
    template, data = folder / f"{name}.docx", folder / f"{name}-{size}.json"
    template.write_bytes(JAVASCRIPT[name]())
    data.write_text(json.dumps(workload.context(size)))
    command = ["node", str(HERE / "fill_worker.js"), name, str(template), str(data)]
    return subprocess.Popen(command, **pipes)


def report(results: dict[int, list[Contestant]]) -> str:
    lines = [
        f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} processors",
    ]
    for size, contestants in results.items():
        lines += ["", f"**{size} rows**", "", *table(contestants)]
    return "\n".join([*lines, "", *growth(results)])


def table(contestants: list[Contestant]) -> list[str]:
    base = next((each.median for each in contestants if each.name == BASE), None)
    lines = [
        "| tool | first call, ms | median, ms | p95, ms | documents/s | peak, MiB | times faster |",
        "|---|---|---|---|---|---|---|",
    ]
    for each in contestants:
        times = f"{each.times[0]:.1f} | {each.median:.2f} | {each.p95:.2f}"
        ratio = f"{base / each.median:.1f}" if base else ""
        rate = f"{1000 / each.median:.0f}"
        lines.append(f"| {each.name} | {times} | {rate} | {each.peak:.0f} | {ratio} |")
    return lines


def growth(results: dict[int, list[Contestant]]) -> list[str]:
    sizes = sorted(results)
    if len(sizes) < 2:
        return []
    first, last = results[sizes[0]], results[sizes[-1]]
    lines = [f"| tool | time grows from {sizes[0]} to {sizes[-1]} rows |", "|---|---|"]
    for small, large in zip(first, last, strict=True):
        lines.append(f"| {small.name} | {large.median / small.median:.0f} times |")
    return lines


if __name__ == "__main__":
    main()
