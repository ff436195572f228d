"""`docgen report`: an order and submissions in, the report of a stage out."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import click

from docgen.cli import options
from docgen.cli.explaining import explain
from docgen.cli.outcome import error_values, print_json, problem_values, show_error
from docgen.cli.wiring import open_reports
from docgen.errors import InputError
from docgen.i18n import _, ngettext
from docgen.services.documents import Generated
from docgen.services.reports import FORMATS, Prepared


@click.command(
    help=_("Make the report of a monitoring stage from what coordinators sent."),
    epilog=_(
        "Example: docgen report examples/smolensk.yaml --stage 1 "
        "--submissions examples/submissions/smolensk.csv -o out"
    ),
)
@click.argument("order", type=click.Path(path_type=Path), metavar=_("ORDER"))
@click.option("--stage", type=click.IntRange(1), required=True, help=_("Number of the stage."))
@click.option(
    "--submissions",
    type=click.Path(path_type=Path),
    required=True,
    help=_("A file of submissions (YAML, JSON, CSV, XLSX) or a folder of them."),
)
@options.into_folder()
@options.formats
@click.option(
    "--explain",
    "questions",
    multiple=True,
    help=_("Show what a figure is made of: item:14, municipality:NAME or school:NAME."),
)
@click.option(
    "--previous",
    type=click.Path(path_type=Path),
    help=_("The former stage: its report as JSON, or its submissions."),
)
@click.option(
    "--letters", is_flag=True, help=_("Add a letter to each municipality that owes something.")
)
@options.as_json
def command(
    order: Path,
    stage: int,
    submissions: Path,
    output: Path | None,
    formats: str | None,
    questions: tuple[str, ...],
    previous: Path | None,
    letters: bool,
    as_json: bool,
) -> None:
    """The entry of the command."""
    if output is None and not questions:
        raise InputError(
            _("Say where the documents go (-o FOLDER) or what to explain (--explain).")
        )
    wanted = options.chosen_formats(formats, FORMATS)
    with open_reports() as reports:
        prepared = reports.prepare(order, stage, submissions, previous)
        made = reports.write(prepared, output, wanted) if output else Generated(())
        if output and letters:
            written = reports.write_letters(prepared, output / "letters")
            made = replace(made, files=(*made.files, *written))
    if questions:
        explain(prepared.report, questions, as_json=as_json)
    elif as_json:
        print_json(_values(prepared, made))
    else:
        for path in made.files:
            click.echo(str(path))
    _show_problems(prepared, made)
    if made.refusal:
        show_error(made.refusal)
    refused = bool(prepared.problems) or (made.refusal is not None and formats is not None)
    sys.exit(1 if refused else 0)


def _show_problems(prepared: Prepared, made: Generated) -> None:
    """What was not counted and what was decided between, on standard error."""
    count = len(prepared.problems)
    if count and made.files:
        message = ngettext(
            "The report is written; %(count)d row with mistakes was left out of it.",
            "The report is written; %(count)d rows with mistakes were left out of it.",
            count,
        )
        show_error(InputError(message % {"count": count}, prepared.problems))
    elif count:
        message = ngettext(
            "%(count)d row was not counted.", "%(count)d rows were not counted.", count
        )
        show_error(InputError(message % {"count": count}, prepared.problems))
    conflicts = len(prepared.report.conflicts)
    if conflicts:
        message = ngettext(
            "%(count)d question has different answers; the latest one counts.",
            "%(count)d questions have different answers; the latest ones count.",
            conflicts,
        )
        click.echo(message % {"count": conflicts}, err=True)


def _values(prepared: Prepared, made: Generated) -> dict[str, object]:
    return {
        "files": [str(path) for path in made.files],
        "problems": problem_values(prepared.problems),
        "conflicts": len(prepared.report.conflicts),
        "error": error_values(made.refusal) if made.refusal else None,
    }
