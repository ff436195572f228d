"""Progress on standard error, tables on standard output."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from docgen.ondemand import on_demand

if TYPE_CHECKING:
    from rich import console as consoles
    from rich import progress as bars
    from rich import table as tables
else:
    bars, consoles, tables = map(on_demand, ("rich.progress", "rich.console", "rich.table"))


@contextmanager
def progress(total: int, title: str) -> Iterator[Callable[[], None]]:
    """A bar on standard error while the block runs; the value moves it by one.

    Only a terminal gets one: logs and pipes stay clean.
    """
    if not sys.stderr.isatty():
        yield lambda: None
        return
    columns = (
        bars.TextColumn("{task.description}"),
        bars.BarColumn(),
        bars.MofNCompleteColumn(),
        bars.TimeElapsedColumn(),
    )
    with bars.Progress(*columns, console=consoles.Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=total)
        yield lambda: bar.advance(task)


def summary(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table on standard output; columns apart by tabs where no terminal shows it."""
    if not sys.stdout.isatty():
        for row in (headings, *rows):
            click.echo("\t".join(cell.replace("\n", ", ") for cell in row))
        return
    table = tables.Table(*headings)
    for row in rows:
        table.add_row(*row)
    consoles.Console().print(table)
