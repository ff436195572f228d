"""Many data files at once: each on its own, on as many processes as there are cores."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docgen import __version__
from docgen.errors import DocgenError
from docgen.i18n import current_language
from docgen.models import Finding
from docgen.ondemand import on_demand
from docgen.services.documents import Documents, Generated
from docgen.services.worklog import Worklog

if TYPE_CHECKING:
    import multiprocessing
    from concurrent import futures
    from multiprocessing import util
else:  # one document needs no second process
    multiprocessing, util = on_demand("multiprocessing"), on_demand("multiprocessing.util")
    futures = on_demand("concurrent.futures")

WORTH_PROCESSES = 8
"""With fewer files than this, starting processes takes longer than the files do."""
UNFINISHED = ".docgen-unfinished.jsonl"


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


def resumed(
    paths: Sequence[Path],
    wish: Wish,
    stock: Iterable[Path],
    make: Callable[[Sequence[Path]], Iterator[Outcome]],
) -> Iterator[Outcome]:
    """What became of each file: recalled where a run that broke off had done it, made elsewhere.

    The worklog lives as long as something is left to do: a run to the end takes it away, so that
    the next one makes everything anew. `stock` are the folders whose change makes it worthless.
    """
    recipe = _recipe(wish, stock)
    digests = {path: _digest(path, recipe) for path in paths}
    worklog = Worklog(wish.folder / UNFINISHED)
    with closing(worklog):
        left = []
        for path in paths:
            outcome = _recalled(path, worklog.recall(path.name, digests[path]))
            if outcome is None:
                left.append(path)
            else:
                yield outcome
        for outcome in make(left):
            if outcome.result is not None and outcome.result.refusal is None:
                _note(worklog, outcome, digests[outcome.source])
            yield outcome
    worklog.discard()


def _recipe(wish: Wish, stock: Iterable[Path]) -> str:
    """Everything but the data that decides on a document."""
    files = sorted(path for folder in stock for path in folder.rglob("*") if path.is_file())
    states = [(str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in files]
    return repr((__version__, wish.formats, wish.force, current_language(), states))


def _digest(path: Path, recipe: str) -> str:
    """The digest of a data file and the recipe; an unreadable file has one that is never noted."""
    try:
        data = path.read_bytes()
    except OSError:
        return ""
    return hashlib.sha256(recipe.encode() + data).hexdigest()


def _note(worklog: Worklog, outcome: Outcome, digest: str) -> None:
    assert outcome.result is not None  # noqa: S101  # only what was made is noted
    files = [str(path) for path in outcome.result.files]
    findings = [asdict(finding) for finding in outcome.result.findings]
    worklog.note(outcome.source.name, digest, files, findings)


def _recalled(path: Path, noted: tuple[Any, ...] | None) -> Outcome | None:
    """The outcome of the run that broke off, if all its files are still there."""
    if noted is None:
        return None
    files = tuple(map(Path, noted[0]))
    if not all(file.is_file() and file.stat().st_size for file in files):
        return None
    findings = tuple(Finding(**values) for values in noted[1])
    return Outcome(path, 0.0, Generated(files, findings=findings))


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
