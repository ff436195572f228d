"""`docgen parse`: the normal forms of deadlines and indicators, a line at a time."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

import click

from docgen.cli.lines import input_lines
from docgen.i18n import _
from docgen.language.deadlines import parse_deadline
from docgen.language.indicators import parse_indicator

Years = tuple[int, int]


@click.group(
    help=_("Read deadlines or indicators: lines in, a JSON object a line out."),
    epilog=_("Example: echo “март – апрель” | docgen parse deadlines --years 2022 2022"),
)
def command() -> None:
    """The entry of the command."""


def _years_option() -> Callable[[Callable[..., None]], Callable[..., None]]:
    return click.option(
        "--years",
        nargs=2,
        type=click.IntRange(1990, 2100),
        required=True,
        callback=_in_order,
        help=_("First and last year of the project."),
    )


def _in_order(_ctx: click.Context, _param: click.Parameter, years: Years) -> Years:
    if years[0] > years[1]:
        raise click.BadParameter(_("the last year is before the first"))
    return years


@command.command("deadlines", help=_("Deadlines: “до 1 марта”, “II–III квартал 2022 года”."))
@_years_option()
def deadlines(years: Years) -> None:
    """Deadlines from standard input."""
    _each_line(lambda line: parse_deadline(line, years).as_dict())


@command.command("indicators", help=_("Indicators: “Не менее 60% школ приняли участие”."))
@_years_option()
def indicators(years: Years) -> None:
    """Indicators from standard input."""
    _each_line(lambda line: parse_indicator(line, years).as_dict())


def _each_line(read: Callable[[str], dict[str, Any]]) -> None:
    for line in input_lines():
        sys.stdout.write(json.dumps(read(line), ensure_ascii=False) + "\n")
