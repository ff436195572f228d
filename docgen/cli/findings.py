"""Findings on the screen: a table to work through, or a short list beside other output."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from docgen.i18n import _, ngettext
from docgen.ondemand import on_demand

if TYPE_CHECKING:
    from rich import console as consoles
    from rich import markup
    from rich import table as tables

    from docgen.models import Finding
else:
    consoles, markup, tables = map(on_demand, ("rich.console", "rich.markup", "rich.table"))

SHOWN = 10
_COLOURS = {"error": "red", "warning": "yellow", "info": "cyan"}


def finding_values(finding: Finding) -> dict[str, Any]:
    """A finding for machine-readable output (design.md section 6)."""
    return asdict(finding)


def severity_word(finding: Finding) -> str:
    """How grave the finding is, in the reader's language, and whether someone signed for it."""
    words = {"error": _("error"), "warning": _("warning"), "info": _("note")}
    word = words[finding.severity]
    return _("%(severity)s, acknowledged") % {"severity": word} if finding.acknowledged else word


def findings_table(source: Path, findings: Sequence[Finding]) -> None:
    """The findings of one file as a table on standard output, with their sum under it.

    Codes and suggestions stand whole, however narrow the screen: people copy them.
    """
    console = consoles.Console()
    console.print(markup.escape(str(source)), style="bold")
    if findings:
        table = tables.Table(show_lines=True)
        table.add_column(_("Finding"), no_wrap=True)
        table.add_column(_("Where and what"), overflow="fold")
        for finding in findings:
            table.add_row(_head(finding), _body(finding))
        console.print(table)
    console.print(total(findings))


def _head(finding: Finding) -> str:
    colour = "dim" if finding.acknowledged else _COLOURS[finding.severity]
    return f"[{colour}]{markup.escape(severity_word(finding))}[/]\n{finding.code}"


def _body(finding: Finding) -> str:
    lines = [f"[dim]{markup.escape(finding.place)}[/]", markup.escape(finding.message)]
    if finding.suggestion:
        lines.append(f"[green]→ {markup.escape(finding.suggestion)}[/]")
    return "\n".join(lines)


def total(findings: Sequence[Finding]) -> str:
    """«ошибок: 1, предупреждений: 4, заметок: 2», or that there is nothing to find."""
    if not findings:
        return _("Nothing found.")
    open_ones = Counter(finding.severity for finding in findings if not finding.acknowledged)
    counts = {
        "errors": open_ones["error"],
        "warnings": open_ones["warning"],
        "notes": open_ones["info"],
        "acknowledged": sum(finding.acknowledged for finding in findings),
    }
    return (
        _("Errors: %(errors)d, warnings: %(warnings)d, notes: %(notes)d, ") % counts
        + _("acknowledged: %(acknowledged)d.") % counts
    )


def show_findings(source: Path, findings: Sequence[Finding]) -> None:
    """Unacknowledged errors and warnings of one file on standard error, no longer than a screen."""
    worth = [f for f in findings if f.severity != "info" and not f.acknowledged]
    for finding in worth[:SHOWN]:
        line = f"{source}: {severity_word(finding)}: {finding.place}: {finding.message}"
        click.echo(click.style(line, fg=_COLOURS[finding.severity]), err=True)
    hidden = len(worth) - SHOWN
    if hidden > 0:
        more = ngettext(
            "%(file)s: and %(count)d finding more; see “docgen check”.",
            "%(file)s: and %(count)d findings more; see “docgen check”.",
            hidden,
        )
        click.echo(more % {"file": source, "count": hidden}, err=True)
