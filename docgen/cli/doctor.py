"""`docgen doctor`: is everything here that docgen needs, and what mends it if not."""

from __future__ import annotations

import sys

import click

from docgen.bootstrap import settings_in_force
from docgen.cli import options
from docgen.cli.outcome import print_json
from docgen.i18n import _
from docgen.services.health import examine


@click.command(
    help=_("Check what docgen needs on this machine; print the command that mends each fault."),
    epilog=_("Example: docgen doctor"),
)
@options.as_json
def command(as_json: bool) -> None:
    """The entry of the command."""
    results = examine(settings_in_force())
    if as_json:
        print_json([result.values() for result in results])
    else:
        for result in results:
            mark = click.style("✓", fg="green") if result.fine else click.style("✗", fg="red")
            click.echo(f"{mark} {result.name}: {result.state}")
            if result.remedy:
                click.echo(f"    {result.remedy}")
    sys.exit(1 if any(result.needed and not result.fine for result in results) else 0)
