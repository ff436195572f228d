"""Many data files at once: each on its own, on as many processes as there are cores."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from docgen.errors import DocgenError
from docgen.ondemand import on_demand
from docgen.services.documents import Documents, Generated

if TYPE_CHECKING:
    import multiprocessing
    from concurrent import futures
    from multiprocessing import util
else:  # one document needs no second process
    multiprocessing, util = on_demand("multiprocessing"), on_demand("multiprocessing.util")
    futures = on_demand("concurrent.futures")

WORTH_PROCESSES = 8
"""With fewer files than this, starting processes takes longer than the files do."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one data file: its documents, or why there are none."""

    source: Path
    seconds: float
    result: Generated | None = None
    error: DocgenError | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be made of every file, where to, and whether errors found may stand."""

    folder: Path
    formats: tuple[str, ...]
    force: bool = False


def default_workers(files: int) -> int:
    """One process for a few files, one a core for many."""
    return (os.cpu_count() or 1) if files >= WORTH_PROCESSES else 1


def generate_one(documents: Documents, wish: Wish, path: Path) -> Outcome:
    """What became of one file; an error of its own keeps no other file from being done."""
    start = time.perf_counter()
    try:
        result = documents.generate(path, wish.folder, wish.formats, force=wish.force)
    except DocgenError as error:
        return Outcome(path, time.perf_counter() - start, error=error)
    return Outcome(path, time.perf_counter() - start, result)


def generate_many(
    paths: Sequence[Path], wish: Wish, workers: int, open_documents: Callable[[], Documents]
) -> Iterator[Outcome]:
    """What became of each file, as soon as it is done.

    Every process opens the use cases for itself, LibreOffice included, and ends them with itself.
    """
    if workers == 1:
        documents = open_documents()
        try:
            yield from (generate_one(documents, wish, path) for path in paths)
        finally:
            documents.close()
        return
    context = multiprocessing.get_context("fork")
    with futures.ProcessPoolExecutor(workers, context, _begin, (open_documents,)) as pool:
        tasks = [pool.submit(partial(_in_process, wish), path) for path in paths]
        for task in futures.as_completed(tasks):
            yield task.result()


_of_this_process: list[Documents] = []


def _begin(open_documents: Callable[[], Documents]) -> None:
    documents = open_documents()
    _of_this_process.append(documents)
    util.Finalize(None, documents.close, exitpriority=100)


def _in_process(wish: Wish, path: Path) -> Outcome:
    return generate_one(_of_this_process[0], wish, path)
