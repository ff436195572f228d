"""`docgen generate`: data files in, orders out."""

from __future__ import annotations

import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import click

from docgen.cli.findings import finding_values, show_findings
from docgen.cli.outcome import error_values, exit_code, print_json, show_error
from docgen.cli.progress import progress, summary
from docgen.cli.wiring import open_documents
from docgen.errors import DocgenError, InputError
from docgen.i18n import _
from docgen.services.documents import FORMATS, Documents, Generated


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one data file."""

    source: Path
    seconds: float
    result: Generated | None = None
    error: DocgenError | None = None


@click.command(
    help=_("Make orders from data files (YAML, JSON, XLSX) as DOCX and PDF."),
    epilog=_("Example: docgen generate examples/smolensk.yaml -o out"),
)
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar=_("FILE...")
)
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help=_("Folder for the documents; made when absent."),
)
@click.option(
    "--format",
    "formats",
    default=None,
    help=_("What to make, separated by commas: docx, pdf, xlsx, json. Default: docx,pdf."),
)
@click.option("--force", is_flag=True, help=_("Make the documents in spite of errors found."))
@click.option("--json", "as_json", is_flag=True, help=_("Print the result as JSON."))
def command(
    files: tuple[Path, ...], output: Path, formats: str | None, force: bool, as_json: bool
) -> None:
    """The entry of the command."""
    wanted = chosen_formats(formats or "docx,pdf")
    refuse_equal_names(files)
    with open_documents() as documents, progress(len(files), _("Generating")) as advance:
        outcomes = []
        for path in files:
            outcomes.append(generate_one(documents, path, output, wanted, force=force))
            advance()
    show(outcomes, as_json=as_json)
    sys.exit(overall_code(outcomes, pdf_demanded=formats is not None))


def chosen_formats(text: str) -> tuple[str, ...]:
    """The formats in a list separated by commas; InputError for an unknown one."""
    formats = tuple(part.strip().lower() for part in text.split(",") if part.strip())
    for name in formats:
        if name not in FORMATS:
            known = {"name": name, "known": ", ".join(FORMATS)}
            raise InputError(_("Unknown format “%(name)s”; known: %(known)s.") % known)
    return formats


def refuse_equal_names(files: tuple[Path, ...]) -> None:
    """InputError when two sources would write the same documents."""
    for stem, times in Counter(path.stem for path in files).items():
        if times > 1:
            raise InputError(
                _("Several files are named “%(stem)s”: one would overwrite the other.")
                % {"stem": stem}
            )


def generate_one(
    documents: Documents, path: Path, output: Path, formats: tuple[str, ...], *, force: bool = False
) -> Outcome:
    """What became of one file; an error of its own keeps no other file from being done."""
    start = time.perf_counter()
    try:
        result = documents.generate(path, output, formats, force=force)
    except DocgenError as error:
        return Outcome(path, time.perf_counter() - start, error=error)
    return Outcome(path, time.perf_counter() - start, result)


def show(outcomes: list[Outcome], *, as_json: bool) -> None:
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
    for error in [outcome.error for outcome in outcomes if outcome.error]:
        show_error(error)
    refusals = [outcome.result.refusal for outcome in made if outcome.result]
    for refusal in {refusal.message: refusal for refusal in refusals if refusal}.values():
        show_error(refusal)


def _values(outcome: Outcome) -> dict[str, object]:
    result = outcome.result
    error = outcome.error or (result.refusal if result else None)
    return {
        "source": str(outcome.source),
        "files": [str(path) for path in result.files] if result else [],
        "seconds": round(outcome.seconds, 3),
        "findings": [finding_values(f) for f in result.findings] if result else [],
        "error": error_values(error) if error else None,
    }


def overall_code(outcomes: list[Outcome], *, pdf_demanded: bool) -> int:
    """The worst exit code; a PDF that could not be made counts only where it was asked for."""
    codes = [exit_code(outcome.error) for outcome in outcomes if outcome.error]
    if pdf_demanded:
        codes += [1 for outcome in outcomes if outcome.result and outcome.result.refusal]
    return max(codes, default=0)
