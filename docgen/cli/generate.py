"""`docgen generate`: data files in, orders out."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from docgen.bootstrap import build_documents, settings_in_force
from docgen.cli import options
from docgen.cli.findings import finding_values, show_findings
from docgen.cli.outcome import error_values, exit_code, print_json, show_error
from docgen.cli.progress import progress, summary
from docgen.i18n import _
from docgen.ondemand import on_demand
from docgen.settings import PROFILES, TEMPLATES

if TYPE_CHECKING:
    from docgen.cli import each
    from docgen.services import documents, generation
else:  # a template over many rows needs no order, and the other way round
    each = on_demand("docgen.cli.each")
    documents = on_demand("docgen.services.documents")
    generation = on_demand("docgen.services.generation")


@click.command(
    help=_("Make orders from data files (YAML, JSON, XLSX) as DOCX and PDF."),
    epilog=_("Example: docgen generate examples/smolensk.yaml -o out"),
)
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar=_("FILE..."))
@options.into_folder(required=True)
@options.formats
@click.option("--workers", type=click.IntRange(1, 64), help=_("How many to make at once."))
@click.option("--force", is_flag=True, help=_("Make the documents in spite of errors found."))
@click.option(
    "--each",
    "rows",
    type=click.Path(path_type=Path, dir_okay=False),
    help=_("Fill --template with each row of an XLSX, JSON or YAML list instead."),
)
@click.option(
    "--template", type=click.Path(path_type=Path, dir_okay=False), help=_("The DOCX for --each.")
)
@click.option(
    "--name",
    default="{row}",
    show_default=True,
    help=_("How --each names the documents: {row} or the name of a column in braces."),
)
@options.as_json
def command(
    files: tuple[Path, ...],
    output: Path,
    formats: str | None,
    workers: int | None,
    force: bool,
    rows: Path | None,
    template: Path | None,
    name: str,
    as_json: bool,
) -> None:
    """The entry of the command."""
    if rows is not None:
        asked = options.listed(formats or "docx,pdf")
        sys.exit(
            each.fill_each(
                rows, template, output, asked, name=name, workers=workers, as_json=as_json
            )
        )
    if not files:
        raise click.UsageError(_("Name at least one data file, or --each with --template."))
    options.refuse_equal_names(files)
    chosen = options.chosen_formats(formats, documents.FORMATS)
    outcomes = generate_all(files, generation.Wish(output, chosen, force), workers)
    show(outcomes, as_json=as_json)
    sys.exit(overall_code(outcomes, pdf_demanded=formats is not None))


def generate_all(
    files: Sequence[Path], wish: generation.Wish, workers: int | None
) -> list[generation.Outcome]:
    """What became of every file, in their order, with a bar while it takes."""
    settings = settings_in_force()
    opener = partial(build_documents, settings)

    def make(some: Sequence[Path]) -> Iterator[generation.Outcome]:
        count = workers or generation.default_workers(len(some))
        return generation.generate_many(some, wish, count, opener)

    stock = (PROFILES, TEMPLATES, *filter(None, [settings.plugins]))
    several = len(files) > 1
    outcomes = generation.resumed(files, wish, stock, make) if several else make(files)
    done: dict[Path, generation.Outcome] = {}
    with progress(len(files), _("Generating")) as advance:
        for outcome in outcomes:
            done[outcome.source] = outcome
            advance()
    return [done[path] for path in files]


def show(outcomes: list[generation.Outcome], *, as_json: bool) -> None:
    """A table of what was made, then every error; or all of it as JSON."""
    if as_json:
        print_json([_values(outcome) for outcome in outcomes])
        return
    made = [outcome for outcome in outcomes if outcome.result]
    if made:
        summary(
            (_("File"), _("Documents"), _("Seconds")),
            [
                (str(o.source), "\n".join(map(str, o.result.files)), f"{o.seconds:.2f}")
                for o in made
                if o.result
            ],
        )
    for outcome in made:
        show_findings(outcome.source, outcome.result.findings if outcome.result else ())
    for outcome in outcomes:
        if outcome.error is not None:
            show_error(outcome.error, outcome.source)
    refusals = [outcome.result.refusal for outcome in made if outcome.result]
    for refusal in {refusal.message: refusal for refusal in refusals if refusal}.values():
        show_error(refusal)


def _values(outcome: generation.Outcome) -> dict[str, object]:
    result = outcome.result
    error = outcome.error or (result.refusal if result else None)
    return {
        "source": str(outcome.source),
        "files": [str(path) for path in result.files] if result else [],
        "seconds": round(outcome.seconds, 3),
        "findings": [finding_values(f) for f in result.findings] if result else [],
        "error": error_values(error) if error else None,
    }


def overall_code(outcomes: list[generation.Outcome], *, pdf_demanded: bool) -> int:
    """The worst exit code; a PDF that could not be made counts only where it was asked for."""
    codes = [exit_code(outcome.error) for outcome in outcomes if outcome.error]
    if pdf_demanded:
        codes += [1 for outcome in outcomes if outcome.result and outcome.result.refusal]
    return max(codes, default=0)
