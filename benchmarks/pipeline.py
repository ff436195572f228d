"""The whole of docgen against the bare filling of a template by docxtpl.

    python -m benchmarks.pipeline [--rounds 15]

Three comparisons, each in turn A B A B …, medians and ratios as Markdown. They are of processor
time, that of further processes included, so that other work on the machine counts as little as it
can; the batch, whose point is to use both cores, is also told by the clock:

- in process: a data dict of 58 rows → validated, checked, worded, rendered, read back → DOCX bytes,
  against `DocxTemplate.render` and `save` of a table of the same size; once the same order again
  and again, which finds most texts checked already, and once another one each time;
- whole process: `docgen generate` of one file to DOCX, against a ten-line docxtpl script;
- batch: `docgen generate --each` of different 58-row documents, against a docxtpl script with two
  processes, both from their start to the last file.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate

from benchmarks import workload
from docgen.bootstrap import build_documents, settings_in_force
from docgen.export.data import order_values
from docgen.schemas.reading import Document
from docgen.settings import EXAMPLES

SCRIPT = """\
import json, sys
from docxtpl import DocxTemplate
template, data, out = sys.argv[1:]
with open(data, encoding="utf-8") as file:
    context = json.load(file)
document = DocxTemplate(template)
document.render(context)
document.save(out)
"""
BATCH_SCRIPT = """\
import json, sys
from concurrent.futures import ProcessPoolExecutor
from docxtpl import DocxTemplate
template, data, folder = sys.argv[1:]
def fill(first):
    for number in range(first, len(contexts), 2):
        document = DocxTemplate(template)
        document.render(contexts[number])
        document.save(f"{folder}/{number:05}.docx")
with open(data, encoding="utf-8") as file:
    contexts = json.load(file)
with ProcessPoolExecutor(2) as pool:
    list(pool.map(fill, (0, 1)))
"""
BATCH = 1000
Command = list[str | Path]
TURN = 5  # documents in process, before the other has its turn


def spent() -> float:
    """Seconds of processor time so far, of this process and of those it started and saw end."""
    usages = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def in_turn(rounds: int, *runs: Callable[[], object], turn: int = 1) -> list[float]:
    """The median seconds of each run; they take turns of so many, after one uncounted."""
    times: list[list[float]] = [[] for _run in runs]
    for done in range(rounds + 1):
        for run, taken in zip(runs, times, strict=True):
            for _document in range(turn):
                start = spent()
                run()
                if done:
                    taken.append(spent() - start)
    return [statistics.median(taken) for taken in times]


def fill_with_docxtpl(template: bytes, context: dict[str, Any]) -> bytes:
    """The document as docxtpl's plain use makes it."""
    document = DocxTemplate(io.BytesIO(template))
    document.render(context)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def pipeline(rounds: int, *, again: bool) -> list[float]:
    """Seconds of docgen's whole way and of docxtpl's filling, both in this process."""
    documents = build_documents(settings_in_force())
    values = order_values(documents.load(EXAMPLES / "smolensk.yaml"))
    template, context = workload.docxtpl_template(), workload.context(58)
    calls = (rounds + 1) * TURN
    orders = iter([values if again else another(values, number) for number in range(calls)])

    def whole_way() -> bytes:
        order = documents.order_from(Document(next(orders)), "order")
        documents.check_order(order)
        return documents.render(order)

    return in_turn(rounds, whole_way, lambda: fill_with_docxtpl(template, context), turn=TURN)


def another(values: dict[str, Any], number: int) -> dict[str, Any]:
    """An order of the same length in which no cell but numbers and deadlines is as before."""
    annexes = []
    for annex in values["annexes"]:
        sections = [
            {**section, "items": [_changed(item, number) for item in section["items"]]}
            for section in annex["sections"]
        ]
        annexes.append({**annex, "sections": sections})
    return {**values, "annexes": annexes}


def _changed(item: dict[str, str], number: int) -> dict[str, str]:
    same = ("number", "deadline")
    return {key: text if key in same else f"{text} № {number}" for key, text in item.items()}


def compiled() -> dict[str, str]:
    """The environment of both programs: their modules are compiled once, as where installed."""
    return {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}


def process(rounds: int, folder: Path) -> list[float]:
    """Seconds of `docgen generate` and of the script, both as processes."""
    (folder / "fill.py").write_text(SCRIPT, "utf-8")
    (folder / "t.docx").write_bytes(workload.docxtpl_template())
    (folder / "data.json").write_text(json.dumps(workload.context(58)), "utf-8")
    source = EXAMPLES / "smolensk.yaml"
    ours: Command = [
        sys.executable,
        "-m",
        "docgen",
        "generate",
        source,
        "-o",
        folder,
        "--format",
        "docx",
    ]
    theirs = [sys.executable, "fill.py", "t.docx", "data.json", "out.docx"]
    return in_turn(
        rounds,
        lambda: subprocess.run(ours, check=True, capture_output=True, env=compiled()),
        lambda: subprocess.run(theirs, check=True, cwd=folder, env=compiled()),
    )


def batch(folder: Path) -> tuple[list[float], list[float]]:
    """Seconds of processor and of the clock that both take for many documents, files on disk."""
    contexts = [{**workload.context(58), "title": f"Приказ {n}"} for n in range(BATCH)]
    (folder / "t.docx").write_bytes(workload.docxtpl_template())
    (folder / "rows.json").write_text(json.dumps(contexts, ensure_ascii=False), "utf-8")
    (folder / "fill_many.py").write_text(BATCH_SCRIPT, "utf-8")
    ours: Command = [sys.executable, "-m", "docgen", "generate", "--each", folder / "rows.json"]
    ours += ["--template", folder / "t.docx", "-o", folder / "out", "--format", "docx"]
    theirs: Command = [sys.executable, folder / "fill_many.py"]
    theirs += [folder / "t.docx", folder / "rows.json", folder / "out"]
    taken = [_taken(command) for command in (ours, theirs)]
    return [processor for processor, _clock in taken], [clock for _processor, clock in taken]


def _taken(command: Command) -> tuple[float, float]:
    processor, clock = spent(), time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=compiled())
    return spent() - processor, time.perf_counter() - clock


def main() -> None:
    """Runs the three comparisons and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = {
            "whole pipeline in process, the same 58 rows, ms": pipeline(rounds, again=True),
            "whole pipeline in process, other 58 rows each time, ms": pipeline(rounds, again=False),
            "one file, whole process, ms": process(rounds, folder),
        }
        processor, clock = batch(folder)
        rows[f"{BATCH} different 58-row documents, 2 cores, ms"] = processor
        rows["the same by the clock, ms"] = clock
    print("| what | docgen | docxtpl | times faster |\n|---|---|---|---|")
    for what, (ours, theirs) in rows.items():
        print(f"| {what} | {ours * 1e3:.1f} | {theirs * 1e3:.1f} | {theirs / ours:.1f} |")


if __name__ == "__main__":
    main()
