"""The whole of docgen against the bare filling of a template by docxtpl.

    python -m benchmarks.pipeline [--rounds 15]

Three comparisons, each in turn A B A B …, medians and ratios as Markdown; in processor time, that
of further processes included, so that other work on the machine counts as little as it can:

- in process: a data dict of 58 rows → validated, checked, worded, rendered, read back → DOCX bytes,
  against `DocxTemplate.render` and `save` of the same table;
- whole process: `docgen generate` of one file to DOCX, against a ten-line docxtpl script;
- batch: `docgen generate --each` of different 58-row documents, against docxtpl in two processes.
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
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
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
BATCH = 1000
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


def fill_many(template: bytes, contexts: list[dict[str, Any]], folder: str) -> None:
    """A share of the batch, in one process of docxtpl."""
    for number, context in enumerate(contexts):
        path = Path(folder, f"{id(contexts)}-{number}.docx")
        path.write_bytes(fill_with_docxtpl(template, context))


def pipeline(rounds: int) -> list[float]:
    """Seconds of docgen's whole way and of docxtpl's filling, both in this process."""
    documents = build_documents(settings_in_force())
    values = order_values(documents.load(EXAMPLES / "smolensk.yaml"))
    template, context = workload.docxtpl_template(), workload.context(58)

    def whole_way() -> bytes:
        order = documents.order_from(Document(values), "order")
        documents.check_order(order)
        return documents.render(order)

    return in_turn(rounds, whole_way, lambda: fill_with_docxtpl(template, context), turn=TURN)


def compiled() -> dict[str, str]:
    """The environment of both programs: their modules are compiled once, as where installed."""
    return {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}


def process(rounds: int, folder: Path) -> list[float]:
    """Seconds of `docgen generate` and of the script, both as processes."""
    (folder / "fill.py").write_text(SCRIPT, "utf-8")
    (folder / "t.docx").write_bytes(workload.docxtpl_template())
    (folder / "data.json").write_text(json.dumps(workload.context(58)), "utf-8")
    source = EXAMPLES / "smolensk.yaml"
    ours = [sys.executable, "-m", "docgen", "generate", source, "-o", folder, "--format", "docx"]
    theirs = [sys.executable, "fill.py", "t.docx", "data.json", "out.docx"]
    return in_turn(
        rounds,
        lambda: subprocess.run(ours, check=True, capture_output=True, env=compiled()),
        lambda: subprocess.run(theirs, check=True, cwd=folder, env=compiled()),
    )


def batch(folder: Path) -> list[float]:
    """Seconds of `docgen generate --each` and of docxtpl in two processes, files on disk."""
    template = workload.docxtpl_template()
    contexts = [{**workload.context(58), "title": f"Приказ {n}"} for n in range(BATCH)]
    (folder / "t.docx").write_bytes(template)
    (folder / "rows.json").write_text(json.dumps(contexts, ensure_ascii=False), "utf-8")
    ours = [sys.executable, "-m", "docgen", "generate", "--each", folder / "rows.json"]
    ours += ["--template", folder / "t.docx", "-o", folder / "out", "--format", "docx"]
    start = spent()
    subprocess.run(ours, check=True, capture_output=True, env=compiled())
    middle = spent()
    with ProcessPoolExecutor(2) as pool:
        shares = [pool.submit(fill_many, template, contexts[n::2], str(folder)) for n in (0, 1)]
        for share in shares:
            share.result()
    return [middle - start, spent() - middle]


def main() -> None:
    """Runs the three comparisons and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = {
            "whole pipeline in process, 58 rows, ms": pipeline(rounds),
            "one file, whole process, ms": process(rounds, folder),
            f"{BATCH} different 58-row documents, 2 cores, ms": batch(folder),
        }
    print("| what | docgen | docxtpl | times faster |\n|---|---|---|---|")
    for what, (ours, theirs) in rows.items():
        print(f"| {what} | {ours * 1e3:.1f} | {theirs * 1e3:.1f} | {theirs / ours:.1f} |")


if __name__ == "__main__":
    main()
