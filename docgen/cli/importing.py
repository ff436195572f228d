"""`docgen import`: an existing order into a data file."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

import click

from docgen.cli import options
from docgen.cli.findings import finding_values, show_findings
from docgen.cli.outcome import print_json
from docgen.cli.wiring import open_documents
from docgen.errors import InputError
from docgen.i18n import _
from docgen.models import Finding
from docgen.models.readings import Reading


@click.command(
    help=_(
        "Read an existing order (DOCX, XLSX, PDF or recognised text) into a data file; what is "
        "doubtful is listed."
    ),
    epilog=_("Example: docgen import order.docx --region smolensk -o order.yaml"),
)
@click.argument("file", type=click.Path(path_type=Path), metavar=_("FILE"))
@click.option("--region", help=_("The region's code; recognised when absent."))
@click.option(
    "-o",
    "--output",
    required=True,
    type=options.Target(dir_okay=False),
    help=_("The data file to make: .yaml, .json or .xlsx."),
)
@click.option("--force", is_flag=True, help=_("Overwrite the file when it exists."))
@options.as_json
def command(file: Path, region: str | None, output: Path, force: bool, as_json: bool) -> None:
    """The entry of the command."""
    if output.exists() and not force:
        raise InputError(
            _("%(path)s exists already; add --force to overwrite it.") % {"path": output}
        )
    with open_documents() as documents:
        reading = documents.read_whole(file, region)
        findings = documents.check_reading(reading)
        documents.write_data(reading, output)
    if as_json:
        print_json(_values(reading, findings))
    else:
        _show(reading, findings, output)
    sys.exit(0)


def _values(reading: Reading, findings: list[Finding]) -> dict[str, object]:
    return {
        "region": reading.order.region,
        "doubts": [asdict(doubt) for doubt in reading.doubts],
        "unplaced": [asdict(text) for text in reading.unplaced],
        "findings": [finding_values(finding) for finding in findings],
    }


def _show(reading: Reading, findings: list[Finding], output: Path) -> None:
    """What the clerk should compare with the document, then what the check found."""
    click.echo(_("%(path)s is ready.") % {"path": output})
    if reading.order.region:
        click.echo(_("Region: %(code)s") % {"code": reading.order.region})
    for doubt in reading.doubts:
        click.echo(_("Compare: %(place)s: %(reason)s") % asdict(doubt), err=True)
    for text in reading.unplaced:
        click.echo(_("Found no place: %(text)s (%(place)s)") % asdict(text), err=True)
    show_findings(output, [finding for finding in findings if _is_of_the_order(finding)])


def _is_of_the_order(finding: Finding) -> bool:
    """Doubts and lost texts were listed already."""
    return finding.code not in ("doubtful-value", "unplaced-text")
