"""New orders to begin with: the region's own wordings and one sample row in each table."""

from __future__ import annotations

from dataclasses import replace

from docgen.i18n import _
from docgen.models import (
    Annex,
    Approve,
    Control,
    Item,
    Layout,
    Order,
    Point,
    Section,
    Signatory,
    samples,
)
from docgen.models.readings import Doubt, Reading
from docgen.regions import Region


def starter_order(region: Region, year: int) -> Order:
    """A draft for `year`: title, preamble, approval and control points, one row a table."""
    profile = region.profile
    annexes = tuple(_annex(name, layout, year) for name, layout in profile.layouts.items())
    return Order(
        region=profile.code,
        years=(year, year),
        title=profile.starter.title.replace("{year}", str(year)),
        preamble=profile.starter.preamble.replace("{year}", str(year)),
        points=(
            *(Point(form=Approve(index)) for index in range(len(annexes))),
            Point(form=Control(samples.CONTROLLER)),
        ),
        signatory=Signatory(post=profile.signatory_post, name=samples.NAME),
        annexes=annexes,
    )


def _annex(name: str, layout: Layout, year: int) -> Annex:
    values = {
        column.key: samples.CELLS[column.key].replace("{year}", str(year))
        for column in layout.columns
        if column.key in samples.CELLS
    }
    title = "Организационные мероприятия" if layout.sections != "none" else None
    return Annex(title=layout.title, layout=name, sections=(Section((Item(values),), title=title),))


def completed(reading: Reading, region: Region) -> Reading:
    """The reading of a lone table as an order: what it lacks in the region's usual words.

    Each of them is a doubt; a reading that lacks nothing, or has no table, stays as it is.
    """
    read = reading.order
    if not any(True for annex in read.annexes for _item in annex.items()):
        return reading
    usual = starter_order(region, (read.years or region.profile.project.years)[0])
    points = tuple(Point(form=Approve(index)) for index in range(len(read.annexes)))
    absent = [key for key in ("title", "preamble", "points") if not getattr(read, key)]
    if not absent:
        return reading
    order = replace(
        read,
        title=read.title or usual.title,
        preamble=read.preamble or usual.preamble,
        points=read.points or points,
    )
    reason = _("the document has none; this is how the region usually words it")
    doubts = tuple(Doubt(key, reading.places.get(key, key), 0.0, reason) for key in absent)
    return replace(reading, order=order, doubts=(*reading.doubts, *doubts))


def headings_comment(region: Region) -> str:
    """Comment lines for a YAML file: what each key of a row is called in the region's tables."""
    lines: list[str] = []
    for name, layout in region.profile.layouts.items():
        lines.append(f"# {name}: {layout.title}")
        lines += [f"#   {column.key} – {column.heading}" for column in layout.columns]
    return "\n".join(lines) + "\n"
