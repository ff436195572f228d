"""The kinds of templates: the names each may use, what it must print, and which one a file is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from docgen.amendments.differences import diff_orders
from docgen.context import amendment_context, build_context, printed_order
from docgen.errors import TemplateError
from docgen.models import (
    AmendedOrder,
    Amendment,
    Edit,
    Executor,
    Order,
    Point,
    Sheet,
    Signatory,
    Stage,
    samples,
)
from docgen.models.reports import StageReport
from docgen.models.submissions import Batch, Municipality
from docgen.regions import Region
from docgen.render.doctor import needs_of
from docgen.render.expected import Required
from docgen.render.needs import Need
from docgen.render.shapes import Record, all_names, merged, nearest, shape_of
from docgen.reports import compute_stage
from docgen.reports.document import POST_LINE, report_context
from docgen.reports.letters import letter_contexts
from docgen.services.comparison import comparison_context
from docgen.services.starters import starter_order

TEMPLATE_KINDS = ("order", "order_plain", "amendment", "diff", "report", "letter")
ANY_KIND = "any"

_SIGNATURE = (
    Required(("signature.last",), "{{ signature.last }}"),
    Required(("signature.name",), "{{ signature.name }}"),
)
_PORTRAIT = (
    Required(("title", "requisites[].text"), "{{ title }}"),
    Required(("preamble",), "{{ preamble }}"),
    Required(
        ("points[].text",),
        "{%p for point in points %} {{ point.number }} {{ point.text }} {%p endfor %}",
    ),
    *_SIGNATURE,
)
_ANNEXES = (
    Required(("annexes[].title",), "{{ annex.title }}"),
    Required(
        ("annexes[].sections[].rows[]",),
        "{%tr for row in section.rows %} {{ row.activity }} {%tr endfor %}",
    ),
)
_EDITS = Required(
    ("annexes[].edits[].lines[]",), "{%p for line in edit.lines %} {{ line }} {%p endfor %}"
)
REQUIRED = {
    "order": (*_PORTRAIT, *_ANNEXES),
    "order_plain": _PORTRAIT,
    "amendment": (*_PORTRAIT, _EDITS),
    "diff": (Required(("rows[]",), "{%tr for row in rows %} {{ row.place }} {%tr endfor %}"),),
    "report": (
        Required(("document",), "{{ document }}"),
        Required(("title",), "{{ title }}"),
        Required(("chapters[].title",), "{{ chapter.title }}"),
        Required(
            ("chapters[].texts[]",), "{%p for text in chapter.texts %} {{ text }} {%p endfor %}"
        ),
        Required(
            ("chapters[].charts[]",), "{%p for chart in chapter.charts %} {{ chart }} {%p endfor %}"
        ),
        *_SIGNATURE,
        *_ANNEXES,
    ),
    "letter": (
        Required(("addressee[]",), "{%p for line in addressee %} {{ line }} {%p endfor %}"),
        Required(("title",), "{{ title }}"),
        Required(("texts[]",), "{%p for text in texts %} {{ text }} {%p endfor %}"),
        Required(
            ("sections[].rows[]",),
            "{%tr for row in section.rows %} {{ row.activity }} {%tr endfor %}",
        ),
        *_SIGNATURE,
    ),
}
"""What a document must print, by kind of template."""

_LONG_POST = Signatory("А " * POST_LINE, samples.NAME)
STYLES = ("Hyperlink",)  # of web addresses in the data


def names_of(kind: str, regions: Iterable[Region]) -> Record:
    """The names that a template of the kind may use, in whichever of these regions."""
    sample = _SAMPLES.get(kind, _order_sample)
    whole = merged(shape_of(sample(region)) for region in regions)
    return whole if isinstance(whole, Record) else Record({})


def _order_sample(region: Region) -> dict[str, Any]:
    return build_context(_full_order(region), region)


def _amendment_sample(region: Region) -> dict[str, Any]:
    order = _full_order(region)
    sheets = tuple(
        Sheet(annex.title, (Edit("А", annex.sections),), annex.layout) for annex in order.annexes
    )
    amendment = Amendment(replace(order, annexes=()), AmendedOrder(order.title), (), sheets)
    return amendment_context(amendment, region)


def _diff_sample(region: Region) -> dict[str, Any]:
    old = _full_order(region)
    new = replace(old, title=f"{old.title} (ред.)")
    diff = diff_orders(printed_order(old, region), printed_order(new, region))
    return comparison_context(old, new, diff, region.profile)


def _report_sample(region: Region) -> dict[str, Any]:
    report = _report(_full_order(region), region)
    return report_context(report, region.profile, _LONG_POST, ("statuses",))


def _letter_sample(region: Region) -> dict[str, Any]:
    report = _report(_full_order(region), region)
    _name, context = next(letter_contexts(report, region.profile, _LONG_POST))
    return context


def _report(order: Order, region: Region) -> StageReport:
    """The report of a stage after the project, at which the only school has said nothing."""
    profile = region.profile
    stage = Stage(1, date(profile.project.years[1], 12, 31))
    layouts = [region.layout(annex) for annex in order.annexes]
    batch = Batch((), (Municipality("А", ("Б",)),))
    return compute_stage(order, layouts, profile.project.years, stage, batch).report


_SAMPLES: Mapping[str, Callable[[Region], dict[str, Any]]] = {
    "amendment": _amendment_sample,
    "diff": _diff_sample,
    "report": _report_sample,
    "letter": _letter_sample,
}


def _full_order(region: Region) -> Order:
    """An order of the region in which nothing is left out."""
    year = region.profile.project.years[0]
    return replace(
        starter_order(region, year),
        date=date(year, 1, 1),
        number="1",
        points=(Point("А", points=(Point("Б"),)),),
        acquainted=(samples.NAME,),
        executor=Executor(samples.NAME, "1"),
    )


def kind_of(data: bytes, orders: Record) -> str:
    """The kind told by the names a template uses.

    It is `any` where no points are printed and a name is like none of an order.
    """
    try:
        needs = needs_of(data).fields
    except TemplateError:
        return "order"  # refused whatever its kind
    if needs.keys() >= {"old", "new", "rows"}:
        return "diff"
    if "chapters" in needs or "addressee" in needs:
        return "report" if "chapters" in needs else "letter"
    if _is_amending(needs.get("annexes")):
        return "amendment"
    known = frozenset(all_names(orders))
    strange = [name for name in needs if name not in known and not nearest(name, known)[0]]
    if strange and "points" not in needs:
        return ANY_KIND
    return "order" if "annexes" in needs else "order_plain"


def _is_amending(annexes: Need | None) -> bool:
    """Whether annexes are printed edit by edit, as amending orders do."""
    return annexes is not None and annexes.item is not None and "edits" in annexes.item.fields
