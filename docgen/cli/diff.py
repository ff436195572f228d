"""`docgen diff`: what changed between two editions of an order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path

import click

from docgen.amendments.labels import label, ranges, runs, section_marks
from docgen.cli import options
from docgen.cli.marks import styled
from docgen.cli.outcome import print_json
from docgen.cli.wiring import open_amendments
from docgen.export.differences import diff_values
from docgen.i18n import _, ngettext
from docgen.models import Profile
from docgen.models.differences import (
    AnnexDiff,
    Entry,
    ItemDiff,
    OrderDiff,
    PointDiff,
    SectionDiff,
    TextDiff,
)
from docgen.schemas.reading import require_ending
from docgen.services.comparison import column_headings, spoken_key
from docgen.store.files import write_whole


@click.command(
    help=_(
        "Show what changed between two editions of an order, data files or DOCX. "
        "Exit code 0 whether they differ or not."
    ),
    epilog=_("Example: docgen diff order.yaml new.yaml -o changes.docx"),
)
@click.argument("old", type=click.Path(path_type=Path), metavar=_("OLD"))
@click.argument("new", type=click.Path(path_type=Path), metavar=_("NEW"))
@click.option("--region", help=_("The region's code, where a DOCX leaves it open."))
@click.option(
    "-o",
    "--output",
    type=options.Target(dir_okay=False),
    help=_("A DOCX to make, with both editions side by side."),
)
@click.option("--json", "as_json", is_flag=True, help=_("Print the difference as JSON."))
def command(old: Path, new: Path, region: str | None, output: Path | None, as_json: bool) -> None:
    """The entry of the command."""
    if output is not None:
        require_ending(output, (".docx",))
    with open_amendments() as amendments:
        before, after = amendments.edition(old, region), amendments.edition(new, region)
        diff = amendments.diff(before, after)
        profile = amendments.profile(after)
        if output is not None:
            write_whole(output, amendments.comparison(before, after, diff))
    if as_json:
        print_json(diff_values(diff))
    elif not diff:
        click.echo(_("The two editions say the same."))
    else:
        for line in lines(diff, profile):
            click.echo(line)


def lines(diff: OrderDiff, profile: Profile) -> Iterator[str]:
    """The difference line by line, in the order of reading."""
    for text in diff.requisites:
        yield from (_requisite(text), f"    {styled(text.marks)}")
    yield from _points(diff.points)
    for annex in diff.annexes:
        yield from _annex(annex, column_headings(profile, annex.new or annex.old))


def _requisite(text: TextDiff) -> str:
    return click.style(spoken_key(text.key), bold=True)


def _points(points: tuple[PointDiff, ...]) -> Iterator[str]:
    for point in points:
        if point.kinds:
            noun = _("point")  # a text inside an f-string does not reach the catalogue
            yield f"{noun} {_happened(point)}"
        if point.text is not None:
            yield f"    {styled(point.text.marks)}"
        gone = point.new or point.old
        if gone is not None and (point.old is None or point.new is None):
            yield f"    {gone.text}"
        yield from _points(point.points)


def _annex(annex: AnnexDiff, headings: Mapping[str, str]) -> Iterator[str]:
    edition = annex.new or annex.old
    title = edition.title if edition else ""
    noun = _("annex")
    yield f"{noun} {_happened(annex)} «{title}»"
    for text in annex.texts:
        yield f"    {spoken_key(text.key)}: {styled(text.marks)}"
    for section in annex.sections:
        yield from _section(section)
    mark, noun = section_marks(annex), _("section")
    for (within, renumbered), items in groupby(
        annex.items, key=lambda item: (mark(item), item.is_renumbered_only)
    ):
        prefix = f"{noun} {within}, " if within else ""
        if renumbered:
            yield from _renumbered(list(items), prefix)
        else:
            for item in items:
                yield from _item(item, prefix, headings)


def _renumbered(items: list[ItemDiff], prefix: str) -> Iterator[str]:
    """One line for each run of rows that only have other numbers."""
    for old, new in runs([(label(item.old_number), label(item.new_number)) for item in items]):
        noun = ngettext("row", "rows", min(len(old), 2))  # «строки 4–24», however many they are
        yield f"  {prefix}{noun} {ranges(old)} → {ranges(new)}: {_kind('renumbered')}"


def _section(section: SectionDiff) -> Iterator[str]:
    edition = section.new or section.old
    title = (edition.title or "") if edition else ""
    marks = styled(section.title.marks) if section.title else title
    noun = _("section")
    yield f"  {noun} {_happened(section)} {marks}"


def _item(item: ItemDiff, prefix: str, headings: Mapping[str, str]) -> Iterator[str]:
    edition = item.new or item.old
    activity = edition.get("activity") if edition else ""
    noun = ngettext("row", "rows", 1)
    yield f"  {prefix}{noun} {_happened(item)} {_cut(activity)}"
    for cell in item.cells:
        yield f"      {headings.get(cell.key, cell.key)}: {styled(cell.marks)}"


def _happened(entry: Entry) -> str:
    """The number, old and new where they differ, and what happened in colour."""
    numbers = dict.fromkeys(label(n) for n in (entry.old_number, entry.new_number) if n)
    return f"{' → '.join(numbers)}: {', '.join(_kind(kind) for kind in entry.kinds)}:".lstrip(": ")


def _kind(kind: str) -> str:
    words = {
        "added": (_("added"), "green"),
        "removed": (_("removed"), "red"),
        "changed": (_("changed"), "yellow"),
        "moved": (_("moved"), "cyan"),
        "renumbered": (_("renumbered"), "blue"),
    }
    text, colour = words[kind]
    return click.style(text, fg=colour)


def _cut(text: str, length: int = 90) -> str:
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[:length]}…"
