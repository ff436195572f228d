"""`docgen template`: which templates there are, what one needs, what is wrong with it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from docgen.bootstrap import build_template_doctor, settings_in_force
from docgen.cli import options
from docgen.cli.outcome import print_json
from docgen.cli.progress import summary
from docgen.i18n import _, ngettext
from docgen.render.faults import TemplateFault
from docgen.services.doctoring import Checkup
from docgen.services.template_kinds import ANY_KIND, TEMPLATE_KINDS

_FILE = click.Path(path_type=Path, dir_okay=False)
_SIGNS = {"error": ("✗", "red"), "warning": ("!", "yellow"), "info": ("·", "cyan")}


@click.group(
    help=_("Look after the DOCX templates: list, names they need, faults."),
    epilog=_("Example: docgen template check templates/order.docx"),
)
def command() -> None:
    """The entry of the command."""


@command.command("list", help=_("List the templates, and which regions use each."))
@options.as_json
def list_templates(as_json: bool) -> None:
    """The templates of this installation."""
    templates = build_template_doctor(settings_in_force()).shipped()
    if as_json:
        print_json(
            [
                {
                    "path": str(each.path),
                    "kind": each.kind,
                    "regions": list(each.regions),
                    "sha256": each.sha256,
                    "engine": each.engine,
                }
                for each in templates
            ]
        )
        return
    summary(
        (_("Template"), _("Kind"), _("Regions"), "SHA-256", _("Engine")),
        [
            (_short(each.path), each.kind, ", ".join(each.regions), each.sha256[:12], each.engine)
            for each in templates
        ],
    )


def _short(path: Path) -> str:
    """The file as seen from the folder one works in."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


@command.command(
    "vars",
    help=_("Show the values a template needs: lists and their parts are nested."),
    epilog=_("Example: docgen template vars order.docx --example example.yaml"),
)
@click.argument("file", type=_FILE, metavar=_("FILE"))
@options.as_json
@click.option(
    "--example",
    type=options.Target(dir_okay=False),
    help=_("Write a data file that fills the template."),
)
def show_variables(file: Path, as_json: bool, example: Path | None) -> None:
    """The values a template needs."""
    doctor = build_template_doctor(settings_in_force())
    values = doctor.variables(file)
    if as_json:
        print_json(values)
    else:
        click.echo("\n".join(_indented(values)))
    if example is not None:
        doctor.write_example(file, example)
        click.echo(_("%(path)s is ready.") % {"path": example}, err=True)


def _indented(values: Any, depth: int = 0) -> Iterator[str]:
    """A line for each name; what is inside a list or a record stands further right."""
    kinds = {"text": _("text"), "number": _("number"), "flag": _("yes or no")}
    for name, value in values.items():
        inner, brackets = value, ""
        while isinstance(inner, list):
            inner, brackets = inner[0], brackets + "[]"
        kind = kinds.get(inner, "") if isinstance(inner, str) else ""
        yield f"{'  ' * depth}{name}{brackets}" + (f": {kind}" if kind else "")
        if isinstance(inner, dict):
            yield from _indented(inner, depth + 1)


@command.command(
    "check",
    help=_("Find everything wrong with a template, and say what to type instead."),
    epilog=_("Example: docgen template check order.docx --fix mended.docx"),
)
@click.argument("file", type=_FILE, metavar=_("FILE"))
@click.option(
    "--kind",
    type=click.Choice((*TEMPLATE_KINDS, ANY_KIND)),
    help=_("What the template is for; with “any” its names may be whatever they are."),
)
@click.option(
    "--fix",
    type=options.Target(dir_okay=False),
    help=_("Write a corrected copy, with comments where you must decide."),
)
@options.as_json
def check(file: Path, kind: str | None, fix: Path | None, as_json: bool) -> None:
    """The faults of a template."""
    doctor = build_template_doctor(settings_in_force())
    found = doctor.check(file, kind) if fix is None else doctor.fix(file, kind, fix)
    if as_json:
        print_json(
            {
                "kind": found.kind,
                "faults": _values(found.faults),
                "mended": _values(found.mended),
            }
        )
    else:
        _show(file, found)
        if kind is None and found.kind == ANY_KIND:
            click.echo(_("It is not like an order: its names were not checked; see --kind."))
    sys.exit(0 if found.sound else 1)


def _values(faults: tuple[TemplateFault, ...]) -> list[dict[str, str]]:
    return [
        {
            "code": each.code,
            "severity": each.severity,
            "path": each.path,
            "place": each.place,
            "text": each.text,
            "message": each.message,
            "suggestion": each.suggestion,
        }
        for each in faults
    ]


def _show(file: Path, found: Checkup) -> None:
    for fault in found.mended:
        click.echo(_("mended") + f": {fault.code}, {fault.place}: {fault.message}")
    for fault in found.faults:
        sign, colour = _SIGNS[fault.severity]
        click.echo(click.style(f"{sign} {fault.code}", fg=colour) + f"  {fault.place}")
        if fault.text:
            click.echo(f"    {fault.text}")
        click.echo(f"    {fault.message}")
        click.echo(f"    → {fault.suggestion}")
    if found.copy is not None:
        click.echo(_("%(path)s is ready.") % {"path": found.copy})
    errors = sum(fault.severity == "error" for fault in found.faults)
    if errors:
        total = ngettext("%(count)d error", "%(count)d errors", errors) % {"count": errors}
        click.echo(f"{file.name}: {total}")
    else:
        click.echo(_("%(name)s: no errors") % {"name": file.name})
