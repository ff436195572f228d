"""Progress on standard error, tables on standard output."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table


@contextmanager
def progress(total: int, title: str) -> Iterator[Callable[[], None]]:
    """A bar on standard error while the block runs; the value moves it by one.

    Only a terminal gets one: logs and pipes stay clean.
    """
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task(title, total=total)
        yield lambda: bar.advance(task)


def summary(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table on standard output."""
    table = Table(*headings)
    for row in rows:
        table.add_row(*row)
    Console().print(table)
