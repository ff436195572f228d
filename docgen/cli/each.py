"""`docgen generate --each`: one template over many rows."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click

from docgen.bootstrap import converter_opener, settings_in_force
from docgen.cli.outcome import error_values, exit_code, print_json, show_error
from docgen.cli.progress import progress
from docgen.errors import InputError
from docgen.i18n import _
from docgen.schemas.reading import read_bytes
from docgen.services.batch import Batch, Filled, read_rows


def fill_each(
    rows: Path,
    template: Path | None,
    output: Path,
    formats: Sequence[str],
    *,
    name: str,
    workers: int | None,
    as_json: bool,
) -> int:
    """Fills the template with every row, says what failed and why; the exit code."""
    if template is None:
        raise InputError(_("--each needs --template: the DOCX that every row fills."))
    if set(formats) - {"docx", "pdf"}:
        raise InputError(_("--each makes docx and pdf only."))
    entries = read_rows(rows, name)
    opener = converter_opener(settings_in_force())
    batch = Batch(read_bytes(template), output, formats, opener, template.name)
    done: list[Filled] = []
    try:
        with progress(len(entries), _("Filling")) as advance:
            for filled in batch.run(entries, workers or os.cpu_count() or 1):
                done.append(filled)
                advance()
    finally:
        batch.close()
    _show(done, as_json=as_json)
    return max((exit_code(filled.error) for filled in done if filled.error), default=0)


def _show(done: Sequence[Filled], *, as_json: bool) -> None:
    """Each failure with its reason, then the sum."""
    if as_json:
        print_json([_values(filled) for filled in done])
        return
    for filled in done:
        if filled.error is not None:
            show_error(filled.error, Path(filled.name))
    counts = {
        "made": sum(not filled.kept and filled.error is None for filled in done),
        "kept": sum(filled.kept for filled in done),
        "failed": sum(filled.error is not None for filled in done),
    }
    click.echo(_("Made: %(made)d, already there: %(kept)d, failed: %(failed)d.") % counts)


def _values(filled: Filled) -> dict[str, object]:
    return {
        "name": filled.name,
        "files": list(map(str, filled.files)),
        "kept": filled.kept,
        "error": error_values(filled.error) if filled.error else None,
    }
