"""`docgen regions`: which regions there are and what each is like."""

from __future__ import annotations

import sys
from dataclasses import asdict

import click

from docgen.cli import options
from docgen.cli.outcome import exit_code, print_json, show_error
from docgen.cli.progress import summary
from docgen.cli.wiring import open_documents
from docgen.i18n import _
from docgen.models import Profile


@click.group(
    invoke_without_command=True,
    help=_("List the regions, or show one."),
    epilog=_("Example: docgen regions show smolensk"),
)
@options.as_json
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """The entry of the command."""
    if ctx.invoked_subcommand is not None:
        return
    with open_documents() as documents:
        regions, errors = documents.regions.usable()
    profiles = [region.profile for region in regions.values()]
    if as_json:
        print_json([{"code": p.code, "name": p.name, "layouts": list(p.layouts)} for p in profiles])
    else:
        summary(
            (_("Code"), _("Region"), _("Project"), _("Columns")),
            [(p.code, p.name, p.project.short, _columns(p)) for p in profiles],
        )
    for error in errors:
        show_error(error)
    sys.exit(max(map(exit_code, errors), default=0))


def _columns(profile: Profile) -> str:
    return ", ".join(str(len(layout.columns)) for layout in profile.layouts.values())


@command.command("show", help=_("Show one region: letterhead, columns, stages."))
@click.argument("region", metavar=_("REGION"))
@options.as_json
@click.pass_context
def show(ctx: click.Context, region: str, as_json: bool) -> None:
    """One region's profile."""
    as_json = as_json or bool(ctx.parent and ctx.parent.params["as_json"])
    with open_documents() as documents:
        profile = documents.regions.find(region).profile
    if as_json:
        print_json(asdict(profile))
        return
    click.echo(f"{profile.code}: {profile.name}\n")
    click.echo("\n".join(f"  {line}" for line in profile.letterhead.lines))
    click.echo("\n" + _("Project") + f": {profile.project.name}")
    for name, layout in profile.layouts.items():
        summary(
            (name, _("Heading"), _("Width")),
            [(column.key, column.heading, f"{column.width:g}") for column in layout.columns],
        )
    if profile.stages:
        summary(
            (_("Stage"), _("Date"), _("Threshold, %")),
            [
                (str(stage.number), f"{stage.date:%d.%m.%Y}", _percent(stage.threshold))
                for stage in profile.stages
            ],
        )


def _percent(threshold: float | None) -> str:
    return "–" if threshold is None else f"{threshold:g}"
