"""`docgen verify`: what made a document, and whether it was edited since."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from docgen.cli import options
from docgen.cli.marks import styled
from docgen.cli.outcome import print_json
from docgen.cli.wiring import open_documents
from docgen.errors import InputError
from docgen.export.data import to_yaml
from docgen.i18n import _
from docgen.schemas.reading import TEXTS, require_ending
from docgen.services.passports import Comparison, Verdict, Verification
from docgen.store.files import write_whole


@click.command(
    help=_(
        "Tell which data, template and versions made a document, and whether it was edited "
        "since. Exit code 0 for an untouched document, 1 for any other."
    ),
    epilog=_("Example: docgen verify out/smolensk.docx --data smolensk.yaml"),
)
@click.argument("file", type=click.Path(path_type=Path), metavar=_("FILE"))
@click.option(
    "--data",
    type=options.Target(dir_okay=False),
    help=_("Write the data file that the document was made from: .yaml or .json."),
)
@options.as_json
def command(file: Path, data: Path | None, as_json: bool) -> None:
    """The entry of the command."""
    with open_documents() as documents:
        found = documents.verify(file)
    if data is not None:
        write_data(found, data)
    if as_json:
        print_json(values(found))
    else:
        show(found)
    sys.exit(0 if found.verdict == "untouched" else 1)


def write_data(found: Verification, path: Path) -> None:
    """The data file in the passport; InputError where there is none."""
    if found.passport is None or found.verdict == "forged":
        raise InputError(verdict_text(found.verdict), code="no-passport")
    ending = require_ending(path, TEXTS)
    text = json.dumps(json.loads(found.passport.data), ensure_ascii=False, indent=2) + "\n"
    if ending != ".json":
        text = to_yaml(json.loads(found.passport.data))
    write_whole(path, text.encode())


def verdict_text(verdict: Verdict) -> str:
    """The verdict in words."""
    return {
        "untouched": _("The document is as docgen made it."),
        "edited": _("The text was edited after docgen made the document:"),
        "forged": _("The passport of the document was tampered with: its hashes do not agree."),
        "none": _("The document has no passport: docgen did not make it, or it was removed."),
    }[verdict]


def show(found: Verification) -> None:
    """The verdict, every edit, and what made the document."""
    click.echo(verdict_text(found.verdict))
    for edit in found.edits:
        click.echo(f"  {styled(edit.marks)}")
    for comparison in found.comparisons:
        click.echo(_line(comparison))
    if found.passport is not None:
        noun = _("data")
        click.echo(f"{noun}: sha256 {found.passport.data_sha256}")


def _line(comparison: Comparison) -> str:
    state = {
        True: _("the same here"),
        False: _("another one here"),
        None: _("absent here"),
    }[comparison.same]
    made_with = comparison.made_with
    if comparison.kind == "program":
        noun = _("program")
        return f"{noun}: docgen {made_with.sha256} ({state})"
    kind = {"profile": _("profile"), "template": _("template"), "plugin": _("plugin")}
    return f"{kind[comparison.kind]}: {made_with.name}, sha256 {made_with.sha256} ({state})"


def values(found: Verification) -> dict[str, object]:
    """The verification for machines."""
    passport = found.passport
    return {
        "verdict": found.verdict,
        "edits": [[[mark.kind, mark.text] for mark in edit.marks] for edit in found.edits],
        "made_with": [
            {
                "kind": each.kind,
                "name": each.made_with.name,
                "version" if each.kind == "program" else "sha256": each.made_with.sha256,
                "same": each.same,
            }
            for each in found.comparisons
        ],
        "data_sha256": passport.data_sha256 if passport else None,
    }
