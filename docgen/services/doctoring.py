"""Templates examined, mended and explained: what they need and what is wrong with them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from docgen.context import build_context
from docgen.errors import InputError, TemplateError
from docgen.export.data import to_json, to_yaml
from docgen.i18n import _
from docgen.models import Executor, Order, Point
from docgen.regions import Region, Regions
from docgen.render import compile_template, open_package
from docgen.render.doctor import diagnose, needs_of
from docgen.render.expected import Names, Required
from docgen.render.faults import TemplateFault
from docgen.render.needs import Need
from docgen.render.repair import repair
from docgen.render.shapes import Record, merged, shape_of, values_of
from docgen.schemas.reading import read_bytes
from docgen.services.starters import starter_order
from docgen.services.templates import Templates
from docgen.store.files import write_whole

TEMPLATE_KINDS = ("order", "order_plain")
ANY_KIND = "any"

_PORTRAIT = (
    Required(("title", "requisites[].text"), "{{ title }}"),
    Required(("preamble",), "{{ preamble }}"),
    Required(
        ("points[].text",),
        "{%p for point in points %} {{ point.number }} {{ point.text }} {%p endfor %}",
    ),
    Required(("signature.last",), "{{ signature.last }}"),
    Required(("signature.name",), "{{ signature.name }}"),
)
_ANNEXES = (
    Required(("annexes[].title",), "{{ annex.title }}"),
    Required(
        ("annexes[].sections[].rows[]",),
        "{%tr for row in section.rows %} {{ row.activity }} {%tr endfor %}",
    ),
)
REQUIRED = {"order": (*_PORTRAIT, *_ANNEXES), "order_plain": _PORTRAIT}
"""What an order must print, by kind of template."""

STYLES = ("Hyperlink",)  # of web addresses in the data


@dataclass(frozen=True, slots=True)
class Checkup:
    """What was found in a template; where a copy was made, what was mended in it."""

    faults: tuple[TemplateFault, ...]
    mended: tuple[TemplateFault, ...] = ()
    copy: Path | None = None

    @property
    def sound(self) -> bool:
        """Whether nothing is left that spoils a document."""
        return all(fault.severity != "error" for fault in self.faults)


@dataclass(frozen=True, slots=True)
class ShippedTemplate:
    """A template in use: its file, kind and hash, the regions that use it, what fills it."""

    path: Path
    kind: str
    regions: tuple[str, ...]
    sha256: str
    engine: str


class TemplateDoctor:
    """The use cases of a clerk who changes a template."""

    def __init__(self, regions: Regions, templates: Templates) -> None:
        self._regions = regions
        self._templates = templates

    def check(self, path: Path, kind: str | None) -> Checkup:
        """Everything wrong with a template; without a kind it is told by the names it uses."""
        data = _read(path)
        return Checkup(tuple(diagnose(data, self._names(data, kind))))

    def fix(self, path: Path, kind: str | None, target: Path) -> Checkup:
        """A corrected copy at `target`; the faults are those that remain in it.

        No copy is made of a file too dangerous to open.
        """
        data = _read(path)
        repaired = repair(data, self._names(data, kind))
        if any(fault.code == "package-refused" for fault in repaired.remaining):
            return Checkup(repaired.remaining)
        write_whole(target, repaired.data)
        return Checkup(repaired.remaining, repaired.mended, target)

    def variables(self, path: Path) -> Any:
        """The values a template needs, nested, as plain data (`shapes.values_of`)."""
        return values_of(needs_of(_read(path)).shape())

    def write_example(self, path: Path, target: Path) -> None:
        """A data file, YAML or JSON by its ending, with made-up values for all a template needs."""
        values = needs_of(_read(path)).example()
        text = to_json(values) if target.suffix.lower() == ".json" else to_yaml(values)
        write_whole(target, text.encode())

    def shipped(self) -> list[ShippedTemplate]:
        """The templates of this installation, each once."""
        users: dict[tuple[Path, str], list[str]] = {}
        for kind in TEMPLATE_KINDS:
            for code, region in self._regions.items():
                path = self._templates.path(kind, region.profile)
                users.setdefault((path, kind), []).append(code)
        return [_described(path, kind, codes) for (path, kind), codes in users.items()]

    def _names(self, data: bytes, kind: str | None) -> Names | None:
        known = order_names(self._regions.values())
        if kind is None:
            kind = _kind_of(data, known)
        return None if kind == ANY_KIND else Names(known, REQUIRED[kind], STYLES)


def order_names(regions: Iterable[Region]) -> Record:
    """The names that a template of orders may use, in whichever of these regions."""
    shapes = [shape_of(build_context(_full_order(region), region)) for region in regions]
    whole = merged(shapes)
    return whole if isinstance(whole, Record) else Record({})


def _full_order(region: Region) -> Order:
    """An order of the region in which nothing is left out."""
    year = region.profile.project.years[0]
    return replace(
        starter_order(region, year),
        date=date(year, 1, 1),
        number="1",
        points=(Point("А", points=(Point("Б"),)),),
        acquainted=("И.О. Фамилия",),
        executor=Executor("И.О. Фамилия", "1"),
    )


def _kind_of(data: bytes, orders: Record) -> str:
    """The kind told by the names a template uses: an order has a preamble or points."""
    try:
        needs = needs_of(data).fields
    except TemplateError:
        return "order"  # refused whatever its kind
    strange = needs.keys() - orders.fields.keys()
    of_order = needs.keys() & {"preamble", "points"} and len(strange) * 2 <= len(needs)
    if not of_order or _is_amending(needs.get("annexes")):
        return ANY_KIND
    return "order" if "annexes" in needs else "order_plain"


def _is_amending(annexes: Need | None) -> bool:
    """Whether annexes are printed edit by edit, as amending orders do."""
    return annexes is not None and annexes.item is not None and "edits" in annexes.item.fields


def _read(path: Path) -> bytes:
    """The file's bytes; InputError where it is no DOCX at all."""
    data = read_bytes(path)
    try:
        open_package(data)
    except TemplateError as error:
        if error.code == "not-docx":
            message = _("%(name)s is not a DOCX file.") % {"name": path.name}
            raise InputError(message, code="not-docx") from error
    return data


def _described(path: Path, kind: str, codes: list[str]) -> ShippedTemplate:
    data = path.read_bytes()
    result = compile_template(data, trusted=True).render_result(needs_of(data).example())
    return ShippedTemplate(
        path, kind, tuple(codes), hashlib.sha256(data).hexdigest(), result.engine
    )
