"""Progress on standard error, tables on standard output."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from docgen.i18n import _
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
        bars.TextColumn("{task.fields[rate]}"),
    )
    with bars.Progress(*columns, console=consoles.Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=total, rate="")
        start = time.monotonic()

        def advance() -> None:
            rate = (bar.tasks[0].completed + 1) / max(time.monotonic() - start, 0.001)
            bar.update(task, advance=1, rate=_("%(rate).1f a second") % {"rate": rate})

        yield advance


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
